package org.tenderpoint.progress;

import ca.uhn.fhir.context.FhirContext;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tenderpoint.access.Caller;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.document.Days;
import org.tenderpoint.document.Directory;
import org.tenderpoint.document.Episode;
import org.tenderpoint.document.Parameter;
import org.tenderpoint.document.PatientRecord;
import org.tenderpoint.document.SummaryDocument;
import org.tenderpoint.issue.Refused;

/** Progress summaries for whoever may read the record. */
@Component
public class ProgressSummaries {

    static final String OPERATION = "$progress-summary";

    /** What a summary reads. Notes and questionnaires are not among it. */
    static final Set<String> SOURCES = Set.of(
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
            "Flag",
            "MedicationStatement",
            "MedicationRequest");

    /**
     * A summary beside what it was read from.
     *
     * @param directory everybody whom the record names
     */
    public record Reading(ProgressSummary summary, PatientRecord record, Directory directory) {}

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
     * @param days what to look at; to today where they name no last day
     * @param base address of the FHIR server, for the Bundle's fullUrls
     * @throws Refused 403 and 404 as {@link Chart#record} does; 422 where the days are reversed
     */
    SummaryDocument forReferral(Caller caller, UUID referral, Days days, String base) {
        return reading(caller, OPERATION, referral, days, reading -> document(reading, base));
    }

    /**
     * What is written of what there is to say on one referral.
     *
     * @param operation for which it is read; the audit names it
     * @param referral FHIR id of the ServiceRequest
     * @param written writes it, and throws where there is too little
     * @throws Refused as {@link #forReferral} does, and what {@code written} throws
     */
    public <T> T reading(Caller caller, String operation, UUID referral, Days days, Function<Reading, T> written) {
        var asked = days(days);
        return chart.record(caller, operation, "ServiceRequest", referral, SOURCES, rows -> {
            var record = new PatientRecord(fhir, rows);
            var meant = record.find(ServiceRequest.class, "ServiceRequest/" + referral)
                    .orElseThrow(Refused::notFound);
            return written.apply(reading(record, meant, asked));
        });
    }

    /**
     * The summary of a patient's referral as a document.
     *
     * @param referral id of the ServiceRequest; may be null where the patient has only one
     * @throws Refused as {@link #forReferral} does; 422 where the referral has to be named
     */
    SummaryDocument forPatient(Caller caller, UUID patient, @Nullable UUID referral, Days days, String base) {
        var asked = days(days);
        var record = new PatientRecord(fhir, chart.record(caller, OPERATION, "Patient", patient, SOURCES));
        return document(reading(record, Episode.chosen(Episode.referrals(record), referral), asked), base);
    }

    private Reading reading(PatientRecord record, ServiceRequest referral, Days days) {
        var directory = Directory.of(fhir, chart::directory, ProgressReader.people(record));
        var summary = reader.read(record, directory, referral, days.first(), Objects.requireNonNull(days.last()));
        return new Reading(summary, record, directory);
    }

    private static SummaryDocument document(Reading reading, String base) {
        return ProgressDocument.write(reading.summary(), reading.record(), reading.directory(), base);
    }

    private Days days(Days asked) {
        return Parameter.inOrder(asked.first(), asked.last() == null ? LocalDate.now(clock) : asked.last(), "as-of");
    }
}
