package org.tenderpoint.document;

import ca.uhn.fhir.context.FhirContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.tenderpoint.chart.Stored;

/**
 * The record of an invented patient, as the chart would give it: one referral, a plan, weekly visits with pain before
 * and after, two techniques and a note's worth of things that no summary may repeat.
 */
public final class InventedRecord {

    public static final FhirContext FHIR = FhirContext.forR4Cached();
    public static final String BASE = "https://clinic.example/fhir";
    public static final Instant NOW = Instant.parse("2026-04-09T08:00:00Z");
    public static final LocalDate TODAY = LocalDate.parse("2026-04-09");
    private static final Instant LAST_CHANGE = Instant.parse("2026-04-08T18:00:00Z");

    private final List<Stored> patient = new ArrayList<>();
    private final List<Stored> directory = new ArrayList<>();

    /** The id of a resource that the fixtures call by a name. */
    public static UUID id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    /** Ana with this many weekly visits on one referral; pain falls from 7 to 3, PEG from 6.7 to 4.3. */
    public static InventedRecord withVisits(int visits) {
        var record = justThePeople();
        record.referral(visits);
        for (var visit = 1; visit <= visits; visit++) {
            record.visit(visit, visits);
        }
        record.assessments(LocalDate.parse("2026-03-04"), "intake", "6.7", "44", "95");
        record.assessments(LocalDate.parse("2026-04-08"), "reassessment", "4.3", "34", "112");
        return record;
    }

    /** Ana and the people around her, with nothing referred yet. */
    public static InventedRecord justThePeople() {
        var record = new InventedRecord();
        record.people();
        return record;
    }

    /** Lets the referral ask for more than pain and function. */
    public InventedRecord asking(String... topics) {
        var coded = Arrays.stream(topics)
                .map(topic ->
                        "{\"coding\":[{\"system\":\"https://tenderpoint.org/fhir/CodeSystem/massage\",\"code\":\"%s\"}]}"
                                .formatted(topic))
                .toList();
        return edit("referral", "\"status\":", "\"orderDetail\":[" + String.join(",", coded) + "],\"status\":");
    }

    /** Says where the practice is. */
    public InventedRecord addressOfTheClinic(String line, String city, String state, String code) {
        directory.removeIf(row -> row.id().equals(id("clinic")));
        return addToDirectory(
                "Organization",
                "clinic",
                """
                "name":"North Massage Clinic","address":[{"use":"old","line":["CANARY-old-address"]},
                {"use":"work","line":["%s"],"city":"%s","state":"%s","postalCode":"%s"}]"""
                        .formatted(line, city, state, code));
    }

    /** Puts other words into a resource of the patient. */
    public InventedRecord edit(String name, String what, String by) {
        patient.replaceAll(row -> row.id().equals(id(name))
                ? new Stored(
                        row.type(),
                        row.id(),
                        row.version(),
                        row.lastUpdated(),
                        false,
                        row.pk(),
                        1L,
                        new String(row.json(), StandardCharsets.UTF_8)
                                .replace(what, by)
                                .getBytes(StandardCharsets.UTF_8))
                : row);
        return this;
    }

    public List<Stored> patient() {
        return patient;
    }

    public List<Stored> directory(Set<UUID> ids) {
        return directory.stream().filter(row -> ids.contains(row.id())).toList();
    }

    public PatientRecord asRecord() {
        return new PatientRecord(FHIR, patient);
    }

    /**
     * Adds a resource of the patient. {@code @name} in the JSON becomes the id that goes with the name.
     *
     * @param json everything but resourceType, id and meta
     */
    public InventedRecord add(String type, String name, String json) {
        patient.add(stored(type, name, json));
        return this;
    }

    public InventedRecord addToDirectory(String type, String name, String json) {
        directory.add(stored(type, name, json));
        return this;
    }

    private Stored stored(String type, String name, String json) {
        var filled = new StringBuilder();
        var matcher = Pattern.compile("@([a-z0-9-]+)").matcher(json);
        while (matcher.find()) {
            matcher.appendReplacement(filled, id(matcher.group(1)).toString());
        }
        matcher.appendTail(filled);
        var body = "{\"resourceType\":\"%s\",\"id\":\"%s\",\"meta\":{\"versionId\":\"1\",\"lastUpdated\":\"%s\"},%s}"
                .formatted(type, id(name), LAST_CHANGE, filled);
        return new Stored(
                type, id(name), 1, LAST_CHANGE, false, patient.size() + 1L, 1L, body.getBytes(StandardCharsets.UTF_8));
    }

    private void people() {
        addToDirectory(
                "Organization",
                "clinic",
                """
                "name":"North Massage Clinic","telecom":[{"system":"phone","value":"CANARY-clinic-phone"}]""");
        addToDirectory("Organization", "family-practice", """
                "name":"Hill Family Practice\"""");
        addToDirectory(
                "Organization",
                "insurer",
                """
                "name":"Blue Example Insurance","identifier":[{"system":"https://payers.example","value":"4711"},
                {"system":"https://tenderpoint.org/fhir/payer-policy","value":"wa-lni"}]""");
        addToDirectory("Organization", "other-insurer", """
                "name":"CANARY-other-insurer\"""");
        addToDirectory(
                "Practitioner",
                "kai",
                """
                "name":[{"family":"Moss","given":["Kai"]}],
                "identifier":[{"system":"http://hl7.org/fhir/sid/us-npi","value":"1234567893"}],
                "address":[{"line":["CANARY-therapist-home"]}],
                "qualification":[{"code":{"text":"Licensed massage therapist, WA MA 60012345"}}]""");
        addToDirectory(
                "Practitioner",
                "grace",
                """
                "name":[{"family":"Hill","given":["Grace"],"suffix":["MD"]}],
                "identifier":[{"system":"http://hl7.org/fhir/sid/us-npi","value":"1987654320"}]""");
        addToDirectory(
                "PractitionerRole",
                "kai-at-clinic",
                """
                "active":true,"practitioner":{"reference":"Practitioner/@kai"},
                "organization":{"reference":"Organization/@clinic"}""");
        add(
                "Patient",
                "ana",
                """
                "identifier":[{"type":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v2-0203","code":"MR"}]},
                "system":"https://clinic.example/mrn","value":"MRN-88"},
                {"type":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v2-0203","code":"MB"}]},
                "system":"https://payers.example/member","value":"M-204"}],
                "name":[{"family":"Fuller <script>","given":["Ana"]}],"gender":"female","birthDate":"1980-02-11",
                "telecom":[{"system":"phone","value":"CANARY-patient-phone"}],
                "address":[{"line":["CANARY-street 5"],"city":"CANARY-city"}]""");
    }

    private void referral(int visits) {
        add(
                "Condition",
                "back-pain",
                """
                "clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"active"}]},
                "code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"M54.50","display":"Low back pain, unspecified"}]},
                "subject":{"reference":"Patient/@ana"},"onsetDateTime":"2025-06-01",
                "note":[{"text":"CANARY-condition-note"}]""");
        add(
                "Condition",
                "depression",
                """
                "code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"F32.9","display":"CANARY-unrelated-condition"}]},
                "subject":{"reference":"Patient/@ana"},"onsetDateTime":"2025-06-01\"""");
        add(
                "Coverage",
                "coverage",
                """
                "status":"active","identifier":[{"system":"https://payers.example/claim","value":"CL-5"}],
                "subscriberId":"M-204","beneficiary":{"reference":"Patient/@ana"},
                "period":{"start":"2026-01-01","end":"2026-12-31"},"payor":[{"reference":"Organization/@insurer"}]""");
        add(
                "Coverage",
                "other-coverage",
                """
                "status":"active","subscriberId":"CANARY-other-member","beneficiary":{"reference":"Patient/@ana"},
                "payor":[{"reference":"Organization/@other-insurer"}]""");
        add(
                "ServiceRequest",
                "referral",
                """
                "status":"active","intent":"order","identifier":[{"system":"https://hill.example/orders","value":"R-100"}],
                "code":{"coding":[{"system":"http://snomed.info/sct","code":"387854002","display":"Massage"}]},
                "quantityQuantity":{"value":%d},"subject":{"reference":"Patient/@ana"},"authoredOn":"2026-03-01",
                "requester":{"reference":"Practitioner/@grace"},"performer":[{"reference":"Organization/@clinic"}],
                "reasonCode":[{"text":"Low back pain that limits sitting & lifting"}],
                "reasonReference":[{"reference":"Condition/@back-pain"}],
                "insurance":[{"reference":"Coverage/@coverage"}],
                "note":[{"text":"Is she fit for light duty? CANARY-referral-note"}]"""
                        .formatted(visits));
        add(
                "Goal",
                "pain-goal",
                """
                "lifecycleStatus":"active","description":{"text":"CANARY-goal-words: pain of 3 or less"},
                "achievementStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/goal-achievement","code":"improving","display":"Improving"}]},
                "subject":{"reference":"Patient/@ana"},"startDate":"2026-03-04",
                "target":[{"measure":{"coding":[{"system":"http://loinc.org","code":"91147-9","display":"Mean score [PEG]"}]},
                "detailQuantity":{"value":3,"comparator":"<=","unit":"{score}","system":"http://unitsofmeasure.org","code":"{score}"},
                "dueDate":"2026-04-15"}]""");
        add(
                "CarePlan",
                "plan",
                """
                "status":"active","intent":"plan","subject":{"reference":"Patient/@ana"},
                "period":{"start":"2026-03-04","end":"2026-04-15"},"author":{"reference":"PractitionerRole/@kai-at-clinic"},
                "addresses":[{"reference":"Condition/@back-pain"}],"supportingInfo":[{"reference":"ServiceRequest/@referral"}],
                "goal":[{"reference":"Goal/@pain-goal"}],"description":"CANARY-plan-text",
                "activity":[{"detail":{"status":"in-progress","code":{"coding":[{"system":"https://tenderpoint.org/fhir/CodeSystem/massage","code":"myofascial-release"}]},
                "scheduledTiming":{"repeat":{"frequency":1,"period":1,"periodUnit":"wk"}}}},
                {"detail":{"status":"not-started","doNotPerform":true,"code":{"coding":[{"system":"https://tenderpoint.org/fhir/CodeSystem/massage","code":"heat"}]},"description":"reduced sensation of the feet"}}]""");
        add(
                "AdverseEvent",
                "soreness",
                """
                "actuality":"actual","event":{"text":"Muscle soreness, CANARY-event-text","coding":[{"system":"http://snomed.info/sct","code":"68962001","display":"Muscle pain"}]},
                "subject":{"reference":"Patient/@ana"},"date":"2026-03-05","encounter":{"reference":"Encounter/@visit-1"},
                "seriousness":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/adverse-event-seriousness","code":"Non-serious","display":"Non-serious"}]}""");
    }

    private void visit(int number, int of) {
        var day = LocalDate.parse("2026-04-08").minusWeeks(of - number);
        add(
                "Encounter",
                "visit-" + number,
                """
                "status":"finished","class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"AMB","display":"ambulatory"},
                "subject":{"reference":"Patient/@ana"},"basedOn":[{"reference":"ServiceRequest/@referral"}],
                "period":{"start":"%1$sT10:00:00-07:00","end":"%1$sT11:00:00-07:00"},
                "reasonCode":[{"text":"CANARY-visit-reason"}],
                "participant":[{"individual":{"reference":"PractitionerRole/@kai-at-clinic"}}],
                "serviceProvider":{"reference":"Organization/@clinic"}"""
                        .formatted(day));
        var pain = 7 - Math.round(4f * (number - 1) / Math.max(1, of - 1));
        pain("pre", number, day, pain);
        pain("post", number, day, Math.max(0, pain - 2));
        technique("trigger-point-therapy", "97140", 24, number, day);
        technique("effleurage", "97124", 23, number, day);
        observation(
                "relief-" + number,
                day.plusDays(1),
                "24h",
                number,
                "{\"system\":\"https://tenderpoint.org/fhir/CodeSystem/massage\",\"code\":\"relief-duration\"}",
                Integer.toString(6 + 4 * number),
                "h",
                "survey");
    }

    private void pain(String phase, int visit, LocalDate day, int score) {
        observation(
                "pain-" + phase + "-" + visit,
                day,
                phase,
                visit,
                "{\"system\":\"http://loinc.org\",\"code\":\"72514-3\"}",
                Integer.toString(score),
                "{score}",
                "survey");
    }

    private void technique(String technique, String cpt, int minutes, int visit, LocalDate day) {
        add(
                "Procedure",
                technique + "-" + visit,
                """
                "extension":[{"url":"https://tenderpoint.org/fhir/StructureDefinition/technique-minutes",
                "valueQuantity":{"value":%d,"unit":"min","system":"http://unitsofmeasure.org","code":"min"}}],
                "status":"completed","code":{"coding":[{"system":"http://snomed.info/sct","code":"387854002","display":"Massage"},
                {"system":"https://tenderpoint.org/fhir/CodeSystem/massage","code":"%s"},
                {"system":"http://www.ama-assn.org/go/cpt","code":"%s"}],"text":"CANARY-technique-text"},
                "subject":{"reference":"Patient/@ana"},"encounter":{"reference":"Encounter/@visit-%d"},
                "performedDateTime":"%sT10:10:00-07:00",
                "_performedDateTime":{"extension":[{"url":"https://clinic.example/remark","valueString":"CANARY-extension"}]},"performer":[{"actor":{"reference":"PractitionerRole/@kai-at-clinic"}}],
                "bodySite":[{"coding":[{"system":"http://snomed.info/sct","code":"52612000","display":"Lumbar region"}],"text":"CANARY-site-text"}],
                "note":[{"text":"CANARY-session-note"}]"""
                        .formatted(minutes, technique, cpt, visit, day));
    }

    private void assessments(LocalDate day, String phase, String peg, String odi, String rotation) {
        observation(
                "pain-" + phase,
                day,
                phase,
                0,
                "{\"system\":\"http://loinc.org\",\"code\":\"72514-3\"}",
                phase.equals("intake") ? "7" : "3",
                "{score}",
                "survey");
        observation(
                "peg-" + phase,
                day,
                phase,
                0,
                "{\"system\":\"http://loinc.org\",\"code\":\"91147-9\"}",
                peg,
                "{score}",
                "survey");
        observation(
                "odi-" + phase,
                day,
                phase,
                0,
                "{\"system\":\"http://loinc.org\",\"code\":\"97909-6\"}",
                odi,
                "{score}",
                "survey");
        observation(
                "rom-" + phase,
                day,
                phase,
                0,
                "{\"system\":\"https://tenderpoint.org/fhir/CodeSystem/massage\",\"code\":\"rom-lumbar-flexion\"}",
                rotation,
                "deg",
                "exam");
        observation(
                "phq-" + phase,
                day,
                phase,
                0,
                "{\"system\":\"http://loinc.org\",\"code\":\"44261-6\",\"display\":\"CANARY-mood-score\"}",
                "17",
                "{score}",
                "survey");
    }

    private void observation(
            String name,
            LocalDate day,
            String phase,
            int visit,
            String coding,
            String value,
            String unit,
            String category) {
        var encounter = visit == 0 ? "" : "\"encounter\":{\"reference\":\"Encounter/@visit-%d\"},".formatted(visit);
        add(
                "Observation",
                name,
                """
                "extension":[{"url":"https://tenderpoint.org/fhir/StructureDefinition/session-phase","valueCode":"%s"}],
                "status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"%s"}]}],
                "code":{"coding":[%s]},"subject":{"reference":"Patient/@ana"},%s"effectiveDateTime":"%s",
                "performer":[{"reference":"Practitioner/@kai"}],
                "note":[{"text":"CANARY-observation-note"}],
                "valueQuantity":{"value":%s,"unit":"%s","system":"http://unitsofmeasure.org","code":"%s"}"""
                        .formatted(phase, category, coding, encounter, day, value, unit, unit));
    }
}
