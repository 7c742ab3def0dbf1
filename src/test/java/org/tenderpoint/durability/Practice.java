package org.tenderpoint.durability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.hl7.fhir.r4.model.Organization;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Role;
import org.tenderpoint.access.Scopes;
import org.tenderpoint.chart.Change;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.testing.Client;
import org.tenderpoint.testing.Client.Answer;
import org.tenderpoint.testing.Server;

/** A physician's EHR and a massage clinic that work together, and the Bundles that they send. */
record Practice(Client ehr, Client clinic, String ehrOrganization, String clinicOrganization) {

    static final String REFERRAL_NUMBERS = "https://ehr.example.org/referral";
    static final String VISIT_NUMBERS = "https://clinic.example.org/visit";

    private static final String DEMONSTRATION = "https://tenderpoint.org/demo/organization";
    private static final Caller ADMINISTRATOR =
            new Caller("test-administrator", Role.ADMINISTRATOR, null, Scopes.ALL_SYSTEM);

    /** The demonstration's practice and clinic, which are in the directory afterwards if they were not before. */
    static Practice of(Server server) {
        var chart = server.bean(Chart.class);
        return new Practice(
                server.as("demo-ehr"),
                server.as("demo-clinic"),
                organization(chart, "north-family-medicine"),
                organization(chart, "north-massage-clinic"));
    }

    private static String organization(Chart chart, String key) {
        var organization = new Organization().setActive(true).setName(key);
        organization.addIdentifier().setSystem(DEMONSTRATION).setValue(key);
        var create = new Change.Create(organization, null, List.of(DEMONSTRATION + "|" + key), null, "Organization");
        return chart.commit(Change.by(ADMINISTRATOR).add(create))
                .get(0)
                .stored()
                .reference();
    }

    /** Sends a referral for a new patient. */
    String referredPatient(String number) {
        var answer = ehr.bundle(referral(number, new Random(0))).expect(200);
        return ids(answer).stream()
                .filter(id -> id.startsWith("Patient/"))
                .findFirst()
                .orElseThrow();
    }

    /** The {@code Type/id} of each entry of an answer, in its order. */
    static List<String> ids(Answer answer) {
        var ids = new ArrayList<String>();
        for (var entry : answer.json().path("entry")) {
            ids.add(entry.at("/response/location").asText().split("/_history/", -1)[0]);
        }
        return ids;
    }

    /** Status codes of the entries of an answer. */
    static List<String> statuses(Answer answer) {
        var statuses = new ArrayList<String>();
        answer.json()
                .path("entry")
                .forEach(entry ->
                        statuses.add(entry.at("/response/status").asText().substring(0, 3)));
        return statuses;
    }

    /** Patient, Condition, Coverage, ServiceRequest and Task, in an order and with fullUrls of this sending only. */
    String referral(String number, Random order) {
        var patient = urn();
        var condition = urn();
        var coverage = urn();
        var request = urn();
        var entries = new ArrayList<String>();
        entries.add(entry(
                patient,
                "Patient",
                "identifier=https://ehr.example.org/patient%7C" + number,
                """
                {"resourceType": "Patient", "active": true, "gender": "female", "birthDate": "1971-05-04",
                 "identifier": [{"system": "https://ehr.example.org/patient", "value": "%s"}],
                 "name": [{"family": "Holm", "given": ["Asta"]}]}"""
                        .formatted(number)));
        entries.add(entry(
                condition,
                "Condition",
                null,
                """
                {"resourceType": "Condition", "subject": {"reference": "%s"},
                 "clinicalStatus": {"coding": [{
                   "system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "active"}]},
                 "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "M54.50"}],
                          "text": "Low back pain"}}"""
                        .formatted(patient)));
        entries.add(entry(
                coverage,
                "Coverage",
                null,
                """
                {"resourceType": "Coverage", "status": "active", "beneficiary": {"reference": "%s"},
                 "subscriberId": "S-%s",
                 "payor": [{"identifier": {"system": "https://ehr.example.org/payer", "value": "evergreen"}}]}"""
                        .formatted(patient, number)));
        entries.add(entry(
                request,
                "ServiceRequest",
                null,
                """
                {"resourceType": "ServiceRequest", "status": "active", "intent": "order",
                 "identifier": [{
                   "type": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "PLAC"}]},
                   "system": "%s", "value": "%s"}],
                 "code": {"coding": [{"system": "http://snomed.info/sct", "code": "387854002"}], "text": "Massage"},
                 "subject": {"reference": "%s"}, "authoredOn": "2026-03-02T09:00:00Z",
                 "requester": {"reference": "%s"}, "performer": [{"reference": "%s"}],
                 "reasonReference": [{"reference": "%s"}], "insurance": [{"reference": "%s"}]}"""
                        .formatted(
                                REFERRAL_NUMBERS,
                                number,
                                patient,
                                ehrOrganization,
                                clinicOrganization,
                                condition,
                                coverage)));
        entries.add(entry(
                urn(),
                "Task",
                null,
                """
                {"resourceType": "Task", "status": "requested", "intent": "order",
                 "code": {"coding": [{"system": "http://hl7.org/fhir/CodeSystem/task-code", "code": "fulfill"}]},
                 "focus": {"reference": "%s"}, "for": {"reference": "%s"}, "authoredOn": "2026-03-02T09:00:00Z",
                 "requester": {"reference": "%s"}, "owner": {"reference": "%s"}}"""
                        .formatted(request, patient, ehrOrganization, clinicOrganization)));
        Collections.shuffle(entries, order);
        return transaction(entries);
    }

    /**
     * One visit: an Encounter, three Observations and three Procedures.
     *
     * @param number the visit's own number, its Encounter's identifier
     */
    static String session(String patient, String number) {
        var visit = urn();
        var entries = new ArrayList<String>();
        entries.add(entry(
                visit,
                "Encounter",
                null,
                """
                {"resourceType": "Encounter", "status": "finished",
                 "identifier": [{"system": "%s", "value": "%s"}],
                 "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB"},
                 "subject": {"reference": "%s"},
                 "period": {"start": "2026-03-09T10:00:00Z", "end": "2026-03-09T11:00:00Z"}}"""
                        .formatted(VISIT_NUMBERS, number, patient)));
        for (int i = 0; i < 3; i++) {
            entries.add(entry(urn(), "Observation", null, observation(patient, visit, 7 - i, number)));
        }
        var sites = List.of("neck", "lower back", "shoulder");
        for (int i = 0; i < 3; i++) {
            entries.add(entry(
                    urn(),
                    "Procedure",
                    null,
                    """
                    {"resourceType": "Procedure", "status": "completed",
                     "code": {"coding": [{"system": "http://snomed.info/sct", "code": "387854002"}],
                              "text": "Massage, visit %s"},
                     "subject": {"reference": "%s"}, "encounter": {"reference": "%s"},
                     "performedPeriod": {"start": "2026-03-09T10:1%d:00Z", "end": "2026-03-09T10:3%d:00Z"},
                     "bodySite": [{"text": "%s"}]}"""
                            .formatted(number, patient, visit, i, i, sites.get(i))));
        }
        return transaction(entries);
    }

    /** A pain score. */
    static String observation(String patient, String visit, int points, String note) {
        return """
                {"resourceType": "Observation", "status": "final",
                 "category": [{"coding": [{
                   "system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "survey"}]}],
                 "code": {"coding": [{"system": "http://loinc.org", "code": "72514-3"}]},
                 "subject": {"reference": "%s"}, "encounter": {"reference": "%s"},
                 "effectiveDateTime": "2026-03-09T10:05:00Z", "performer": [{"reference": "%s"}],
                 "valueQuantity": {"value": %d, "unit": "{score}", "system": "http://unitsofmeasure.org",
                                   "code": "{score}"},
                 "note": [{"text": "%s"}]}"""
                .formatted(patient, visit, patient, points, note);
    }

    static String urn() {
        return "urn:uuid:" + UUID.randomUUID();
    }

    static String entry(String fullUrl, String type, @Nullable String ifNoneExist, String resource) {
        return """
                {"fullUrl": "%s", "resource": %s, "request": {"method": "POST", "url": "%s"%s}}"""
                .formatted(
                        fullUrl,
                        resource,
                        type,
                        ifNoneExist == null ? "" : ", \"ifNoneExist\": \"" + ifNoneExist + "\"");
    }

    static String transaction(List<String> entries) {
        return """
                {"resourceType": "Bundle", "type": "transaction", "entry": [%s]}"""
                .formatted(String.join(",\n", entries));
    }

    /** A visit of its own for Observations to be written in. */
    String visit(String patient, String number) {
        var answer = clinic.bundle(session(patient, number)).expect(200);
        assertThat(statuses(answer)).containsOnly("201").hasSize(7);
        return ids(answer).get(0);
    }
}
