package org.tenderpoint.durability;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Holds the tables of a chart against each other, after the server has gone. */
final class StoredRows {

    private final Connection connection;

    StoredRows(Connection connection) {
        this.connection = connection;
    }

    /** Fails unless the rows are those of so many visits, each written once, and of nothing half. */
    void check(int visits) throws SQLException {
        assertThat(count("resource where type = 'Encounter'")).isEqualTo(visits);
        // What screening found about the patient is an Observation of no visit.
        assertThat(
                        count(
                                "resource o where o.type = 'Observation' and exists (select 1 from index_reference r"
                                        + " join search_param p on p.id = r.param where r.resource_pk = o.pk and p.name = 'encounter')"))
                .isEqualTo(3L * visits);
        assertThat(count("resource where type = 'Procedure'")).isEqualTo(3L * visits);
        assertThat(count("resource where version <> 1")).isZero();
        assertThat(count("resource_history")).isZero();
        assertThat(count("audit where client_id = 'clinic' and interaction = 'transaction' and resources = 7"
                        + " and outcome = 'success'"))
                .as("audit entries of visits")
                .isEqualTo(visits);
        assertThat(count("index_token t join search_param p on p.id = t.param where p.resource_type = 'Encounter'"
                        + " and p.name = 'identifier'"))
                .as("indexed numbers of visits")
                .isEqualTo(visits);
        assertThat(count("index_reference r join search_param p on p.id = r.param where p.name = 'encounter'"
                        + " and p.resource_type in ('Observation', 'Procedure')"))
                .as("indexed references to visits")
                .isEqualTo(6L * visits);
        for (var table : List.of(
                "index_token", "index_reference", "index_date", "index_quantity", "index_string", "index_uri")) {
            assertThat(count(table + " i where not exists (select 1 from resource r where r.pk = i.resource_pk)"))
                    .as("rows of %s without a resource", table)
                    .isZero();
        }
        assertThat(count("claim c where not exists (select 1 from resource r where r.pk = c.resource_pk)"))
                .as("claims without a resource")
                .isZero();
    }

    /** Fails unless the audit holds at least so many reads of a patient. */
    void checkReads(int answered) throws SQLException {
        assertThat(count("audit where client_id = 'clinic' and interaction = 'read' and resource_type = 'Patient'"))
                .as("audit entries of reads")
                .isPositive()
                .isGreaterThanOrEqualTo(answered);
    }

    private long count(String from) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from " + from)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
