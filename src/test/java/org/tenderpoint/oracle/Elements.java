package org.tenderpoint.oracle;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeSearchParam;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.model.entity.StorageSettings;
import ca.uhn.fhir.jpa.searchparam.extractor.SearchParamExtractorR4;
import ca.uhn.fhir.rest.api.RestSearchParameterTypeEnum;
import ca.uhn.fhir.rest.server.util.FhirContextSearchParamRegistry;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.exceptions.FHIRException;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Resource;

/** What a search parameter looks at: the official FHIRPath expression, evaluated by HAPI. */
final class Elements {

    private final FhirContext fhir;
    private final StorageSettings settings = new StorageSettings();
    private final ISearchParamRegistry registry;
    private final SearchParamExtractorR4 extractor;
    private final Map<List<String>, List<Base>> remembered = new HashMap<>();

    Elements(FhirContext fhir) {
        this.fhir = fhir;
        this.registry = new FhirContextSearchParamRegistry(fhir);
        this.extractor = new SearchParamExtractorR4(settings, new PartitionSettings(), fhir, registry);
        extractor.start();
    }

    FhirContext fhir() {
        return fhir;
    }

    StorageSettings settings() {
        return settings;
    }

    ISearchParamRegistry registry() {
        return registry;
    }

    SearchParamExtractorR4 extractor() {
        return extractor;
    }

    /** The official definition of a parameter, if R4 has one. */
    Optional<RuntimeSearchParam> definition(String type, String param) {
        return Optional.ofNullable(fhir.getResourceDefinition(type).getSearchParam(param));
    }

    RestSearchParameterTypeEnum kind(String type, String param) {
        return definition(type, param).orElseThrow().getParamType();
    }

    /** The elements that the parameter finds in a resource. */
    List<Base> of(Resource resource, String param) {
        return remembered.computeIfAbsent(
                List.of(resource.fhirType(), resource.getIdElement().getIdPart(), param),
                key -> alternatives(definition(resource.fhirType(), param)
                                .orElseThrow()
                                .getPath())
                        .stream()
                        .flatMap(path -> evaluated(resource, path).stream())
                        .toList());
    }

    /** A union's parts: HAPI's engine compares amounts in a union by UCUM, which it does not bring along. */
    private static List<String> alternatives(String path) {
        var parts = new ArrayList<String>();
        var depth = 0;
        var start = 0;
        for (int i = 0; i < path.length(); i++) {
            switch (path.charAt(i)) {
                case '(' -> depth++;
                case ')' -> depth--;
                case '|' -> {
                    if (depth == 0) {
                        parts.add(path.substring(start, i).strip());
                        start = i + 1;
                    }
                }
                default -> {
                    // part of a path
                }
            }
        }
        parts.add(path.substring(start).strip());
        return parts;
    }

    private List<Base> evaluated(Resource resource, String path) {
        try {
            return extractor.getPathValueExtractor(resource, path).get().stream()
                    .map(Base.class::cast)
                    .filter(element -> !element.isEmpty())
                    .toList();
        } catch (FHIRException e) {
            throw new AssertionError(path, e);
        }
    }
}
