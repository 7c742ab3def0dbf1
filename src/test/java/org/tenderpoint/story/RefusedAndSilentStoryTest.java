package org.tenderpoint.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.tenderpoint.attack.RawSocket;
import org.tenderpoint.testing.AuditTable;
import org.tenderpoint.testing.Client;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Person;
import org.tenderpoint.testing.Server;
import org.tenderpoint.testing.TokenHolder;

/** What leaves an entry in the audit although it shows nothing, or is none of the FHIR API, or ends badly. */
class RefusedAndSilentStoryTest {

    private static final String GROUND = "ground";
    private static final TokenHolder OFFICER =
            new TokenHolder(TokenHolder.APP, "Practitioner/officer", "PRIVACY_OFFICER", null, null, "user/*.cruds");

    @EachDatabase
    void aRefusedEntryOfABatchNamesItsResourceAndWhatItAsked(Database database) {
        var server = Server.on(database);
        var sent = new Walk(server).refer();
        var id = sent.patient().substring("Patient/".length());
        var stranger = server.as("demo-other-clinic");
        stranger.prepare();

        var entries = new AuditTable(server).leftBy(() -> stranger.bundle(
                        """
                        {"resourceType":"Bundle","type":"batch","entry":[
                        {"request":{"method":"GET","url":"Observation?patient=%s"}},
                        {"request":{"method":"GET","url":"Patient/%s"}},
                        {"request":{"method":"GET","url":"Patient/%s/_history"}},
                        {"request":{"method":"GET","url":"Nothing/1"}}]}"""
                                .formatted(id, id, id))
                .expect(200));

        assertThat(entries).hasSize(4);
        assertThat(entries.get(0)).containsEntry("interaction", "search").containsEntry("outcome", "success");
        assertThat(entries.get(0).get("query_hash")).hasSize(64);
        for (var refused : entries.subList(1, 3)) {
            assertThat(refused)
                    .containsEntry("outcome", "refused")
                    .containsEntry("resource_type", "Patient")
                    .containsEntry("fhir_id", id)
                    .containsEntry(GROUND, "not-found");
            assertThat(refused.get("query_hash"))
                    .as("what the entry before it asked")
                    .isNull();
        }
        assertThat(entries.get(3)).containsEntry(GROUND, "bundle-get");
        assertThat(entries.get(3).get("resource_type")).isNull();
    }

    @EachDatabase
    void theAuditIsNoPartOfABatch(Database database) {
        var server = Server.on(database);

        var answer = server.as("demo-clinic")
                .bundle(
                        """
                        {"resourceType":"Bundle","type":"batch","entry":[
                        {"request":{"method":"GET","url":"AuditEvent?patient=%s"}},
                        {"request":{"method":"POST","url":"AuditEvent"},"resource":{"resourceType":"Patient","active":true}},
                        {"request":{"method":"DELETE","url":"AuditEvent/%s"}}]}"""
                                .formatted(UUID.randomUUID(), UUID.randomUUID()))
                .expect(200)
                .json();

        assertThat(answer.at("/entry/0/response/outcome/issue/0/diagnostics").asText())
                .isEqualTo("AuditEvents are not read in a batch: send this GET on its own.");
        assertThat(answer.at("/entry/1/response/status").asText()).isEqualTo("403");
        assertThat(answer.at("/entry/2/response/status").asText()).isEqualTo("403");
    }

    @EachDatabase
    void aCountNamesThePatientsWhomItWasAskedFor(Database database) {
        var server = Server.on(database);
        var sent = new Walk(server).refer();
        var id = sent.patient().substring("Patient/".length());
        var audit = new AuditTable(server);
        var ehr = server.as("demo-ehr");
        var stranger = server.as("demo-other-ehr");
        ehr.prepare();
        stranger.prepare();

        var read = audit.leftBy(() -> ehr.get("/Patient/" + id).expect(200));

        for (var search : List.of(
                "/Condition?patient=" + id,
                "/Condition?subject=Patient/" + id,
                "/Patient?_id=" + id,
                "/Patient/" + id + "/Condition?")) {
            var counted = audit.leftBy(() -> ehr.get(search + "&_summary=count").expect(200));
            assertThat(counted).as(search).hasSize(1);
            assertThat(counted.get(0).get("patient_pk"))
                    .as(search)
                    .isNotNull()
                    .isEqualTo(read.get(0).get("patient_pk"));
        }
        var hidden = audit.leftBy(() ->
                        stranger.get("/Condition?_summary=count&patient=" + id).expect(200))
                .get(0);
        assertThat(hidden.get("patient_pk")).as("nothing was told of her").isNull();
    }

    @EachDatabase
    void aSignatureThatIsRefusedLeavesTheRefusalAlone(Database database) {
        var server = Server.on(database);
        var sent = new Walk(server).refer();
        var clinic = server.as("demo-clinic");
        clinic.prepare();

        var entries = new AuditTable(server).leftBy(() -> clinic.post(
                        "/" + sent.referral() + "/$sign-progress-summary", "{\"resourceType\":\"Parameters\"}")
                .expect(422));

        assertThat(entries).hasSize(1);
        assertThat(entries.get(0)).containsEntry("outcome", "refused").containsEntry(GROUND, "signer-unknown");
    }

    @EachDatabase
    void whatFailsHereIsWrittenDownAndFound(Database database) {
        var server = Server.on(database);
        var sent = new Walk(server).refer();
        var clinic = server.as("demo-clinic");
        var officer = server.as(OFFICER);
        clinic.prepare();

        var entries = new AuditTable(server).leftBy(() -> {
            server.roundTrips().failAt(1, new SQLException("the test wants this", "42P01"));
            clinic.get("/" + sent.patient()).expect(500);
        });

        assertThat(entries).hasSize(1);
        assertThat(entries.get(0))
                .containsEntry("outcome", "refused")
                .containsEntry(GROUND, "internal")
                .containsEntry("resource_type", "Patient");
        var found = officer.get("/AuditEvent?outcome=12&_count=1").expect(200).json();
        assertThat(found.at("/entry/0/resource/outcome").asText()).isEqualTo("12");
        assertThat(found.at("/entry/0/resource/outcomeDesc").asText()).isEqualTo("internal");
    }

    @EachDatabase
    void aTraceIsRefusedAndWrittenDown(Database database) {
        var server = Server.on(database);

        var entries = new AuditTable(server).leftBy(() -> {
            try {
                var answer =
                        RawSocket.send(server, "TRACE /fhir/Patient HTTP/1.1\r\nHost: localhost\r\nX: canary\r\n\r\n");
                assertThat(RawSocket.statuses(answer)).containsExactly(405);
                assertThat(answer).doesNotContain("canary");
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });

        assertThat(entries).hasSize(1);
        assertThat(entries.get(0)).containsEntry(GROUND, "method-refused");
        assertThat(entries.get(0).get("source_address")).containsAnyOf("127.0.0.1", "0:0:0:0:0:0:0:1");
    }

    @EachDatabase
    void whoAsksAboutATokenOrAPersonLeavesAnEntry(Database database) {
        var server = Server.on(database);
        var audit = new AuditTable(server);
        var ehr = server.as("demo-ehr");
        var bearer = Map.of("Authorization", "Bearer " + ehr.token());
        var somebody = new Person(server.url(), "nobody");

        var asked = audit.leftBy(() -> somebody.endpoint("/oauth2/introspect", Map.of("token", "no token"), bearer)
                .expect(200));
        var user = audit.leftBy(() -> Person.json("GET", server.url() + "/oauth2/userinfo", ehr.token(), "")
                .expect(403));
        var foreign = audit.leftBy(() -> somebody.postFrom(
                        "https://attacker.example.org", "/sign-in", List.of("login", "x", "password", "y"))
                .expect(403));

        assertThat(asked).singleElement().satisfies(entry -> assertThat(entry)
                .containsEntry("interaction", "introspection")
                .containsEntry("client_id", "demo-ehr"));
        assertThat(user).singleElement().satisfies(entry -> assertThat(entry)
                .containsEntry("interaction", "userinfo")
                .containsEntry("outcome", "refused")
                .containsEntry("client_id", "demo-ehr"));
        assertThat(foreign).singleElement().satisfies(entry -> assertThat(entry)
                .containsEntry("interaction", "sign-in")
                .containsEntry("outcome", "refused")
                .containsEntry(GROUND, "a form of another page"));
    }

    @EachDatabase
    void aWrongSecretNamesTheClientThatItWasSaidToBeAndIsADenial(Database database) {
        var server = Server.on(database);
        var audit = new AuditTable(server);
        var nul = Base64.getEncoder().encodeToString("a\0b:c".getBytes(StandardCharsets.UTF_8));

        var wrong =
                audit.leftBy(() -> Client.withSecret(HttpClient.newHttpClient(), server.url(), "demo-insurer", "wrong")
                        .requestToken(null)
                        .expect(401));
        var unspeakable = audit.leftBy(() -> new Person(server.url(), "nobody")
                .endpoint(
                        "/oauth2/token",
                        Map.of("grant_type", "client_credentials"),
                        Map.of("Authorization", "Basic " + nul))
                .expect(400));
        var denied = server.as(OFFICER)
                .get("/AuditEvent?outcome=8&altid=demo-insurer&_count=1")
                .expect(200)
                .json();

        assertThat(wrong).singleElement().satisfies(entry -> assertThat(entry)
                .containsEntry("interaction", "token")
                .containsEntry("client_id", "demo-insurer"));
        assertThat(unspeakable).singleElement().satisfies(entry -> assertThat(entry)
                .containsEntry("client_id", "-"));
        assertThat(denied.at("/entry/0/resource/outcome").asText()).isEqualTo("8");
    }

    @EachDatabase
    void whoPicksAPatientSearchesForANameAndForNothingElse(Database database) {
        var server = Server.on(database);
        var audit = new AuditTable(server);
        var mina = new Person(server.url(), "mina");
        var request = mina.request("demo-app", "http://localhost:9753/", "launch/patient patient/*.rs");
        mina.ask(request).expect(200);
        var first = audit.last("interaction = 'search' and client_id = 'demo-app'");

        mina.ask(request).expect(200);
        var second = audit.last("interaction = 'search' and client_id = 'demo-app'");

        assertThat(second.get("id")).isNotEqualTo(first.get("id"));
        // The page's address differs each time, because the request in it is sealed anew.
        assertThat(second.get("query_hash")).isNotNull().isEqualTo(first.get("query_hash"));
    }

    @EachDatabase
    void aPatientIsNotToldHowManyResourcesThereWereOfOthers(Database database) {
        var server = Server.on(database);
        var one = new Walk(server).refer().patient().substring("Patient/".length());
        var other = new Walk(server).refer().patient().substring("Patient/".length());
        server.as("demo-ehr").get("/Patient?_id=" + one + "," + other).expect(200);

        var report = server.as(TokenHolder.patient(one, "patient/*.rs"))
                .get("/Patient/" + one + "/$access-report?_count=1")
                .expect(200)
                .json();

        var event = report.at("/entry/0/resource");
        assertThat(event.path("subtype").findValuesAsText("code")).contains("search-type");
        assertThat(event.path("outcomeDesc").asText()).isNotBlank().doesNotContain("resources");
        assertThat(event.toString()).doesNotContain(other);
    }
}
