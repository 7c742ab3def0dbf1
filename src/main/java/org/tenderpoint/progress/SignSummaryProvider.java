package org.tenderpoint.progress;

import ca.uhn.fhir.model.api.annotation.Description;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import jakarta.servlet.http.HttpServletResponse;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tenderpoint.document.Days;
import org.tenderpoint.document.Parameter;
import org.tenderpoint.document.Signature;
import org.tenderpoint.server.Callers;
import org.tenderpoint.server.FhirProvider;
import org.tenderpoint.server.RequestForms;

/** {@code ServiceRequest/{id}/$sign-progress-summary}. */
@Component
public final class SignSummaryProvider implements FhirProvider {

    private final SignedSummaries summaries;

    SignSummaryProvider(SignedSummaries summaries) {
        this.summaries = summaries;
    }

    /** Signs and keeps the summary of a referral. */
    @Operation(name = SignedSummaries.OPERATION, typeName = "ServiceRequest")
    @Description(
            shortDefinition =
                    "Signs the progress summary of a referral and keeps it as FHIR, text and PDF; the answer is the"
                            + " DocumentReference that lists them")
    public DocumentReference sign(
            @IdParam IdType referral,
            @OperationParam(name = "start", max = 1) @Nullable DateType start,
            @OperationParam(name = "as-of", max = 1) @Nullable DateType asOf,
            @OperationParam(name = "signer", max = 1) @Nullable StringType signer,
            @OperationParam(name = "replaces", max = 1) @Nullable StringType replaces,
            @OperationParam(name = "reason", max = 1) @Nullable StringType reason,
            RequestDetails request,
            HttpServletResponse response) {
        var base = request.getFhirServerBase();
        var signature = Signature.of(signer, replaces, reason);
        var days = new Days(Parameter.day("start", start), Parameter.day("as-of", asOf));
        var signed = summaries.sign(Callers.current(), RequestForms.uuid(referral), days, signature, base);
        response.setHeader("Location", base + "/" + signed.getIdElement().getValue());
        return signed;
    }
}
