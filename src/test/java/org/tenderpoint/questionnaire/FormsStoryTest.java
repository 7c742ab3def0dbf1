package org.tenderpoint.questionnaire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.tenderpoint.document.SchemaCheck;
import org.tenderpoint.testing.Client;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;

/** A form is found, filled in, answered and amended; what it says stands in the record. */
class FormsStoryTest {

    private static final String BASE = "https://tenderpoint.org/fhir/Questionnaire/";

    @EachDatabase
    void formsAreInTheDirectoryOnce(Database database) {
        var ehr = Server.on(database).as("demo-ehr");

        for (var form : List.of("health-history", "peg", "phq-4", "session-note", "relief-hours", "pgic")) {
            assertThat(found(ehr, "/Questionnaire?url=" + BASE + form)).as(form).hasSize(1);
        }
    }

    @EachDatabase
    void answersGoIntoTheRecordAndAnAmendmentAmendsThem(Database database) {
        var clinic = Server.on(database).as("demo-clinic");
        var patient = patient(clinic);
        var response = clinic.post("/QuestionnaireResponse", peg(patient, "completed", 7, 7, 6))
                .expect(201)
                .reference();

        var pegs = found(clinic, "/Observation?patient=" + patient + "&code=http://loinc.org|91147-9");
        assertThat(pegs).hasSize(1);
        assertThat(pegs.get(0).at("/valueQuantity/value").asDouble()).isEqualTo(6.7);
        assertThat(pegs.get(0).at("/derivedFrom/0/reference").asText()).isEqualTo(response);
        var provenance = found(clinic, "/Provenance?entity=" + response);
        assertThat(provenance).hasSize(1);
        assertThat(provenance.get(0).at("/target/0/reference").asText())
                .isEqualTo("Observation/" + pegs.get(0).path("id").asText());
        assertThat(SchemaCheck.errors(pegs.get(0).toString())).isEmpty();
        assertThat(SchemaCheck.errors(provenance.get(0).toString())).isEmpty();

        var same = peg(patient, "completed", 7, 7, 6);
        clinic.put("/" + response, withId(same, response), Map.of()).expect(200);
        assertThat(found(clinic, "/Observation?patient=" + patient)
                        .get(0)
                        .at("/meta/versionId")
                        .asText())
                .isEqualTo("1");

        var amended = peg(patient, "amended", 4, 4, 4);
        clinic.put("/" + response, withId(amended, response), Map.of()).expect(200);
        var after = found(clinic, "/Observation?patient=" + patient);
        assertThat(after).hasSize(1);
        assertThat(after.get(0).at("/valueQuantity/value").asDouble()).isEqualTo(4.0);
        assertThat(after.get(0).at("/meta/versionId").asText()).isEqualTo("2");

        var mistaken = peg(patient, "entered-in-error", 4, 4, 4);
        clinic.put("/" + response, withId(mistaken, response), Map.of()).expect(200);
        assertThat(found(clinic, "/Observation?patient=" + patient)
                        .get(0)
                        .path("status")
                        .asText())
                .isEqualTo("entered-in-error");
    }

    @EachDatabase
    void responseSentTwiceUnderAConditionIsThereOnce(Database database) {
        var clinic = Server.on(database).as("demo-clinic");
        var patient = patient(clinic);
        var number = UUID.randomUUID().toString();
        var resource = peg(patient, "completed", 5, 5, 5)
                .replaceFirst("\\{", "{\"identifier\":{\"system\":\"urn:forms\",\"value\":\"" + number + "\"},");

        var condition = Map.of("If-None-Exist", "identifier=urn:forms|" + number);
        clinic.send("POST", "/QuestionnaireResponse", resource, condition).expect(201);
        clinic.send("POST", "/QuestionnaireResponse", resource, condition).expect(200);

        assertThat(found(clinic, "/Observation?patient=" + patient)).hasSize(1);
        assertThat(found(clinic, "/QuestionnaireResponse?patient=" + patient)).hasSize(1);
    }

    @EachDatabase
    void wrongAnswersAreRefusedAllAtOnceAndNothingIsWritten(Database database) {
        var clinic = Server.on(database).as("demo-clinic");
        var patient = patient(clinic);

        var refused = clinic.post("/QuestionnaireResponse", peg(patient, "completed", 12, -1, 5))
                .expect(422);

        var issues = refused.json().path("issue");
        assertThat(issues).hasSize(2);
        assertThat(issues.get(0).at("/expression/0").asText())
                .isEqualTo("QuestionnaireResponse.item.where(linkId='pain').answer[0].value");
        assertThat(found(clinic, "/Observation?patient=" + patient)).isEmpty();
        var unknown = peg(patient, "completed", 1, 1, 1).replace("Questionnaire/peg", "Questionnaire/peg-2");
        assertThat(clinic.post("/QuestionnaireResponse", unknown).expect(422).text())
                .contains("response-form-unknown");
    }

    @EachDatabase
    void healthHistoryBeginsWithWhatIsKnownAndWritesOnlyWhatIsNew(Database database) {
        var clinic = Server.on(database).as("demo-clinic");
        var patient = patient(clinic);
        clinic.post(
                        "/MedicationStatement",
                        "{\"resourceType\":\"MedicationStatement\",\"status\":\"active\",\"subject\":{\"reference\":\""
                                + patient + "\"},\"medicationCodeableConcept\":{\"text\":\"Ibuprofen\"}}")
                .expect(201);

        var filled = clinic.post(
                        "/Questionnaire/$populate",
                        """
                        {"resourceType":"Parameters","parameter":[
                          {"name":"canonical","valueUri":"%shealth-history"},
                          {"name":"subject","valueReference":{"reference":"%s"}}]}"""
                                .formatted(BASE, patient))
                .expect(200);

        var response = filled.json().at("/parameter/0/resource");
        assertThat(response.path("status").asText()).isEqualTo("in-progress");
        assertThat(response.toString()).contains("Ibuprofen", "\"takes-medication\"");
        var medications = response.at("/item/0");
        var complete = response.toString()
                .replace("\"in-progress\"", "\"completed\"")
                .replace(
                        medications.toString(),
                        medications.toString() + ",{\"linkId\":\"allergies\",\"item\":[{\"linkId\":\"has-allergy\","
                                + "\"answer\":[{\"valueBoolean\":true}]},{\"linkId\":\"allergy\",\"item\":[{\"linkId\":"
                                + "\"allergy-substance\",\"answer\":[{\"valueString\":\"Latex\"}]}]}]}");
        clinic.post("/QuestionnaireResponse", complete).expect(201);

        assertThat(found(clinic, "/MedicationStatement?patient=" + patient)).hasSize(1);
        assertThat(found(clinic, "/AllergyIntolerance?patient=" + patient)).hasSize(1);
        assertThat(clinic.get("/" + patient + "/$everything").expect(200).json().findValuesAsText("resourceType"))
                .contains("QuestionnaireResponse", "Provenance", "AllergyIntolerance");
        assertThat(SchemaCheck.errors(
                        clinic.get("/" + patient + "/$everything").expect(200).text()))
                .isEmpty();
    }

    @EachDatabase
    void strangersFormIsNotFilledIn(Database database) {
        var server = Server.on(database);
        var patient = patient(server.as("demo-clinic"));
        var id = found(server.as("demo-ehr"), "/Questionnaire?url=" + BASE + "peg")
                .get(0)
                .path("id")
                .asText();
        var subject = "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"subject\",\"valueReference\":"
                + "{\"reference\":\"" + patient + "\"}}]}";
        var path = "/Questionnaire/" + id + "/$populate";

        server.as("demo-clinic").post(path, subject).expect(200);
        server.as("demo-other-clinic").post(path, subject).expect(404);
        server.as("demo-insurer").post(path, subject).expect(403);
        server.as("demo-clinic").post(path, "{\"resourceType\":\"Parameters\"}").expect(400);
        var extension = "{\"extension\":[{\"url\":\"http://example.org/why\",\"valueString\":\"unknown\"}]}";
        server.as("demo-clinic")
                .post(
                        "/Questionnaire/$populate",
                        subject.replace("[{", "[{\"name\":\"canonical\",\"_valueUri\":" + extension + "},{"))
                .expect(400);
        server.as("demo-clinic")
                .post(
                        "/QuestionnaireResponse",
                        peg(patient, "completed", 7, 7, 6)
                                .replaceFirst("\"questionnaire\":\"[^\"]*\"", "\"_questionnaire\":" + extension))
                .expect(422);
        server.as("demo-clinic")
                .post(path, subject.replace(patient, server.url() + "/fhir/" + patient))
                .expect(200);
        var elsewhere = server.as("demo-clinic")
                .post(path, subject.replace(patient, "https://elsewhere.example.org/fhir/" + patient))
                .expect(400);
        assertThat(elsewhere.json().at("/issue/0/details/coding/0/code").asText())
                .isEqualTo("populate-subject");
    }

    private static List<JsonNode> found(Client client, String search) {
        return StreamSupport.stream(
                        client.get(search).expect(200).json().path("entry").spliterator(), false)
                .map(entry -> entry.path("resource"))
                .toList();
    }

    private static String patient(Client clinic) {
        return clinic.post(
                        "/Patient",
                        "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"Asked\"}],\"birthDate\":\"1980-02-11\"}")
                .expect(201)
                .reference();
    }

    private static String withId(String resource, String reference) {
        return resource.replaceFirst("\\{", "{\"id\":\"" + reference.split("/")[1] + "\",");
    }

    private static String peg(String patient, String status, int pain, int enjoyment, int activity) {
        return """
                {"resourceType":"QuestionnaireResponse","status":"%s","questionnaire":"%speg",
                 "subject":{"reference":"%s"},"source":{"reference":"%s"},"authored":"2026-11-22T10:00:00Z",
                 "item":[{"linkId":"pain","answer":[{"valueInteger":%d}]},
                         {"linkId":"enjoyment","answer":[{"valueInteger":%d}]},
                         {"linkId":"activity","answer":[{"valueInteger":%d}]}]}"""
                .formatted(status, BASE, patient, patient, pain, enjoyment, activity);
    }
}
