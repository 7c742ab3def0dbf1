package org.tenderpoint.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.chart.SettledAudit;
import org.tenderpoint.testing.AuditTable;
import org.tenderpoint.testing.Client;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Person;
import org.tenderpoint.testing.Server;
import org.tenderpoint.testing.TokenHolder;

/** Each request leaves one row in the audit, whether it was answered or turned away, and the row says who and whose. */
class AuditStoryTest {

    private static final String[] THIS_MACHINE = {"127.0.0.1", "0:0:0:0:0:0:0:1"};

    @EachDatabase
    void everyRequestLeavesOneRow(Database database) {
        var server = Server.on(database);
        var walk = new Walk(server);
        var sent = walk.refer();
        var id = UUID.fromString(sent.patient().substring("Patient/".length()));
        // A token is an entry of its own.
        List.of("demo-ehr", "demo-clinic", "demo-insurer", "demo-other-ehr", "demo-other-clinic", "demo-other-insurer")
                .forEach(client -> server.as(client).prepare());

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

    @EachDatabase
    void anEntrySaysWhoAndFromWhereAndWithWhichToken(Database database) {
        var server = Server.on(database);
        var sent = new Walk(server).refer();
        var patient = sent.patient().substring("Patient/".length());
        var herself = server.as(TokenHolder.patient(patient, "patient/*.rs"));

        herself.get("/" + sent.patient()).expect(200);

        var entry = last(server, "interaction = 'read' and person = '" + sent.patient() + "'");
        assertThat(entry).containsEntry("client_id", TokenHolder.APP).containsEntry("role", "PATIENT");
        assertThat(entry.get("token_id")).hasSize(36);
        assertThat(entry.get("request_id")).hasSize(36);
        assertThat(entry.get("source_address")).containsAnyOf(THIS_MACHINE);
        assertThat(entry.get("patient_pk")).isEqualTo(key(server, patient));
        assertThat(entry.get("written")).isNotNull();
    }

    @EachDatabase
    void aSearchNamesThePatientsWhomItHasShownAndKeepsItsWordsToItself(Database database) {
        var server = Server.on(database);
        var one = new Walk(server).refer();
        var other = new Walk(server).refer();
        var ids = Stream.of(one, other)
                .map(sent -> sent.patient().substring("Patient/".length()))
                .toList();
        var keys = ids.stream().map(id -> key(server, id)).sorted().toList();
        var ehr = server.as("demo-ehr");
        var both = "_id=" + String.join(",", ids);

        ehr.get("/Patient?" + both).expect(200);
        var plain = last(server, "interaction = 'search'");
        ehr.get("/Patient?" + both + "&_revinclude=ServiceRequest:patient&_revinclude=Condition:patient")
                .expect(200);
        var withMore = last(server, "interaction = 'search'");
        ehr.get("/ServiceRequest?patient=" + ids.get(0)).expect(200);
        var ofOne = last(server, "interaction = 'search'");
        ehr.get("/Patient?" + both + "&_count=1&_sort=_id").expect(200);
        var firstPage = last(server, "interaction = 'search'");
        ehr.sendBytes(
                        "POST",
                        "/Patient/_search",
                        both.getBytes(StandardCharsets.UTF_8),
                        Map.of("Content-Type", "application/x-www-form-urlencoded"))
                .expect(200);
        var posted = last(server, "interaction = 'search'");

        assertThat(plain.get("patients")).contains(keys);
        assertThat(plain.get("patient_pk")).isNull();
        assertThat(withMore.get("patients")).contains(keys);
        assertThat(ofOne).containsEntry("patient_pk", key(server, ids.get(0)));
        assertThat(ofOne.get("patients")).isNull();
        assertThat(firstPage.get("patients")).isNull();
        assertThat(firstPage.get("patient_pk")).isIn(keys);
        assertThat(plain.get("query")).isNotNull().doesNotContain(ids.get(0));
        assertThat(posted.get("query_hash")).isEqualTo(plain.get("query_hash"));
        assertThat(ofOne.get("query_hash")).isNotEqualTo(plain.get("query_hash"));
    }

    @EachDatabase
    void whatAGuardRefusesLeavesAnEntryToo(Database database) {
        var server = Server.on(database);
        var ehr = server.as("demo-ehr");
        ehr.prepare();

        expectOneRow(server, "refused", "request", () -> ehr.post("/Observation", "{\"resourceType\":"));
        expectOneRow(server, "refused", "request", () -> ehr.get("/Observation?_summary=most"));
        expectOneRow(server, "refused", "request", () -> ehr.getOutside("/nowhere"));
        expectOneRow(server, "refused", "login", () -> server.anonymous().get("/Observation"));
        expectOneRow(server, "refused", "login", () -> server.anonymous().getOutside("/fhir//Observation"));
        var turnedAway = last(server, "interaction = 'login'");
        assertThat(turnedAway).containsEntry("client_id", "-");
        assertThat(turnedAway.get("source_address")).containsAnyOf(THIS_MACHINE);
    }

    @EachDatabase
    void whoGetsInAndWhoDoesNotStandsInTheAudit(Database database) {
        var server = Server.on(database);

        server.as("demo-admin").prepare();
        new Person(server.url(), "demo-therapist").post("/sign-in", List.of("login", "nobody", "password", "wrong"));
        var refused = last(server, "interaction = 'sign-in' and outcome = 'refused'");
        var wrongSecret = Client.withSecret(HttpClient.newHttpClient(), server.url(), "demo-ehr", "wrong");
        wrongSecret.requestToken(null).expect(401);
        var noToken = last(server, "interaction = 'token' and outcome = 'refused'");
        server.as("demo-ehr").requestToken(null).expect(200);
        var token = last(server, "interaction = 'token'");
        server.as("demo-ehr").getOutside("/admin/clients").expect(403);
        var noAdministrator = last(server, "interaction = 'administration'");

        assertThat(refused).containsEntry("person", "Person/nobody").containsEntry("ground", "password");
        assertThat(noToken.get("source_address")).containsAnyOf(THIS_MACHINE);
        assertThat(token).containsEntry("client_id", "demo-ehr").containsEntry("outcome", "success");
        assertThat(noAdministrator).containsEntry("client_id", "demo-ehr").containsEntry("outcome", "refused");
    }

    private static String key(Server server, String patient) {
        return ask(server, "select cast(pk as varchar) from resource where fhir_id = '" + patient + "'");
    }

    private static Map<String, @Nullable String> last(Server server, String where) {
        return new AuditTable(server).last(where);
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
        SettledAudit.of(server);
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
