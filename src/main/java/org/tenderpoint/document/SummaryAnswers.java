package org.tenderpoint.document;

import ca.uhn.fhir.rest.server.RestfulServerUtils;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.springframework.stereotype.Component;
import org.tenderpoint.page.PdfPage;
import org.tenderpoint.page.TextPage;
import org.tenderpoint.server.PageForm;

/** Answers an operation with a document in the form that was asked for: a Bundle, plain text or PDF. */
@Component
public class SummaryAnswers {

    private final Clock clock;

    SummaryAnswers(Clock clock) {
        this.clock = clock;
    }

    /**
     * Sends the document.
     *
     * @param mark what stands above everything else on a page
     * @param file name of a page's file without its ending; says nothing of the patient
     */
    public void send(
            SummaryDocument document,
            String mark,
            String file,
            ServletRequestDetails request,
            HttpServletResponse response)
            throws IOException {
        var form = PageForm.of(request.getServletRequest());
        if (form == PageForm.FHIR) {
            RestfulServerUtils.streamResponseAsResource(
                    request.getServer(),
                    document.bundle(clock.instant()),
                    RestfulServerUtils.determineSummaryMode(request),
                    HttpServletResponse.SC_OK,
                    false,
                    false,
                    request);
            return;
        }
        var bytes = form == PageForm.PDF
                ? PdfPage.write(document.page(mark))
                : TextPage.write(document.page(mark)).getBytes(StandardCharsets.UTF_8);
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType(form.contentType());
        response.setHeader("Content-Disposition", "inline; filename=\"" + file + "." + form.extension() + "\"");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
