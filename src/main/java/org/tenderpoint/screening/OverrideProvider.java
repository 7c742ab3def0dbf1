package org.tenderpoint.screening;

import ca.uhn.fhir.model.api.annotation.Description;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import org.hl7.fhir.r4.model.DetectedIssue;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tenderpoint.server.Callers;
import org.tenderpoint.server.FhirProvider;
import org.tenderpoint.server.RequestForms;

/** {@code DetectedIssue/[id]/$override}. */
@Component
public final class OverrideProvider implements FhirProvider {

    private final Overrides overrides;

    OverrideProvider(Overrides overrides) {
        this.overrides = overrides;
    }

    /** Sets a contraindication aside, with a reason. */
    @Operation(name = "$override", typeName = "DetectedIssue")
    @Description(shortDefinition = "Sets a contraindication aside, with the therapist's reason")
    public DetectedIssue override(
            @IdParam IdType issue,
            @OperationParam(name = "reason", max = 1) @Nullable StringType reason,
            @OperationParam(name = "author", max = 1) @Nullable Reference author) {
        return overrides.override(
                Callers.current(),
                RequestForms.uuid(issue),
                reason == null ? "" : reason.getValueNotNull(),
                author == null ? "" : String.valueOf(author.getReference()));
    }
}
