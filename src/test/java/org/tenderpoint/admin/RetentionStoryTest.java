package org.tenderpoint.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.tenderpoint.chart.AuditSeals;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;

/** Entries whose years are over go by command, and nothing else goes; on databases that hold nothing besides. */
class RetentionStoryTest {

    /** As many as one seal covers, so that the next entry begins another. */
    private static final int A_SEAL = 10_000;

    private static final String PATIENT = "11111111-1111-4111-8111-111111111111";
    private static final int OF_HER = 10;

    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private String url = "";
    private String user = "";

    @EachDatabase
    void whatIsOverGoesAndWhatIsHeldStaysAndTheChainIsWhole(Database database) throws Exception {
        open(database);
        try (var connection = DriverManager.getConnection(url, user, "")) {
            var sql = DSL.using(connection);
            longAgo(database, sql);

            var plan = json("purge-audit", 0);
            assertThat(plan.path("done").asBoolean()).isFalse();
            assertThat(plan.path("entries").asInt()).isEqualTo(A_SEAL);
            assertThat(plan.path("held").asInt()).isZero();
            assertThat(sql.fetchCount(DSL.table("audit"))).isGreaterThan(A_SEAL);
            var hold = json("hold-audit " + PATIENT, 0, "a court asks")
                    .path("hold")
                    .asText();
            assertThat(json("list-holds", 0).get(0).path("patient").asText()).isEqualTo(PATIENT);
            var purged = json("purge-audit now", 0);
            assertThat(purged.path("entries").asInt()).isEqualTo(A_SEAL - OF_HER);
            assertThat(purged.path("held").asInt()).isEqualTo(OF_HER);

            var verdict = json("verify-audit", 0);
            assertThat(verdict.path("problems")).isEmpty();
            assertThat(verdict.path("purged").asInt()).isEqualTo(A_SEAL - OF_HER);
            assertThat(sql.fetchCount(DSL.table("audit"), DSL.condition("patient_pk = 77")))
                    .isEqualTo(OF_HER);
            assertThat(sql.fetchValue("select ground from audit where interaction = 'audit-purge'"))
                    .asString()
                    .startsWith(A_SEAL - OF_HER + " entries of up to seal 1");
            assertThat(json("purge-audit now", 0).path("entries").asInt())
                    .as("once more finds nothing")
                    .isZero();

            assertThat(run("release-audit", hold)).isZero();
            assertThat(run("release-audit", hold)).isEqualTo(1);
            assertThat(json("purge-audit now", 0).path("entries").asInt()).isEqualTo(OF_HER);
            assertThat(json("verify-audit", 0).path("problems")).isEmpty();
        }
    }

    @EachDatabase
    void whoeverTakesMoreAwayIsFoundOut(Database database) throws Exception {
        open(database);
        try (var connection = DriverManager.getConnection(url, user, "")) {
            var sql = DSL.using(connection);
            longAgo(database, sql);
            json("hold-audit " + PATIENT, 0, "a court asks");
            json("purge-audit now", 0);

            if (database == Database.POSTGRESQL) {
                sql.execute("alter table audit disable trigger user");
                sql.execute("alter table audit_purge disable trigger user");
            }
            sql.execute("delete from audit where id = -1");
            json("verify-audit", 1);
            assertThat(said()).contains(A_SEAL - OF_HER + 1 + " entries of up to seal 1 are missing");
            sql.execute("update audit_purge set removed = removed + 1");
            json("verify-audit", 1);
            assertThat(said()).contains("purge 1 was changed");
        }
    }

    @EachDatabase
    void onPostgresqlTheDoorIsNoWiderThanThat(Database database) throws Exception {
        open(database);
        try (var connection = DriverManager.getConnection(url, user, "")) {
            var sql = DSL.using(connection);
            longAgo(database, sql);
            if (database == Database.H2) {
                assertThat(sql.fetchCount(DSL.table("information_schema.triggers")))
                        .as("H2 has no such triggers, as docs/security.md says")
                        .isZero();
                return;
            }
            refused(sql, "delete from audit where id = -500", "before a purge was written down");
            json("hold-audit " + PATIENT, 0, "a court asks");
            json("purge-audit now", 0);

            refused(sql, "delete from audit where id = -1", "held");
            refused(sql, "delete from audit where id = -20000", "seven years old, of a seal that no purge has reached");
            refused(sql, "delete from audit where id > 0", "young");
            refused(sql, "update audit set written = now() - interval '9 years' where id > 0", "made old");
            refused(sql, "truncate audit", "all");
            refused(sql, "delete from audit_seal", "the seals");
            refused(sql, "update audit_purge set up_to = 2", "the purge");
            refused(sql, "delete from audit_hold", "the hold");
            refused(sql, "update audit_hold set patient_pk = 78", "the hold");
        }
    }

    @EachDatabase
    void fewerThanSixYearsAreNoSetting(Database database) throws Exception {
        open(database);

        assertThatThrownBy(() -> run("purge-audit", "--tenderpoint.audit.keep-years=5"))
                .hasStackTraceContaining("keepYears");
        assertThat(run("purge-audit", "at once")).isEqualTo(1);
        assertThat(run("hold-audit", PATIENT, "why")).as("nobody").isEqualTo(1);
        assertThat(run("hold-audit", "all")).as("no reason").isEqualTo(1);
    }

    private static void refused(DSLContext sql, String statement, String why) {
        assertThatThrownBy(() -> sql.execute(statement))
                .as(why)
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("append-only");
    }

    /** A seal full of entries that are eight years old, ten of them about one patient, and one that is seven. */
    private void longAgo(Database database, DSLContext sql) {
        assertThat(run("list-clients")).isZero();
        sql.execute(
                "insert into resource (pk, type, fhir_id, version, last_updated, seq, deleted, owner_role, released, sensitive, body, patient_pk)"
                        + " values (77, 'Patient', cast('" + PATIENT
                        + "' as uuid), 1, now(), 1, false, 'CLINIC', true, false, "
                        + (database == Database.H2 ? "X'7B7D'" : "'\\x7B7D'::bytea") + ", 77)");
        var series = database == Database.H2 ? "system_range" : "generate_series";
        var numbers = "select n from " + series + "(1, " + A_SEAL + ") as s(n)";
        sql.execute(entry("-n", "case when n <= " + OF_HER + " then 77 end", 8) + " from (" + numbers + ") as numbers");
        sql.execute(entry("-20000", "cast(null as bigint)", 7));
        try (var context = new SpringApplicationBuilder(AdminCommands.Desk.class)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .run(arguments())) {
            var seals = context.getBean(AuditSeals.class);
            assertThat(seals.seal(Duration.ZERO)).isGreaterThan(A_SEAL);
            assertThat(seals.head().no()).isGreaterThan(1);
        }
    }

    private static String entry(String id, String patient, int years) {
        return "insert into audit (id, recorded, client_id, role, interaction, resources, outcome, ground, patient_pk,"
                + " written) select " + id + ", now() - interval '" + years + "' year, 'old', 'CLINIC', 'read', 1,"
                + " 'success', 'long ago', " + patient + ", now() - interval '" + years + "' year";
    }

    /** A database of its own, which the first command fills. */
    private void open(Database database) throws Exception {
        var name = "retention_" + UUID.randomUUID().toString().replace("-", "");
        user = database.user();
        if (database == Database.H2) {
            url = "jdbc:h2:mem:" + name + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1";
            return;
        }
        try (var connection = DriverManager.getConnection(database.url(), user, "")) {
            DSL.using(connection).execute("create database " + name);
        }
        url = database.url().replaceFirst("/postgres(?=[?]|$)", "/" + name);
        assertThat(url).contains(name);
    }

    private JsonNode json(String command, int code, String... more) throws IOException {
        var words =
                Stream.concat(Stream.of(command.split(" ")), Stream.of(more)).toArray(String[]::new);
        assertThat(run(words)).as(said()).isEqualTo(code);
        return JsonMapper.builder().build().readTree(said());
    }

    private int run(String... command) {
        screen.reset();
        return AdminCommands.run(arguments(command), new PrintStream(screen, true, StandardCharsets.UTF_8));
    }

    private String said() {
        return screen.toString(StandardCharsets.UTF_8);
    }

    private String[] arguments(String... command) {
        return Stream.concat(
                        Stream.of(command),
                        List.of(
                                "--spring.datasource.url=" + url,
                                "--spring.datasource.username=" + user,
                                "--spring.datasource.password=",
                                "--spring.profiles.active=none",
                                "--tenderpoint.identity.key-secret=a secret of the test, and long enough")
                                .stream())
                .toArray(String[]::new);
    }
}
