package org.tenderpoint.story;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.AuditEvent;
import org.tenderpoint.audit.BalpPatterns;
import org.tenderpoint.document.SchemaCheck;
import org.tenderpoint.testing.Client;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;
import org.tenderpoint.testing.TokenHolder;

/** The audit as AuditEvents: who may read which, by what they are found, and that they have the forms they claim. */
class AuditEventStoryTest {

    private static final IParser PARSER = FhirContext.forR4Cached().newJsonParser();

    private static final TokenHolder OFFICER =
            new TokenHolder(TokenHolder.APP, "Practitioner/officer", "PRIVACY_OFFICER", null, null, "user/*.cruds");

    @EachDatabase
    void aReadIsAnAuditEventOfIhesPattern(Database database) {
        var server = Server.on(database);
        var patient = referred(server);
        var herself = server.as(TokenHolder.patient(patient, "patient/*.rs"));
        herself.get("/Patient/" + patient).expect(200);

        var event = newest(server.as(OFFICER), "patient=" + patient + "&action=R");

        assertThat(event.at("/meta/profile/0").asText())
                .isEqualTo("https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.PatientRead");
        assertThat(event.at("/subtype/0/code").asText()).isEqualTo("read");
        var client = agent(event, "110152");
        assertThat(client.at("/who/identifier/value").asText()).isEqualTo(TokenHolder.APP);
        assertThat(client.at("/network/address").asText()).isNotBlank();
        assertThat(client.at("/policy/0").asText()).matches("urn:ietf:params:oauth:jti:[0-9a-f-]{36}");
        assertThat(client.path("requestor").asBoolean()).isFalse();
        var person = agent(event, "IRCP");
        assertThat(person.at("/who/reference").asText()).isEqualTo("Patient/" + patient);
        assertThat(person.path("requestor").asBoolean()).isTrue();
        assertThat(agent(event, "110153").at("/who/display").asText()).isEqualTo("Tenderpoint");
        assertThat(event.path("outcomeDesc").asText()).startsWith("a patient reads her own record");
        assertThat(event.path("entity").findValues("what").stream()
                        .map(what -> what.path("reference").asText()))
                .contains("Patient/" + patient, "Patient/" + patient + "/_history/1");
        assertThat(event.at("/purposeOfEvent/0/coding/0/code").asText()).isEqualTo("PATRQT");
    }

    @EachDatabase
    void aSearchSaysWhatWasAskedToWhoMayKnow(Database database) {
        var server = Server.on(database);
        var patient = referred(server);
        server.as("demo-ehr").get("/Condition?patient=" + patient).expect(200);

        var event = newest(server.as(OFFICER), "patient=" + patient + "&altid=demo-ehr&action=E");
        var reported = report(server.as(TokenHolder.patient(patient, "patient/*.rs")), patient)
                .get(0);

        assertThat(event.at("/meta/profile/0").asText()).endsWith("IHE.BasicAudit.PatientQuery");
        var query = event.path("entity").findValue("query").asText();
        assertThat(new String(Base64.getDecoder().decode(query), StandardCharsets.UTF_8))
                .isEqualTo("Condition?patient=" + patient);
        assertThat(reported.path("id")).isEqualTo(event.path("id"));
        assertThat(new String(
                        Base64.getDecoder()
                                .decode(reported.path("entity")
                                        .findValue("query")
                                        .asText()),
                        StandardCharsets.UTF_8))
                .isEqualTo("Condition");
    }

    @EachDatabase
    void whoIsRefusedIsAlertedOf(Database database) {
        var server = Server.on(database);
        var patient = referred(server);
        server.as("demo-other-ehr").get("/Patient/" + patient).expect(404);

        var event = newest(server.as(OFFICER), "outcome=8&altid=demo-other-ehr");

        assertThat(event.at("/type/code").asText()).isEqualTo("110113");
        assertThat(event.at("/subtype/0/code").asText()).isEqualTo("AuthZ-Role");
        assertThat(event.path("outcomeDesc").asText()).isEqualTo("not-found");
    }

    @EachDatabase
    void aSystemSeesWhatItHasDoneItselfAndNobodyElseDoes(Database database) {
        var server = Server.on(database);
        var patient = referred(server);
        var clinic = server.as("demo-clinic");
        clinic.get("/Patient/" + patient).expect(200);

        var own = newest(clinic, "patient=" + patient);
        var path = "/AuditEvent/" + own.path("id").asText();

        assertThat(clients(clinic.get("/AuditEvent?_count=200").expect(200).json()))
                .containsExactly("demo-clinic");
        clinic.get(path).expect(200);
        server.as(OFFICER).get(path).expect(200);
        server.as("demo-other-clinic").get(path).expect(404);
        server.as("demo-ehr").get(path).expect(403);
        server.as("demo-insurer").get("/AuditEvent").expect(403);
        clinic.post("/AuditEvent", "{\"resourceType\":\"AuditEvent\"}").expect(403);
        clinic.delete(path).expect(403);
    }

    @EachDatabase
    void aTokenOfOnePatientOrOfAPartDoesNotReadIt(Database database) {
        var server = Server.on(database);
        var clinic = server.as("demo-clinic")
                .get("/Organization?name=North")
                .expect(200)
                .json();
        var organization = clinic.at("/entry/0/resource/id").asText();
        var patient = server.as("demo-clinic")
                .get("/Patient?_count=1")
                .expect(200)
                .json()
                .at("/entry/0/resource/id")
                .asText();

        for (var holder : List.of(
                new TokenHolder(TokenHolder.APP, "Practitioner/t", "CLINIC", organization, patient, "patient/*.rs"),
                new TokenHolder(TokenHolder.APP, "Practitioner/t", "CLINIC", organization, patient, "user/*.rs"),
                new TokenHolder(
                        TokenHolder.APP,
                        "Practitioner/t",
                        "CLINIC",
                        organization,
                        null,
                        "user/AuditEvent.rs?category=a|b"))) {
            server.as(holder).get("/AuditEvent").expect(403);
            server.as(holder).get("/AuditEvent/" + patient).expect(403);
        }
    }

    @EachDatabase
    void pagesGoOnWhereTheyEnded(Database database) {
        var server = Server.on(database);
        var patient = referred(server);
        var ehr = server.as("demo-ehr");
        for (int i = 0; i < 7; i++) {
            ehr.get("/Patient/" + patient).expect(200);
        }
        var officer = server.as(OFFICER);

        var seen = new ArrayList<String>();
        var path = "/AuditEvent?patient=" + patient + "&action=R&_count=3";
        while (!path.isEmpty()) {
            var page = officer.get(path).expect(200).json();
            assertThat(page.path("entry").size()).isLessThanOrEqualTo(3);
            page.path("entry")
                    .forEach(entry -> seen.add(entry.at("/resource/id").asText()));
            path = next(page);
        }

        assertThat(seen).hasSize(7).doesNotHaveDuplicates();
        var link = officer.get("/AuditEvent?_count=1").expect(200).json();
        server.as("demo-clinic").get(next(link)).expect(404);
    }

    @EachDatabase
    void whatCannotBeSearchedForIsSaid(Database database) {
        var officer = Server.on(database).as(OFFICER);

        for (var wrong : List.of(
                "patient=x",
                "date=yesterday",
                "date=ne2026",
                "agent=x",
                "entity=Patient",
                "action=X",
                "outcome=1",
                "_count=0",
                "_sort=patient",
                "site=x",
                "altid=")) {
            var answer = officer.get("/AuditEvent?" + wrong);
            assertThat(answer.status()).as(wrong + answer.text()).isEqualTo(400);
        }
        assertThat(officer.get("/AuditEvent?date=gt2100-01-01")
                        .expect(200)
                        .json()
                        .has("entry"))
                .isFalse();
    }

    @EachDatabase
    void everyKindOfEntryIsValidR4(Database database) {
        var server = Server.on(database);
        referred(server);
        server.anonymous().get("/Patient").expect(401);
        server.as("demo-ehr").post("/Observation", "{").expect(400);
        server.as("demo-ehr").requestToken(null).expect(200);
        var officer = server.as(OFFICER);

        var kinds = new TreeMap<String, JsonNode>();
        var page = officer.get("/AuditEvent?_count=1000").expect(200).json();
        page.path("entry").forEach(entry -> {
            var event = entry.path("resource");
            kinds.put(event.path("type") + " " + event.path("subtype") + " " + event.path("outcome"), event);
        });

        assertThat(kinds).hasSizeGreaterThan(4);
        kinds.values().forEach(event -> {
            var parsed = PARSER.parseResource(AuditEvent.class, event.toString());
            assertThat(BalpPatterns.lacks(parsed)).as(event.toString()).isEmpty();
            // The validator does not know IHE's package; what its patterns ask for was looked at by hand.
            parsed.getMeta().getProfile().clear();
            assertThat(SchemaCheck.errors(parsed)).as(event.toString()).isEmpty();
        });
    }

    @EachDatabase
    void aPatientSeesWhoHasSeenHerRecordAndToWhomItWasDisclosed(Database database) {
        var server = Server.on(database);
        var patient = referred(server);
        server.as("demo-ehr").get("/Patient/" + patient).expect(200);
        server.as("demo-insurer").get("/Patient/" + patient).expect(200);
        server.as("demo-clinic").get("/Patient/" + patient).expect(200);
        var herself = server.as(TokenHolder.patient(patient, "patient/*.rs"));

        var who = new HashSet<String>();
        report(herself, patient).forEach(event -> who.addAll(clientsOf(event)));
        var accounting = herself.get("/Patient/" + patient + "/$accounting-of-disclosures")
                .expect(200)
                .json();

        assertThat(who).contains("demo-ehr", "demo-insurer", "demo-clinic");
        var disclosures = parts(accounting, "disclosure");
        assertThat(disclosures.stream().map(parts -> parts.get("client"))).contains("demo-ehr", "demo-insurer");
        assertThat(disclosures.stream().map(parts -> parts.get("client"))).doesNotContain("demo-clinic");
        assertThat(disclosures).allSatisfy(parts -> {
            assertThat(parts).containsKeys("first", "last", "times", "who", "what", "purpose");
        });
        assertThat(disclosures.stream()
                        .filter(parts -> "demo-insurer".equals(parts.get("client")))
                        .map(parts -> parts.get("purpose")))
                .containsOnly("HPAYMT");
        server.as("demo-clinic").get("/Patient/" + patient + "/$access-report").expect(403);
        server.as("demo-other-clinic")
                .get("/Patient/" + patient + "/$access-report")
                .expect(404);
        herself.get("/Patient/" + patient + "/$access-report?start=2030-01-02&end=2030-01-01")
                .expect(422);
        herself.get("/Patient/" + patient + "/$access-report?_count=0").expect(400);
        assertThat(herself.get("/Patient/" + patient + "/$access-report?end=2020")
                        .expect(200)
                        .json()
                        .has("entry"))
                .isFalse();
    }

    @EachDatabase
    void thePatientsWhomAClientHasReachedAreTold(Database database) {
        var server = Server.on(database);
        var one = referred(server);
        var other = referred(server);
        var third = referred(server);
        server.as("demo-insurer").get("/Patient/" + one).expect(200);
        server.as("demo-insurer").get("/Patient?_id=" + one + "," + other).expect(200);
        var officer = server.as(OFFICER);

        var reached = parts(
                officer.get("/AuditEvent/$reached?client=demo-insurer")
                        .expect(200)
                        .json(),
                "reached");
        var nobody = officer.get("/AuditEvent/$reached?client=demo-insurer&start=2100")
                .expect(200)
                .json();

        var patients = reached.stream().map(parts -> parts.get("patient")).toList();
        assertThat(patients).contains("Patient/" + one, "Patient/" + other).doesNotContain("Patient/" + third);
        assertThat(parts(nobody, "reached")).isEmpty();
        officer.get("/AuditEvent/$reached").expect(400);
        server.as("demo-admin").get("/AuditEvent/$reached?client=demo-insurer").expect(403);
    }

    private static List<Map<String, String>> parts(JsonNode parameters, String name) {
        var all = new ArrayList<Map<String, String>>();
        parameters.path("parameter").forEach(parameter -> {
            if (parameter.path("name").asText().equals(name)) {
                var parts = new TreeMap<String, String>();
                parameter.path("part").forEach(part -> part.fields().forEachRemaining(field -> {
                    if (field.getKey().startsWith("value")) {
                        var value = field.getValue();
                        parts.put(
                                part.path("name").asText(),
                                value.has("reference") ? value.path("reference").asText() : value.asText());
                    }
                }));
                all.add(parts);
            }
        });
        return all;
    }

    /** The id of a patient who has just been referred. */
    private static String referred(Server server) {
        return new Walk(server).refer().patient().substring("Patient/".length());
    }

    private static JsonNode newest(Client client, String search) {
        var page = client.get("/AuditEvent?" + search + "&_count=1").expect(200).json();
        assertThat(page.path("entry")).as(search).hasSize(1);
        return page.at("/entry/0/resource");
    }

    private static List<JsonNode> report(Client client, String patient) {
        var events = new ArrayList<JsonNode>();
        client.get("/Patient/" + patient + "/$access-report")
                .expect(200)
                .json()
                .path("entry")
                .forEach(entry -> events.add(entry.path("resource")));
        return events;
    }

    private static JsonNode agent(JsonNode event, String type) {
        for (var agent : event.path("agent")) {
            if (agent.at("/type/coding/0/code").asText().equals(type)) {
                return agent;
            }
        }
        throw new AssertionError("no agent " + type + ": " + event);
    }

    private static java.util.Set<String> clients(JsonNode page) {
        var clients = new HashSet<String>();
        page.path("entry").forEach(entry -> clients.addAll(clientsOf(entry.path("resource"))));
        return clients;
    }

    private static List<String> clientsOf(JsonNode event) {
        return event.path("agent").findValuesAsText("altId");
    }

    private static String next(JsonNode page) {
        for (var link : page.path("link")) {
            if (link.path("relation").asText().equals("next")) {
                var url = link.path("url").asText();
                return url.substring(url.indexOf("/fhir/") + "/fhir".length());
            }
        }
        return "";
    }
}
