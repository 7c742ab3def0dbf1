package org.tenderpoint.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.tenderpoint.testing.Client;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;

/** Each request leaves one row in the audit, whether it was answered or turned away. */
class AuditStoryTest {

    @EachDatabase
    void everyRequestLeavesOneRow(Database database) {
        var server = Server.on(database);
        var walk = new Walk(server);
        var sent = walk.refer();
        var id = UUID.fromString(sent.patient().substring("Patient/".length()));

        expectOneRow(server, "success", "read", () -> server.as("demo-ehr").get("/" + sent.patient()));
        expectOneRow(server, "success", "search", () -> server.as("demo-ehr").get("/Observation?patient=" + id));
        expectOneRow(
                server, "success", "history", () -> server.as("demo-clinic").get("/" + sent.patient() + "/_history"));
        expectOneRow(server, "success", "transaction", () -> walk.record(sent, "first-visit.json"));
        expectOneRow(server, "success", "$progress-summary", () -> server.as("demo-ehr")
                .get("/" + sent.referral() + "/$progress-summary"));
        expectOneRow(server, "success", "$treatment-summary", () -> server.as("demo-insurer")
                .get("/" + sent.patient() + "/$treatment-summary"));
        expectOneRow(
                server, "refused", "read", () -> server.as("demo-other-ehr").get("/" + sent.patient()));
        expectOneRow(server, "refused", "read", () -> server.as("demo-insurer").get("/Observation/" + id));
        expectOneRow(server, "refused", "transaction", () -> server.as("demo-other-clinic")
                .bundle(Walk.about(sent, "first-visit.json")));
        expectOneRow(server, "refused", "$treatment-summary", () -> server.as("demo-other-insurer")
                .get("/" + sent.patient() + "/$treatment-summary"));
    }

    private interface Request {
        Client.Answer send();
    }

    private static void expectOneRow(Server server, String outcome, String interaction, Request request) {
        var before = rows(server);

        var answer = request.send();

        assertThat(rows(server) - before).as(interaction + " " + answer.text()).isEqualTo(1);
        assertThat(last(server)).isEqualTo(outcome + " " + interaction);
    }

    private static long rows(Server server) {
        return Long.parseLong(ask(server, "select cast(count(*) as varchar) from audit"));
    }

    private static String last(Server server) {
        return ask(
                server,
                "select outcome || ' ' || interaction from audit where recorded = (select max(recorded) from audit)"
                        + " order by id desc");
    }

    private static String ask(Server server, String question) {
        try (var connection = server.bean(DataSource.class).getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(question)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
