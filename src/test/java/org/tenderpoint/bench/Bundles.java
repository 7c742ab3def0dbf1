package org.tenderpoint.bench;

/** What the clients of the benchmark send. {@code number} makes identifiers unique; all have the same length. */
final class Bundles {

    static final String SYSTEM = "https://bench.example.org/";

    private Bundles() {}

    /** A number for identifiers: always ten characters, so that replayed rows have the same bytes. */
    static String number(long n) {
        return "N%09d".formatted(n);
    }

    /** The organizations and the people that referrals and sessions name. */
    static String directory() {
        return bundle(
                organization("ehr", "prov", "North Family Medicine"),
                organization("clinic", "prov", "Bench Massage Clinic"),
                organization("insurer", "pay", "Evergreen Mutual"),
                entry(
                        "Practitioner",
                        "p",
                        """
                        {"resourceType":"Practitioner","active":true,\
                        "identifier":[{"system":"http://hl7.org/fhir/sid/us-npi","value":"1234567893"}],\
                        "name":[{"family":"Okafor","given":["Ines"]}]}"""));
    }

    private static String organization(String key, String type, String name) {
        return entry(
                "Organization",
                key,
                """
                {"resourceType":"Organization","active":true,"identifier":[{"system":"%sorganization","value":"%s"}],\
                "type":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/organization-type","code":"%s"}]}],\
                "name":"%s"}"""
                        .formatted(SYSTEM, key, type, name));
    }

    /** Patient, Condition, Coverage, ServiceRequest and Task, as an EHR sends them. */
    static String referral(String number, Directory directory) {
        var text = bundle(
                entry(
                        "Patient",
                        "p",
                        """
                        {"resourceType":"Patient","active":true,"identifier":[\
                        {"type":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v2-0203","code":"MR"}]},\
                        "system":"{system}mrn","value":"{number}"},\
                        {"type":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v2-0203","code":"MB"}]},\
                        "system":"{system}member","value":"M{number}"}],\
                        "name":[{"use":"official","family":"Lindqvist","given":["Maja","Ruth"]}],\
                        "telecom":[{"system":"phone","value":"+1 206 555 0142","use":"mobile"}],\
                        "gender":"female","birthDate":"1979-04-12",\
                        "address":[{"line":["12 Alder Street"],"city":"Seattle","state":"WA","postalCode":"98103"}]}"""),
                entry(
                        "Condition",
                        "c",
                        """
                        {"resourceType":"Condition","clinicalStatus":{"coding":[\
                        {"system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"active"}]},\
                        "verificationStatus":{"coding":[\
                        {"system":"http://terminology.hl7.org/CodeSystem/condition-ver-status","code":"confirmed"}]},\
                        "category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-category",\
                        "code":"encounter-diagnosis"}]}],\
                        "code":{"coding":[{"system":"http://snomed.info/sct","code":"278860009"},\
                        {"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"M54.50"}],"text":"Chronic low back pain"},\
                        "subject":{"reference":"urn:uuid:p"},"onsetDateTime":"2025-11-03","recordedDate":"2026-03-02"}"""),
                entry(
                        "Coverage",
                        "v",
                        """
                        {"resourceType":"Coverage","status":"active","subscriberId":"M{number}",\
                        "beneficiary":{"reference":"urn:uuid:p"},"period":{"start":"2026-01-01","end":"2099-12-31"},\
                        "payor":[{"reference":"Organization/{insurer}"}]}"""),
                entry(
                        "ServiceRequest",
                        "s",
                        """
                        {"resourceType":"ServiceRequest","identifier":[{"type":{"coding":[\
                        {"system":"http://terminology.hl7.org/CodeSystem/v2-0203","code":"PLAC"}]},\
                        "system":"{system}placer","value":"{number}"}],"status":"active","intent":"order",\
                        "category":[{"coding":[{"system":"http://snomed.info/sct","code":"3457005"}]}],\
                        "code":{"coding":[{"system":"http://snomed.info/sct","code":"387854002"}],\
                        "text":"Massage therapy for low back pain"},\
                        "quantityQuantity":{"value":1000,"unit":"visits","system":"http://unitsofmeasure.org",\
                        "code":"{visits}"},"subject":{"reference":"urn:uuid:p"},"authoredOn":"2026-03-02T09:15:00-08:00",\
                        "requester":{"reference":"Organization/{ehr}"},\
                        "performer":[{"reference":"Organization/{clinic}"}],\
                        "reasonReference":[{"reference":"urn:uuid:c"}],"insurance":[{"reference":"urn:uuid:v"}],\
                        "note":[{"text":"Eight visits over twelve weeks; no anticoagulants."}]}"""),
                entry(
                        "Task",
                        "t",
                        """
                        {"resourceType":"Task","status":"requested","intent":"order","code":{"coding":[\
                        {"system":"http://hl7.org/fhir/CodeSystem/task-code","code":"fulfill"}]},\
                        "focus":{"reference":"urn:uuid:s"},"for":{"reference":"urn:uuid:p"},\
                        "authoredOn":"2026-03-02T09:15:00-08:00","lastModified":"2026-03-02T09:15:00-08:00",\
                        "requester":{"reference":"Organization/{ehr}"},"owner":{"reference":"Organization/{clinic}"}}"""));
        return filled(text, number, directory);
    }

    /**
     * One visit as a clinic sends it: Encounter, pain before and after, a trigger point, two techniques and the note.
     *
     * @param day day of the visit, such as {@code 2026-03-09}
     */
    static String session(String number, String day, Referred referred, Directory directory) {
        var about = "\"subject\":{\"reference\":\"{patient}\"},\"encounter\":{\"reference\":\"urn:uuid:e\"}";
        var based = "\"basedOn\":[{\"reference\":\"{referral}\"}]";
        var therapist = "{\"reference\":\"{therapist}\"}";
        var text = bundle(
                entry(
                        "Encounter",
                        "e",
                        """
                        {"resourceType":"Encounter","identifier":[{"system":"{system}visit","value":"{number}"}],\
                        "status":"finished","class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode",\
                        "code":"AMB"},"type":[{"coding":[{"system":"https://tenderpoint.org/fhir/CodeSystem/massage",\
                        "code":"treatment"}]}],"subject":{"reference":"{patient}"},%s,\
                        "participant":[{"individual":%s}],"period":{"start":"{day}T10:00:00-08:00",\
                        "end":"{day}T11:05:00-08:00"},"serviceProvider":{"reference":"Organization/{clinic}"}}"""
                                .formatted(based, therapist)),
                entry("Observation", "o1", pain("pre", 6, "10:05", about, based)),
                entry("Observation", "o2", pain("post", 3, "11:00", about, based)),
                entry(
                        "Observation",
                        "o3",
                        """
                        {"resourceType":"Observation","identifier":[{"system":"{system}finding","value":"{number}"}],\
                        "status":"final","category":[{"coding":[\
                        {"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"exam"}]}],\
                        "code":{"coding":[{"system":"https://tenderpoint.org/fhir/CodeSystem/massage",\
                        "code":"trigger-point"}],"text":"Trigger point"},%s,%s,\
                        "effectiveDateTime":"{day}T10:08:00-08:00","performer":[%s],\
                        "bodySite":{"coding":[{"system":"http://snomed.info/sct","code":"6001004"}],\
                        "text":"Quadratus lumborum"},"component":[{"code":{"coding":[\
                        {"system":"https://tenderpoint.org/fhir/CodeSystem/massage","code":"side"}]},\
                        "valueCodeableConcept":{"coding":[{"system":"http://snomed.info/sct","code":"24028007"}]}},\
                        {"code":{"coding":[{"system":"https://tenderpoint.org/fhir/CodeSystem/massage",\
                        "code":"reproduces-familiar-pain"}]},"valueBoolean":true}]}"""
                                .formatted(about, based, therapist)),
                entry("Procedure", "t1", technique("myofascial-release", "97140", "10:10", "10:35", about, based)),
                entry("Procedure", "t2", technique("effleurage", "97124", "10:35", "10:58", about, based)),
                entry(
                        "Composition",
                        "n",
                        """
                        {"resourceType":"Composition","identifier":{"system":"{system}note","value":"{number}"},\
                        "status":"final","type":{"coding":[{"system":"http://loinc.org","code":"11506-3"}]},%s,\
                        "date":"{day}T11:05:00-08:00","author":[%s],"title":"Massage session note","section":[\
                        {"title":"Subjective","code":{"coding":[{"system":"http://loinc.org","code":"61150-9"}]},\
                        "text":{"status":"generated","div":"<div xmlns=\\"http://www.w3.org/1999/xhtml\\">Low back stiff \
                        in the morning, 6 of 10; slept through two nights this week.</div>"}},\
                        {"title":"Objective","code":{"coding":[{"system":"http://loinc.org","code":"61149-1"}]},\
                        "text":{"status":"generated","div":"<div xmlns=\\"http://www.w3.org/1999/xhtml\\">Active trigger \
                        point in the right quadratus lumborum.</div>"},"entry":[{"reference":"urn:uuid:o3"}]},\
                        {"title":"Plan","code":{"coding":[{"system":"http://loinc.org","code":"18776-5"}]},\
                        "text":{"status":"generated","div":"<div xmlns=\\"http://www.w3.org/1999/xhtml\\">Continue weekly; \
                        stretches at home.</div>"}}]}"""
                                .formatted(about, therapist)));
        return filled(text, number, directory)
                .replace("{day}", day)
                .replace("{patient}", referred.patient())
                .replace("{referral}", referred.referral());
    }

    private static String pain(String phase, int points, String time, String about, String based) {
        return """
                {"resourceType":"Observation","extension":[\
                {"url":"https://tenderpoint.org/fhir/StructureDefinition/session-phase","valueCode":"%s"}],\
                "identifier":[{"system":"{system}pain-%s","value":"{number}"}],\
                "status":"final","category":[{"coding":[\
                {"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"survey"}]}],\
                "code":{"coding":[{"system":"http://loinc.org","code":"72514-3"}],"text":"Pain 0-10"},%s,%s,\
                "effectiveDateTime":"{day}T%s:00-08:00","performer":[{"reference":"{patient}"}],\
                "valueQuantity":{"value":%d,"unit":"{score}","system":"http://unitsofmeasure.org","code":"{score}"}}"""
                .formatted(phase, phase, about, based, time, points);
    }

    private static String technique(String what, String cpt, String from, String to, String about, String based) {
        return """
                {"resourceType":"Procedure","identifier":[{"system":"{system}technique-%s","value":"{number}"}],\
                "status":"completed","code":{"coding":[{"system":"http://snomed.info/sct","code":"387854002"},\
                {"system":"https://tenderpoint.org/fhir/CodeSystem/massage","code":"%s"},\
                {"system":"http://www.ama-assn.org/go/cpt","code":"%s"}]},%s,%s,\
                "performedPeriod":{"start":"{day}T%s:00-08:00","end":"{day}T%s:00-08:00"},\
                "performer":[{"actor":{"reference":"{therapist}"}}],\
                "bodySite":[{"coding":[{"system":"http://snomed.info/sct","code":"52612000"}],"text":"Lumbar region"}]}"""
                .formatted(cpt, what, cpt, about, based, from, to);
    }

    private static String filled(String text, String number, Directory directory) {
        return text.replace("{system}", SYSTEM)
                .replace("{number}", number)
                .replace("{ehr}", directory.ehr())
                .replace("{clinic}", directory.clinic())
                .replace("{insurer}", directory.insurer())
                .replace("{therapist}", "Practitioner/" + directory.therapist());
    }

    private static String entry(String type, String fullUrl, String resource) {
        return "{\"fullUrl\":\"urn:uuid:%s\",\"resource\":%s,\"request\":{\"method\":\"POST\",\"url\":\"%s\"}}"
                .formatted(fullUrl, resource, type);
    }

    private static String bundle(String... entries) {
        return "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[" + String.join(",", entries) + "]}";
    }

    /** FHIR ids of the directory. */
    record Directory(String ehr, String clinic, String insurer, String therapist) {}

    /** A referred patient: references of the Patient and of the ServiceRequest. */
    record Referred(String patient, String referral) {}
}
