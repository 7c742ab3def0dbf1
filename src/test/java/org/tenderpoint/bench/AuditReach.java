package org.tenderpoint.bench;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tenderpoint.testing.Client;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.Server;
import org.tenderpoint.testing.TokenHolder;

/**
 * How long a privacy officer waits for the reports over a million entries of the audit on PostgreSQL: ten clients have read
 * 20,000 patients' records over a year, each hundredth entry about three patients. Started by hand.
 */
public final class AuditReach {

    private static final Logger log = LoggerFactory.getLogger(AuditReach.class);

    private static final int ENTRIES = 1_000_000;
    private static final int PATIENTS = 20_000;
    private static final long FIRST = 1_000_000_000_000L;
    private static final int ROUNDS = 3;

    private AuditReach() {}

    public static void main(String[] args) {
        var server = Server.on(Database.POSTGRESQL);
        try {
            fill();
        } catch (SQLException failed) {
            // The server's threads would keep this Java.
            log.error("the table was not filled", failed);
            System.exit(1);
        }
        var patient = new UUID(0, FIRST + 1);
        var officer = server.as(new TokenHolder(
                TokenHolder.APP, "Practitioner/officer", "PRIVACY_OFFICER", null, null, "user/*.cruds"));
        for (int i = 0; i < ROUNDS; i++) {
            time(officer, "whom a client has reached", "/AuditEvent/$reached?client=bench-3");
            time(
                    officer,
                    "whom a client has reached in a month",
                    "/AuditEvent/$reached?client=bench-3&start=2026-03-01&end=2026-03-31");
            time(
                    officer,
                    "whom a person has reached in a month",
                    "/AuditEvent/$reached?person=Practitioner/bench-7&start=2026-03-01&end=2026-03-31");
            time(officer, "who has seen a patient", "/Patient/" + patient + "/$access-report");
            time(officer, "to whom a patient was disclosed", "/Patient/" + patient + "/$accounting-of-disclosures");
            time(officer, "newest entries", "/AuditEvent?_count=50");
        }
        System.exit(0);
    }

    private static void time(Client officer, String what, String path) {
        var start = System.nanoTime();
        var answer = officer.get(path).expect(200);
        log.info(
                "{}: {} ms, {} bytes",
                what,
                Duration.ofNanos(System.nanoTime() - start).toMillis(),
                answer.text().length());
    }

    private static void fill() throws SQLException {
        try (var connection = DriverManager.getConnection(Database.POSTGRESQL.url(), Database.POSTGRESQL.user(), "");
                var statement = connection.createStatement()) {
            var columns = "";
            try (var rows =
                    statement.executeQuery("select string_agg(column_name, ', ') from information_schema.columns"
                            + " where table_name = 'resource' and column_name not in ('pk', 'fhir_id', 'patient_pk')"
                            + " and is_generated = 'NEVER'")) {
                rows.next();
                columns = rows.getString(1);
            }
            statement.execute("insert into resource (pk, fhir_id, patient_pk, " + columns + ") select " + FIRST
                    + " + n, ('00000000-0000-0000-0000-' || lpad(to_hex(" + FIRST + " + n), 12, '0'))::uuid, " + FIRST
                    + " + n, " + columns + " from (select * from resource where type = 'Patient' limit 1) one,"
                    + " generate_series(1, " + PATIENTS + ") n");
            var indexes = new ArrayList<String>();
            var names = new ArrayList<String>();
            try (var rows = statement.executeQuery("select indexdef, indexname from pg_indexes"
                    + " where tablename = 'audit' and indexname not like '%pkey'")) {
                while (rows.next()) {
                    indexes.add(rows.getString(1));
                    names.add(rows.getString(2));
                }
            }
            // Made anew at once behind the rows instead of row by row.
            for (var name : names) {
                statement.execute("drop index " + name);
            }
            statement.execute("insert into audit (id, recorded, client_id, role, interaction, resource_type, fhir_id,"
                    + " version, patient_pk, resources, outcome, ground, person, source_address, request_id, patients)"
                    + " select " + FIRST
                    + " + n, timestamptz '2025-12-01' + n * interval '31 seconds', 'bench-' || n % 10,"
                    + " 'EHR', 'read', 'Observation', gen_random_uuid(), 1,"
                    + " case when n % 100 > 0 then " + FIRST + " + 1 + n * 7919 % " + PATIENTS + " end, 1, 'success',"
                    + " 'a referrer follows its patients', 'Practitioner/bench-' || n % 13, '203.0.113.7',"
                    + " gen_random_uuid(), case when n % 100 = 0 then array[" + FIRST + " + 1 + n % " + PATIENTS + ", "
                    + FIRST + " + 2, " + FIRST + " + 3] end from generate_series(1::bigint, " + ENTRIES + ") n");
            for (var index : indexes) {
                statement.execute(index);
            }
            statement.execute("vacuum analyze audit");
        }
    }
}
