package org.tenderpoint.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Patients' records in a PostgreSQL chart, copied row by row as often as it takes to have so many resources. A tenth of
 * the copies belongs to the same organizations, the others to nine strangers each. Names, identifiers, URIs and times differ from
 * copy to copy; a copied body still names what it was copied from.
 */
public final class Copies {

    /** Keys of copy {@code c} are shifted by so much; what belongs to no patient is there once. */
    private static final String SHIFT = "c * 1000000000";

    private final Connection connection;
    private long made;

    /** @param connection to the chart, with auto-commit */
    public Copies(Connection connection) {
        this.connection = connection;
    }

    /**
     * Copies.
     *
     * @param resources how many there are to be about patients, at least
     * @param patients SQL that selects the keys of the patients who are copied
     * @param body SQL for a copy's body, such as {@code body}
     */
    public void upTo(long resources, String patients, String body) throws SQLException {
        run("drop table if exists copies, copied");
        run("create temporary table copied as " + patients);
        run("create temporary table copies as select c from generate_series(" + (made + 1) + "::bigint, " + made
                + " + ceil(greatest(0, " + resources
                + " - (select count(*) from resource where patient_pk is not null))"
                + "::numeric / (select count(*) from resource where patient_pk in (select * from copied)))::bigint) c");
        made += number("select count(*) from copies");
        var columns = "type, md5(fhir_id::text || c)::uuid, version, last_updated + c * interval '1 second', seq + "
                + SHIFT + ", deleted, patient_pk + " + SHIFT + ", " + stranger("owner")
                + ", owner_role, released, sensitive, happened + c * interval '1 minute', ";
        for (var table : List.of("resource", "resource_history")) {
            insert(table, "pk + " + SHIFT + ", " + columns + body + ", payer_body");
        }
        insert(
                "index_token",
                "resource_pk + " + SHIFT + ", patient_pk + " + SHIFT + ", param, system, code"
                        + " || case when param in (select id from search_param where name like '%identifier%')"
                        + " then '-' || c else '' end, part");
        insert(
                "index_reference",
                "resource_pk + " + SHIFT + ", patient_pk + " + SHIFT + ", param, target_type,"
                        + " target_pk + case when exists (select 1 from resource t where t.pk = target_pk"
                        + " and t.patient_pk is not null) then " + SHIFT + " else (c - 1) % 10 * 1000000000000 end");
        insert(
                "index_date",
                "resource_pk + " + SHIFT + ", patient_pk + " + SHIFT + ", param, low + c * interval '1 minute',"
                        + " high + c * interval '1 minute'");
        insert(
                "index_quantity",
                "resource_pk + " + SHIFT + ", patient_pk + " + SHIFT + ", param, amount, system, code, part, unit");
        var name = "left(substr(md5(resource_pk::text || c), 1, 3) || %s, 300)";
        insert(
                "index_string",
                "resource_pk + " + SHIFT + ", patient_pk + " + SHIFT + ", param, " + name.formatted("folded") + ", "
                        + name.formatted("exact"));
        insert(
                "index_uri",
                "resource_pk + " + SHIFT + ", patient_pk + " + SHIFT
                        + ", param, replace(uri, '://', '://c' || c || '.')");
        insert(
                "access_grant",
                "patient_pk + " + SHIFT + ", " + stranger("grantee") + ", role, ground, source_pk + " + SHIFT
                        + ", valid_from, valid_to, resource_pk + " + SHIFT + ", source_from, source_to");
    }

    private void insert(String table, String columns) throws SQLException {
        run("insert into " + table + " select " + columns + " from " + table
                + ", copies where patient_pk in (select * from copied)");
    }

    /** The same organization in every tenth copy, the first among them; one of nine others in the rest. */
    private static String stranger(String organization) {
        return "case when (c - 1) % 10 = 0 then " + organization + " else md5(" + organization
                + "::text || (c - 1) % 10)::uuid end";
    }

    private void run(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long number(String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
