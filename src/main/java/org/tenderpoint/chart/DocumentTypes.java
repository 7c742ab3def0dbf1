package org.tenderpoint.chart;

import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.Composition.CompositionStatus;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.DocumentReference.ReferredDocumentStatus;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/** Documents and the papers about them: who wrote what, who may see it, who did. */
final class DocumentTypes {

    private static final Set<String> PEOPLE =
            Set.of("Practitioner", "PractitionerRole", "Organization", "Patient", "RelatedPerson", "Device");

    static final List<RecordType<?>> ALL = List.of(
            RecordType.of(Composition.class)
                    .patient(Composition::getSubject, "patient", "subject")
                    .releasedWhen(c -> c.getStatus() != CompositionStatus.PRELIMINARY)
                    .happened("date", "When it was written", Composition::getDateElement)
                    .token("identifier", "Any identifier", Composition::getIdentifier)
                    .token("status", "Status", Composition::getStatusElement)
                    .token("type", "Kind of document", Composition::getType)
                    .tokens("category", "Category", Composition::getCategory)
                    .string("title", "Title", Composition::getTitleElement)
                    .references("author", "Who wrote it", PEOPLE, Composition::getAuthor)
                    .reference("encounter", "The visit", Set.of("Encounter"), Composition::getEncounter),
            RecordType.of(DocumentReference.class)
                    .patient(DocumentReference::getSubject, "patient", "subject")
                    .releasedWhen(d -> d.getDocStatus() != ReferredDocumentStatus.PRELIMINARY)
                    .happened("date", "When it was filed", DocumentReference::getDateElement)
                    .tokens("identifier", "Any identifier", DocumentReference::getIdentifier)
                    .token("status", "Status", DocumentReference::getStatusElement)
                    .token("type", "Kind of document", DocumentReference::getType)
                    .tokens("category", "Category", DocumentReference::getCategory)
                    .references("author", "Who wrote it", PEOPLE, DocumentReference::getAuthor)
                    .references(
                            "related",
                            "What it is about",
                            Set.of("ServiceRequest", "Task", "CarePlan", "Encounter"),
                            d -> d.getContext().getRelated())
                    .references("encounter", "The visit", Set.of("Encounter", "EpisodeOfCare"), d -> d.getContext()
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
                    .references("organization", "Who keeps it", Set.of("Organization"), Consent::getOrganization),
            RecordType.of(Provenance.class)
                    .patientOfTarget(provenance -> provenance.hasTarget() ? provenance.getTargetFirstRep() : null)
                    .happened("recorded", "When it was written down", Provenance::getRecordedElement)
                    .references("target", "What it is about", Set.of(), Provenance::getTarget)
                    .references("agent", "Who", PEOPLE, p -> p.getAgent().stream()
                            .map(agent -> agent.getWho())
                            .toList()),
            RecordType.of(AuditEvent.class)
                    .happened("date", "When", AuditEvent::getRecordedElement)
                    .token("action", "Create, read, update, delete or execute", AuditEvent::getActionElement)
                    .token("outcome", "Success or failure", AuditEvent::getOutcomeElement)
                    .token("type", "Kind of event", AuditEvent::getType)
                    .tokens("subtype", "Kind of interaction", AuditEvent::getSubtype));

    private DocumentTypes() {}

    /** A file belongs to the patient its security context names. */
    private static @Nullable Reference patientOf(Binary binary) {
        var context = binary.getSecurityContext();
        return context.hasReference() && context.getReference().contains("Patient/") ? context : null;
    }
}
