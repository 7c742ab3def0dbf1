package org.tenderpoint.server;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.tenderpoint.chart.RecordTypes;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;

/**
 * Answers in JSON with the stored bytes, unparsed, those searches that {@link PlainRequests} leaves to HAPI: by POST, and
 * in compartments.
 */
@Component
@Interceptor
public class RawAnswerInterceptor {

    private static final Set<String> SUMMARIES = Set.of("true", "text", "data", "count", "false");
    private static final int MOST_ELEMENTS = 32;

    private final SearchBundles bundles;

    RawAnswerInterceptor(SearchBundles bundles) {
        this.bundles = bundles;
    }

    /** Returns false where the request has been answered here. */
    @Hook(Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED)
    public boolean answer(ServletRequestDetails request, HttpServletRequest http, HttpServletResponse response)
            throws IOException {
        checkPresentation(request);
        if (!wantsPlainJson(request)
                || RecordTypes.find(String.valueOf(request.getResourceName())).isEmpty()) {
            return true;
        }
        var operation = request.getRestOperationType();
        if (operation == RestOperationTypeEnum.SEARCH_TYPE) {
            var search = SearchRequest.of(RecordTypes.require(request.getResourceName()), request);
            PlainRequests.send(bundles.asBytes(Callers.current(), search), response);
            return false;
        }
        return true;
    }

    // HAPI takes what it does not know here for the default, without a word.
    private static void checkPresentation(ServletRequestDetails request) {
        if (!SUMMARIES.containsAll(values(request, "_summary"))) {
            throw Refused.badRequest(
                    Issue.value("summary-unknown", null, "_summary is true, text, data, count or false."));
        }
        var elements = values(request, "_elements").stream()
                .mapToLong(list -> list.split(",", -1).length)
                .sum();
        if (elements > MOST_ELEMENTS) {
            throw Refused.badRequest(
                    Issue.value("elements-too-many", null, "_elements names at most " + MOST_ELEMENTS + " elements."));
        }
    }

    private static List<String> values(ServletRequestDetails request, String parameter) {
        var values = request.getParameters().get(parameter);
        return values == null ? List.of() : List.of(values);
    }

    static boolean wantsPlainJson(ServletRequestDetails request) {
        return PlainRequests.isPlain(request.getParameters().keySet())
                && PlainRequests.takesJson(request.getServletRequest());
    }
}
