package org.tenderpoint.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.tenderpoint.document.SchemaCheck;
import org.tenderpoint.testing.Client;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;

/** A therapist signs a progress summary: it is kept in all forms, found from the Task, and not changed any more. */
class SignedSummaryStoryTest {

    @EachDatabase
    void aSignedSummaryIsKeptInThreeFormsAndFoundFromTheTask(Database database) {
        var server = Server.on(database);
        var sent = treated(server);
        var therapist = therapist(server, sent);

        var answer = sign(server, sent, therapist, "").expect(200);

        var file =
                server.as("demo-ehr").get("/" + answer.reference()).expect(200).json();
        assertThat(file.path("status").asText()).isEqualTo("current");
        assertThat(file.path("docStatus").asText()).isEqualTo("final");
        assertThat(file.path("content").findValuesAsText("contentType"))
                .containsExactly("application/fhir+json", "text/plain", "application/pdf");
        var text = content(server, file, 1);
        assertThat(text)
                .startsWith("PROGRESS SUMMARY")
                .contains("Signed by", "2 of 6 visits")
                .doesNotContain("Draft:");
        assertThat(content(server, file, 0)).contains("\"status\":\"final\"", "\"attester\"");
        assertThat(content(server, file, 2)).startsWith("%PDF-");
        var composition =
                server.as("demo-ehr").get("/" + composition(file)).expect(200).json();
        assertThat(composition.path("status").asText()).isEqualTo("final");
        assertThat(composition.at("/attester/0/party/reference").asText()).isEqualTo(therapist);
        var task = server.as("demo-ehr").get("/" + sent.task()).expect(200).json();
        assertThat(task.at("/output/0/valueReference/reference").asText()).isEqualTo(answer.reference());
        var provenance = server.as("demo-clinic")
                .get("/Provenance?target=" + answer.reference())
                .expect(200)
                .json();
        assertThat(provenance.at("/entry/0/resource/signature/0/who/reference").asText())
                .isEqualTo(therapist);
        assertThat(List.of(
                        file.toString(),
                        composition.toString(),
                        task.toString(),
                        provenance.toString(),
                        content(server, file, 0)))
                .allSatisfy(kept -> assertThat(SchemaCheck.errors(kept)).isEmpty());
    }

    @EachDatabase
    void whatWasSignedStaysAndAnAmendmentTakesItsPlace(Database database) {
        var server = Server.on(database);
        var sent = treated(server);
        var therapist = therapist(server, sent);
        var clinic = server.as("demo-clinic");
        var first = sign(server, sent, therapist, "").expect(200);
        var old = composition(first.json());

        for (var part : new String[] {old, first.reference(), binary(first.json(), 1)}) {
            var changed = clinic.get("/" + part)
                    .expect(200)
                    .text()
                    .replace("Progress summary", "Something else")
                    .replace("text/plain", "text/html");
            var refused = clinic.put("/" + part, changed, Map.of()).expect(422);
            assertThat(refused.json().at("/issue/0/details/coding/0/code").asText())
                    .isEqualTo("summary-signed");
        }
        sign(server, sent, therapist, "{\"name\":\"replaces\",\"valueString\":\"" + old + "\"}")
                .expect(422);
        var amended = sign(
                        server,
                        sent,
                        therapist,
                        "{\"name\":\"replaces\",\"valueString\":\"" + old
                                + "\"},{\"name\":\"reason\",\"valueString\":\"The visit of 6 July was missing\"}")
                .expect(200);

        assertThat(clinic.get("/" + first.reference()).json().path("status").asText())
                .isEqualTo("superseded");
        assertThat(clinic.get("/" + old).json().path("status").asText()).isEqualTo("final");
        assertThat(amended.json().at("/relatesTo/0/target/reference").asText()).isEqualTo(first.reference());
        var composition = clinic.get("/" + composition(amended.json())).json();
        assertThat(composition.path("status").asText()).isEqualTo("amended");
        assertThat(composition.at("/relatesTo/0/targetReference/reference").asText())
                .isEqualTo(old);
        assertThat(content(server, amended.json(), 1).replaceAll("\\s+", " "))
                .contains("Replaces the summary signed before, because: The visit of 6 July was missing");
        var again = sign(
                        server,
                        sent,
                        therapist,
                        "{\"name\":\"replaces\",\"valueString\":\"" + old
                                + "\"},{\"name\":\"reason\",\"valueString\":\"Once more\"}")
                .expect(422);
        assertThat(again.json().at("/issue/0/details/coding/0/code").asText()).isEqualTo("replaces-unknown");
    }

    @EachDatabase
    void onlyAClinicThatTreatsSignsAndOnlyWithANameFromTheVisits(Database database) {
        var server = Server.on(database);
        var sent = treated(server);
        var path = "/" + sent.referral() + "/$sign-progress-summary";
        var nothing = "{\"resourceType\":\"Parameters\"}";

        server.as("demo-ehr").post(path, nothing).expect(403);
        server.as("demo-insurer").post(path, nothing).expect(403);
        server.as("demo-other-clinic").post(path, nothing).expect(404);
        server.anonymous().post(path, nothing).expect(401);
        server.as("demo-clinic").get(path).expect(405);
        var nobody = server.as("demo-clinic").post(path, nothing).expect(422);
        therapist(server, sent);
        var stranger = sign(server, sent, "Practitioner/00000000-0000-4000-8000-000000000000", "")
                .expect(422);

        assertThat(nobody.json().at("/issue/0/details/coding/0/code").asText()).isEqualTo("signer-unknown");
        assertThat(stranger.json().at("/issue/0/details/coding/0/code").asText())
                .isEqualTo("signer-unknown");
        assertThat(server.as("demo-clinic")
                        .get("/DocumentReference?patient=" + sent.patient())
                        .json()
                        .path("total")
                        .asInt())
                .isZero();
    }

    static Walk.Sent treated(Server server) {
        var walk = new Walk(server);
        var sent = walk.refer();
        var clinic = server.as("demo-clinic");
        var task = clinic.get("/" + sent.task()).expect(200).text();
        clinic.put("/" + sent.task(), task.replace("\"status\":\"requested\"", "\"status\":\"accepted\""), Map.of())
                .expect(200);
        for (var file : new String[] {"plan.json", "first-visit.json", "last-visit.json"}) {
            walk.record(sent, file).expect(200);
        }
        return sent;
    }

    /** Lets a therapist take part in the last visit. */
    static String therapist(Server server, Walk.Sent sent) {
        var clinic = server.as("demo-clinic");
        var practitioner = clinic.post(
                        "/Practitioner",
                        "{\"resourceType\":\"Practitioner\",\"name\":[{\"family\":\"Okafor\",\"given\":[\"Mina\"]}]}")
                .expect(201)
                .reference();
        var visits = clinic.get("/Encounter?patient=" + sent.patient() + "&_sort=date")
                .expect(200)
                .json();
        var last = visits.at("/entry/" + (visits.path("entry").size() - 1) + "/resource");
        var body = last.toString();
        clinic.put(
                        "/Encounter/" + last.path("id").asText(),
                        body.substring(0, body.length() - 1) + ",\"participant\":[{\"individual\":{\"reference\":\""
                                + practitioner + "\"}}]}",
                        Map.of())
                .expect(200);
        return practitioner;
    }

    private static Client.Answer sign(Server server, Walk.Sent sent, String therapist, String more) {
        return server.as("demo-clinic")
                .post(
                        "/" + sent.referral() + "/$sign-progress-summary",
                        """
                        {"resourceType":"Parameters","parameter":[{"name":"signer","valueString":"%s"},
                        {"name":"as-of","valueDate":"2026-07-07"}%s]}"""
                                .formatted(therapist, more.isEmpty() ? "" : "," + more));
    }

    static String composition(JsonNode file) {
        return file.at("/context/related/1/reference").asText();
    }

    static String binary(JsonNode file, int form) {
        return file.at("/content/" + form + "/attachment/url").asText();
    }

    private static String content(Server server, JsonNode file, int form) {
        var binary =
                server.as("demo-ehr").get("/" + binary(file, form)).expect(200).json();
        return new String(Base64.getDecoder().decode(binary.path("data").asText()), StandardCharsets.UTF_8);
    }
}
