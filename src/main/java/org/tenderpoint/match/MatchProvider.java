package org.tenderpoint.match;

import ca.uhn.fhir.model.api.annotation.Description;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Patient;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;
import org.tenderpoint.server.Callers;
import org.tenderpoint.server.FhirProvider;

/** {@code Patient/$match}. */
@Component
public final class MatchProvider implements FhirProvider {

    private static final int MOST = 50;

    private final PatientMatches matches;

    MatchProvider(PatientMatches matches) {
        this.matches = matches;
    }

    /** Patients like the one described. */
    @Operation(name = "$match", typeName = "Patient")
    @Description(shortDefinition = "Patients like the one described, among those that the caller may see")
    public Bundle match(
            @OperationParam(name = "resource", min = 1, max = 1) @Nullable Patient resource,
            @OperationParam(name = "onlyCertainMatches", max = 1) @Nullable BooleanType onlyCertain,
            @OperationParam(name = "count", max = 1) @Nullable IntegerType count,
            RequestDetails request) {
        if (resource == null) {
            throw wrong("Parameter resource is the Patient to look for.");
        }
        if (count != null && count.getValue() < 1) {
            throw wrong("Parameter count is 1 or more.");
        }
        return matches.of(
                Callers.current(),
                resource,
                onlyCertain != null && onlyCertain.booleanValue(),
                count == null ? MOST : Math.min(MOST, count.getValue()),
                request.getFhirServerBase());
    }

    private static Refused wrong(String sentence) {
        return Refused.badRequest(new Issue(IssueType.INVALID, "operation-parameter-form", null, sentence));
    }
}
