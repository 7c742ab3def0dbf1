package org.tenderpoint.chart;

import ca.uhn.fhir.context.FhirContext;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Resource;
import org.tenderpoint.demo.DemoFixtures;

/** Every fixture, every profile example, the whole demonstration, the stored Synthea patients, and each type filled in. */
final class Examples {

    private static final FhirContext FHIR = FhirContext.forR4Cached();
    private static final Path FIXTURES = Path.of("src/test/resources");
    private static final Path EXAMPLES = Path.of("profiles/fsh-generated/resources");

    /** Whom a resource belongs to is a Patient, and nothing else is taken. */
    private static final String PATIENT = "Patient/00000000-0000-4000-8000-000000000001";

    private Examples() {}

    /** All of them, by type; what is in a Bundle also by itself. */
    static Map<String, List<Resource>> byType() {
        var byType = new HashMap<String, List<Resource>>();
        var filled = RecordTypes.all().stream().flatMap(type -> FilledResources.of(FHIR, type.resourceClass())
                .peek(resource -> type.patientOf(resource).ifPresent(patient -> patient.setReference(PATIENT))));
        Stream.of(
                        fixtures(FIXTURES),
                        fixtures(EXAMPLES),
                        DemoFixtures.resources(LocalDate.of(2026, 4, 1)),
                        synthea(),
                        filled)
                .flatMap(resources -> resources)
                .flatMap(Examples::withEntries)
                .forEach(resource -> byType.computeIfAbsent(resource.fhirType(), type -> new ArrayList<>())
                        .add(resource));
        return byType;
    }

    /** A resource and, where it is a Bundle, what is in it, with references as the chart rewrites them. */
    private static Stream<Resource> withEntries(Resource resource) {
        if (!(resource instanceof Bundle bundle)) {
            return Stream.of(resource);
        }
        var byUrl = new HashMap<String, String>();
        bundle.getEntry().stream()
                .filter(entry -> entry.hasResource())
                .forEach(entry ->
                        byUrl.put(entry.getFullUrl(), entry.getResource().fhirType() + "/1"));
        for (var entry : bundle.getEntry()) {
            if (entry.hasResource()) {
                References.in(entry.getResource()).references().forEach(found -> {
                    var text = found.reference().getReference();
                    found.reference().setReference(byUrl.getOrDefault(text, text.replaceFirst("\\?.*", "/1")));
                });
            }
        }
        return Stream.concat(
                Stream.of(resource),
                bundle.getEntry().stream().filter(entry -> entry.hasResource()).map(entry -> entry.getResource()));
    }

    private static Stream<Resource> fixtures(Path folder) {
        try (var files = Files.walk(folder)) {
            return files
                    .filter(file -> file.toString().endsWith(".json"))
                    // Tables of cases, which hold resources and are none.
                    .filter(file -> !file.startsWith(FIXTURES.resolve("bad-input")))
                    .filter(file -> !file.startsWith(FIXTURES.resolve("org/tenderpoint/screening")))
                    .sorted()
                    .map(Examples::read)
                    .filter(text -> text.contains("\"resourceType\""))
                    .map(Examples::parse)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Resource> synthea() {
        try (var lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(FIXTURES.resolve("synthea/adults.ndjson.gz"))),
                StandardCharsets.UTF_8))) {
            return lines.lines().map(Examples::parse).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Resource parse(String json) {
        return (Resource) FHIR.newJsonParser()
                .parseResource(json.replaceAll("\\{\\{[a-z-]+}}", "00000000-0000-4000-8000-000000000001"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
