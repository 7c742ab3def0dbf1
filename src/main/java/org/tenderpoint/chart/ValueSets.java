package org.tenderpoint.chart;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.r4.model.ValueSet.ConceptSetComponent;
import org.hl7.fhir.r4.model.ValueSet.ConceptSetFilterComponent;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.tenderpoint.issue.Refused;

/** The value sets that come with the server, for {@code :in} and {@code :not-in}; read when first asked for. */
final class ValueSets {

    private static final String FILES = "classpath*:org/tenderpoint/profile/";

    private volatile @Nullable Map<String, List<Coding>> byUrl;

    /** @throws Refused 400 for a value set that does not come with the server */
    List<Coding> require(String url) {
        var codes = all().get(url);
        if (codes == null) {
            throw QueryReader.invalid(
                    "search-value-set-unknown",
                    url,
                    "Known value sets: "
                            + String.join(", ", all().keySet().stream().sorted().toList()) + ".");
        }
        return codes;
    }

    private Map<String, List<Coding>> all() {
        var known = byUrl;
        if (known == null) {
            known = read();
            byUrl = known;
        }
        return known;
    }

    private static Map<String, List<Coding>> read() {
        var systems = new HashMap<String, CodeSystem>();
        files("CodeSystem-*.json", CodeSystem.class).forEach(system -> systems.put(system.getUrl(), system));
        var sets = new HashMap<String, List<Coding>>();
        for (var set : files("ValueSet-*.json", ValueSet.class)) {
            var codes = new ArrayList<Coding>();
            set.getCompose().getInclude().forEach(include -> codes.addAll(codes(include, systems)));
            sets.put(set.getUrl(), List.copyOf(codes));
        }
        return Map.copyOf(sets);
    }

    private static List<Coding> codes(ConceptSetComponent include, Map<String, CodeSystem> systems) {
        var codes = new ArrayList<Coding>();
        include.getConcept().forEach(concept -> codes.add(new Coding(include.getSystem(), concept.getCode(), null)));
        if (!include.hasConcept()) {
            var system = systems.get(include.getSystem());
            if (system == null) {
                throw new IllegalStateException("a value set takes all of a code system that is not here");
            }
            collect(system.getConcept(), include, !include.hasFilter(), codes);
        }
        return codes;
    }

    private static void collect(
            List<ConceptDefinitionComponent> concepts,
            ConceptSetComponent include,
            boolean inside,
            List<Coding> codes) {
        for (var concept : concepts) {
            if (inside) {
                codes.add(new Coding(include.getSystem(), concept.getCode(), null));
            }
            var below = inside || include.getFilter().stream().anyMatch(filter -> beginsAt(filter, concept));
            collect(concept.getConcept(), include, below, codes);
        }
    }

    private static boolean beginsAt(ConceptSetFilterComponent filter, ConceptDefinitionComponent concept) {
        if (filter.getOp() != ValueSet.FilterOperator.DESCENDENTOF) {
            throw new IllegalStateException("a value set has a filter that is not understood: " + filter.getOp());
        }
        return filter.getValue().equals(concept.getCode());
    }

    private static <T extends Resource> List<T> files(String pattern, Class<T> type) {
        try {
            var parser = FhirContext.forR4Cached().newJsonParser();
            var read = new ArrayList<T>();
            for (var file : new PathMatchingResourcePatternResolver().getResources(FILES + pattern)) {
                try (var stream = file.getInputStream()) {
                    read.add(parser.parseResource(type, stream));
                }
            }
            return read;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
