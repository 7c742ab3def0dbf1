package org.tenderpoint.synthea;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.tenderpoint.synthea.SyntheaJson.MAPPER;
import static org.tenderpoint.synthea.SyntheaJson.elements;
import static org.tenderpoint.synthea.SyntheaJson.entries;
import static org.tenderpoint.synthea.SyntheaJson.resourceType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Referrals of patients nobody here wrote: the adults of {@code src/test/resources/synthea}, each as the transaction
 * Bundle an EHR sends. The Patient goes in under its medical record number, with its active Conditions, its active
 * MedicationRequests and its Coverage. ServiceRequest and Task, which Synthea does not make, are added.
 *
 * <p>What Synthea wrote goes in as it stands, apart from these references; a Bundle whose references lead nowhere is
 * refused, and rightly so:
 *
 * <ul>
 *   <li>{@code Condition.encounter} and {@code MedicationRequest.encounter} name a visit by the {@code urn:uuid:} of an
 *       Encounter. A referral does not bring the sender's visits along, so the reference turns logical: type and
 *       identifier. The identifier is the one Synthea's own Encounter carries.
 *   <li>{@code MedicationRequest.requester} is conditional, {@code Practitioner?identifier=<system>|<NPI>}. That works
 *       only where the receiver already knows the prescriber, and a massage practice does not. It turns logical, with
 *       the same system and value, and keeps its display.
 *   <li>{@code Coverage.payor} has a display and nothing else. The sender knows its payers in the receiver's directory,
 *       so the reference to the payer's Organization is added beside the display.
 *   <li>{@code Coverage.id} is dropped. It says {@code coverage} for everybody, being an anchor inside the
 *       ExplanationOfBenefit the Coverage was lifted out of.
 * </ul>
 *
 * <p>{@code subject}, {@code beneficiary} and {@code reasonReference} stay untouched and resolve inside the Bundle: a
 * Condition that is the reason for a prescription goes along even when it is resolved. Prescriptions that were stopped
 * stay behind, as a referral hands over the current list; with them stay the Medication resources, which only they name.
 */
public final class SyntheaReferrals {

    /** The system of the numbers under which the sending EHR files its referrals. */
    static final String PLACER_SYSTEM = "https://ehr.example.org/referral";

    /** The day Synthea's people are seen on, which is the day they are referred. */
    private static final String AUTHORED_ON = "2026-04-01T09:00:00Z";

    private static final String SYNTHEA_SYSTEM = "https://github.com/synthetichealth/synthea";
    private static final String V2_0203 = "http://terminology.hl7.org/CodeSystem/v2-0203";

    /** SNOMED CT codes one is sent to a massage for; where several apply, the first here is the reason. */
    private static final List<String> MASSAGE_REASONS = List.of(
            "278860009", // chronic low back pain
            "1121000119107", // chronic neck pain
            "203082005", // fibromyalgia
            "239873007", // osteoarthritis of knee
            "82423001", // chronic pain
            "73595000"); // stress

    private SyntheaReferrals() {}

    /** All adults of the fixture set, in the order of their ids. */
    public static List<Adult> adults() {
        var fixture = Objects.requireNonNull(
                SyntheaReferrals.class.getResourceAsStream("/synthea/" + SyntheaTrim.ALL_ADULTS));
        try (var lines = new BufferedReader(new InputStreamReader(new GZIPInputStream(fixture), UTF_8))) {
            return lines.lines().map(SyntheaReferrals::read).map(Adult::from).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * One of Synthea's people.
     *
     * @param name given name and family name, with the numbers Synthea puts behind them
     * @param patient the Bundle entry of the Patient
     * @param conditions the entries of all Conditions, active or not
     * @param medicationRequests the entries of all MedicationRequests, active or not
     * @param coverages the entries of the insurance the patient has now
     */
    public record Adult(
            String name,
            ObjectNode patient,
            List<ObjectNode> conditions,
            List<ObjectNode> medicationRequests,
            List<ObjectNode> coverages) {

        static Adult from(JsonNode bundle) {
            var patient = entriesOf("Patient", bundle).get(0);
            var name = patient.at("/resource/name/0");
            return new Adult(
                    name.at("/given/0").asText() + " " + name.path("family").asText(),
                    patient,
                    entriesOf("Condition", bundle),
                    entriesOf("MedicationRequest", bundle),
                    entriesOf("Coverage", bundle));
        }

        private static List<ObjectNode> entriesOf(String type, JsonNode bundle) {
            return entries(bundle)
                    .filter(entry -> type.equals(resourceType(entry.path("resource"))))
                    .toList();
        }

        /** The number under which the EHR filed this referral: the same one each time it is sent. */
        String placerNumber() {
            return "SYN-" + patient.at("/resource/id").asText();
        }

        /**
         * The referral of this adult to a clinic, the same bytes each time.
         *
         * @param requesterReference the referring Organization, e.g. {@code Organization/12}
         * @param clinicReference the Organization that is asked for the massage
         * @param payorReference the Organization that pays
         */
        public String referralBundle(String requesterReference, String clinicReference, String payorReference) {
            var bundle = MAPPER.createObjectNode().put("resourceType", "Bundle").put("type", "transaction");
            var entries = bundle.putArray("entry").add(conditionalPatient());
            sentConditions().map(Adult::withLogicalReferences).forEach(entries::add);
            activeMedicationRequests().map(Adult::withLogicalReferences).forEach(entries::add);
            coverages.stream()
                    .map(coverage -> withPayor(coverage, payorReference))
                    .forEach(entries::add);
            entries.add(serviceRequest(requesterReference));
            entries.add(task(requesterReference, clinicReference));
            return bundle.toString();
        }

        private ObjectNode conditionalPatient() {
            var entry = patient.deepCopy();
            var number = elements(entry.at("/resource/identifier"))
                    .filter(identifier ->
                            "MR".equals(identifier.at("/type/coding/0/code").asText()))
                    .findFirst()
                    .orElseThrow();
            var token =
                    number.path("system").asText() + "|" + number.path("value").asText();
            entry.withObjectProperty("request").put("ifNoneExist", "identifier=" + token);
            return entry;
        }

        private Stream<ObjectNode> sentConditions() {
            var prescribedFor = activeMedicationRequests()
                    .flatMap(request -> elements(request.at("/resource/reasonReference")))
                    .map(reason -> reason.path("reference").asText())
                    .toList();
            return conditions.stream()
                    .filter(condition -> isActive(condition) || prescribedFor.contains(fullUrl(condition)));
        }

        private Stream<ObjectNode> activeMedicationRequests() {
            return medicationRequests.stream().filter(request -> "active"
                    .equals(request.at("/resource/status").asText()));
        }

        private static boolean isActive(JsonNode condition) {
            return "active"
                    .equals(condition
                            .at("/resource/clinicalStatus/coding/0/code")
                            .asText());
        }

        private static ObjectNode withLogicalReferences(ObjectNode original) {
            var entry = original.deepCopy();
            var resource = entry.withObjectProperty("resource");
            var encounter = resource.at("/encounter/reference").asText().substring("urn:uuid:".length());
            resource.set("encounter", logical("Encounter", SYNTHEA_SYSTEM, encounter));
            if (resource.get("requester") instanceof ObjectNode requester) {
                // "Practitioner?identifier=http://hl7.org/fhir/sid/us-npi|9999967596"
                var parts = requester.path("reference").asText().split("\\?identifier=|\\|", -1);
                requester.remove("reference");
                requester.setAll(logical(parts[0], parts[1], parts[2]));
            }
            return entry;
        }

        private static ObjectNode withPayor(ObjectNode original, String payorReference) {
            var entry = original.deepCopy();
            var coverage = entry.withObjectProperty("resource");
            coverage.remove("id");
            for (JsonNode payor : coverage.withArrayProperty("payor")) {
                ((ObjectNode) payor).put("reference", payorReference);
            }
            return entry;
        }

        private ObjectNode serviceRequest(String requesterReference) {
            var order = MAPPER.createObjectNode().put("resourceType", "ServiceRequest");
            var placer = order.putArray("identifier").addObject();
            placer.set("type", concept(V2_0203, "PLAC", "Placer Identifier"));
            placer.put("system", PLACER_SYSTEM).put("value", placerNumber());
            placer.set("assigner", literal(requesterReference));
            order.put("status", "active").put("intent", "order");
            order.set("code", concept("http://snomed.info/sct", "103700007", "Patient referral to massage therapist"));
            order.set("subject", literal(fullUrl(patient)));
            order.put("authoredOn", AUTHORED_ON);
            order.set("requester", literal(requesterReference));
            order.putArray("reasonReference").add(literal(fullUrl(reason())));
            order.set("insurance", literals(coverages));
            return post(orderUrl(), order);
        }

        private ObjectNode task(String requesterReference, String clinicReference) {
            var task = MAPPER.createObjectNode().put("resourceType", "Task");
            task.put("status", "requested").put("intent", "order");
            task.set(
                    "code",
                    concept("http://hl7.org/fhir/CodeSystem/task-code", "fulfill", "Fulfill the focal request"));
            task.set("focus", literal(orderUrl()));
            task.set("for", literal(fullUrl(patient)));
            task.put("authoredOn", AUTHORED_ON);
            task.set("requester", literal(requesterReference));
            task.set("owner", literal(clinicReference));
            return post(urn("task"), task);
        }

        private ObjectNode reason() {
            var active = conditions.stream().filter(Adult::isActive).toList();
            return MASSAGE_REASONS.stream()
                    .flatMap(code -> active.stream().filter(condition -> code.equals(snomed(condition))))
                    .findFirst()
                    .orElseGet(() -> active.get(0));
        }

        private static String snomed(JsonNode condition) {
            return condition.at("/resource/code/coding/0/code").asText();
        }

        private String orderUrl() {
            return urn("order");
        }

        private String urn(String what) {
            return "urn:uuid:" + UUID.nameUUIDFromBytes((fullUrl(patient) + "#" + what).getBytes(UTF_8));
        }

        private static String fullUrl(JsonNode entry) {
            return entry.path("fullUrl").asText();
        }

        private static ObjectNode post(String fullUrl, ObjectNode resource) {
            var entry = MAPPER.createObjectNode().put("fullUrl", fullUrl);
            entry.set("resource", resource);
            entry.putObject("request").put("method", "POST").put("url", resourceType(resource));
            return entry;
        }

        private static ObjectNode concept(String system, String code, String display) {
            var concept = MAPPER.createObjectNode();
            concept.putArray("coding")
                    .addObject()
                    .put("system", system)
                    .put("code", code)
                    .put("display", display);
            return concept;
        }

        private static ObjectNode literal(String reference) {
            return MAPPER.createObjectNode().put("reference", reference);
        }

        private static ArrayNode literals(List<ObjectNode> entries) {
            var references = MAPPER.createArrayNode();
            entries.forEach(entry -> references.add(literal(fullUrl(entry))));
            return references;
        }

        private static ObjectNode logical(String type, String system, String value) {
            var reference = MAPPER.createObjectNode().put("type", type);
            reference.putObject("identifier").put("system", system).put("value", value);
            return reference;
        }
    }
}
