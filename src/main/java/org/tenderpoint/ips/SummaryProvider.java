package org.tenderpoint.ips;

import ca.uhn.fhir.model.api.annotation.Description;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.UriType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;
import org.tenderpoint.server.Callers;
import org.tenderpoint.server.FhirProvider;
import org.tenderpoint.server.RequestForms;

/** {@code Patient/{id}/$summary}. */
@Component
public final class SummaryProvider implements FhirProvider {

    private final PatientSummaries summaries;

    SummaryProvider(PatientSummaries summaries) {
        this.summaries = summaries;
    }

    /** The summary of one patient. */
    @Operation(name = "$summary", typeName = "Patient", idempotent = true)
    @Description(shortDefinition = "The International Patient Summary")
    public Bundle ofPatient(
            @IdParam IdType patient,
            @OperationParam(name = "profile", max = 1) @Nullable UriType profile,
            RequestDetails request) {
        if (profile != null && !PatientSummary.BUNDLE.equals(profile.getValue())) {
            throw Refused.badRequest(new Issue(
                    IssueType.NOTSUPPORTED,
                    "operation-parameter-form",
                    null,
                    "Parameter profile is " + PatientSummary.BUNDLE + ", or not sent."));
        }
        return summaries.of(Callers.current(), RequestForms.uuid(patient), request.getFhirServerBase());
    }
}
