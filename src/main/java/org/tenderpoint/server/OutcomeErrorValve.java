package org.tenderpoint.server;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;

/**
 * Answers with an OperationOutcome what the container refuses before any filter has seen it: a request line that is no
 * HTTP, TRACE, headers out of all proportion. Tomcat makes it by its name, so it is public.
 */
public final class OutcomeErrorValve extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, @Nullable Throwable thrown) {
        var status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        var body = FhirContext.forR4Cached()
                .newJsonParser()
                .encodeResourceToString(Refused.outcome(List.of(issue(status))))
                .getBytes(StandardCharsets.UTF_8);
        try {
            response.setContentType("application/fhir+json;charset=UTF-8");
            response.setHeader("Cache-Control", "no-store");
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.setContentLength(body.length);
            var out = response.getResponse().getOutputStream();
            out.write(body);
            response.finishResponse();
        } catch (IOException | IllegalStateException clientHasGone) {
            container.getLogger().debug("an error answer was not taken", clientHasGone);
        }
    }

    private static Issue issue(int status) {
        return switch (status) {
            case 405 -> Issue.notSupported("method-refused", "This HTTP method is not one of the FHIR RESTful API.");
            case 500, 503 ->
                new Issue(IssueType.EXCEPTION, "internal", null, "Something went wrong here; the log has it.");
            case 404 -> new Issue(IssueType.NOTFOUND, "url-refused", null, "There is nothing at this URL.");
            default ->
                new Issue(
                        IssueType.INVALID,
                        "url-refused",
                        null,
                        "The request line or a header has a form that is not accepted; characters outside of RFC 3986"
                                + " are percent-encoded.");
        };
    }
}
