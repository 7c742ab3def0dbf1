package org.tenderpoint.server;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.chart.RecordType;
import org.tenderpoint.chart.RecordTypes;
import org.tenderpoint.chart.Stored;
import org.tenderpoint.guard.Refusals;

/**
 * Answers reads and operations on instances without parameters, and searches, by GET, in JSON, with the stored bytes, before
 * HAPI looks at the request: by far the most frequent requests, and HAPI would take longer over them than the database. They
 * go through the same doors of the chart, and so through the same access and audit, as everything else.
 */
@Component
class PlainRequests {

    private static final Set<String> PRESENTATION = Set.of("_summary", "_elements", "_pretty", "_format");

    /** What Tomcat keeps for a connection's next answer; it throws larger buffers away. */
    private static final int LARGEST_BUFFER = 128 * 1024;

    private final Chart chart;
    private final SearchBundles searches;
    private final Map<String, PlainOperation> operations;
    private final FailureInterceptor failures;
    private final Refusals refusals;

    PlainRequests(
            Chart chart,
            SearchBundles searches,
            List<PlainOperation> operations,
            FailureInterceptor failures,
            Refusals refusals) {
        this.chart = chart;
        this.searches = searches;
        this.operations = operations.stream()
                .collect(Collectors.toMap(one -> one.type() + "/" + one.name(), Function.identity()));
        this.failures = failures;
        this.refusals = refusals;
    }

    /**
     * @param base URL of the FHIR server
     * @return false where the request is none of these and nothing was answered
     */
    boolean answer(HttpServletRequest request, HttpServletResponse response, String base) throws IOException {
        var path = request.getPathInfo();
        if (!"GET".equals(request.getMethod()) || path == null || !takesJson(request)) {
            return false;
        }
        var slash = path.indexOf('/', 1);
        var type = RecordTypes.find(path.substring(Math.min(1, path.length()), slash < 0 ? path.length() : slash));
        if (type.isEmpty()) {
            return false;
        }
        if (slash < 0) {
            return isPlain(request.getParameterMap().keySet()) && search(type.get(), request, response, base);
        }
        if (request.getQueryString() != null) {
            return false;
        }
        var next = path.indexOf('/', slash + 1);
        var id = RequestForms.uuidOrNull(path.substring(slash + 1, next < 0 ? path.length() : next));
        if (id == null) {
            return false;
        }
        if (next < 0) {
            return read(type.get().name(), id, request, response, base);
        }
        var operation = operations.get(type.get().name() + path.substring(next));
        return operation != null && call(operation, id, request, response, base);
    }

    private boolean call(
            PlainOperation operation, UUID id, HttpServletRequest request, HttpServletResponse response, String base)
            throws IOException {
        byte[] bundle;
        try {
            var url = base + "/" + operation.type() + "/" + id + "/" + operation.name();
            bundle = searches.asBytes(
                    new SearchBundles.Answer(operation.page(Callers.current(), id), base, url, Map.of()));
        } catch (RuntimeException thrown) {
            refusals.write(failures.inOurWords(thrown, operation.name(), operation.type(), id), request, response);
            return true;
        }
        send(bundle, response);
        return true;
    }

    private boolean read(String type, UUID id, HttpServletRequest request, HttpServletResponse response, String base)
            throws IOException {
        Stored stored;
        try {
            stored = chart.read(Callers.current(), type, id);
        } catch (RuntimeException thrown) {
            refusals.write(failures.inOurWords(thrown, "read", type, id), request, response);
            return true;
        }
        send(stored, base, request, response);
        return true;
    }

    private boolean search(RecordType<?> type, HttpServletRequest request, HttpServletResponse response, String base)
            throws IOException {
        byte[] bundle;
        try {
            bundle = searches.asBytes(Callers.current(), SearchRequest.of(type, request, base));
        } catch (RuntimeException thrown) {
            refusals.write(failures.inOurWords(thrown, "search-type", type.name(), null), request, response);
            return true;
        }
        send(bundle, response);
        return true;
    }

    /** True where no parameter asks for another presentation than the stored one. */
    static boolean isPlain(Set<String> parameters) {
        return parameters.stream().noneMatch(PRESENTATION::contains);
    }

    static boolean takesJson(HttpServletRequest request) {
        var accept = request.getHeader("Accept");
        return accept == null || accept.startsWith("application/fhir+json") || accept.startsWith("*/*");
    }

    private static void send(Stored stored, String base, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setHeader("ETag", stored.etag());
        response.setHeader("Last-Modified", RequestForms.httpDate(stored.lastUpdated()));
        if (Freshness.isKnown(stored, request)) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setHeader("Content-Location", base + "/" + stored.reference() + "/_history/" + stored.version());
        send(stored.json(), response);
    }

    static void send(byte[] json, HttpServletResponse response) throws IOException {
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType("application/fhir+json;charset=UTF-8");
        response.setContentLength(json.length);
        // Otherwise a large answer leaves in pieces of 8 KB, each by a call of the system, and each wakes the client.
        response.setBufferSize(Math.min(json.length, LARGEST_BUFFER));
        response.getOutputStream().write(json);
    }
}
