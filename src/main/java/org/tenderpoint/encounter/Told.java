package org.tenderpoint.encounter;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.AdverseEvent;
import org.hl7.fhir.r4.model.AdverseEvent.AdverseEventActuality;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Procedure.ProcedureStatus;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/**
 * When something was that a resource tells as having been. What is planned, and what is taken back, tells of nothing.
 *
 * @param element where the resource says so
 */
record Told(String element, BaseDateTimeType when) {

    private static final Set<ObservationStatus> SEEN = EnumSet.complementOf(
            EnumSet.of(ObservationStatus.ENTEREDINERROR, ObservationStatus.CANCELLED, ObservationStatus.NULL));
    private static final Set<ProcedureStatus> DONE =
            EnumSet.of(ProcedureStatus.COMPLETED, ProcedureStatus.INPROGRESS, ProcedureStatus.STOPPED);

    static List<Told> of(Resource resource) {
        if (resource instanceof Observation seen && SEEN.contains(seen.getStatus())) {
            return Stream.concat(of("effective", seen.getEffective()), of("issued", seen.getIssuedElement()))
                    .toList();
        }
        if (resource instanceof Procedure done && DONE.contains(done.getStatus())) {
            return of("performed", done.getPerformed()).toList();
        }
        if (resource instanceof Condition condition) {
            return of("onset", condition.getOnset()).toList();
        }
        if (resource instanceof MedicationStatement statement) {
            return of("dateAsserted", statement.getDateAssertedElement()).toList();
        }
        if (resource instanceof AdverseEvent event && event.getActuality() == AdverseEventActuality.ACTUAL) {
            return of("date", event.getDateElement()).toList();
        }
        return List.of();
    }

    private static Stream<Told> of(String element, @Nullable Type when) {
        if (when instanceof Period period) {
            return Stream.of(
                    new Told(element + ".start", period.getStartElement()),
                    new Told(element + ".end", period.getEndElement()));
        }
        return when instanceof BaseDateTimeType time ? Stream.of(new Told(element, time)) : Stream.of();
    }
}
