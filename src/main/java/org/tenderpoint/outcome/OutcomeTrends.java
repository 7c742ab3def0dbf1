package org.tenderpoint.outcome;

import ca.uhn.fhir.context.FhirContext;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.Parameters;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tenderpoint.access.Caller;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.document.Days;
import org.tenderpoint.document.Episode;
import org.tenderpoint.document.PatientRecord;
import org.tenderpoint.issue.Refused;
import org.tenderpoint.observation.MeasureRules;
import org.tenderpoint.observation.Measurements;

/** Outcomes for whoever may read the record. */
@Component
class OutcomeTrends {

    private static final Set<String> SOURCES =
            Set.of("Patient", "ServiceRequest", "Encounter", "Appointment", "Observation", "Procedure");

    private final Chart chart;
    private final FhirContext fhir;
    private final MeasureRules rules;
    private final Measurements measurements;
    private final Clock clock;

    OutcomeTrends(Chart chart, FhirContext fhir, MeasureRules rules, Measurements measurements, Clock clock) {
        this.chart = chart;
        this.fhir = fhir;
        this.rules = rules;
        this.measurements = measurements;
        this.clock = clock;
    }

    /**
     * The outcomes of a patient's referral.
     *
     * @param referral id of the ServiceRequest; may be null where the patient has only one
     * @param asOf the last day to look at; today where null
     * @throws Refused 403 and 404 as {@link Chart#record} does; 422 where the referral has to be named
     */
    Parameters forPatient(Caller caller, UUID patient, @Nullable UUID referral, @Nullable LocalDate asOf) {
        var record = new PatientRecord(fhir, chart.record(caller, "$outcome-trend", "Patient", patient, SOURCES));
        var chosen = Episode.chosen(Episode.referrals(record), referral);
        var day = asOf == null ? LocalDate.now(clock) : asOf;
        var outcomes = EpisodeOutcomes.of(rules, measurements, Episode.of(record, chosen, Days.until(day)));
        return OutcomeParameters.of(outcomes, PatientRecord.idOf(chosen), day);
    }
}
