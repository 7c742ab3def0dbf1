package org.tenderpoint.server;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.chart.QueryReader;
import org.tenderpoint.chart.RecordTypes;
import org.tenderpoint.chart.Stored;

/**
 * Answers reads and searches in JSON with the stored bytes, unparsed. It goes through the same doors of the chart, and
 * so through the same access and audit, as everything else.
 */
@Component
@Interceptor
public class RawAnswerInterceptor {

    private static final Set<String> NEED_PARSING = Set.of("_summary", "_elements", "_pretty", "_format");
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private final Chart chart;
    private final SearchBundles bundles;

    RawAnswerInterceptor(Chart chart, SearchBundles bundles) {
        this.chart = chart;
        this.bundles = bundles;
    }

    /** Returns false where the request has been answered here. */
    @Hook(Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED)
    public boolean answer(ServletRequestDetails request, HttpServletRequest http, HttpServletResponse response)
            throws IOException {
        if (!wantsPlainJson(request)
                || RecordTypes.find(String.valueOf(request.getResourceName())).isEmpty()) {
            return true;
        }
        var operation = request.getRestOperationType();
        if (operation == RestOperationTypeEnum.READ) {
            var stored = chart.read(Callers.current(), request.getResourceName(), RequestForms.uuid(idOf(request)));
            send(stored, request, response);
            return false;
        }
        if (operation == RestOperationTypeEnum.SEARCH_TYPE) {
            var query = QueryReader.read(RecordTypes.require(request.getResourceName()), request.getParameters());
            var page = chart.search(Callers.current(), query);
            send(bundles.asBytes(page, request), response);
            return false;
        }
        return true;
    }

    private static String idOf(ServletRequestDetails request) {
        return String.valueOf(request.getId().getIdPart());
    }

    private static boolean wantsPlainJson(ServletRequestDetails request) {
        if (request.getParameters().keySet().stream().anyMatch(NEED_PARSING::contains)) {
            return false;
        }
        var accept = request.getHeader("Accept");
        return accept == null || accept.startsWith("application/fhir+json") || accept.startsWith("*/*");
    }

    private static void send(Stored stored, ServletRequestDetails request, HttpServletResponse response)
            throws IOException {
        response.setHeader("ETag", stored.etag());
        response.setHeader("Last-Modified", HTTP_DATE.format(stored.lastUpdated()));
        if (stored.etag().equals(request.getHeader("If-None-Match"))) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setHeader(
                "Content-Location",
                request.getFhirServerBase() + "/" + stored.reference() + "/_history/" + stored.version());
        send(stored.json(), response);
    }

    private static void send(byte[] json, HttpServletResponse response) throws IOException {
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType("application/fhir+json;charset=UTF-8");
        response.setContentLength(json.length);
        response.getOutputStream().write(json);
    }
}
