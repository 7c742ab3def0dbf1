package org.tenderpoint.progress;

import ca.uhn.fhir.model.api.annotation.Description;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tenderpoint.document.Days;
import org.tenderpoint.document.Parameter;
import org.tenderpoint.document.SummaryAnswers;
import org.tenderpoint.document.SummaryDocument;
import org.tenderpoint.server.Callers;
import org.tenderpoint.server.FhirProvider;
import org.tenderpoint.server.RequestForms;

/** {@code $progress-summary} on a referral and on a patient. */
@Component
public final class ProgressSummaryProvider implements FhirProvider {

    private static final String ABOUT =
            "Is it helping, is it safe, what is asked: a document for the referring physician, as FHIR, text or PDF";

    private final ProgressSummaries summaries;
    private final SummaryAnswers answers;

    ProgressSummaryProvider(ProgressSummaries summaries, SummaryAnswers answers) {
        this.summaries = summaries;
        this.answers = answers;
    }

    @Override
    public Set<String> pages() {
        return Set.of(ProgressSummaries.OPERATION);
    }

    /** {@code ServiceRequest/{id}/$progress-summary}. */
    @Operation(
            name = ProgressSummaries.OPERATION,
            typeName = "ServiceRequest",
            idempotent = true,
            manualResponse = true)
    @Description(shortDefinition = ABOUT)
    public void ofReferral(
            @IdParam IdType referral,
            @OperationParam(name = "start", max = 1) @Nullable DateType start,
            @OperationParam(name = "as-of", max = 1) @Nullable DateType asOf,
            ServletRequestDetails request,
            HttpServletResponse response)
            throws IOException {
        var days = new Days(Parameter.day("start", start), Parameter.day("as-of", asOf));
        var base = request.getFhirServerBase();
        send(summaries.forReferral(Callers.current(), RequestForms.uuid(referral), days, base), request, response);
    }

    /** {@code Patient/{id}/$progress-summary}. */
    @Operation(name = ProgressSummaries.OPERATION, typeName = "Patient", idempotent = true, manualResponse = true)
    @Description(shortDefinition = ABOUT)
    public void ofPatient(
            @IdParam IdType patient,
            @OperationParam(name = "referral", max = 1) @Nullable StringType referral,
            @OperationParam(name = "start", max = 1) @Nullable DateType start,
            @OperationParam(name = "as-of", max = 1) @Nullable DateType asOf,
            ServletRequestDetails request,
            HttpServletResponse response)
            throws IOException {
        var days = new Days(Parameter.day("start", start), Parameter.day("as-of", asOf));
        var meant = Parameter.id("referral", "ServiceRequest", referral);
        var base = request.getFhirServerBase();
        send(summaries.forPatient(Callers.current(), RequestForms.uuid(patient), meant, days, base), request, response);
    }

    private void send(SummaryDocument document, ServletRequestDetails request, HttpServletResponse response)
            throws IOException {
        answers.send(document, ProgressDocument.UNSIGNED, "progress-summary", request, response);
    }
}
