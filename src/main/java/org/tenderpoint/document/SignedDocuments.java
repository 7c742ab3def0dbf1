package org.tenderpoint.document;

import ca.uhn.fhir.context.FhirContext;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tenderpoint.access.Caller;
import org.tenderpoint.chart.Change;
import org.tenderpoint.document.Directory.Somebody;
import org.tenderpoint.document.SignedParts.Replaced;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;
import org.tenderpoint.server.Asked;
import org.tenderpoint.server.FhirJson;
import org.tenderpoint.server.Writes;

/** Keeps a signed document in all its forms, in one transaction; from then on it does not change. */
@Component
public class SignedDocuments {

    /** What has to be read of a record so that a document of it can be signed. */
    public static final Set<String> SOURCES = Set.of("Composition", "DocumentReference");

    private final Writes writes;
    private final FhirContext fhir;
    private final Clock clock;

    SignedDocuments(Writes writes, FhirContext fhir, Clock clock) {
        this.writes = writes;
        this.fhir = fhir;
        this.clock = clock;
    }

    /**
     * What is signed, and by whom.
     *
     * @param record from which it was drawn, with what was signed before
     * @param name of its files, without their endings
     * @param about what it is about, as references
     */
    public record Signing(
            PatientRecord record, SummaryDocument document, String name, Somebody signer, List<String> about) {
        public Signing {
            about = List.copyOf(about);
        }
    }

    /**
     * Signs a document and keeps it.
     *
     * @param operation for the audit
     * @param besides what is changed with it, given the fullUrl of its DocumentReference
     * @return the DocumentReference that lists its forms
     * @throws Refused 422 where what is to be replaced is no signed document about the same, or was replaced already
     */
    public DocumentReference keep(
            Caller caller,
            String operation,
            Signing signing,
            Signature signature,
            Function<String, List<Resource>> besides) {
        var replaced = replaced(signing, signature);
        var parts = new SignedParts(signing.document(), signing.name(), signing.signer(), clock.instant(), replaced)
                .write(fhir, signing.about());
        var asked = new ArrayList<Asked>();
        for (var part : parts) {
            var type = part.resource().fhirType();
            asked.add(new Asked.Plain(new Change.Create(part.resource(), part.fullUrl(), List.of(), null, type)));
        }
        if (replaced != null && replaced.file() != null) {
            asked.add(update(replaced.file().copy().setStatus(DocumentReferenceStatus.SUPERSEDED)));
        }
        besides.apply(parts.get(parts.size() - 1).fullUrl()).forEach(changed -> asked.add(update(changed)));
        var stored = writes.carryOut(caller, asked, operation)
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

    private static @Nullable Replaced replaced(Signing signing, Signature signature) {
        if (signature.replaces() == null || signature.reason() == null) {
            return null;
        }
        var record = signing.record();
        // A Composition's identifier says what it is about; all its versions have the same.
        var about = signing.document().composition().getIdentifier().getValue();
        var old = record.find(Composition.class, "Composition/" + signature.replaces())
                .filter(SignedRule::isSigned)
                .filter(summary -> about.equals(summary.getIdentifier().getValue()))
                .orElseThrow(() -> refused("replaces names the Composition of a signed summary about the same."));
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

    private static Refused refused(String sentence) {
        return Refused.unprocessable(List.of(
                Issue.businessRule("replaces-unknown", "Parameters.parameter.where(name = 'replaces')", sentence)));
    }
}
