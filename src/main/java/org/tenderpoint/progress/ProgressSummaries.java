package org.tenderpoint.progress;

import ca.uhn.fhir.context.FhirContext;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tenderpoint.access.Caller;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.document.Directory;
import org.tenderpoint.document.Episode;
import org.tenderpoint.document.PatientRecord;
import org.tenderpoint.issue.Refused;

/** Progress summaries for whoever may read the record. */
@Component
public final class ProgressSummaries {

    private static final String OPERATION = "$progress-summary";

    /** What a summary reads. Notes and questionnaires are not among it. */
    private static final Set<String> SOURCES = Set.of(
            "Patient",
            "ServiceRequest",
            "Task",
            "Communication",
            "Condition",
            "Encounter",
            "Appointment",
            "CarePlan",
            "Goal",
            "Observation",
            "Procedure",
            "AdverseEvent",
            "DetectedIssue",
            "Flag");

    private final Chart chart;
    private final FhirContext fhir;
    private final ProgressReader reader;
    private final Clock clock;

    ProgressSummaries(Chart chart, FhirContext fhir, ProgressReader reader, Clock clock) {
        this.chart = chart;
        this.fhir = fhir;
        this.reader = reader;
        this.clock = clock;
    }

    /**
     * The summary of one referral as a document.
     *
     * @param referral FHIR id of the ServiceRequest
     * @param asOf the last day to look at; today where null
     * @param base address of the FHIR server, for the Bundle's fullUrls
     * @throws Refused 403 and 404 as {@link Chart#record} does
     */
    public Bundle forReferral(Caller caller, UUID referral, @Nullable LocalDate asOf, String base) {
        var record = new PatientRecord(fhir, chart.record(caller, OPERATION, "ServiceRequest", referral, SOURCES));
        var asked =
                record.find(ServiceRequest.class, "ServiceRequest/" + referral).orElseThrow(Refused::notFound);
        return document(record, asked, asOf, base);
    }

    /**
     * The summary of a patient's referral as a document.
     *
     * @param referral id of the ServiceRequest; may be null where the patient has only one
     * @throws Refused 403 and 404 as {@link Chart#record} does; 422 where the referral has to be named
     */
    public Bundle forPatient(
            Caller caller, UUID patient, @Nullable UUID referral, @Nullable LocalDate asOf, String base) {
        var record = new PatientRecord(fhir, chart.record(caller, OPERATION, "Patient", patient, SOURCES));
        return document(record, Episode.chosen(Episode.referrals(record), referral), asOf, base);
    }

    private Bundle document(PatientRecord record, ServiceRequest referral, @Nullable LocalDate asOf, String base) {
        var day = asOf == null ? LocalDate.now(clock) : asOf;
        var directory = Directory.of(fhir, chart::directory, ProgressReader.people(record));
        var summary = reader.read(record, directory, referral, day);
        return ProgressDocument.write(summary, record, directory, base, clock.instant());
    }
}
