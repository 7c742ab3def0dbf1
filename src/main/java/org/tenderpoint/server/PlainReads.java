package org.tenderpoint.server;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.chart.RecordTypes;
import org.tenderpoint.chart.Stored;
import org.tenderpoint.guard.Refusals;

/**
 * Answers {@code GET [base]/[type]/[id]} without parameters, in JSON, with the stored bytes, before HAPI looks at the
 * request: by far the most frequent request, and HAPI would take several times longer over it than the database. It
 * goes through the same door of the chart, and so through the same access and audit, as every other read.
 */
@Component
class PlainReads {

    private final Chart chart;
    private final FailureInterceptor failures;
    private final Refusals refusals;

    PlainReads(Chart chart, FailureInterceptor failures, Refusals refusals) {
        this.chart = chart;
        this.failures = failures;
        this.refusals = refusals;
    }

    private record Asked(String type, UUID id) {}

    /**
     * @param base URL of the FHIR server
     * @return false where the request is none of these and nothing was answered
     */
    boolean answer(HttpServletRequest request, HttpServletResponse response, String base) throws IOException {
        var asked = asked(request);
        if (asked == null) {
            return false;
        }
        Stored stored;
        try {
            stored = chart.read(Callers.current(), asked.type, asked.id);
        } catch (RuntimeException thrown) {
            refusals.write(failures.inOurWords(thrown, "read", asked.type, asked.id), request, response);
            return true;
        }
        send(stored, base, request, response);
        return true;
    }

    private static @Nullable Asked asked(HttpServletRequest request) {
        if (!"GET".equals(request.getMethod()) || request.getQueryString() != null || !takesJson(request)) {
            return null;
        }
        var path = request.getPathInfo();
        var slash = path == null ? -1 : path.indexOf('/', 1);
        if (path == null || slash < 0) {
            return null;
        }
        var type = path.substring(1, slash);
        var id = RequestForms.uuidOrNull(path.substring(slash + 1));
        return id == null || RecordTypes.find(type).isEmpty() ? null : new Asked(type, id);
    }

    static boolean takesJson(HttpServletRequest request) {
        var accept = request.getHeader("Accept");
        return accept == null || accept.startsWith("application/fhir+json") || accept.startsWith("*/*");
    }

    private static void send(Stored stored, String base, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setHeader("ETag", stored.etag());
        response.setHeader("Last-Modified", RequestForms.httpDate(stored.lastUpdated()));
        if (isKnown(stored, request)) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setHeader("Content-Location", base + "/" + stored.reference() + "/_history/" + stored.version());
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType("application/fhir+json;charset=UTF-8");
        response.setContentLength(stored.json().length);
        response.getOutputStream().write(stored.json());
    }

    /** RFC 9110, 13.1.3: If-Modified-Since counts only where there is no If-None-Match, and only where it is a date. */
    static boolean isKnown(Stored stored, HttpServletRequest request) {
        var version = request.getHeader("If-None-Match");
        if (version != null) {
            return version.equals("*")
                    || java.util.Arrays.asList(version.split("\\s*,\\s*")).contains(stored.etag());
        }
        var since = request.getHeader("If-Modified-Since");
        if (since == null) {
            return false;
        }
        try {
            var seconds = DateTimeFormatter.RFC_1123_DATE_TIME
                    .parse(since, Instant::from)
                    .getEpochSecond();
            return stored.lastUpdated().getEpochSecond() <= seconds;
        } catch (DateTimeParseException noDate) {
            return false;
        }
    }
}
