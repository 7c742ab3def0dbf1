package org.tenderpoint.treatmentsummary;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tenderpoint.document.Parameter;
import org.tenderpoint.server.Callers;
import org.tenderpoint.server.FhirProvider;
import org.tenderpoint.server.RequestForms;

/** {@code Patient/{id}/$treatment-summary}. */
@Component
public final class TreatmentSummaryProvider implements FhirProvider {

    private final TreatmentSummaries summaries;

    TreatmentSummaryProvider(TreatmentSummaries summaries) {
        this.summaries = summaries;
    }

    /** The summary of a patient's treatment under one Coverage. */
    @Operation(name = "$treatment-summary", typeName = "Patient", idempotent = true)
    public Bundle ofPatient(
            @IdParam IdType patient,
            @OperationParam(name = "start", max = 1) @Nullable DateType start,
            @OperationParam(name = "end", max = 1) @Nullable DateType end,
            @OperationParam(name = "coverage", max = 1) @Nullable StringType coverage,
            RequestDetails request) {
        return summaries.forPatient(
                Callers.current(),
                RequestForms.uuid(patient),
                Parameter.day("start", start),
                Parameter.day("end", end),
                Parameter.id("coverage", "Coverage", coverage),
                request.getFhirServerBase());
    }
}
