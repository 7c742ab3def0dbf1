package org.tenderpoint.treatmentsummary;

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
import org.tenderpoint.document.Parameter;
import org.tenderpoint.document.SummaryAnswers;
import org.tenderpoint.server.Callers;
import org.tenderpoint.server.FhirProvider;
import org.tenderpoint.server.RequestForms;

/** {@code Patient/{id}/$treatment-summary}. */
@Component
public final class TreatmentSummaryProvider implements FhirProvider {

    private final TreatmentSummaries summaries;
    private final SummaryAnswers answers;

    TreatmentSummaryProvider(TreatmentSummaries summaries, SummaryAnswers answers) {
        this.summaries = summaries;
        this.answers = answers;
    }

    @Override
    public Set<String> pages() {
        return Set.of(TreatmentSummaries.OPERATION);
    }

    /** The summary of a patient's treatment under one Coverage. */
    @Operation(name = TreatmentSummaries.OPERATION, typeName = "Patient", idempotent = true, manualResponse = true)
    @Description(
            shortDefinition =
                    "What a payer needs to judge and pay a member's treatment, and nothing beyond, as FHIR, text or PDF")
    public void ofPatient(
            @IdParam IdType patient,
            @OperationParam(name = "start", max = 1) @Nullable DateType start,
            @OperationParam(name = "end", max = 1) @Nullable DateType end,
            @OperationParam(name = "coverage", max = 1) @Nullable StringType coverage,
            ServletRequestDetails request,
            HttpServletResponse response)
            throws IOException {
        var document = summaries.forPatient(
                Callers.current(),
                RequestForms.uuid(patient),
                Parameter.day("start", start),
                Parameter.day("end", end),
                Parameter.id("coverage", "Coverage", coverage),
                request.getFhirServerBase());
        answers.send(document, TreatmentDocument.UNSIGNED, "treatment-summary", request, response);
    }
}
