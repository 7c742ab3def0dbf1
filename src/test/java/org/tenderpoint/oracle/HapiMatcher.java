package org.tenderpoint.oracle;

import ca.uhn.fhir.jpa.model.entity.ResourceLink;
import ca.uhn.fhir.jpa.model.entity.ResourceLink.ResourceLinkForLocalReferenceParams;
import ca.uhn.fhir.jpa.model.entity.ResourceTable;
import ca.uhn.fhir.jpa.searchparam.MatchUrlService;
import ca.uhn.fhir.jpa.searchparam.extractor.ISearchParamExtractor;
import ca.uhn.fhir.jpa.searchparam.extractor.ResourceIndexedSearchParams;
import ca.uhn.fhir.jpa.searchparam.extractor.SearchParamExtractionUtil;
import ca.uhn.fhir.jpa.searchparam.matcher.InMemoryResourceMatcher;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.beans.DirectFieldAccessor;
import org.springframework.context.support.GenericApplicationContext;
import org.tenderpoint.oracle.Search.Criterion;

/** HAPI's matcher of one resource against one search, over HAPI's own index values; no database, nothing stood in for. */
final class HapiMatcher {

    private final Elements elements;
    private final InMemoryResourceMatcher matcher = new InMemoryResourceMatcher();
    private final MatchUrlService urls;
    private final SearchParamExtractionUtil extraction;
    private final Map<String, ResourceIndexedSearchParams> indexed = new HashMap<>();

    HapiMatcher(Elements elements) {
        this.elements = elements;
        this.urls = new MatchUrlService(elements.fhir(), elements.registry());
        this.extraction =
                new SearchParamExtractionUtil(elements.fhir(), elements.settings(), elements.extractor(), null);
        var context = new GenericApplicationContext();
        context.refresh();
        // Its collaborators are injected into fields; a container for the sake of four of them would be longer.
        var fields = new DirectFieldAccessor(matcher);
        fields.setPropertyValue("myApplicationContext", context);
        fields.setPropertyValue("mySearchParamRegistry", elements.registry());
        fields.setPropertyValue("myStorageSettings", elements.settings());
        fields.setPropertyValue("myFhirContext", elements.fhir());
        fields.setPropertyValue("myMatchUrlService", urls);
    }

    /** Whether the resource matches; empty where the matcher says that it does not support something in the search. */
    Optional<Boolean> matches(Resource resource, Search search) {
        var definition = elements.fhir().getResourceDefinition(search.type());
        var criteria = urls.translateMatchUrl(search.type() + "?" + search.criteriaUrl(), definition);
        var answer = matcher.match(criteria, resource, definition, indexOf(resource));
        return answer.supported() ? Optional.of(answer.matched()) : Optional.empty();
    }

    /** True where the matcher answers such searches at all. It looks at the first of several values, so each is asked for. */
    boolean supports(Search search) {
        return search.criteria().stream().allMatch(criterion -> criterion.values().stream()
                .allMatch(value -> supports(search.type(), criterion, value)));
    }

    private boolean supports(String type, Criterion criterion, String value) {
        // It says so of :missing for all other kinds; for tokens 8.8.0 runs into a null instead. That it takes an
        // identifier
        // for an id it does not say, and value sets it is not given.
        if (criterion.name().matches(".*:(missing|identifier|in|not-in)")) {
            return false;
        }
        var alone = new Search(type, List.of(new Criterion(criterion.name(), List.of(value))), List.of(), List.of(), 1);
        return matcher.canBeEvaluatedInMemory(type + "?" + alone.criteriaUrl()).supported();
    }

    private ResourceIndexedSearchParams indexOf(Resource resource) {
        return indexed.computeIfAbsent(
                resource.getIdElement().toUnqualifiedVersionless().getValue(), key -> {
                    var index = ResourceIndexedSearchParams.withSets();
                    extraction.extractSearchIndexParameters(null, index, resource, ISearchParamExtractor.ALL_PARAMS);
                    var source = new ResourceTable();
                    source.setResourceType(resource.fhirType());
                    for (var link : elements.extractor().extractResourceLinks(resource, false)) {
                        if (link.getRef() == null
                                || !link.getRef().getReferenceElement().hasIdPart()) {
                            continue;
                        }
                        var target = link.getRef().getReferenceElement();
                        index.myLinks.add(ResourceLink.forLocalReference(ResourceLinkForLocalReferenceParams.instance()
                                .setSourcePath(link.getPath())
                                .setSourceResource(source)
                                .setTargetResourceType(target.getResourceType())
                                .setTargetResourceId(target.getIdPart())
                                .setTargetResourcePid(1L)
                                .setUpdated(new Date(0))));
                    }
                    return index;
                });
    }
}
