package org.tenderpoint.profile;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.junit.jupiter.api.Test;

/** The committed guide belongs to its sources, and every rule in it has both examples. */
class GuideTest {

    private static final Path GUIDE = Path.of("profiles");
    private static final Path SOURCES = GUIDE.resolve("input/fsh");
    private static final Path FAILING = GUIDE.resolve("input/failing");
    private static final Path COMPILED = GUIDE.resolve("fsh-generated/resources");
    private static final Pattern INVARIANT = Pattern.compile("(?m)^Invariant: (\\S+)$");

    @Test
    void compiledGuideIsThatOfTheSources() throws IOException {
        var compiledFrom = Files.readAllLines(GUIDE.resolve("fsh-generated/compiled-from.sha256"));

        var standing = Stream.concat(Stream.of(GUIDE.resolve("sushi-config.yaml")), sources().stream())
                .map(file -> sha256(file) + "  " + GUIDE.relativize(file))
                .toList();

        assertThat(standing)
                .as("profiles/compile.sh makes them agree")
                .containsExactlyInAnyOrderElementsOf(compiledFrom);
    }

    @Test
    void everyInvariantHasAPassingAndAFailingExample() throws IOException {
        var invariants = new HashSet<String>();
        for (var file : sources()) {
            INVARIANT.matcher(Files.readString(file)).results().forEach(found -> invariants.add(found.group(1)));
        }

        assertThat(invariants).isNotEmpty();
        assertThat(names(COMPILED))
                .containsAll(invariants.stream()
                        .map(invariant -> invariant + "-pass.json")
                        .toList());
        assertThat(names(FAILING))
                .containsExactlyInAnyOrderElementsOf(invariants.stream()
                        .map(invariant -> invariant + "-fail.json")
                        .toList());
    }

    @Test
    void everyWordOfOursSaysWhereItComesFrom() throws IOException {
        var silent = new HashSet<String>();
        var words = 0;
        for (var file : names(COMPILED)) {
            var path = COMPILED.resolve("CodeSystem-" + file);
            if (Files.exists(path)) {
                var system = FhirContext.forR4Cached()
                        .newJsonParser()
                        .parseResource(CodeSystem.class, Files.readString(path));
                for (var concept : words(system.getConcept()).toList()) {
                    words++;
                    if (concept.getProperty().stream()
                            .noneMatch(property -> property.getCode().equals("source")
                                    && !property.getValue().primitiveValue().isBlank())) {
                        silent.add(concept.getCode());
                    }
                }
            }
        }

        assertThat(words).isGreaterThan(250);
        assertThat(silent).isEmpty();
    }

    /** All codes that may be used, and no headings. */
    private static Stream<ConceptDefinitionComponent> words(java.util.List<ConceptDefinitionComponent> concepts) {
        return concepts.stream()
                .flatMap(concept -> concept.hasConcept() ? words(concept.getConcept()) : Stream.of(concept));
    }

    private static java.util.List<Path> sources() throws IOException {
        try (var files = Files.list(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".fsh")).toList();
        }
    }

    /** File names, without the resource type that SUSHI puts before them. */
    private static java.util.Set<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString().replaceFirst("^[A-Z][A-Za-z]*-", ""))
                    .collect(Collectors.toSet());
        }
    }

    private static String sha256(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (IOException | NoSuchAlgorithmException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
