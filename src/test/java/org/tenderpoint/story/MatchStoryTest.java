package org.tenderpoint.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;

/** {@code Patient/$match}: who is meant, and nobody whom the caller could not see anyway. */
class MatchStoryTest {

    @EachDatabase
    void patientIsFoundByNumberAndByNameAndBirthDateWithScoreGradeAndReasons(Database database) {
        var server = Server.on(database);
        // Other stories refer patients of the walk's name, more than an answer holds.
        var named = new Walk(server).referralBundle().replace("\"Quist\"", "\"Quist " + UUID.randomUUID() + "\"");
        var sent = Walk.sent(server.as("demo-ehr").bundle(named).expect(200).json());
        var clinic = server.as("demo-clinic");
        var known = clinic.get("/" + sent.patient()).expect(200).json();

        var certain = clinic.post("/Patient/$match", asking(known, "identifier", "birthDate", "name", "gender"))
                .expect(200)
                .json();
        var probable = clinic.post("/Patient/$match", asking(known, "birthDate", "name"))
                .expect(200)
                .json();

        assertThat(grade(certain, sent.patient())).isEqualTo("certain");
        assertThat(score(certain, sent.patient())).isEqualTo(1.0);
        assertThat(grade(probable, sent.patient())).isEqualTo("probable");
        assertThat(probable.toString()).contains(sent.patient() + ": family name agrees (+25)");
        assertThat(certain.path("type").asText()).isEqualTo("searchset");
    }

    @EachDatabase
    void onlyCertainMatchesGivesTheOneOrNobodyAndCountCutsTheRest(Database database) {
        var server = Server.on(database);
        var sent = new Walk(server).refer();
        new Walk(server).refer();
        var clinic = server.as("demo-clinic");
        var known = clinic.get("/" + sent.patient()).json();

        var one = clinic.post(
                        "/Patient/$match",
                        with(
                                asking(known, "identifier", "birthDate", "name"),
                                "{\"name\":\"onlyCertainMatches\",\"valueBoolean\":true}"))
                .expect(200)
                .json();
        var nobody = clinic.post(
                        "/Patient/$match",
                        with(
                                asking(known, "birthDate", "name"),
                                "{\"name\":\"onlyCertainMatches\",\"valueBoolean\":true}"))
                .expect(200)
                .json();
        var cut = clinic.post(
                        "/Patient/$match",
                        with(asking(known, "birthDate", "name"), "{\"name\":\"count\",\"valueInteger\":1}"))
                .expect(200)
                .json();

        assertThat(matches(one)).containsExactly(sent.patient());
        assertThat(matches(nobody)).isEmpty();
        assertThat(matches(cut)).hasSize(1);
    }

    @EachDatabase
    void nobodyIsFoundByOneWhoMayNotSeeHim(Database database) {
        var server = Server.on(database);
        var sent = new Walk(server).refer();
        var known = server.as("demo-clinic").get("/" + sent.patient()).json();
        var asking = asking(known, "identifier", "birthDate", "name");

        assertThat(matches(server.as("demo-ehr")
                        .post("/Patient/$match", asking)
                        .expect(200)
                        .json()))
                .contains(sent.patient());
        assertThat(matches(server.as("demo-other-clinic")
                        .post("/Patient/$match", asking)
                        .expect(200)
                        .json()))
                .doesNotContain(sent.patient());
        server.as("demo-insurer").post("/Patient/$match", asking).expect(403);
        server.anonymous().post("/Patient/$match", asking).expect(401);
    }

    @EachDatabase
    void descriptionThatSaysTooLittleIsRefused(Database database) {
        var server = Server.on(database);
        var clinic = server.as("demo-clinic");

        for (var patient : List.of(
                "{\"resourceType\":\"Patient\"}",
                "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"Holm\"}]}",
                "{\"resourceType\":\"Patient\",\"birthDate\":\"1971-05-04\",\"gender\":\"female\"}")) {
            var refused = clinic.post("/Patient/$match", parameters(patient)).expect(400);
            assertThat(refused.text()).contains("match-too-little");
        }
        clinic.post("/Patient/$match", "{\"resourceType\":\"Parameters\"}").expect(400);
        clinic.post(
                        "/Patient/$match",
                        parameters("{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"text\":\"x\"}}"))
                .expect(400);
        clinic.get("/Patient/$match").expect(405);
    }

    /** One parameter more. */
    private static String with(String parameters, String parameter) {
        return parameters.substring(0, parameters.length() - 2) + "," + parameter + "]}";
    }

    /** The patient of the walk by these elements; of the numbers the practice's own, because all walks share the member number. */
    private static String asking(JsonNode known, String... elements) {
        var patient = known.deepCopy();
        ((com.fasterxml.jackson.databind.node.ObjectNode) patient)
                .retain(StreamSupport.stream(List.of(elements).spliterator(), false)
                        .collect(java.util.stream.Collectors.toCollection(
                                () -> new java.util.ArrayList<>(List.of("resourceType")))));
        if (patient.has("identifier")) {
            ((com.fasterxml.jackson.databind.node.ArrayNode) patient.path("identifier")).remove(1);
        }
        return parameters(patient.toString());
    }

    private static String parameters(String patient) {
        return "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"resource\",\"resource\":" + patient + "}]}";
    }

    private static List<String> matches(JsonNode bundle) {
        return StreamSupport.stream(bundle.path("entry").spliterator(), false)
                .filter(entry -> entry.at("/search/mode").asText().equals("match"))
                .map(entry -> "Patient/" + entry.at("/resource/id").asText())
                .toList();
    }

    private static JsonNode search(JsonNode bundle, String patient) {
        return StreamSupport.stream(bundle.path("entry").spliterator(), false)
                .filter(entry -> entry.path("fullUrl").asText().endsWith(patient))
                .findFirst()
                .orElseThrow()
                .path("search");
    }

    private static String grade(JsonNode bundle, String patient) {
        return search(bundle, patient).at("/extension/0/valueCode").asText();
    }

    private static double score(JsonNode bundle, String patient) {
        return search(bundle, patient).path("score").asDouble();
    }
}
