package org.tenderpoint.outcome;

import ca.uhn.fhir.model.api.annotation.Description;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tenderpoint.document.Parameter;
import org.tenderpoint.server.Callers;
import org.tenderpoint.server.FhirProvider;
import org.tenderpoint.server.RequestForms;

/** {@code Patient/{id}/$outcome-trend}. */
@Component
public final class OutcomeTrendProvider implements FhirProvider {

    private final OutcomeTrends trends;

    OutcomeTrendProvider(OutcomeTrends trends) {
        this.trends = trends;
    }

    /** The outcomes of one referral, as numbers for charts. */
    @Operation(name = "$outcome-trend", typeName = "Patient", idempotent = true)
    @Description(
            shortDefinition =
                    "Every measured series of one referral with its points, threshold, source and class, the overall"
                            + " response, and what a session does")
    public Parameters ofPatient(
            @IdParam IdType patient,
            @OperationParam(name = "referral", max = 1) @Nullable StringType referral,
            @OperationParam(name = "as-of", max = 1) @Nullable DateType asOf) {
        return trends.forPatient(
                Callers.current(),
                RequestForms.uuid(patient),
                Parameter.id("referral", "ServiceRequest", referral),
                Parameter.day("as-of", asOf));
    }
}
