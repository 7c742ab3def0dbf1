package org.tenderpoint.progress;

import ca.uhn.fhir.context.FhirContext;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.springframework.stereotype.Component;
import org.tenderpoint.access.Caller;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.document.Days;
import org.tenderpoint.document.Directory;
import org.tenderpoint.document.Episode;
import org.tenderpoint.document.Parameter;
import org.tenderpoint.document.PatientRecord;
import org.tenderpoint.document.Signature;
import org.tenderpoint.document.SignedDocuments;
import org.tenderpoint.issue.Refused;

/** Signs progress summaries: what was read is kept in all its forms, in one transaction, and does not change any more. */
@Component
class SignedSummaries {

    static final String OPERATION = "$sign-progress-summary";

    private static final Set<TaskStatus> OPEN =
            Set.of(TaskStatus.ACCEPTED, TaskStatus.INPROGRESS, TaskStatus.ONHOLD, TaskStatus.COMPLETED);

    private final Chart chart;
    private final SignedDocuments documents;
    private final FhirContext fhir;
    private final ProgressReader reader;
    private final Clock clock;

    SignedSummaries(Chart chart, SignedDocuments documents, FhirContext fhir, ProgressReader reader, Clock clock) {
        this.chart = chart;
        this.documents = documents;
        this.fhir = fhir;
        this.reader = reader;
        this.clock = clock;
    }

    /**
     * Signs the summary of a referral.
     *
     * @return the DocumentReference that lists its forms
     * @throws Refused 403 and 404 as {@link Chart#record} does; 422 where the signer did not treat, or what is to be
     *     replaced is no signed summary of this referral or was replaced already
     */
    DocumentReference sign(Caller caller, UUID referral, Days days, Signature signature, String base) {
        var asOf = days.last() == null ? LocalDate.now(clock) : days.last();
        var span = Parameter.inOrder(days.first(), asOf, "as-of");
        var record =
                new PatientRecord(fhir, chart.recordToKeep(caller, OPERATION, "ServiceRequest", referral, sources()));
        var meant =
                record.find(ServiceRequest.class, "ServiceRequest/" + referral).orElseThrow(Refused::notFound);
        var directory = Directory.of(fhir, chart::directory, ProgressReader.people(record));
        var summary = reader.read(record, directory, meant, span.first(), asOf);
        var treated = Episode.of(record, meant, Days.until(asOf)).encounters().stream()
                .flatMap(visit -> visit.getParticipant().stream())
                .map(Encounter.EncounterParticipantComponent::getIndividual)
                .map(PatientRecord::idOf)
                .toList();
        var signer = signature.by(caller, summary.contact().therapist(), treated, directory);
        var document = ProgressDocument.write(summary, record, directory, base);
        var about = "ServiceRequest/" + referral;
        return documents.keep(
                caller,
                OPERATION,
                new SignedDocuments.Signing(record, document, "progress-summary", signer, List.of(about)),
                signature,
                file -> tasks(record, about).stream()
                        .map(task -> answered(task, file))
                        .toList());
    }

    /** The Task of the referral says where the answer is. */
    private static Resource answered(Task task, String file) {
        var changed = task.copy();
        changed.addOutput()
                .setType(new CodeableConcept(new Coding("http://loinc.org", "11488-4", "Consult note")))
                .setValue(new Reference(file));
        return changed;
    }

    private static List<Task> tasks(PatientRecord record, String referral) {
        return record.all(Task.class).stream()
                .filter(task -> OPEN.contains(task.getStatus())
                        && PatientRecord.idOf(task.getFocus()).equals(referral))
                .toList();
    }

    private static Set<String> sources() {
        var sources = new HashSet<>(ProgressSummaries.SOURCES);
        sources.addAll(SignedDocuments.SOURCES);
        return sources;
    }
}
