package org.tenderpoint.guard;

import ca.uhn.fhir.context.FhirContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.tenderpoint.issue.Refused;

/** Answers with an OperationOutcome where HAPI's server is not reached: in filters and in front of it. */
public final class Refusals {

    private final FhirContext fhir;

    Refusals(FhirContext fhir) {
        this.fhir = fhir;
    }

    /** Writes status and OperationOutcome; a HEAD request gets the status and headers only. */
    public void write(Refused refused, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var body = fhir.newJsonParser()
                .encodeResourceToString(Refused.outcome(refused.issues()))
                .getBytes(StandardCharsets.UTF_8);
        response.setStatus(refused.getStatusCode());
        response.setContentType("application/fhir+json;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        if (refused.hasResponseHeaders()) {
            refused.getResponseHeaders().forEach((name, values) -> response.setHeader(name, String.join(", ", values)));
        }
        response.setContentLength(body.length);
        if (!"HEAD".equals(request.getMethod())) {
            response.getOutputStream().write(body);
        }
        response.flushBuffer();
    }
}
