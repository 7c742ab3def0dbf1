package org.tenderpoint.server;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** A form in which a document can be asked for: as FHIR, or as a page that a person reads. */
public enum PageForm {
    FHIR("application/fhir+json", "json"),
    TEXT("text/plain;charset=UTF-8", "txt"),
    PDF("application/pdf", "pdf");

    private static final Map<String, PageForm> NAMES =
            Map.of("text/plain", TEXT, "text", TEXT, "application/pdf", PDF, "pdf", PDF);

    private final String contentType;
    private final String extension;

    PageForm(String contentType, String extension) {
        this.contentType = contentType;
        this.extension = extension;
    }

    /** What the answer's Content-Type says. */
    public String contentType() {
        return contentType;
    }

    /** The end of a file's name, without a dot. */
    public String extension() {
        return extension;
    }

    /** What {@code _format} names, or else the type that {@code Accept} likes best; FHIR where it does not matter. */
    public static PageForm of(HttpServletRequest request) {
        var format = request.getParameter("_format");
        if (format != null) {
            return named(format);
        }
        return accepted(request).stream().findFirst().map(Range::form).orElse(FHIR);
    }

    /** True for a media type or a short name of it that is no FHIR. */
    static boolean isPage(String type) {
        return named(type) != FHIR;
    }

    private static PageForm named(String type) {
        return NAMES.getOrDefault(type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT), FHIR);
    }

    // RFC 9110, 12.5.1: the greater weight wins; where weights are equal, the sender's order is as good as any.
    private static List<Range> accepted(HttpServletRequest request) {
        var headers = Stream.<String>builder();
        request.getHeaders("Accept").asIterator().forEachRemaining(headers::add);
        return headers.build()
                .flatMap(header -> Arrays.stream(header.split(",", -1)))
                .map(Range::of)
                .filter(range -> range.weight > 0)
                .sorted(Comparator.comparing(Range::weight).reversed())
                .toList();
    }

    private record Range(PageForm form, double weight) {

        static Range of(String range) {
            var weight = Arrays.stream(range.split(";", -1))
                    .map(String::strip)
                    .filter(part -> part.startsWith("q="))
                    .mapToDouble(part -> number(part.substring(2)))
                    .findFirst()
                    .orElse(1);
            return new Range(named(range), weight);
        }

        private static double number(String text) {
            try {
                return Double.parseDouble(text);
            } catch (NumberFormatException noNumber) {
                return 1;
            }
        }
    }
}
