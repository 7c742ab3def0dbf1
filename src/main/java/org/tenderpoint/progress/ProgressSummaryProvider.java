package org.tenderpoint.progress;

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

/** {@code $progress-summary} on a referral and on a patient. */
@Component
public final class ProgressSummaryProvider implements FhirProvider {

    private final ProgressSummaries summaries;

    ProgressSummaryProvider(ProgressSummaries summaries) {
        this.summaries = summaries;
    }

    /** {@code ServiceRequest/{id}/$progress-summary}. */
    @Operation(name = "$progress-summary", typeName = "ServiceRequest", idempotent = true)
    public Bundle ofReferral(
            @IdParam IdType referral,
            @OperationParam(name = "as-of", max = 1) @Nullable DateType asOf,
            RequestDetails request) {
        return summaries.forReferral(
                Callers.current(),
                RequestForms.uuid(referral),
                Parameter.day("as-of", asOf),
                request.getFhirServerBase());
    }

    /** {@code Patient/{id}/$progress-summary}. */
    @Operation(name = "$progress-summary", typeName = "Patient", idempotent = true)
    public Bundle ofPatient(
            @IdParam IdType patient,
            @OperationParam(name = "referral", max = 1) @Nullable StringType referral,
            @OperationParam(name = "as-of", max = 1) @Nullable DateType asOf,
            RequestDetails request) {
        return summaries.forPatient(
                Callers.current(),
                RequestForms.uuid(patient),
                Parameter.id("referral", "ServiceRequest", referral),
                Parameter.day("as-of", asOf),
                request.getFhirServerBase());
    }
}
