package org.tenderpoint.careplan;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.hl7.fhir.r4.model.CarePlan;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Role;
import org.tenderpoint.access.Scopes;
import org.tenderpoint.chart.Change;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.testing.Client;
import org.tenderpoint.testing.Client.Answer;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;

/** A plan says what is not to be done and how many visits there are, and keeps to it. */
class CarePlanStoryTest {

    private static final String MASSAGE = "https://tenderpoint.org/fhir/CodeSystem/massage";

    @EachDatabase
    void techniqueThatThePlanForbidsIsRefusedWithTheReason(Database database) {
        var server = Server.on(database);
        var clinic = server.as("demo-clinic");
        var patient = patient(clinic);
        clinic.post("/Procedure", technique(patient, "friction", "2026-11-20")).expect(201);
        var plan = clinic.post("/CarePlan", plan(patient, "light-pressure", ""))
                .expect(201)
                .reference();

        var refused = clinic.post("/Procedure", technique(patient, "friction", "2026-11-21"))
                .expect(422);

        assertThat(code(refused)).isEqualTo("technique-restricted");
        assertThat(refused.json().at("/issue/0/expression/0").asText()).isEqualTo("Procedure.code");
        assertThat(refused.text()).contains("Takes an anticoagulant");
        clinic.post("/Procedure", technique(patient, "effleurage", "2026-11-21"))
                .expect(201);

        var lifted = plan(patient, "monitor", "").replaceFirst("\\{", "{\"id\":\"" + plan.split("/")[1] + "\",");
        clinic.put("/" + plan, lifted, Map.of()).expect(200);
        clinic.post("/Procedure", technique(patient, "friction", "2026-11-21")).expect(201);
    }

    @EachDatabase
    void planAndTechniqueInOneBundleAreHeldAgainstEachOther(Database database) {
        var clinic = Server.on(database).as("demo-clinic");
        var patient = patient(clinic);
        var newPatient = "urn:uuid:22222222-0000-4000-8000-000000000001";

        var refused = clinic.bundle(
                        transaction(plan(patient, "light-pressure", ""), technique(patient, "friction", "2026-11-21")))
                .expect(422);
        var ofNewPatient = clinic.bundle(
                        transaction(
                                        plan(newPatient, "light-pressure", ""),
                                        technique(newPatient, "friction", "2026-11-21"))
                                .replaceFirst(
                                        "\"entry\":\\[",
                                        "\"entry\":[{\"fullUrl\":\"" + newPatient
                                                + "\",\"resource\":{\"resourceType\":\"Patient\"},\"request\":{\"method\":\"POST\",\"url\":\"Patient\"}},"))
                .expect(422);

        assertThat(code(refused)).isEqualTo("technique-restricted");
        assertThat(refused.json().at("/issue/0/expression/0").asText()).isEqualTo("Bundle.entry[1].resource.code");
        assertThat(code(ofNewPatient)).isEqualTo("technique-restricted");
        assertThat(clinic.get("/CarePlan?patient=" + patient)
                        .json()
                        .path("total")
                        .asInt())
                .isZero();
        clinic.bundle(transaction(plan(patient, "light-pressure", ""), technique(patient, "effleurage", "2026-11-21")))
                .expect(200);
    }

    @EachDatabase
    void planWrittenThroughAnotherServerCountsAtOnce(Database database) {
        var server = Server.on(database);
        var clinic = server.as("demo-clinic");
        var patient = patient(clinic);
        var plan = clinic.post("/CarePlan", plan(patient, "monitor", "")).expect(201);
        clinic.post("/Procedure", technique(patient, "friction", "2026-11-20")).expect(201);

        elsewhere(server, clinic, plan.reference(), plan.text().replace("\"monitor\"", "\"light-pressure\""));
        var refused = clinic.post("/Procedure", technique(patient, "friction", "2026-11-21"))
                .expect(422);

        assertThat(code(refused)).isEqualTo("technique-restricted");
        elsewhere(server, clinic, plan.reference(), plan.text());
        clinic.post("/Procedure", technique(patient, "friction", "2026-11-21")).expect(201);
    }

    /** Another server has the same chart, and nobody here hears of what it writes. */
    private static void elsewhere(Server server, Client clinic, String plan, String text) {
        var organization =
                UUID.fromString(organization(server, "north-massage-clinic").split("/")[1]);
        var caller = new Caller("elsewhere", Role.CLINIC, organization, Scopes.ALL_SYSTEM);
        var resource = FhirContext.forR4Cached().newJsonParser().parseResource(CarePlan.class, text);
        var id = UUID.fromString(plan.split("/")[1]);
        server.bean(Chart.class).commit(Change.by(caller).add(new Change.Update(id, resource, null, null, "CarePlan")));
        clinic.get("/" + plan).expect(200);
    }

    private static String transaction(String... resources) {
        var entries = new ArrayList<String>();
        for (var resource : resources) {
            var type = resource.substring(resource.indexOf(":\"") + 2, resource.indexOf("\","));
            entries.add("{\"resource\":" + resource + ",\"request\":{\"method\":\"POST\",\"url\":\"" + type + "\"}}");
        }
        return "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[" + String.join(",", entries) + "]}";
    }

    @EachDatabase
    void whatWasDoneBeforeTheRestrictionCanStillBeWrittenDown(Database database) {
        var clinic = Server.on(database).as("demo-clinic");
        var patient = patient(clinic);
        clinic.post("/CarePlan", plan(patient, "light-pressure", "\"scheduledPeriod\":{\"start\":\"2026-11-15\"},"))
                .expect(201);

        clinic.post("/Procedure", technique(patient, "friction", "2026-11-14")).expect(201);
        clinic.post("/Procedure", technique(patient, "friction", "2026-11-15")).expect(422);
    }

    @EachDatabase
    void visitsBeyondTheOrderAreRefusedAndTheStatusCountsThem(Database database) {
        var server = Server.on(database);
        var clinic = server.as("demo-clinic");
        var ehr = server.as("demo-ehr");
        var number = UUID.randomUUID().toString();
        var answer = ehr.bundle(referral(server, number)).expect(200);
        var patient = reference(answer, 0);
        var referral = reference(answer, 1);
        var goal = clinic.post(
                        "/Goal",
                        """
                        {"resourceType":"Goal","lifecycleStatus":"active","description":{"text":"Pain of 3"},
                         "subject":{"reference":"%s"},"target":[{
                           "measure":{"coding":[{"system":"http://loinc.org","code":"72514-3"}]},
                           "detailQuantity":{"value":3,"unit":"{score}","system":"http://unitsofmeasure.org","code":"{score}"},
                           "dueDate":"2026-12-20"}]}"""
                                .formatted(patient))
                .expect(201)
                .reference();
        var plan = clinic.post(
                        "/CarePlan",
                        """
                        {"resourceType":"CarePlan","status":"active","intent":"plan","subject":{"reference":"%s"},
                         "category":[{"coding":[{"system":"%s","code":"massage-plan-of-care"}]}],
                         "period":{"start":"2026-11-01"},"goal":[{"reference":"%s"}],"supportingInfo":[{"reference":"%s"}]}"""
                                .formatted(patient, MASSAGE, goal, referral))
                .expect(201)
                .reference();
        clinic.post("/Observation", pain(patient, 7, "2026-11-02")).expect(201);
        clinic.post("/Observation", pain(patient, 4, "2026-11-16")).expect(201);
        clinic.post("/Encounter", visit(patient, referral, "2026-11-02")).expect(201);
        clinic.post("/Encounter", visit(patient, referral, "2026-11-09")).expect(201);

        var refused = clinic.post("/Encounter", visit(patient, referral, "2026-11-16"))
                .expect(422);

        assertThat(code(refused)).isEqualTo("visits-exceeded");
        assertThat(refused.json().at("/issue/0/expression/0").asText()).isEqualTo("Encounter.basedOn[0]");
        var status = clinic.get("/" + plan + "/$status").expect(200).text().replaceAll("\\s+", "");
        assertThat(status)
                .contains("{\"name\":\"planned\",\"valueInteger\":2},{\"name\":\"attended\",\"valueInteger\":2}")
                .contains("{\"name\":\"left\",\"valueInteger\":0}")
                .contains("{\"name\":\"reassessment-due\",\"valueDate\":\"2026-12-02\"}")
                .contains("{\"name\":\"percent\",\"valueDecimal\":75},{\"name\":\"attained\",\"valueBoolean\":false}");
        ehr.get("/" + plan + "/$status").expect(200);
        server.as("demo-other-clinic").get("/" + plan + "/$status").expect(404);
        server.as("demo-insurer").get("/" + plan + "/$status").expect(404);
    }

    @EachDatabase
    void techniqueIsRefusedOnTheAvoidedSideAndTakenOnTheOther(Database database) {
        var clinic = Server.on(database).as("demo-clinic");
        var patient = patient(clinic);
        clinic.post(
                        "/CarePlan",
                        plan(patient, "local-avoid", "")
                                .replace(
                                        "{\"detail\"",
                                        "{\"extension\":[{\"url\":\"https://tenderpoint.org/fhir/StructureDefinition/avoided-area\","
                                                + "\"valueCodeableConcept\":" + site("24028007") + "}],\"detail\""))
                .expect(201);

        var refused = clinic.post("/Procedure", at("24028007", technique(patient, "effleurage", "2026-11-20")))
                .expect(422);
        var left = clinic.post("/Procedure", at("7771000", technique(patient, "effleurage", "2026-11-20")))
                .expect(201);

        assertThat(code(refused)).isEqualTo("technique-restricted");
        var moved = clinic.put("/" + left.reference(), left.text().replace("7771000", "24028007"), Map.of())
                .expect(422);
        assertThat(code(moved)).isEqualTo("technique-restricted");
    }

    @EachDatabase
    void lastVisitIsFinishedOnceHoweverItIsSent(Database database) throws Exception {
        var server = Server.on(database);
        var clinic = server.as("demo-clinic");
        var answer = server.as("demo-ehr")
                .bundle(referral(server, UUID.randomUUID().toString()))
                .expect(200);
        var patient = reference(answer, 0);
        var referral = reference(answer, 1);
        clinic.post("/Encounter", visit(patient, referral, "2026-11-02")).expect(201);
        var draft = clinic.post(
                        "/Encounter", visit(patient, referral, "2026-11-09").replace("\"finished\"", "\"in-progress\""))
                .expect(201);

        var together = clinic.bundle(
                """
                {"resourceType":"Bundle","type":"transaction","entry":[
                 {"resource":%s,"request":{"method":"POST","url":"Encounter"}},
                 {"resource":%s,"request":{"method":"POST","url":"Encounter"}}]}"""
                        .formatted(visit(patient, referral, "2026-11-16"), visit(patient, referral, "2026-11-17")));
        assertThat(together.expect(422).json().at("/issue/0/expression/0").asText())
                .isEqualTo("Bundle.entry[0].resource.basedOn[0]");
        assertThat(finished(clinic, referral)).isEqualTo(1);

        var statuses = new ArrayList<Integer>();
        var threads = Executors.newFixedThreadPool(4);
        try {
            Callable<Integer> visit = () -> clinic.post("/Encounter", visit(patient, referral, "2026-11-16"))
                    .status();
            var running = threads.invokeAll(Collections.nCopies(4, visit));
            for (var one : running) {
                statuses.add(one.get());
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(statuses).containsExactlyInAnyOrder(201, 422, 422, 422);
        assertThat(finished(clinic, referral)).isEqualTo(2);

        var signed = draft.text().replace("\"in-progress\"", "\"finished\"");
        assertThat(code(clinic.put("/" + draft.reference(), signed, Map.of()).expect(422)))
                .isEqualTo("visits-exceeded");
        assertThat(finished(clinic, referral)).isEqualTo(2);
    }

    private static int finished(Client clinic, String referral) {
        return clinic.get("/Encounter?status=finished&_total=accurate&based-on=" + referral)
                .expect(200)
                .json()
                .path("total")
                .asInt();
    }

    private static String at(String side, String technique) {
        return technique.replaceFirst("\\{", "{\"bodySite\":[" + site(side) + "],");
    }

    private static String site(String side) {
        return """
                {"coding":[{"system":"http://snomed.info/sct","code":"8205005"}],"extension":[
                  {"url":"https://tenderpoint.org/fhir/StructureDefinition/side","valueCodeableConcept":
                    {"coding":[{"system":"http://snomed.info/sct","code":"%s"}]}}]}"""
                .formatted(side);
    }

    private static String code(Answer answer) {
        return answer.json().at("/issue/0/details/coding/0/code").asText();
    }

    private static String reference(Answer answer, int entry) {
        return answer.json()
                .at("/entry/" + entry + "/response/location")
                .asText()
                .split("/_history/", -1)[0];
    }

    private static String patient(Client clinic) {
        return clinic.post("/Patient", "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"Planned\"}]}")
                .expect(201)
                .reference();
    }

    private static String plan(String patient, String restriction, String more) {
        return """
                {"resourceType":"CarePlan","status":"active","intent":"plan","subject":{"reference":"%s"},
                 "category":[{"coding":[{"system":"%s","code":"massage-plan-of-care"}]}],
                 "period":{"start":"2026-11-01"},
                 "activity":[{"detail":{"status":"not-started","doNotPerform":true,%s
                   "code":{"coding":[{"system":"%s","code":"%s"}]},"description":"Takes an anticoagulant."}}]}"""
                .formatted(patient, MASSAGE, more, MASSAGE, restriction);
    }

    private static String technique(String patient, String code, String day) {
        return """
                {"resourceType":"Procedure","status":"completed","subject":{"reference":"%s"},
                 "code":{"coding":[{"system":"http://snomed.info/sct","code":"387854002"},
                                   {"system":"%s","code":"%s"}]},"performedDateTime":"%s",
                 "extension":[{"url":"https://tenderpoint.org/fhir/StructureDefinition/technique-minutes",
                   "valueQuantity":{"value":15,"unit":"min","system":"http://unitsofmeasure.org","code":"min"}}]}"""
                .formatted(patient, MASSAGE, code, day);
    }

    private static String visit(String patient, String referral, String day) {
        return """
                {"resourceType":"Encounter","status":"finished",
                 "class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"AMB"},
                 "subject":{"reference":"%s"},"basedOn":[{"reference":"%s"}],
                 "period":{"start":"%sT10:00:00Z","end":"%sT11:00:00Z"}}"""
                .formatted(patient, referral, day, day);
    }

    private static String pain(String patient, int points, String day) {
        return """
                {"resourceType":"Observation","status":"final","subject":{"reference":"%s"},
                 "extension":[{"url":"https://tenderpoint.org/fhir/StructureDefinition/session-phase","valueCode":"pre"}],
                 "code":{"coding":[{"system":"http://loinc.org","code":"72514-3"}]},"effectiveDateTime":"%s",
                 "valueQuantity":{"value":%d,"unit":"{score}","system":"http://unitsofmeasure.org","code":"{score}"}}"""
                .formatted(patient, day, points);
    }

    private static String referral(Server server, String number) {
        var clinic = organization(server, "north-massage-clinic");
        var ehr = organization(server, "north-family-medicine");
        return """
                {"resourceType":"Bundle","type":"transaction","entry":[
                 {"fullUrl":"urn:uuid:11111111-0000-4000-8000-000000000001","resource":{"resourceType":"Patient",
                   "name":[{"family":"Planned"}]},"request":{"method":"POST","url":"Patient"}},
                 {"fullUrl":"urn:uuid:11111111-0000-4000-8000-000000000002","resource":{"resourceType":"ServiceRequest",
                   "status":"active","intent":"order","identifier":[{"system":"urn:plan","value":"%s"}],
                   "code":{"text":"Massage"},"subject":{"reference":"urn:uuid:11111111-0000-4000-8000-000000000001"},
                   "requester":{"reference":"%s"},"performer":[{"reference":"%s"}],
                   "quantityQuantity":{"value":2},"reasonCode":[{"text":"Neck pain"}]},
                  "request":{"method":"POST","url":"ServiceRequest"}},
                 {"resource":{"resourceType":"Task","status":"requested","intent":"order",
                   "code":{"coding":[{"system":"http://hl7.org/fhir/CodeSystem/task-code","code":"fulfill"}]},
                   "focus":{"reference":"urn:uuid:11111111-0000-4000-8000-000000000002"},
                   "for":{"reference":"urn:uuid:11111111-0000-4000-8000-000000000001"},
                   "requester":{"reference":"%s"},"owner":{"reference":"%s"}},
                  "request":{"method":"POST","url":"Task"}}]}"""
                .formatted(number, ehr, clinic, ehr, clinic);
    }

    private static String organization(Server server, String key) {
        var found = server.as("demo-ehr")
                .get("/Organization?identifier=https://tenderpoint.org/demo/organization|" + key)
                .expect(200);
        return "Organization/" + found.json().at("/entry/0/resource/id").asText();
    }
}
