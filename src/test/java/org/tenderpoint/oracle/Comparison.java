package org.tenderpoint.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
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
import org.tenderpoint.testing.Client;
import org.tenderpoint.testing.Server;

/** Asks one search of the server, of the specification and of HAPI, and says where they differ. */
final class Comparison {

    private static final int MOST_PAGES = 1000;

    private final Elements elements;
    private final Loaded loaded;
    private final Client clinic;
    private final Specification specification;
    private final HapiMatcher hapi;
    private final Order order;
    private int judgements;

    Comparison(Server server, Elements elements, Loaded loaded) {
        this.elements = elements;
        this.loaded = loaded;
        this.clinic = server.as("demo-clinic");
        this.specification = new Specification(elements, loaded.byReference());
        this.hapi = new HapiMatcher(elements);
        this.order = new Order(elements);
    }

    /** The parameters that the capability statement promises and R4 defines, for the types of the record. */
    Map<String, List<String>> offered() {
        var offered = new TreeMap<String, List<String>>();
        for (var resource : clinic.get("/metadata").expect(200).json().at("/rest/0/resource")) {
            var type = resource.path("type").asText();
            if (loaded.byType().containsKey(type)) {
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
        var pages = new Pages();
        var problem = pages.read(search);
        if (problem.isPresent()) {
            return problem.map(text -> search.url() + "\n  " + text);
        }
        var bySpecification = matching(search, resource -> specification.matches(resource, search));
        var differs = compared(search, "the specification", bySpecification, pages.found);
        if (differs.isEmpty() && hapi.supports(search)) {
            differs = compared(
                    search, "HAPI", matching(search, resource -> byHapi(search, resource, pages)), pages.found);
        }
        return differs.or(() -> order.broken(
                        search,
                        pages.found.stream().map(loaded.byReference()::get).toList())
                .map(text -> search.url() + "\n  " + text));
    }

    /** HAPI's judgement; the server's own where HAPI is no judge. */
    private boolean byHapi(Search search, Resource resource, Pages pages) {
        if (Departures.any(search, resource, elements)) {
            return pages.found.contains(Loaded.reference(resource));
        }
        judgements++;
        return hapi.matches(resource, search).orElseThrow();
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
                : Optional.of("%s%n  %s finds %d, the server %d%n  missed: %s%n  too much: %s"
                        .formatted(
                                search.url(),
                                judge,
                                expected.size(),
                                found.size(),
                                shown(search, missed),
                                shown(search, tooMuch)));
    }

    /** The first of them, with what the search looks at. */
    private String shown(Search search, Set<String> references) {
        return references.stream()
                .sorted()
                .limit(2)
                .map(reference -> reference + " "
                        + search.criteria().stream()
                                .map(criterion ->
                                        specification.seen(loaded.byReference().get(reference), criterion))
                                .collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; "));
    }

    /** All pages of a search, from the first to the last. */
    private final class Pages {

        private final List<String> found = new ArrayList<>();

        /** What is wrong with them, if something is. */
        Optional<String> read(Search search) {
            var path = search.url() + "&_total=accurate&_tag=urn:tenderpoint:oracle%7C" + loaded.mark();
            var total = -1;
            for (int page = 0; page < MOST_PAGES; page++) {
                var answer = clinic.get(path);
                if (answer.status() != 200) {
                    return Optional.of("page " + page + " is " + answer.status() + ": " + answer.text());
                }
                var bundle = answer.json();
                total = bundle.has("total") ? bundle.path("total").asInt() : total;
                var before = found.size();
                bundle.path("entry").forEach(entry -> found.add(reference(entry.path("resource"))));
                var next = next(bundle);
                if (next.isPresent() && found.size() - before != search.count()) {
                    return Optional.of("page " + page + " is not full and has a page behind it");
                }
                if (next.isEmpty()) {
                    return new HashSet<>(found).size() != found.size()
                            ? Optional.of("a row is on two pages: " + found)
                            : total != found.size()
                                    ? Optional.of("total is " + total + " for " + found.size() + " rows")
                                    : Optional.empty();
                }
                path = next.get();
            }
            return Optional.of("more than " + MOST_PAGES + " pages");
        }

        private static String reference(JsonNode resource) {
            return resource.path("resourceType").asText() + "/"
                    + resource.path("id").asText();
        }

        private static Optional<String> next(JsonNode bundle) {
            for (var link : bundle.path("link")) {
                if (link.path("relation").asText().equals("next")) {
                    var url = link.path("url").asText();
                    return Optional.of(url.substring(url.indexOf("/fhir/") + "/fhir".length()));
                }
            }
            return Optional.empty();
        }
    }
}
