package org.tenderpoint.chart;

import static org.tenderpoint.chart.RecordType.all;
import static org.tenderpoint.chart.RecordType.each;
import static org.tenderpoint.chart.RecordType.eachOf;
import static org.tenderpoint.chart.RecordType.ofType;

import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.Composition.CompositionAttesterComponent;
import org.hl7.fhir.r4.model.Composition.CompositionEventComponent;
import org.hl7.fhir.r4.model.Composition.CompositionRelatesToComponent;
import org.hl7.fhir.r4.model.Composition.CompositionStatus;
import org.hl7.fhir.r4.model.Composition.SectionComponent;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.provisionActorComponent;
import org.hl7.fhir.r4.model.Consent.provisionDataComponent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.DocumentReference.DocumentReferenceContentComponent;
import org.hl7.fhir.r4.model.DocumentReference.DocumentReferenceRelatesToComponent;
import org.hl7.fhir.r4.model.DocumentReference.ReferredDocumentStatus;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Provenance.ProvenanceAgentComponent;
import org.hl7.fhir.r4.model.Provenance.ProvenanceEntityComponent;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Signature;
import org.jspecify.annotations.Nullable;

/** Documents and the papers about them: who wrote what, who may see it, who did. */
final class DocumentTypes {

    static final List<RecordType<?>> ALL = List.of(
            RecordType.of(Composition.class)
                    .patient(Composition::getSubject, "patient", "subject")
                    .releasedWhen(c -> c.getStatus() != CompositionStatus.PRELIMINARY)
                    .happened("date", "When it was written", Composition::getDateElement)
                    .token("identifier", "Any identifier", Composition::getIdentifier)
                    .token("status", "Status", Composition::getStatusElement)
                    .token("type", "Kind of document", Composition::getType)
                    .tokens("category", "Category", Composition::getCategory)
                    .token("confidentiality", "Who may see it", Composition::getConfidentialityElement)
                    .string("title", "Title", Composition::getTitleElement)
                    .references("author", "Who wrote it", Targets.PEOPLE, Composition::getAuthor)
                    .references(
                            "attester",
                            "Who stands for it",
                            Targets.PEOPLE,
                            c -> each(c.getAttester(), CompositionAttesterComponent::getParty))
                    .reference("encounter", "The visit", Targets.VISIT, Composition::getEncounter)
                    .tokens(
                            "context",
                            "What it tells about",
                            c -> eachOf(c.getEvent(), CompositionEventComponent::getCode))
                    .dates("period", "When that was", c -> each(c.getEvent(), CompositionEventComponent::getPeriod))
                    .tokens("section", "A section's code", c -> each(c.getSection(), SectionComponent::getCode))
                    .references(
                            "entry",
                            "What a section shows",
                            Targets.ANY,
                            c -> eachOf(c.getSection(), SectionComponent::getEntry))
                    .references(
                            "related-ref",
                            "A document it replaces or adds to",
                            Set.of("Composition"),
                            c -> each(c.getRelatesTo(), r -> ofType(Reference.class, r.getTarget())))
                    .tokens(
                            "related-id",
                            "Identifier of such a document",
                            c -> each(c.getRelatesTo(), DocumentTypes::identifier)),
            RecordType.of(DocumentReference.class)
                    .patient(DocumentReference::getSubject, "patient", "subject")
                    .releasedWhen(d -> d.getDocStatus() != ReferredDocumentStatus.PRELIMINARY)
                    .happened("date", "When it was filed", DocumentReference::getDateElement)
                    .tokens(
                            "identifier",
                            "Any identifier",
                            d -> all(List.of(d.getMasterIdentifier()), d.getIdentifier()))
                    .token("status", "Status", DocumentReference::getStatusElement)
                    .token("type", "Kind of document", DocumentReference::getType)
                    .tokens("category", "Category", DocumentReference::getCategory)
                    .string("description", "Description", DocumentReference::getDescriptionElement)
                    .tokens("security-label", "Who may see it", DocumentReference::getSecurityLabel)
                    .references("author", "Who wrote it", Targets.PEOPLE, DocumentReference::getAuthor)
                    .reference(
                            "authenticator", "Who stands for it", Targets.PEOPLE, DocumentReference::getAuthenticator)
                    .reference("custodian", "Who keeps it", Set.of("Organization"), DocumentReference::getCustodian)
                    .tokens("contenttype", "MIME type", d -> each(attachments(d), Attachment::getContentTypeElement))
                    .tokens("language", "Language", d -> each(attachments(d), Attachment::getLanguageElement))
                    .uris("location", "Where the content is", d -> each(attachments(d), Attachment::getUrlElement))
                    .tokens(
                            "format",
                            "Format of the content",
                            d -> each(d.getContent(), DocumentReferenceContentComponent::getFormat))
                    .tokens("event", "What it tells about", d -> d.getContext().getEvent())
                    .token("facility", "Kind of place where it was written", d -> d.getContext()
                            .getFacilityType())
                    .token("setting", "Specialty in which it was written", d -> d.getContext()
                            .getPracticeSetting())
                    .date("period", "When what it tells about was", d -> d.getContext()
                            .getPeriod())
                    .references("related", "What it is about", Targets.ANY, d -> d.getContext()
                            .getRelated())
                    .references(
                            "relatesto",
                            "A document it replaces or adds to",
                            Set.of("DocumentReference"),
                            d -> each(d.getRelatesTo(), DocumentReferenceRelatesToComponent::getTarget))
                    .tokens(
                            "relation",
                            "Whether it replaces, signs or adds to another",
                            d -> each(d.getRelatesTo(), DocumentReferenceRelatesToComponent::getCodeElement))
                    .references("encounter", "The visit", Targets.VISIT, d -> d.getContext()
                            .getEncounter()),
            RecordType.of(Binary.class).patient(DocumentTypes::patientOf),
            RecordType.of(Bundle.class)
                    .patient(References::subjectOfDocument)
                    .token("identifier", "Any identifier", Bundle::getIdentifier)
                    .token("type", "Kind", Bundle::getTypeElement)
                    .date("timestamp", "When it was assembled", Bundle::getTimestampElement),
            RecordType.of(Consent.class)
                    .patient(Consent::getPatient, "patient")
                    .happened("date", "When it was given", Consent::getDateTimeElement)
                    .tokens("identifier", "Any identifier", Consent::getIdentifier)
                    .token("status", "Status", Consent::getStatusElement)
                    .token("scope", "Scope", Consent::getScope)
                    .tokens("category", "Category", Consent::getCategory)
                    .references("organization", "Who keeps it", Set.of("Organization"), Consent::getOrganization)
                    .references("consentor", "Who agrees", Targets.PEOPLE, Consent::getPerformer)
                    .reference(
                            "source-reference",
                            "The form that was signed",
                            Set.of("Consent", "DocumentReference", "QuestionnaireResponse"),
                            c -> ofType(Reference.class, c.getSource()))
                    .tokens("action", "What is allowed or forbidden", c -> c.getProvision()
                            .getAction())
                    .references(
                            "actor",
                            "To whom",
                            Targets.PEOPLE,
                            c -> each(c.getProvision().getActor(), provisionActorComponent::getReference))
                    .references(
                            "data",
                            "About which resource",
                            Targets.ANY,
                            c -> each(c.getProvision().getData(), provisionDataComponent::getReference))
                    .date("period", "From when to when", c -> c.getProvision().getPeriod())
                    .tokens("purpose", "For what purpose", c -> c.getProvision().getPurpose())
                    .tokens("security-label", "About data labelled so", c -> c.getProvision()
                            .getSecurityLabel()),
            RecordType.of(Provenance.class)
                    .patientOfTarget(provenance -> provenance.hasTarget() ? provenance.getTargetFirstRep() : null)
                    .happened("recorded", "When it was written down", Provenance::getRecordedElement)
                    .date("when", "When it was done", p -> ofType(DateTimeType.class, p.getOccurred()))
                    .references("target", "What it is about", Targets.ANY, Provenance::getTarget)
                    .pointingAt("Patient", "patient", "The patient, where it is about the Patient itself", "target")
                    .references(
                            "agent", "Who", Targets.PEOPLE, p -> each(p.getAgent(), ProvenanceAgentComponent::getWho))
                    .tokens("agent-role", "In which role", p -> eachOf(p.getAgent(), ProvenanceAgentComponent::getRole))
                    .tokens(
                            "agent-type",
                            "How they took part",
                            p -> each(p.getAgent(), ProvenanceAgentComponent::getType))
                    .references(
                            "entity",
                            "What was used",
                            Targets.ANY,
                            p -> each(p.getEntity(), ProvenanceEntityComponent::getWhat))
                    .reference("location", "Where", Set.of("Location"), Provenance::getLocation)
                    .tokens("signature-type", "Why it was signed", p -> eachOf(p.getSignature(), Signature::getType)));

    private DocumentTypes() {}

    /** A file belongs to the patient its security context names. */
    private static @Nullable Reference patientOf(Binary binary) {
        var context = binary.getSecurityContext();
        return context.hasReference() && context.getReference().contains("Patient/") ? context : null;
    }

    private static @Nullable Base identifier(CompositionRelatesToComponent related) {
        return ofType(Identifier.class, related.getTarget());
    }

    private static List<Attachment> attachments(DocumentReference document) {
        return document.getContent().stream()
                .map(DocumentReferenceContentComponent::getAttachment)
                .toList();
    }
}
