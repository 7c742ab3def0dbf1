package org.tenderpoint.server;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;

/**
 * In what form a request wants its answer: JSON or XML, whole or in part. HAPI would look for a library that writes RDF,
 * call XML by another name where it knows none, and take any other word that it does not know for the default.
 */
final class Presentation {

    private static final Set<String> FORMATS = Set.of(
            "json",
            "xml",
            "application/json",
            "application/xml",
            "text/json",
            "text/xml",
            "application/fhir+json",
            "application/fhir+xml");

    /** Ranges of media types that have JSON or XML in them, and what these were called before R4. */
    private static final Set<String> ALSO =
            Set.of("*/*", "application/*", "text/*", "application/json+fhir", "application/xml+fhir");

    private static final Set<String> SUMMARIES = Set.of("true", "text", "data", "count", "false");
    private static final Set<String> PRETTY = Set.of("true", "false");
    private static final int MOST_ELEMENTS = 32;

    private Presentation() {}

    /**
     * @param pages operations that are also answered as pages
     * @throws Refused before anything is done: 406 where no form would do that the path has, 400 for a part that is none
     */
    static void check(HttpServletRequest request, Set<String> pages) {
        checkFormat(request, pages);
        // Nearly all requests: of what is not there nothing can be wrong.
        if (!request.getParameterMap().isEmpty()) {
            checkPart(request);
        }
    }

    private static void checkPart(HttpServletRequest request) {
        if (!SUMMARIES.containsAll(values(request, "_summary"))) {
            throw Refused.badRequest(
                    Issue.value("summary-unknown", null, "_summary is true, text, data, count or false."));
        }
        if (!PRETTY.containsAll(values(request, "_pretty"))) {
            throw Refused.badRequest(Issue.value("pretty-unknown", null, "_pretty is true or false."));
        }
        var elements = values(request, "_elements").stream()
                .flatMap(list -> Arrays.stream(list.split(",", -1)))
                .toList();
        if (elements.size() > MOST_ELEMENTS || elements.stream().anyMatch(String::isBlank)) {
            throw Refused.badRequest(Issue.value(
                    "elements-invalid", null, "_elements names 1 to " + MOST_ELEMENTS + " elements, with commas."));
        }
    }

    private static List<String> values(HttpServletRequest request, String parameter) {
        var values = request.getParameterValues(parameter);
        return values == null ? List.of() : List.of(values);
    }

    private static void checkFormat(HttpServletRequest request, Set<String> pages) {
        var uri = request.getRequestURI();
        var hasPages = pages.contains(uri.substring(uri.lastIndexOf('/') + 1).replace("%24", "$"));
        for (var format : values(request, "_format")) {
            if (!(hasPages && PageForm.isPage(format))
                    && !FORMATS.contains(
                            format.toLowerCase(Locale.ROOT).replace(' ', '+').split(";", 2)[0])) {
                throw new Refused(
                        406,
                        List.of(Issue.notSupported(
                                "format-unknown",
                                hasPages
                                        ? "_format is json or xml, or their FHIR types, or text/plain or application/pdf."
                                        : "_format is json or xml, or their FHIR types.")));
            }
        }
        if (acceptsOneForm(request)) {
            return;
        }
        var accepted = accepted(request).toList();
        var offered = accepted.isEmpty()
                || accepted.stream()
                        .anyMatch(type ->
                                FORMATS.contains(type) || ALSO.contains(type) || (hasPages && PageForm.isPage(type)));
        // HAPI takes the first name that it knows, and it knows these without being able to write them.
        if (!offered || accepted.stream().anyMatch(type -> type.contains("turtle") || type.contains("ndjson"))) {
            throw new Refused(
                    406,
                    List.of(Issue.notSupported(
                            "format-unknown",
                            "Accept application/fhir+json or application/fhir+xml"
                                    + (hasPages ? ", or text/plain or application/pdf." : "."))));
        }
    }

    /** Nearly all requests: nothing is accepted by name, or one form that there is. */
    private static boolean acceptsOneForm(HttpServletRequest request) {
        var headers = request.getHeaders("Accept");
        return !headers.hasMoreElements() || (FORMATS.contains(headers.nextElement()) && !headers.hasMoreElements());
    }

    private static Stream<String> accepted(HttpServletRequest request) {
        var headers = Stream.<String>builder();
        request.getHeaders("Accept").asIterator().forEachRemaining(headers::add);
        return headers.build()
                .flatMap(header -> Arrays.stream(header.split(",", -1)))
                .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .filter(type -> !type.isEmpty());
    }
}
