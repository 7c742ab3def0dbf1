package org.tenderpoint.matrix;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is written, in the seed and in the cells. */
public final class Bodies {

    /** A label: for healthcare payment. */
    public static final String FOR_PAYMENT =
            "\"meta\":{\"security\":[{\"system\":\"http://terminology.hl7.org/CodeSystem/v3-ActReason\","
                    + "\"code\":\"HPAYMT\"}]},";

    private Bodies() {}

    static String patient(String numbers, String number) {
        return """
                {"resourceType":"Patient","identifier":[{"system":"%s","value":"%s"}],
                 "name":[{"family":"Quist","given":["Nora"]}],"birthDate":"1979-05-14","gender":"female",
                 "telecom":[{"system":"phone","value":"+1-555-0142"}],"address":[{"city":"CANARY-city"}]}"""
                .formatted(Seed.NUMBERS + numbers, number);
    }

    static String referral(String patient, String requester) {
        return """
                {"resourceType":"ServiceRequest","status":"active","intent":"order",
                 "code":{"coding":[{"system":"http://snomed.info/sct","code":"103700007"}]},
                 "subject":{"reference":"%s"},"requester":{"reference":"Organization/%s"},
                 "reasonCode":[{"text":"Low back pain"}]}"""
                .formatted(patient, requester);
    }

    static String encounter(String patient) {
        return """
                {"resourceType":"Encounter","status":"finished","subject":{"reference":"%s"},
                 "class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"AMB"},
                 "period":{"start":"2026-06-01T10:00:00Z","end":"2026-06-01T10:50:00Z"}}"""
                .formatted(patient);
    }

    static String pain(String patient, String encounter, int points) {
        return """
                {"resourceType":"Observation","status":"final","subject":{"reference":"%s"},
                 "category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category",
                  "code":"survey"}]}],
                 "code":{"coding":[{"system":"http://loinc.org","code":"72514-3"}]},
                 "encounter":{"reference":"%s"},"effectiveDateTime":"2026-06-01T10:05:00Z",
                 "valueQuantity":{"value":%d,"unit":"{score}","system":"http://unitsofmeasure.org",
                  "code":"{score}"}}"""
                .formatted(patient, encounter, points);
    }

    static String observation(String patient) {
        return """
                {"resourceType":"Observation","status":"final","subject":{"reference":"%s"},
                 "category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category",
                  "code":"exam"}]}],"code":{"text":"Remark"},"valueString":"CANARY-remark"}"""
                .formatted(patient);
    }

    static String sensitive(String patient) {
        return observation(patient)
                .replace(
                        "\"status\"",
                        """
                        "meta":{"security":[
                         {"system":"http://terminology.hl7.org/CodeSystem/v3-Confidentiality","code":"R"},
                         {"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"42CFRPart2"}]},"status\"""");
    }

    public static String composition(String patient, String author) {
        return """
                {"resourceType":"Composition","status":"final","subject":{"reference":"%s"},"date":"2026-06-02",
                 "type":{"coding":[{"system":"http://loinc.org","code":"11506-3"}]},"title":"Progress",
                 "author":[{"reference":"Organization/%s"}]}"""
                .formatted(patient, author);
    }

    static String treatmentSummary(String patient, String author, String number) {
        return """
                {"resourceType":"Bundle",%s"type":"document","timestamp":"2026-06-02T10:00:00Z",
                 "identifier":{"system":"urn:ietf:rfc:3986","value":"urn:uuid:00000000-0000-4000-8000-%012d"},
                 "entry":[{"fullUrl":"urn:uuid:00000000-0000-4000-8000-0000000000aa","resource":%s}]}"""
                .formatted(FOR_PAYMENT, Integer.parseInt(number), composition(patient, author));
    }

    public static String sent(String patient, String recipient, String what, String label) {
        return """
                {"resourceType":"Communication",%s"status":"completed","subject":{"reference":"%s"},
                 "recipient":[{"reference":"Organization/%s"}],"payload":[{"contentReference":{"reference":"%s"}}]}"""
                .formatted(label, patient, recipient, what);
    }

    public static String consent(String patient, String permitted, String status) {
        return """
                {"resourceType":"Consent","status":"%s","patient":{"reference":"%s"},"dateTime":"2026-05-01",
                 "scope":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/consentscope",
                  "code":"patient-privacy"}]},
                 "category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode",
                  "code":"IDSCL"}]}],
                 "policyRule":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode",
                  "code":"OPTIN"}]},
                 "provision":{"type":"permit","actor":[{
                  "role":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ParticipationType",
                   "code":"PRCP"}]},
                  "reference":{"reference":"Organization/%s"}}]}}"""
                .formatted(status, patient, permitted);
    }

    static String procedure(String patient) {
        return """
                {"resourceType":"Procedure","status":"completed","subject":{"reference":"%s"},
                 "code":{"text":"Massage"}}"""
                .formatted(patient);
    }

    static String entry(String fullUrl, String type, String resource, @Nullable String ifNoneExist) {
        return """
                {"fullUrl":"%s","resource":%s,"request":{"method":"POST","url":"%s"%s}}"""
                .formatted(
                        fullUrl, resource, type, ifNoneExist == null ? "" : ",\"ifNoneExist\":\"" + ifNoneExist + "\"");
    }

    static String transaction(List<String> entries) {
        return bundle("transaction", entries);
    }

    static String bundle(String type, List<String> entries) {
        return "{\"resourceType\":\"Bundle\",\"type\":\"" + type + "\",\"entry\":[" + String.join(",", entries) + "]}";
    }

    /** The resource with the id that it is put under. */
    public static String withId(String resource, String id) {
        return resource.replaceFirst(
                "\\{\"resourceType\":\"([A-Za-z]+)\"", "{\"resourceType\":\"$1\",\"id\":\"" + id + "\"");
    }

    /** Where somebody wants to be notified. */
    static String endpoint(String organization, String address) {
        return """
                {"resourceType":"Endpoint","status":"test","name":"Notifications",
                 "connectionType":{"system":"http://terminology.hl7.org/CodeSystem/endpoint-connection-type",
                  "code":"hl7-fhir-rest"},
                 "managingOrganization":{"reference":"%s"},
                 "payloadType":[{"text":"FHIR notifications"}],"payloadMimeType":["application/fhir+json"],
                 "address":"%s"}"""
                .formatted(organization, address);
    }

    /** Follows referrals. */
    static String subscription(String address) {
        return """
                {"resourceType":"Subscription","status":"requested","reason":"To follow referrals",
                 "criteria":"http://hl7.org/fhir/us/sdoh-clinicalcare/SubscriptionTopic/Task",
                 "channel":{"type":"rest-hook","endpoint":"%s","payload":"application/fhir+json",
                  "_payload":{"extension":[{"valueCode":"id-only","url":
                  "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/backport-payload-content"}]}}}"""
                .formatted(address);
    }
}
