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
import org.tenderpoint.testing.Copies;
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
        new Copies(large)
                .upTo(RESOURCES, "select pk from resource where type = 'Patient' and patient_pk is not null", "'{}'");
        // The demonstration has next to none.
        run(
                large,
                "insert into index_uri select pk, patient_pk, (select id from search_param"
                        + " where resource_type = 'Observation' and name = '_source'),"
                        + " 'https://device.example.org/' || pk from resource"
                        + " where type = 'Observation' and patient_pk is not null");
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
