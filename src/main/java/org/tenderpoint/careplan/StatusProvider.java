package org.tenderpoint.careplan;

import ca.uhn.fhir.model.api.annotation.Description;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Parameters;
import org.springframework.stereotype.Component;
import org.tenderpoint.server.Callers;
import org.tenderpoint.server.FhirProvider;
import org.tenderpoint.server.RequestForms;

/** {@code CarePlan/[id]/$status}. */
@Component
public final class StatusProvider implements FhirProvider {

    private final PlanStatuses statuses;

    StatusProvider(PlanStatuses statuses) {
        this.statuses = statuses;
    }

    /** How far a plan is. */
    @Operation(name = "$status", typeName = "CarePlan", idempotent = true)
    @Description(shortDefinition = "Visits, goals, reassessment, home programme and restrictions of a plan")
    public Parameters status(@IdParam IdType plan) {
        return statuses.of(Callers.current(), RequestForms.uuid(plan));
    }
}
