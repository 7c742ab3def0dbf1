package org.tenderpoint.oracle;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.oracle.Departures.Judge;
import org.tenderpoint.testing.Client;
import org.tenderpoint.testing.Server;

/** Asks one search of the server, of the specification and of HAPI, and says where they differ. */
final class Comparison {

    private final Elements elements;
    private final Loaded loaded;
    private final Client clinic;
    private final Specification specification;
    private final HapiMatcher hapi;
    private final SpecifiedIncludes includes;
    private final Order order;
    private final Optional<HapiJpa> jpa;
    private int judgements;
    private int askedOfJpa;

    Comparison(Server server, Elements elements, Loaded loaded, KnownValueSets valueSets) {
        this.elements = elements;
        this.loaded = loaded;
        this.clinic = server.as("demo-clinic");
        this.specification = new Specification(elements, loaded.byReference(), valueSets);
        this.hapi = new HapiMatcher(elements);
        this.includes = new SpecifiedIncludes(elements, loaded.byReference());
        this.order = new Order(elements);
        this.jpa = HapiJpaProcess.url().map(url -> HapiJpa.with(url, elements.fhir(), loaded, valueSets));
    }

    /** The parameters that the capability statement promises and R4 defines, for the types of the record. */
    Map<String, List<String>> offered() {
        var offered = new TreeMap<String, List<String>>();
        for (var resource : clinic.get("/metadata").expect(200).json().at("/rest/0/resource")) {
            var type = resource.path("type").asText();
            if (loaded.all().containsKey(type)) {
                var names = new TreeSet<String>();
                for (var param : resource.path("searchParam")) {
                    var name = param.path("name").asText();
                    if (!name.startsWith("_") && elements.definition(type, name).isPresent()) {
                        names.add(name);
                    }
                }
                offered.put(type, List.copyOf(names));
            }
        }
        return offered;
    }

    /** How often HAPI judged whether a resource matches. */
    int judgements() {
        return judgements;
    }

    /** How many searches HAPI's JPA server was asked. */
    int askedOfJpa() {
        return askedOfJpa;
    }

    /** The smallest search that still shows a difference, and the difference; empty where all agree. */
    Optional<String> smallestDifference(Search search) {
        var found = difference(search);
        if (found.isEmpty()) {
            return found;
        }
        var smallest = search;
        for (var again = true; again; ) {
            again = false;
            for (var smaller : smallest.smaller()) {
                var still = difference(smaller);
                if (still.isPresent()) {
                    smallest = smaller;
                    found = still;
                    again = true;
                    break;
                }
            }
        }
        return found;
    }

    private Optional<String> difference(Search search) {
        var pages = new Pages(clinic, loaded, includes);
        return pages.read(search)
                .or(() -> compared(
                        search,
                        "the specification",
                        matching(search, resource -> specification.matches(resource, search)),
                        pages.found()))
                .or(() -> matcherDiffers(search, pages))
                .or(() -> jpa.flatMap(server -> jpaDiffers(server, search, pages)))
                .or(() -> order.broken(
                        search,
                        pages.found().stream().map(loaded.byReference()::get).toList()))
                .map(text -> search.url() + "\n  " + text);
    }

    private Optional<String> matcherDiffers(Search search, Pages pages) {
        return hapi.supports(search)
                ? compared(
                        search,
                        "HAPI's matcher",
                        matching(search, resource -> byHapi(search, resource, pages)),
                        pages.found())
                : Optional.empty();
    }

    private Optional<String> jpaDiffers(HapiJpa server, Search search, Pages pages) {
        if (!HapiJpa.supports(search)) {
            return Optional.empty();
        }
        askedOfJpa++;
        var answer = server.matches(search, loaded.mark());
        if (!answer.refused().isEmpty()) {
            return Optional.of("HAPI's JPA server refuses: " + answer.refused());
        }
        var differs = compared(
                search,
                "HAPI's JPA server",
                matching(search, resource -> (isNoJudge(Judge.JPA, search, resource) ? pages.found() : answer.matches())
                        .contains(Loaded.reference(resource))),
                pages.found());
        if (differs.isPresent() || pages.found().isEmpty() || !HapiJpa.supportsIncludes(search)) {
            return differs;
        }
        var included = server.included(search.type(), pages.found(), search.includes());
        return included.refused().isEmpty()
                ? compared(
                        search,
                        "HAPI's JPA server includes and",
                        List.copyOf(included.included()),
                        List.copyOf(pages.included()))
                : Optional.of("HAPI's JPA server refuses: " + included.refused());
    }

    /** HAPI's judgement; the server's own where HAPI is no judge. */
    private boolean byHapi(Search search, Resource resource, Pages pages) {
        if (isNoJudge(Judge.MATCHER, search, resource)) {
            return pages.found().contains(Loaded.reference(resource));
        }
        judgements++;
        return hapi.matches(resource, search).orElseThrow();
    }

    private boolean isNoJudge(Judge judge, Search search, Resource resource) {
        return search.criteria().stream()
                .flatMap(criterion -> specification.ends(resource, criterion))
                .anyMatch(end -> Departures.any(judge, end, elements));
    }

    private List<String> matching(Search search, Predicate<Resource> test) {
        return loaded.byType().get(search.type()).stream()
                .filter(test)
                .map(Loaded::reference)
                .toList();
    }

    private Optional<String> compared(Search search, String judge, List<String> expected, List<String> found) {
        var missed = new HashSet<>(expected);
        missed.removeAll(found);
        var tooMuch = new HashSet<>(found);
        tooMuch.removeAll(expected);
        return missed.isEmpty() && tooMuch.isEmpty()
                ? Optional.empty()
                : Optional.of("%s finds %d, the server %d%n  missed: %s%n  too much: %s"
                        .formatted(
                                judge, expected.size(), found.size(), shown(search, missed), shown(search, tooMuch)));
    }

    /** What the criteria look at in a match; what is included is not looked at. */
    private String seen(Search search, @Nullable Resource resource) {
        return resource == null || !resource.fhirType().equals(search.type())
                ? ""
                : search.criteria().stream()
                        .map(criterion -> specification.seen(resource, criterion))
                        .collect(Collectors.joining(", "));
    }

    /** The first of them, with what the search looks at. */
    private String shown(Search search, Set<String> references) {
        return references.stream()
                .sorted()
                .limit(2)
                .map(reference ->
                        reference + " " + seen(search, loaded.byReference().get(reference)))
                .collect(Collectors.joining("; "));
    }
}
