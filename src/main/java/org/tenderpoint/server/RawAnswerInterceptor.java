package org.tenderpoint.server;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Component;
import org.tenderpoint.chart.RecordTypes;

/**
 * Answers in JSON with the stored bytes, unparsed, those searches that {@link PlainRequests} leaves to HAPI: by POST, and
 * in compartments.
 */
@Component
@Interceptor
public class RawAnswerInterceptor {

    private final SearchBundles bundles;

    RawAnswerInterceptor(SearchBundles bundles) {
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
        if (operation == RestOperationTypeEnum.SEARCH_TYPE) {
            var search = SearchRequest.of(RecordTypes.require(request.getResourceName()), request);
            PlainRequests.send(bundles.asBytes(Callers.current(), search), response);
            return false;
        }
        return true;
    }

    static boolean wantsPlainJson(ServletRequestDetails request) {
        return PlainRequests.isPlain(request.getParameters().keySet())
                && PlainRequests.takesJson(request.getServletRequest());
    }
}
