package org.tenderpoint.synthea;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.tenderpoint.synthea.SyntheaJson.MAPPER;
import static org.tenderpoint.synthea.SyntheaJson.elements;
import static org.tenderpoint.synthea.SyntheaJson.entries;
import static org.tenderpoint.synthea.SyntheaJson.resourceType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/**
 * Turns Synthea's export into the fixtures of this package; the Maven profile {@code synthea} runs it.
 *
 * <p>It selects entries and leaves their content alone: Patient, Condition, MedicationRequest, and the Medication
 * resources those requests name. Synthea has no Coverage entry; it puts one as {@code #coverage} into each
 * ExplanationOfBenefit. The Coverage of the newest ExplanationOfBenefit is the insurance the patient has now, so that
 * one becomes an entry, as it stands, with a fullUrl derived from the ExplanationOfBenefit it came from.
 */
final class SyntheaTrim {

    static final String ALL_ADULTS = "adults.ndjson.gz";

    /** The Bundles that are kept readable, by what they show. Another seed makes other patients: choose again then. */
    static final Map<String, String> READABLE = Map.of(
            "0a3f8824-edc5-944d-2079-bfda8037ad55", "bundle-low-back-pain-on-opioids.json",
            "36de2978-7464-bb51-d052-cfa6ab2ea1f1", "bundle-on-clopidogrel.json",
            "4231edd8-2d8f-f123-d55e-3123fda35238", "bundle-knee-osteoarthritis.json",
            "8d42e335-26da-5965-627a-d66ac6071f97", "bundle-without-medications.json");

    private static final Set<String> KEPT = Set.of("Patient", "Condition", "MedicationRequest");

    private SyntheaTrim() {}

    /** Reads the patient Bundles in the directory {@code args[0]} and writes the fixtures into {@code args[1]}. */
    public static void main(String[] args) throws IOException {
        var exported = Path.of(args[0]);
        var fixtures = Path.of(args[1]);
        try (var files = Files.list(exported);
                var adults = new BufferedWriter(new OutputStreamWriter(
                        new GZIPOutputStream(Files.newOutputStream(fixtures.resolve(ALL_ADULTS))), UTF_8))) {
            for (Path file : files.sorted().toList()) {
                var bundle = trim(MAPPER.readTree(file.toFile()));
                adults.write(MAPPER.writeValueAsString(bundle));
                adults.write('\n');
                var readable = READABLE.get(file.getFileName().toString().replace(".json", ""));
                if (readable != null) {
                    var pretty = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(bundle);
                    Files.writeString(fixtures.resolve(readable), pretty + "\n");
                }
            }
        }
    }

    private static ObjectNode trim(JsonNode exported) {
        var kept = entries(exported)
                .filter(entry -> KEPT.contains(resourceType(entry.path("resource"))))
                .toList();
        var medications = kept.stream()
                .map(entry ->
                        entry.at("/resource/medicationReference/reference").asText())
                .collect(Collectors.toSet());
        var trimmed = MAPPER.createObjectNode();
        trimmed.set("resourceType", exported.path("resourceType"));
        trimmed.set("type", exported.path("type"));
        var entries = trimmed.putArray("entry").addAll(kept);
        entries(exported)
                .filter(entry -> medications.contains(entry.path("fullUrl").asText()))
                .forEach(entries::add);
        currentCoverage(exported).ifPresent(entries::add);
        return trimmed;
    }

    private static Optional<ObjectNode> currentCoverage(JsonNode exported) {
        return entries(exported)
                .filter(entry -> "ExplanationOfBenefit".equals(resourceType(entry.path("resource"))))
                .max(Comparator.comparing(entry -> entry.at("/resource/created").asText()))
                .flatMap(newest -> contained(newest).map(coverage -> {
                    var source = newest.path("fullUrl").asText() + "#coverage";
                    var entry = MAPPER.createObjectNode();
                    entry.put("fullUrl", "urn:uuid:" + UUID.nameUUIDFromBytes(source.getBytes(UTF_8)));
                    entry.set("resource", coverage);
                    entry.putObject("request").put("method", "POST").put("url", "Coverage");
                    return entry;
                }));
    }

    private static Optional<JsonNode> contained(JsonNode explanationOfBenefit) {
        return elements(explanationOfBenefit.at("/resource/contained"))
                .filter(resource -> "Coverage".equals(resourceType(resource)))
                .findFirst();
    }
}
