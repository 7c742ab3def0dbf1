package org.tenderpoint.treatmentsummary;

import ca.uhn.fhir.context.FhirContext;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.Coverage.CoverageStatus;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Role;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.chart.Stored;
import org.tenderpoint.document.Days;
import org.tenderpoint.document.Directory;
import org.tenderpoint.document.Parameter;
import org.tenderpoint.document.PatientRecord;
import org.tenderpoint.document.SummaryDocument;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;

/** Treatment summaries for insurers, and for the clinic that wants to see what they see. */
@Component
class TreatmentSummaries {

    static final String OPERATION = "$treatment-summary";
    private static final String COVERAGE_PARAMETER = "Parameters.parameter.where(name = 'coverage')";

    /** What a summary reads. Notes, questionnaires and messages are not among it. */
    static final Set<String> SOURCES = Set.of(
            "Patient",
            "Coverage",
            "ServiceRequest",
            "Encounter",
            "Procedure",
            "Observation",
            "CarePlan",
            "Goal",
            "Condition",
            "AdverseEvent",
            "Appointment");

    private final Chart chart;
    private final FhirContext fhir;
    private final TreatmentReader reader;
    private final Clock clock;

    TreatmentSummaries(Chart chart, FhirContext fhir, TreatmentReader reader, Clock clock) {
        this.chart = chart;
        this.fhir = fhir;
        this.reader = reader;
        this.clock = clock;
    }

    /**
     * The summary of a patient's treatment under one Coverage as a document.
     *
     * @param start first day asked for; the beginning of the cover where null
     * @param end last day asked for; today where null
     * @param coverage id of the Coverage; may be null where only one comes into question
     * @param base address of the FHIR server, for the Bundle's fullUrls
     * @throws Refused 403 and 404 as {@link Chart#record} does; 422 where the days are reversed or the Coverage has to
     *     be named
     */
    SummaryDocument forPatient(
            Caller caller,
            UUID patient,
            @Nullable LocalDate start,
            @Nullable LocalDate end,
            @Nullable UUID coverage,
            String base) {
        var days = days(start, end);
        var record = record(chart.recordForPayers(caller, OPERATION, "Patient", patient, SOURCES));
        return read(caller, record, days, coverage).document(base, clock.instant());
    }

    /** What there is to say, beside what it was read from. */
    record Reading(TreatmentSummary summary, PatientRecord record, Directory directory) {

        SummaryDocument document(String base, Instant now) {
            return TreatmentDocument.write(summary, record, directory, base, now);
        }
    }

    Days days(@Nullable LocalDate start, @Nullable LocalDate end) {
        return Parameter.inOrder(start, end == null ? LocalDate.now(clock) : end, "end");
    }

    /** The rows of a patient's record, as far as a summary reads them. */
    PatientRecord record(List<Stored> rows) {
        return reader.record(fhir, rows);
    }

    /** Reads a summary from a record that the caller has got already. */
    Reading read(Caller caller, PatientRecord record, Days days, @Nullable UUID coverage) {
        var directory = Directory.of(
                fhir,
                chart::directory,
                Stream.concat(TreatmentReader.people(record).stream(), organization(caller).stream())
                        .toList());
        var chosen = chosen(record.all(Coverage.class), mayUse(caller, directory), coverage);
        return new Reading(reader.read(record, directory, chosen, days), record, directory);
    }

    /** An insurer uses the Coverage of which it is the payor; a clinic any. */
    static Predicate<Coverage> mayUse(Caller caller, Directory directory) {
        if (!caller.is(Role.INSURER)) {
            return coverage -> true;
        }
        var own = organization(caller).stream()
                .flatMap(reference -> directory.find(reference).stream())
                .filter(Organization.class::isInstance)
                .flatMap(organization -> ((Organization) organization).getIdentifier().stream())
                .toList();
        var reference = "Organization/" + caller.organization();
        return coverage -> coverage.getPayor().stream()
                .anyMatch(payor -> PatientRecord.idOf(payor).equals(reference)
                        || (!payor.hasReference() && isOneOf(own, payor.getIdentifier())));
    }

    /** The Coverage that is meant: the one named, or the only active one. */
    static Coverage chosen(List<Coverage> coverages, Predicate<Coverage> mayUse, @Nullable UUID wanted) {
        var candidates = coverages.stream()
                .filter(mayUse)
                .filter(coverage -> coverage.getStatus() != CoverageStatus.ENTEREDINERROR)
                .filter(coverage -> wanted == null
                        ? coverage.getStatus() == CoverageStatus.ACTIVE
                        : coverage.getIdElement().getIdPart().equals(wanted.toString()))
                .toList();
        if (candidates.size() == 1) {
            return candidates.get(0);
        }
        throw Refused.unprocessable(
                List.of(
                        candidates.isEmpty()
                                ? Issue.businessRule(
                                        "coverage-missing",
                                        wanted == null ? null : COVERAGE_PARAMETER,
                                        "The patient has no such Coverage on which you may ask for a treatment summary.")
                                : Issue.required(
                                        "coverage-ambiguous",
                                        COVERAGE_PARAMETER,
                                        "The patient has several active Coverages; the parameter coverage names one by its id.")));
    }

    private static List<Reference> organization(Caller caller) {
        return caller.organization() == null
                ? List.of()
                : List.of(new Reference("Organization/" + caller.organization()));
    }

    private static boolean isOneOf(List<Identifier> own, Identifier identifier) {
        return identifier.hasSystem()
                && identifier.hasValue()
                && own.stream()
                        .anyMatch(mine -> identifier.getSystem().equals(mine.getSystem())
                                && identifier.getValue().equals(mine.getValue()));
    }
}
