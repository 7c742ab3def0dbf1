package org.tenderpoint.treatmentsummary;

import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterParticipantComponent;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tenderpoint.access.Caller;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.document.Days;
import org.tenderpoint.document.PatientRecord;
import org.tenderpoint.document.Signature;
import org.tenderpoint.document.SignedDocuments;
import org.tenderpoint.issue.Refused;

/** Signs treatment summaries: what an insurer is sent is kept in all its forms, and does not change any more. */
@Component
class SignedTreatments {

    static final String OPERATION = "$sign-treatment-summary";

    private final Chart chart;
    private final TreatmentSummaries summaries;
    private final SignedDocuments documents;
    private final Clock clock;

    SignedTreatments(Chart chart, TreatmentSummaries summaries, SignedDocuments documents, Clock clock) {
        this.chart = chart;
        this.summaries = summaries;
        this.documents = documents;
        this.clock = clock;
    }

    /**
     * Signs the summary of a patient's treatment under one Coverage.
     *
     * @param asked first and last day; as in a summary that is not signed where null
     * @return the DocumentReference that lists its forms
     * @throws Refused as {@link TreatmentSummaries#forPatient} does; 422 where the signer did not treat in these days, or
     *     what is to be replaced is no signed summary for this Coverage
     */
    DocumentReference sign(
            Caller caller, UUID patient, Days asked, @Nullable UUID coverage, Signature signature, String base) {
        var record = summaries.record(chart.recordToKeepForPayers(caller, OPERATION, "Patient", patient, sources()));
        var reading = summaries.read(caller, record, summaries.days(asked.first(), asked.last()), coverage);
        var summary = reading.summary();
        var signer = signature.by(caller, summary.therapist(), treated(reading), reading.directory());
        var about = Stream.concat(
                        Stream.of(summary.cover().source()),
                        summary.authorisations().stream().map(TreatmentSummary.Authorisation::source))
                .toList();
        var document = reading.document(base, clock.instant());
        // Not every signer is the therapist of the last visit, whom the document names anyway.
        reading.directory().behind(new Reference(signer.reference())).stream()
                .flatMap(resource -> MinimumNecessary.ofDirectory(resource).stream())
                .forEach(document::include);
        return documents.keep(
                caller,
                OPERATION,
                new SignedDocuments.Signing(record, document, "treatment-summary", signer, about),
                signature,
                file -> List.of());
    }

    private static List<String> treated(TreatmentSummaries.Reading reading) {
        return reading.summary().visits().stream()
                .flatMap(visit -> reading.record().find(Encounter.class, visit).stream())
                .flatMap(visit -> visit.getParticipant().stream())
                .map(EncounterParticipantComponent::getIndividual)
                .map(PatientRecord::idOf)
                .toList();
    }

    private static Set<String> sources() {
        var sources = new HashSet<>(TreatmentSummaries.SOURCES);
        sources.addAll(SignedDocuments.SOURCES);
        return sources;
    }
}
