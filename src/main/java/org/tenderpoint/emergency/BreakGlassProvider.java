package org.tenderpoint.emergency;

import ca.uhn.fhir.model.api.annotation.Description;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import java.util.Date;
import java.util.UUID;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.tenderpoint.chart.BrokenGlass;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;
import org.tenderpoint.server.Callers;
import org.tenderpoint.server.FhirProvider;
import org.tenderpoint.server.RequestForms;

/** {@code Patient/[id]/$break-glass}, and what a privacy officer does about it. */
@Component
public final class BreakGlassProvider implements FhirProvider {

    private static final Logger log = LoggerFactory.getLogger(BreakGlassProvider.class);

    private static final int SHORTEST_REASON = 10;
    private static final int LONGEST_REASON = 500;

    private final BrokenGlass glass;

    BreakGlassProvider(BrokenGlass glass) {
        this.glass = glass;
    }

    /** Opens a record to the caller's clinic for an hour. */
    @Operation(name = BrokenGlass.OPEN, typeName = "Patient")
    @Description(
            shortDefinition = "In an emergency: opens the record of a patient of others for an hour, with a reason")
    public Parameters open(
            @IdParam IdType patient, @OperationParam(name = "reason", max = 1) @Nullable StringType reason) {
        var text = reason == null || reason.getValue() == null
                ? ""
                : reason.getValue().strip();
        if (text.length() < SHORTEST_REASON || text.length() > LONGEST_REASON) {
            throw Refused.badRequest(
                    Issue.value(
                            "break-glass-reason",
                            null,
                            "Parameter reason says in 10 to 500 characters what the emergency is; a privacy officer reads it."));
        }
        var opened = glass.open(Callers.current(), RequestForms.uuid(patient), text);
        // Whoever watches the log is told at once, and of the record nothing but that it was opened.
        log.warn("ALERT break-glass: case {} until {}, a privacy officer reviews it", opened.id(), opened.ends());
        return parts(opened, new Parameters());
    }

    /** What was opened. */
    @Operation(name = BrokenGlass.LIST, typeName = "Patient", idempotent = true)
    @Description(
            shortDefinition = "For a privacy officer: records that were opened in emergencies, first those to review")
    public Parameters list() {
        var list = new Parameters();
        for (var one : glass.list(Callers.current())) {
            var parts = parts(one, new Parameters());
            list.addParameter().setName("case").setPart(parts.getParameter());
        }
        return list;
    }

    /** A privacy officer has looked at one. */
    @Operation(name = BrokenGlass.REVIEW, typeName = "Patient")
    @Description(shortDefinition = "For a privacy officer: marks such a case as reviewed")
    public Parameters review(@OperationParam(name = "case", max = 1) @Nullable StringType id) {
        var known = id == null ? null : RequestForms.uuidOrNull(id.getValue());
        if (known == null) {
            throw Refused.badRequest(Issue.value("break-glass-case", null, "Parameter case is the id of a case."));
        }
        return parts(glass.review(Callers.current(), known), new Parameters());
    }

    private static Parameters parts(BrokenGlass.Case one, Parameters parts) {
        add(parts, "id").setValue(new StringType(one.id().toString()));
        add(parts, "patient").setValue(reference("Patient", one.patient()));
        add(parts, "organization").setValue(reference("Organization", one.organization()));
        add(parts, "client").setValue(new StringType(one.client()));
        if (one.person() != null) {
            add(parts, "person").setValue(new Reference(one.person()));
        }
        add(parts, "reason").setValue(new StringType(one.reason()));
        add(parts, "opened").setValue(new InstantType(Date.from(one.opened())));
        add(parts, "ends").setValue(new InstantType(Date.from(one.ends())));
        if (one.reviewed() != null) {
            add(parts, "reviewed").setValue(new InstantType(Date.from(one.reviewed())));
        }
        return parts;
    }

    private static ParametersParameterComponent add(Parameters parts, String name) {
        return parts.addParameter().setName(name);
    }

    private static Reference reference(String type, UUID id) {
        return new Reference(type + "/" + id);
    }
}
