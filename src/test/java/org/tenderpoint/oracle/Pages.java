package org.tenderpoint.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.tenderpoint.testing.Client;

/** All pages of a search, from the first to the last, each held against what the specification says of pages. */
final class Pages {

    private static final int MOST_PAGES = 1000;

    private final Client client;
    private final Loaded loaded;
    private final SpecifiedIncludes includes;
    private final List<String> found = new ArrayList<>();
    private final Set<String> included = new TreeSet<>();

    Pages(Client client, Loaded loaded, SpecifiedIncludes includes) {
        this.client = client;
        this.loaded = loaded;
        this.includes = includes;
    }

    /** The matches of all pages, in their order. */
    List<String> found() {
        return found;
    }

    /** What came along on some page, without what is a match on another. */
    Set<String> included() {
        var others = new TreeSet<>(included);
        found.forEach(others::remove);
        return others;
    }

    /** Reads them, and says what is wrong with them if something is. */
    Optional<String> read(Search search) {
        var path = search.url() + "&_total=accurate&_tag=urn:tenderpoint:oracle%7C" + loaded.mark();
        var total = -1;
        for (int number = 0; number < MOST_PAGES; number++) {
            var answer = client.get(path);
            if (answer.status() != 200) {
                return Optional.of("page " + number + " is " + answer.status() + ": " + answer.text());
            }
            var bundle = answer.json();
            total = bundle.has("total") ? bundle.path("total").asInt() : total;
            var matches = entries(bundle, "match");
            found.addAll(matches);
            var wrong = wrongIncludes(search, bundle, matches);
            if (wrong.isPresent()) {
                return Optional.of("page " + number + ": " + wrong.get());
            }
            var next = next(bundle);
            if (next.isPresent() && matches.size() != search.count()) {
                return Optional.of("page " + number + " is not full and has a page behind it");
            }
            if (next.isEmpty()) {
                return wrongAtTheEnd(total);
            }
            path = next.get();
        }
        return Optional.of("more than " + MOST_PAGES + " pages");
    }

    private Optional<String> wrongAtTheEnd(int total) {
        if (new HashSet<>(found).size() != found.size()) {
            return Optional.of("a row is on two pages: " + found);
        }
        return total != found.size()
                ? Optional.of("total is " + total + " for " + found.size() + " rows")
                : Optional.empty();
    }

    private Optional<String> wrongIncludes(Search search, JsonNode bundle, List<String> matches) {
        var expected =
                includes.of(matches.stream().map(loaded.byReference()::get).toList(), search.includes());
        var wanted = new TreeSet<String>();
        expected.found().stream().map(Loaded::reference).forEach(wanted::add);
        var came = entries(bundle, "include");
        included.addAll(came);
        var unwanted = new TreeSet<>(came);
        unwanted.removeAll(wanted);
        wanted.removeAll(came);
        if (!wanted.isEmpty() || !unwanted.isEmpty()) {
            return Optional.of("includes lack " + wanted + " and have beyond that " + unwanted);
        }
        if (new HashSet<>(came).size() != came.size()) {
            return Optional.of("something is included twice: " + came);
        }
        return expected.cut() != bundle.toString().contains("search-includes-cut")
                ? Optional.of("the includes are cut off " + (expected.cut() ? "silently" : "for no reason"))
                : Optional.empty();
    }

    private static List<String> entries(JsonNode bundle, String mode) {
        var references = new ArrayList<String>();
        for (var entry : bundle.path("entry")) {
            if (entry.at("/search/mode").asText().equals(mode)) {
                references.add(reference(entry.path("resource")));
            }
        }
        return references;
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
