package org.tenderpoint.server;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.RestfulServerUtils;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Component;
import org.tenderpoint.chart.SearchPage;

/** Answers an operation with stored resources: their bytes, unparsed, where plain JSON is asked for. */
@Component
public class StoredAnswers {

    private final SearchBundles bundles;

    StoredAnswers(SearchBundles bundles) {
        this.bundles = bundles;
    }

    /**
     * Sends a page as a Bundle of type searchset, with a link to the next one where there is one.
     *
     * @param request of the operation; its parameters stand in the links
     */
    public void send(SearchPage page, RequestDetails request, HttpServletResponse response) throws IOException {
        var base = request.getFhirServerBase();
        var answer =
                new SearchBundles.Answer(page, base, base + "/" + request.getRequestPath(), OperationInput.of(request));
        if (request instanceof ServletRequestDetails servlet && RawAnswerInterceptor.wantsPlainJson(servlet)) {
            PlainRequests.send(bundles.asBytes(answer), response);
        } else {
            RestfulServerUtils.streamResponseAsResource(
                    request.getServer(),
                    bundles.asBundle(answer),
                    RestfulServerUtils.determineSummaryMode(request),
                    HttpServletResponse.SC_OK,
                    false,
                    false,
                    request);
        }
    }
}
