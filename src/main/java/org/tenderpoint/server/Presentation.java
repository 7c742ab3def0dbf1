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
 * In what form a request wants its answer: JSON or XML. HAPI would look for a library that writes RDF, and call XML by
 * another name where it knows none.
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

    private Presentation() {}

    /** @throws Refused 406 before anything is done, where neither JSON nor XML would do */
    static void check(HttpServletRequest request) {
        var formats = request.getParameterValues("_format");
        for (var format : formats == null ? new String[0] : formats) {
            if (!FORMATS.contains(
                    format.toLowerCase(Locale.ROOT).replace(' ', '+').split(";", 2)[0])) {
                throw new Refused(
                        406,
                        List.of(Issue.notSupported("format-unknown", "_format is json or xml, or their FHIR types.")));
            }
        }
        var accepted = accepted(request).toList();
        var offered =
                accepted.isEmpty() || accepted.stream().anyMatch(type -> FORMATS.contains(type) || ALSO.contains(type));
        // HAPI takes the first name that it knows, and it knows these without being able to write them.
        if (!offered || accepted.stream().anyMatch(type -> type.contains("turtle") || type.contains("ndjson"))) {
            throw new Refused(
                    406,
                    List.of(Issue.notSupported(
                            "format-unknown", "Accept application/fhir+json or application/fhir+xml.")));
        }
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
