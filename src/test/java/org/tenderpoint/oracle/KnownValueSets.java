package org.tenderpoint.oracle;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.ValidationSupportContext;
import ca.uhn.fhir.context.support.ValueSetExpansionOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ValueSet;

/** Some of the project's value sets as HAPI's terminology expands them: those whose codes may stand anywhere. */
final class KnownValueSets {

    private static final Path FILES = Path.of("profiles/fsh-generated/resources");

    private static final List<String> ASKED =
            List.of("laterality", "active-passive", "session-phase", "starting-position", "trigger-point-state");

    private final Map<String, List<Coding>> byUrl = new TreeMap<>();

    KnownValueSets(FhirContext fhir) {
        var given = new PrePopulatedValidationSupport(fhir);
        files(fhir, "CodeSystem", CodeSystem.class).forEach(given::addCodeSystem);
        var sets = files(fhir, "ValueSet", ValueSet.class).toList();
        sets.forEach(given::addValueSet);
        var chain = new ValidationSupportChain(given, new InMemoryTerminologyServerValidationSupport(fhir));
        for (var set : sets) {
            if (ASKED.contains(set.getIdElement().getIdPart())) {
                byUrl.put(set.getUrl(), expanded(chain, set));
            }
        }
    }

    private static List<Coding> expanded(ValidationSupportChain chain, ValueSet set) {
        var expansion = Objects.requireNonNull(
                chain.expandValueSet(new ValidationSupportContext(chain), new ValueSetExpansionOptions(), set));
        return ((ValueSet) Objects.requireNonNull(expansion.getValueSet()))
                .getExpansion().getContains().stream()
                        .map(code -> new Coding(code.getSystem(), code.getCode(), null))
                        .toList();
    }

    List<String> urls() {
        return List.copyOf(byUrl.keySet());
    }

    List<Coding> codes(String url) {
        return byUrl.get(url);
    }

    /** All codes of all of them. */
    List<Coding> codes() {
        return byUrl.values().stream().flatMap(List::stream).toList();
    }

    private static <T extends Resource> Stream<T> files(FhirContext fhir, String type, Class<T> resourceClass) {
        try (var files = Files.list(FILES)) {
            return files.filter(file -> file.getFileName().toString().startsWith(type + "-")).sorted().toList().stream()
                    .map(file -> fhir.newJsonParser().parseResource(resourceClass, read(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
