package org.tenderpoint.ips;

import ca.uhn.fhir.context.FhirContext;
import java.time.Clock;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.springframework.stereotype.Component;
import org.tenderpoint.access.Caller;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.document.PatientRecord;

/** Patient summaries for whoever may read the record. */
@Component
final class PatientSummaries {

    private static final Set<String> SOURCES = Set.of(
            "Patient",
            "Condition",
            "AllergyIntolerance",
            "MedicationStatement",
            "MedicationRequest",
            "Procedure",
            "Observation",
            "CarePlan",
            "Goal",
            "Flag");

    private final Chart chart;
    private final FhirContext fhir;
    private final Clock clock;

    PatientSummaries(Chart chart, FhirContext fhir, Clock clock) {
        this.chart = chart;
        this.fhir = fhir;
        this.clock = clock;
    }

    /** @throws org.tenderpoint.issue.Refused 403 and 404 as {@link Chart#record} does */
    Bundle of(Caller caller, UUID patient, String base) {
        var record = new PatientRecord(fhir, chart.record(caller, "$summary", "Patient", patient, SOURCES));
        return new PatientSummary(record, base).write(clock.instant());
    }
}
