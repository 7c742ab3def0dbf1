package org.tenderpoint.progress;

import ca.uhn.fhir.context.FhirContext;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tenderpoint.access.Caller;
import org.tenderpoint.chart.Change;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.document.Days;
import org.tenderpoint.document.Directory;
import org.tenderpoint.document.Episode;
import org.tenderpoint.document.Parameter;
import org.tenderpoint.document.PatientRecord;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;
import org.tenderpoint.progress.SignedParts.Replaced;
import org.tenderpoint.server.Asked;
import org.tenderpoint.server.FhirJson;
import org.tenderpoint.server.Writes;

/** Signs progress summaries: what was read is kept in all its forms, in one transaction, and does not change any more. */
@Component
class SignedSummaries {

    static final String OPERATION = "$sign-progress-summary";

    private static final Set<TaskStatus> OPEN =
            Set.of(TaskStatus.ACCEPTED, TaskStatus.INPROGRESS, TaskStatus.ONHOLD, TaskStatus.COMPLETED);

    private final Chart chart;
    private final Writes writes;
    private final FhirContext fhir;
    private final ProgressReader reader;
    private final Clock clock;

    SignedSummaries(Chart chart, Writes writes, FhirContext fhir, ProgressReader reader, Clock clock) {
        this.chart = chart;
        this.writes = writes;
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
        var now = clock.instant();
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
        var replaced = replaced(record, "ServiceRequest/" + referral, signature);
        var document = ProgressDocument.write(summary, record, directory, base);
        var parts = new SignedParts(document, signer, now, replaced).write(fhir, "ServiceRequest/" + referral);
        return commit(caller, parts, replaced, tasks(record, "ServiceRequest/" + referral));
    }

    private DocumentReference commit(
            Caller caller, List<SignedParts.Part> parts, @Nullable Replaced replaced, List<Task> tasks) {
        var asked = new ArrayList<Asked>();
        for (var part : parts) {
            var type = part.resource().fhirType();
            asked.add(new Asked.Plain(new Change.Create(part.resource(), part.fullUrl(), List.of(), null, type)));
        }
        var file = parts.get(parts.size() - 1);
        if (replaced != null && replaced.file() != null) {
            asked.add(update(replaced.file().copy().setStatus(DocumentReferenceStatus.SUPERSEDED)));
        }
        for (var task : tasks) {
            var changed = task.copy();
            changed.addOutput()
                    .setType(new CodeableConcept(new Coding("http://loinc.org", "11488-4", "Consult note")))
                    .setValue(new Reference(file.fullUrl()));
            asked.add(update(changed));
        }
        var stored = writes.carryOut(caller, asked, OPERATION)
                .get(parts.size() - 1)
                .orElseThrow()
                .stored();
        var answer = (DocumentReference) FhirJson.parse(fhir, stored.json());
        answer.setId(new IdType("DocumentReference", stored.id().toString(), Integer.toString(stored.version())));
        return answer;
    }

    // The version read is the version changed: whoever was faster makes this fail, and nothing is signed.
    private static Asked update(Resource resource) {
        var id = resource.getIdElement().getIdPart();
        var version = Integer.valueOf(resource.getMeta().getVersionId());
        return new Asked.Plain(new Change.Update(UUID.fromString(id), resource, null, version, resource.fhirType()));
    }

    private static @Nullable Replaced replaced(PatientRecord record, String referral, Signature signature) {
        if (signature.replaces() == null || signature.reason() == null) {
            return null;
        }
        var old = record.find(Composition.class, "Composition/" + signature.replaces())
                .filter(SignedRule::isSigned)
                .filter(summary -> summary.getSection().stream()
                        .anyMatch(section ->
                                PatientRecord.idOf(section.getFocus()).equals(referral)))
                .orElseThrow(() -> refused("replaces names the Composition of a signed summary of this referral."));
        var again = record.all(Composition.class).stream()
                .flatMap(summary -> summary.getRelatesTo().stream())
                .anyMatch(related -> related.getTarget() instanceof Reference target
                        && PatientRecord.idOf(target).equals(PatientRecord.idOf(old)));
        if (again) {
            throw refused("That summary was replaced already; replace the one that took its place.");
        }
        var file = record.all(DocumentReference.class).stream()
                .filter(SignedRule::isSigned)
                .filter(candidate -> candidate.getStatus() == DocumentReferenceStatus.CURRENT)
                .filter(candidate ->
                        PatientRecord.anyPointsAt(candidate.getContext().getRelated(), PatientRecord.idOf(old)))
                .findFirst()
                .orElse(null);
        return new Replaced(old, file, signature.reason());
    }

    private static List<Task> tasks(PatientRecord record, String referral) {
        return record.all(Task.class).stream()
                .filter(task -> OPEN.contains(task.getStatus())
                        && PatientRecord.idOf(task.getFocus()).equals(referral))
                .toList();
    }

    private static Set<String> sources() {
        var sources = new HashSet<>(ProgressSummaries.SOURCES);
        sources.addAll(Set.of("Composition", "DocumentReference"));
        return sources;
    }

    private static Refused refused(String sentence) {
        return Refused.unprocessable(List.of(
                Issue.businessRule("replaces-unknown", "Parameters.parameter.where(name = 'replaces')", sentence)));
    }
}
