package org.tenderpoint.progress;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.TimeZone;
import java.util.UUID;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.document.Directory.Somebody;
import org.tenderpoint.document.PatientRecord;
import org.tenderpoint.document.SummaryDocument;
import org.tenderpoint.document.Words;
import org.tenderpoint.page.PdfPage;
import org.tenderpoint.page.TextPage;
import org.tenderpoint.server.PageForm;

/**
 * The resources of a signed summary: the Composition, one Binary for each form, the DocumentReference that lists them, and
 * the Provenance with the signature. They point at each other by fullUrl.
 */
final class SignedParts {

    /** The mark of everything that belongs to a signed summary. */
    static final String SIGNED = "signed-summary";

    private static final Coding KIND = new Coding("http://loinc.org", "11488-4", "Consult note");

    private final SummaryDocument document;
    private final Somebody signer;
    private final Instant now;
    private final @Nullable Replaced replaced;
    private final List<Part> parts = new ArrayList<>();
    private final Composition composition;
    private final String patient;

    /** What is replaced, and why. */
    record Replaced(Composition composition, @Nullable DocumentReference file, String reason) {}

    /** One resource and how the others point at it. */
    record Part(String fullUrl, Resource resource) {}

    SignedParts(SummaryDocument document, Somebody signer, Instant now, @Nullable Replaced replaced) {
        this.document = document;
        this.signer = signer;
        this.now = now;
        this.replaced = replaced;
        this.composition = document.composition();
        this.patient = PatientRecord.idOf(composition.getSubject());
    }

    /** All parts, the DocumentReference last. */
    List<Part> write(FhirContext fhir, String referral) {
        composition.setStatus(
                replaced == null ? Composition.CompositionStatus.FINAL : Composition.CompositionStatus.AMENDED);
        composition
                .addAttester()
                .setMode(Composition.CompositionAttestationMode.PROFESSIONAL)
                .setTimeElement(time())
                .setParty(new Reference(signer.reference()).setDisplay(signer.name()));
        if (replaced != null) {
            composition
                    .addRelatesTo()
                    .setCode(Composition.DocumentRelationshipType.REPLACES)
                    .setTarget(new Reference(PatientRecord.idOf(replaced.composition())));
        }
        // The Bundle is encoded first: it holds the Composition with the day of the record, as everybody else reads it.
        var bundle = fhir.newJsonParser().encodeResourceToString(document.bundle(now));
        var page = document.page(mark());
        var stored = composition.copy();
        stored.setId((IdType) null);
        var written = add(mark(stored));
        var file = file(referral, written);
        attach(file, PageForm.FHIR, bundle.getBytes(StandardCharsets.UTF_8));
        attach(file, PageForm.TEXT, TextPage.write(page).getBytes(StandardCharsets.UTF_8));
        attach(file, PageForm.PDF, PdfPage.write(page));
        var filed = add(mark(file));
        parts.add(parts.size() - 1, new Part(fullUrl(), provenance(written, filed)));
        return List.copyOf(parts);
    }

    private String mark() {
        var by = "Signed by " + signer.text() + " on "
                + Words.day(now.atZone(ZoneOffset.UTC).toLocalDate()) + ".";
        return replaced == null
                ? by
                : by + " Replaces the summary signed before, because: "
                        + replaced.reason().strip();
    }

    private DocumentReference file(String referral, String written) {
        var file = new DocumentReference()
                .setStatus(DocumentReferenceStatus.CURRENT)
                .setDocStatus(
                        replaced == null
                                ? DocumentReference.ReferredDocumentStatus.FINAL
                                : DocumentReference.ReferredDocumentStatus.AMENDED)
                .setType(new CodeableConcept(KIND))
                .setSubject(new Reference(patient))
                .setDateElement(new InstantType(Date.from(now)))
                .setDescription(composition.getTitle());
        file.addIdentifier(document.identifier());
        file.addAuthor(new Reference(signer.reference()).setDisplay(signer.name()));
        file.getContext()
                .addRelated(new Reference(referral))
                .addRelated(new Reference(written))
                .setPeriod(composition.getEventFirstRep().getPeriod().copy());
        if (replaced != null && replaced.file() != null) {
            file.addRelatesTo()
                    .setCode(DocumentReference.DocumentRelationshipType.REPLACES)
                    .setTarget(new Reference(PatientRecord.idOf(replaced.file())));
        }
        return file;
    }

    private void attach(DocumentReference file, PageForm form, byte[] bytes) {
        var type = form.contentType().split(";", 2)[0];
        var binary = new Binary().setContentType(type).setData(bytes);
        binary.setSecurityContext(new Reference(patient));
        var attachment = new Attachment()
                .setContentType(type)
                .setUrl(add(mark(binary)))
                .setSize(bytes.length)
                .setTitle("progress-summary." + form.extension());
        attachment.setCreationElement(time());
        file.addContent().setAttachment(attachment);
    }

    private Provenance provenance(String composition, String file) {
        var provenance = new Provenance().setRecorded(Date.from(now));
        provenance.addTarget(new Reference(composition));
        provenance.addTarget(new Reference(file));
        var who = new Reference(signer.reference()).setDisplay(signer.name());
        provenance
                .addAgent()
                .setType(new CodeableConcept(new Coding(
                        "http://terminology.hl7.org/CodeSystem/provenance-participant-type", "attester", "Attester")))
                .setWho(who);
        provenance
                .addSignature()
                .addType(new Coding("urn:iso-astm:E1762-95:2013", "1.2.840.10065.1.12.1.1", "Author's Signature"))
                .setWhen(Date.from(now))
                .setWho(who.copy());
        if (replaced != null) {
            provenance.addReason(new CodeableConcept().setText(replaced.reason().strip()));
        }
        return provenance;
    }

    private DateTimeType time() {
        return new DateTimeType(Date.from(now), TemporalPrecisionEnum.SECOND, TimeZone.getTimeZone("UTC"));
    }

    private String add(Resource resource) {
        var part = new Part(fullUrl(), resource);
        parts.add(part);
        return part.fullUrl();
    }

    private static String fullUrl() {
        return "urn:uuid:" + UUID.randomUUID();
    }

    private static <T extends Resource> T mark(T resource) {
        resource.getMeta().addTag(new Coding(Words.MASSAGE, SIGNED, "Signed summary"));
        return resource;
    }
}
