package org.tenderpoint.treatmentsummary;

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

/** {@code Patient/{id}/$sign-treatment-summary}. */
@Component
public final class SignTreatmentProvider implements FhirProvider {

    private final SignedTreatments treatments;

    SignTreatmentProvider(SignedTreatments treatments) {
        this.treatments = treatments;
    }

    /** Signs and keeps the summary of a patient's treatment under one Coverage. */
    @Operation(name = SignedTreatments.OPERATION, typeName = "Patient")
    @Description(
            shortDefinition =
                    "Signs the treatment summary for an insurer and keeps it as FHIR, text and PDF; the answer is the"
                            + " DocumentReference that lists them")
    public DocumentReference sign(
            @IdParam IdType patient,
            @OperationParam(name = "start", max = 1) @Nullable DateType start,
            @OperationParam(name = "end", max = 1) @Nullable DateType end,
            @OperationParam(name = "coverage", max = 1) @Nullable StringType coverage,
            @OperationParam(name = "signer", max = 1) @Nullable StringType signer,
            @OperationParam(name = "replaces", max = 1) @Nullable StringType replaces,
            @OperationParam(name = "reason", max = 1) @Nullable StringType reason,
            RequestDetails request,
            HttpServletResponse response) {
        var base = request.getFhirServerBase();
        var signature = Signature.of(signer, replaces, reason);
        var days = new Days(Parameter.day("start", start), Parameter.day("end", end));
        var cover = Parameter.id("coverage", "Coverage", coverage);
        var signed = treatments.sign(Callers.current(), RequestForms.uuid(patient), days, cover, signature, base);
        response.setHeader("Location", base + "/" + signed.getIdElement().getValue());
        return signed;
    }
}
