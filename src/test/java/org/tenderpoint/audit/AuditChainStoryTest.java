package org.tenderpoint.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.tenderpoint.chart.AuditSeals;
import org.tenderpoint.chart.AuditSeals.Head;
import org.tenderpoint.chart.SettledAudit;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Person;
import org.tenderpoint.testing.Server;

/** Whoever tampers with the audit, as the owner of its tables, is found out and what was touched is named. */
class AuditChainStoryTest {

    @EachDatabase
    void anEntryThatIsChangedTakenAwayOrPutInIsNamed(Database database) {
        var server = Server.on(database);
        var seals = sealed(server);
        var entry = ask(server, "select cast(max(id) as varchar) from audit where interaction = 'search'");

        assertThat(seals.verify(null).problems()).isEmpty();
        withoutTriggers(server, database, () -> {
            act(server, "create table audit_kept as select * from audit where id = " + entry);
            act(server, "update audit set client_id = 'somebody' where id = " + entry);
            assertThat(seals.verify(null).problems()).containsExactly("entry " + entry + " was changed");
            act(server, "delete from audit where id = " + entry);
            assertThat(seals.verify(null).problems()).containsExactly("entry " + entry + " is missing");
            act(server, "insert into audit select * from audit_kept");
            assertThat(seals.verify(null).problems()).isEmpty();
            act(server, "update audit_kept set id = -1");
            act(server, "insert into audit select * from audit_kept");
            assertThat(seals.verify(null).problems()).containsExactly("entry -1 was put in later");
            act(server, "delete from audit where id = -1");
            act(server, "drop table audit_kept");
        });
        assertThat(seals.verify(null).problems()).isEmpty();
    }

    @EachDatabase
    void aSealThatIsChangedOrTakenAwayIsNamed(Database database) {
        var server = Server.on(database);
        var seals = sealed(server);
        server.as("demo-ehr").get("/Patient").expect(200);
        sealed(server);
        var head = seals.head();
        var no = head.no();

        assertThat(seals.verify(head).problems()).isEmpty();
        assertThat(seals.verify(new Head(no + 1, "0".repeat(64))).problems())
                .singleElement()
                .asString()
                .startsWith("the chain has no seal " + (no + 1));
        withoutTriggers(server, database, () -> {
            act(server, "create table seal_kept as select * from audit_seal where no >= " + (no - 1));
            act(server, "update audit_seal set signature = 'forged' where no = " + no);
            assertThat(seals.verify(null).problems()).containsExactly("seal " + no + " was changed");
            act(server, "delete from audit_seal where no = " + no);
            assertThat(seals.verify(head).problems()).containsExactly("the chain has no seal " + head);
            act(server, "insert into audit_seal select * from seal_kept where no = " + no);
            act(server, "delete from audit_seal where no = " + (no - 1));
            assertThat(seals.verify(null).problems()).contains("seal " + no + " does not follow the one before it");
            act(server, "insert into audit_seal select * from seal_kept where no = " + (no - 1));
            act(server, "drop table seal_kept");
        });
        assertThat(seals.verify(head).problems()).isEmpty();
    }

    @EachDatabase
    void serversThatSealAtTheSameTimeWhileOthersWriteMakeOneChain(Database database) throws Exception {
        var server = Server.on(database);
        var seals = sealed(server);
        var ehr = server.as("demo-ehr");
        Callable<Integer> reading = () -> {
            IntStream.range(0, 20).forEach(i -> ehr.get("/Patient").expect(200));
            return 0;
        };
        Callable<Integer> sealing =
                () -> IntStream.range(0, 20).map(i -> seals.seal(Duration.ZERO)).sum();

        var pool = Executors.newFixedThreadPool(4);
        for (var done : pool.invokeAll(List.of(reading, sealing, reading, sealing))) {
            done.get();
        }
        pool.shutdown();
        sealed(server);

        var verdict = seals.verify(null);
        assertThat(verdict.problems()).isEmpty();
        assertThat(verdict.sealed())
                .isEqualTo(
                        Long.parseLong(ask(server, "select cast(count(*) as varchar) from audit")) - verdict.waiting());
    }

    @EachDatabase
    void whoeverIsStoppedWhileSealingHasSealedNothingFalse(Database database) {
        var server = Server.on(database);
        var seals = sealed(server);
        server.as("demo-ehr").get("/Patient").expect(200);

        for (var trip = 1; trip <= 4; trip++) {
            server.roundTrips().failAt(trip, new SQLException("the plug was pulled", "08006"));
            assertThatThrownBy(() -> seals.seal(Duration.ZERO)).isInstanceOf(RuntimeException.class);
            assertThat(seals.verify(null).problems()).isEmpty();
        }

        assertThat(sealed(server).verify(null).problems()).isEmpty();
    }

    @EachDatabase
    void theAdministratorAsksOverHttp(Database database) {
        var server = Server.on(database);
        sealed(server);

        var admin = server.as("demo-admin").token();
        var verdict = Person.json("GET", server.url() + "/admin/audit/verify", admin, "")
                .expect(200)
                .json();
        Person.json("GET", server.url() + "/admin/audit/verify?head=1:00", admin, "")
                .expect(200);
        Person.json("GET", server.url() + "/admin/audit/verify?head=x", admin, "")
                .expect(400);

        assertThat(verdict.path("sealed").asLong()).isPositive();
        assertThat(verdict.path("problems")).isEmpty();
        assertThat(verdict.path("head").asText()).matches("[0-9]+:[0-9a-f]{64}");
    }

    @EachDatabase
    void onPostgresqlTheServersAccountChangesNothing(Database database) {
        var server = Server.on(database);
        server.as("demo-ehr").get("/Patient").expect(200);
        if (database == Database.H2) {
            assertThat(ask(server, "select count(*) from audit")).isNotEqualTo("0");
            return;
        }
        for (var attempt : List.of("update audit set client_id = 'x'", "delete from audit", "truncate audit")) {
            assertThatThrownBy(() -> act(server, attempt))
                    .as(attempt)
                    .rootCause()
                    .hasMessageContaining("append-only");
        }
    }

    private static AuditSeals sealed(Server server) {
        var seals = server.bean(AuditSeals.class);
        server.as("demo-ehr").get("/Patient").expect(200);
        SettledAudit.of(server);
        while (seals.seal(Duration.ZERO) > 0) {
            assertThat(seals.head().no()).isPositive();
        }
        return seals;
    }

    private static void withoutTriggers(Server server, Database database, Runnable work) {
        var tables = database == Database.H2 ? List.<String>of() : List.of("audit", "audit_seal");
        tables.forEach(table -> act(server, "alter table " + table + " disable trigger user"));
        try {
            work.run();
        } finally {
            tables.forEach(table -> act(server, "alter table " + table + " enable trigger user"));
        }
    }

    private static void act(Server server, String statement) {
        try (var connection = server.bean(DataSource.class).getConnection();
                var run = connection.createStatement()) {
            run.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String ask(Server server, String question) {
        SettledAudit.of(server);
        try (var connection = server.bean(DataSource.class).getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(question)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
