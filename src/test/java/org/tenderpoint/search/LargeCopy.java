package org.tenderpoint.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.Server;

/**
 * The demonstration's patients and one more, copied into a PostgreSQL database of their own so often that there are
 * 100,000 resources: a tenth of the copies belongs to the same organizations, the others to nine strangers each. Names
 * and identifiers differ from copy to copy. The database goes by a language's collation, as most installations do.
 */
final class LargeCopy implements AutoCloseable {

    private static final int RESOURCES = 100_000;

    private static final String NAME = "large_copy";

    private static final List<String> TABLES = List.of(
            "search_param",
            "resource",
            "resource_history",
            "index_token",
            "index_reference",
            "index_date",
            "index_quantity",
            "index_string",
            "index_uri",
            "access_grant",
            "claim");

    /** Patients of the demonstration, which are the first that a server gets. */
    private static final int DEMONSTRATED = 7;

    /** Keys of copy {@code c} are shifted by so much; what belongs to no patient is there once. */
    private static final String SHIFT = "c * 1000000000";

    private final Connection small;
    private final Connection large;

    /** @param patient {@code Patient/id} of the one more */
    LargeCopy(Server server, String patient) throws SQLException, IOException {
        var url = Database.POSTGRESQL.url();
        var largeUrl = url.replace("/postgres?", "/" + NAME + "?");
        this.small = DriverManager.getConnection(url, Database.POSTGRESQL.user(), "");
        run(small, "drop database if exists " + NAME);
        run(
                small,
                "create database " + NAME
                        + " template template0 encoding 'UTF8' locale_provider icu icu_locale 'en' locale 'C'");
        Flyway.configure()
                .dataSource(largeUrl, Database.POSTGRESQL.user(), "")
                .locations(server.bean(Flyway.class).getConfiguration().getLocations())
                .load()
                .migrate();
        this.large = DriverManager.getConnection(largeUrl, Database.POSTGRESQL.user(), "");
        for (var table : TABLES) {
            copy(table, patient.substring("Patient/".length()));
        }
        multiply();
        run(large, "analyze");
    }

    /** How many rows a table has here. */
    long count(String table) throws SQLException {
        try (var statement = large.createStatement();
                var rows = statement.executeQuery("select count(*) from " + table)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** How the database carries out a statement, with what it met on the way; what it writes is undone. */
    JsonNode plan(String sql) throws SQLException, IOException {
        large.setAutoCommit(false);
        try (var statement = large.createStatement();
                var rows = statement.executeQuery("explain (analyze, format json) " + sql)) {
            rows.next();
            return new ObjectMapper().readTree(rows.getString(1)).at("/0/Plan");
        } finally {
            large.rollback();
            large.setAutoCommit(true);
        }
    }

    @Override
    public void close() throws SQLException {
        large.close();
        run(small, "drop database " + NAME);
        small.close();
    }

    private void copy(String table, String patient) throws SQLException, IOException {
        var ofThem = table.equals("search_param")
                ? ""
                : " where patient_pk is null or patient_pk in (select pk from resource where fhir_id = '" + patient
                        + "' union all (select pk from resource where type = 'Patient' order by pk limit "
                        + DEMONSTRATED + "))";
        var bytes = new ByteArrayOutputStream();
        copying(small).copyOut("copy (select * from " + table + ofThem + ") to stdout (format binary)", bytes);
        copying(large)
                .copyIn("copy " + table + " from stdin (format binary)", new ByteArrayInputStream(bytes.toByteArray()));
    }

    private static CopyManager copying(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI();
    }

    private void multiply() throws SQLException {
        run(
                large,
                "create temporary table copies as select c::bigint as c from generate_series(1, " + RESOURCES
                        + " / (select count(*) from resource where patient_pk is not null) + 1) c");
        var columns = "type, gen_random_uuid(), version, last_updated + c * interval '1 second', seq + " + SHIFT
                + ", deleted, patient_pk + " + SHIFT + ", " + stranger("owner")
                + ", owner_role, released, sensitive, happened + c * interval '1 minute', '{}', null";
        for (var table : List.of("resource", "resource_history")) {
            insert(table, "pk + " + SHIFT + ", " + columns);
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
                        + " and t.patient_pk is not null) then " + SHIFT + " else c % 10 * 1000000000000 end");
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
        // The demonstration has next to none.
        run(
                large,
                "insert into index_uri select pk, patient_pk, (select id from search_param"
                        + " where resource_type = 'Observation' and name = '_source'),"
                        + " 'https://device.example.org/' || pk from resource"
                        + " where type = 'Observation' and patient_pk is not null");
        insert(
                "access_grant",
                "patient_pk + " + SHIFT + ", " + stranger("grantee") + ", role, ground, source_pk + " + SHIFT
                        + ", valid_from, valid_to, resource_pk + " + SHIFT + ", source_from, source_to");
    }

    private void insert(String table, String columns) throws SQLException {
        run(
                large,
                "insert into " + table + " select " + columns + " from " + table
                        + ", copies where patient_pk is not null");
    }

    /** The same organization in every tenth copy, one of nine others in the rest. */
    private static String stranger(String organization) {
        return "case when c % 10 = 0 then " + organization + " else md5(" + organization
                + "::text || c % 10)::uuid end";
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
