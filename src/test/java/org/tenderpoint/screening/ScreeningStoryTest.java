package org.tenderpoint.screening;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.tenderpoint.document.SchemaCheck;
import org.tenderpoint.testing.Client;
import org.tenderpoint.testing.Client.Answer;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;

/** A record is screened; what is found stands in it, and nobody has to ask twice. */
class ScreeningStoryTest {

    private static final String ICD = "http://hl7.org/fhir/sid/icd-10-cm";
    private static final String MASSAGE = "https://tenderpoint.org/fhir/CodeSystem/massage";

    @EachDatabase
    void apixabanRestrictsThePlanUntilTheTherapistSaysWhyNot(Database database) {
        var clinic = Server.on(database).as("demo-clinic");
        var patient = patient(clinic);
        condition(clinic, patient, "M54.50");
        medication(clinic, patient, "apixaban 5 MG Oral Tablet");
        var plan = plan(clinic, patient);

        var first = screen(clinic, patient);
        var second = screen(clinic, patient);

        assertThat(outcome(first)).isEqualTo("restrict-or-stop");
        assertThat(second.text()).isEqualTo(first.text());
        var issues = found(clinic, "/DetectedIssue?patient=" + patient);
        assertThat(issues).hasSize(1);
        assertThat(issues.get(0).path("status").asText()).isEqualTo("preliminary");
        assertThat(issues.get(0).path("detail").asText()).contains("CI-02", "draft", "Light pressure");
        assertThat(issues.get(0).path("meta").path("versionId").asText()).isEqualTo("1");
        assertThat(notToBeDone(clinic, plan)).containsExactlyInAnyOrder("light-pressure", "no-deep-friction");

        var id = issues.get(0).path("id").asText();
        var author = clinic.post(
                        "/Practitioner", "{\"resourceType\":\"Practitioner\",\"name\":[{\"family\":\"Hands\"}]}")
                .expect(201)
                .reference();
        clinic.post("/DetectedIssue/" + id + "/$override", parameters("", author))
                .expect(422);
        var overridden = clinic.post(
                        "/DetectedIssue/" + id + "/$override", parameters("Stopped in October; INR is normal", author))
                .expect(200);

        assertThat(overridden.json().path("status").asText()).isEqualTo("final");
        assertThat(overridden.text()).contains("Stopped in October; INR is normal");
        assertThat(notToBeDone(clinic, plan)).isEmpty();
        assertThat(screen(clinic, patient).text()).contains("\"overridden\"", "\"valueBoolean\":true");
        assertThat(found(clinic, "/Provenance?target=DetectedIssue/" + id)).hasSize(1);
    }

    @EachDatabase
    void partOfTheBodyToBeAvoidedGoesIntoThePlanWithItsSide(Database database) {
        var clinic = Server.on(database).as("demo-clinic");
        var patient = patient(clinic);
        var plan = plan(clinic, patient);
        var wrist = "{\"coding\":[{\"system\":\"http://snomed.info/sct\",\"code\":\"8205005\"}],\"extension\":["
                + "{\"url\":\"https://tenderpoint.org/fhir/StructureDefinition/side\",\"valueCodeableConcept\":"
                + "{\"coding\":[{\"system\":\"http://snomed.info/sct\",\"code\":\"24028007\"}]}}]}";
        var gout = clinic.post(
                        "/Condition",
                        "{\"resourceType\":\"Condition\",\"subject\":{\"reference\":\"" + patient
                                + "\"},\"bodySite\":[" + wrist + "],\"code\":{\"coding\":[{\"system\":"
                                + "\"http://hl7.org/fhir/sid/icd-10-cm\",\"code\":\"M10.9\"}]}}")
                .expect(201);

        screen(clinic, patient);

        var written = clinic.get("/" + plan).expect(200).json();
        assertThat(written.toString()).contains("local-avoid", "8205005", "24028007");
        assertThat(SchemaCheck.errors(written.toString())).isEmpty();

        clinic.put("/" + gout.reference(), gout.text().replace("24028007", "7771000"), java.util.Map.of())
                .expect(200);
        screen(clinic, patient);
        assertThat(clinic.get("/" + plan).expect(200).text())
                .contains("local-avoid", "8205005", "7771000")
                .doesNotContain("24028007");
    }

    @EachDatabase
    void recordWithoutMedicationListIsNotClear(Database database) {
        var clinic = Server.on(database).as("demo-clinic");
        var patient = patient(clinic);
        clinic.post(
                        "/Condition",
                        "{\"resourceType\":\"Condition\",\"subject\":{\"reference\":\"" + patient
                                + "\"},\"code\":{\"text\":\"history of clots\"}}")
                .expect(201);

        var answer = screen(clinic, patient);

        assertThat(outcome(answer)).isEqualTo("could-not-screen");
        assertThat(answer.text()).contains("history of clots", "medication list");
        assertThat(found(clinic, "/Task?patient=" + patient + "&code=" + MASSAGE + "|intake-needed"))
                .hasSize(1);

        screen(clinic, patient);
        assertThat(found(clinic, "/Task?patient=" + patient)).hasSize(1);
    }

    @EachDatabase
    void itemNineRaisesFlagMessageAndTaskThatOnlyAPersonCloses(Database database) {
        var server = Server.on(database);
        var clinic = server.as("demo-clinic");
        var patient = patient(clinic);
        condition(clinic, patient, "M54.50");
        clinic.post("/Observation", score(patient, "44261-6", 3)).expect(201);
        clinic.post("/Observation", score(patient, "44260-8", 1)).expect(201);

        screen(clinic, patient);
        screen(clinic, patient);

        var flags = found(clinic, "/Flag?patient=" + patient);
        var messages = found(clinic, "/Communication?patient=" + patient);
        var tasks = found(clinic, "/Task?patient=" + patient + "&code=" + MASSAGE + "|red-flag-notice");
        assertThat(flags).hasSize(1);
        assertThat(flags.get(0).at("/code/coding/0/code").asText()).isEqualTo("RF-01");
        assertThat(messages).hasSize(1);
        assertThat(messages.get(0).path("status").asText()).isEqualTo("preparation");
        var text = messages.get(0).at("/payload/0/contentString").asText();
        assertThat(text.split("\\s+")).hasSizeLessThanOrEqualTo(120);
        assertThat(text).contains("RF-01", "not yet reviewed", "draft");
        assertThat(tasks).hasSize(1);
        assertThat(tasks.get(0).path("priority").asText()).isEqualTo("stat");
        assertThat(tasks.get(0).at("/focus/reference").asText())
                .isEqualTo("Communication/" + messages.get(0).path("id").asText());

        var task = tasks.get(0).toString().replace("\"status\":\"requested\"", "\"status\":\"completed\"");
        var path = "/Task/" + tasks.get(0).path("id").asText();
        var refused = clinic.put(path, task, java.util.Map.of()).expect(422);
        assertThat(refused.text()).contains("red-flag-unacknowledged");
        var acknowledged = task.substring(0, task.length() - 1)
                + ",\"output\":[{\"type\":{\"coding\":[{\"system\":\"" + MASSAGE
                + "\",\"code\":\"acknowledged-by\"}]},\"valueString\":\"Toni Hands\"}]}";
        clinic.put(path, acknowledged, java.util.Map.of()).expect(200);
    }

    @EachDatabase
    void whatOneClinicWritesNoStrangerScreens(Database database) {
        var server = Server.on(database);
        var patient = patient(server.as("demo-clinic"));

        server.as("demo-other-clinic")
                .post("/" + patient + "/$screen", "{\"resourceType\":\"Parameters\"}")
                .expect(404);
        server.as("demo-ehr")
                .post("/" + patient + "/$screen", "{\"resourceType\":\"Parameters\"}")
                .expect(403);
        server.as("demo-insurer")
                .post("/" + patient + "/$screen", "{\"resourceType\":\"Parameters\"}")
                .expect(403);
    }

    @EachDatabase
    void whatACrashLeftUnscreenedIsFoundInTheFeed(Database database) throws InterruptedException {
        var server = Server.on(database);
        var clinic = server.as("demo-clinic");
        var automatic = server.bean(AutomaticScreening.class);
        automatic.skip();
        var patient = patient(clinic);
        condition(clinic, patient, "I82.411");
        medication(clinic, patient, "paracetamol");

        var until = Instant.now().plus(Duration.ofSeconds(30));
        List<JsonNode> issues = List.of();
        while (issues.isEmpty() && Instant.now().isBefore(until)) {
            Thread.sleep(1000);
            automatic.catchUp();
            issues = found(clinic, "/DetectedIssue?patient=" + patient);
        }

        assertThat(issues).hasSize(1);
        assertThat(issues.get(0).path("severity").asText()).isEqualTo("high");
        assertThat(issues.get(0).at("/implicated/0/reference").asText()).startsWith("Condition/");
    }

    private static Answer screen(Client clinic, String patient) {
        return clinic.post("/" + patient + "/$screen", "{\"resourceType\":\"Parameters\"}")
                .expect(200);
    }

    private static String outcome(Answer answer) {
        return answer.json().at("/parameter/0/valueCode").asText();
    }

    private static List<JsonNode> found(Client client, String search) {
        return StreamSupport.stream(
                        client.get(search).expect(200).json().path("entry").spliterator(), false)
                .map(entry -> entry.path("resource"))
                .toList();
    }

    private static List<String> notToBeDone(Client clinic, String plan) {
        var activities = clinic.get("/" + plan).expect(200).json().path("activity");
        return StreamSupport.stream(activities.spliterator(), false)
                .filter(activity -> activity.at("/detail/doNotPerform").asBoolean())
                .map(activity -> activity.at("/detail/code/coding/0/code").asText())
                .toList();
    }

    private static String patient(Client clinic) {
        return clinic.post("/Patient", "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"Screened\"}]}")
                .expect(201)
                .reference();
    }

    private static void condition(Client clinic, String patient, String code) {
        clinic.post(
                        "/Condition",
                        """
                        {"resourceType":"Condition","subject":{"reference":"%s"},
                         "code":{"coding":[{"system":"%s","code":"%s"}]}}"""
                                .formatted(patient, ICD, code))
                .expect(201);
    }

    private static void medication(Client clinic, String patient, String name) {
        clinic.post(
                        "/MedicationStatement",
                        """
                        {"resourceType":"MedicationStatement","status":"active","subject":{"reference":"%s"},
                         "medicationCodeableConcept":{"text":"%s"}}"""
                                .formatted(patient, name))
                .expect(201);
    }

    private static String plan(Client clinic, String patient) {
        return clinic.post(
                        "/CarePlan",
                        """
                        {"resourceType":"CarePlan","status":"active","intent":"plan","subject":{"reference":"%s"},
                         "category":[{"coding":[{"system":"%s","code":"massage-plan-of-care"}]}],
                         "period":{"start":"2026-11-01"}}"""
                                .formatted(patient, MASSAGE))
                .expect(201)
                .reference();
    }

    private static String score(String patient, String code, int points) {
        return """
                {"resourceType":"Observation","status":"final","subject":{"reference":"%s"},
                 "code":{"coding":[{"system":"http://loinc.org","code":"%s"}]},"effectiveDateTime":"%s",
                 "valueQuantity":{"value":%d,"unit":"{score}","system":"http://unitsofmeasure.org","code":"{score}"}}"""
                .formatted(patient, code, Instant.now(), points);
    }

    private static String parameters(String reason, String author) {
        return """
                {"resourceType":"Parameters","parameter":[%s
                 {"name":"author","valueReference":{"reference":"%s"}}]}"""
                .formatted(reason.isEmpty() ? "" : "{\"name\":\"reason\",\"valueString\":\"" + reason + "\"},", author);
    }
}
