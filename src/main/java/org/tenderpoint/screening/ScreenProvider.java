package org.tenderpoint.screening;

import ca.uhn.fhir.model.api.annotation.Description;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Parameters;
import org.springframework.stereotype.Component;
import org.tenderpoint.server.Callers;
import org.tenderpoint.server.FhirProvider;
import org.tenderpoint.server.RequestForms;

/** {@code Patient/[id]/$screen}. */
@Component
public final class ScreenProvider implements FhirProvider {

    private final Screenings screenings;

    ScreenProvider(Screenings screenings) {
        this.screenings = screenings;
    }

    /** Screens a patient's record and writes down what was found. */
    @Operation(name = "$screen", typeName = "Patient")
    @Description(shortDefinition = "Holds the record against the rules on contraindications and warning signs")
    public Parameters screen(@IdParam IdType patient) {
        return ScreeningAnswer.of(screenings.screen(Callers.current(), RequestForms.uuid(patient)));
    }
}
