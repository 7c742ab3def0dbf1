package org.tenderpoint.document;

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
import org.tenderpoint.access.Audience;
import org.tenderpoint.document.Directory.Somebody;
import org.tenderpoint.page.PdfPage;
import org.tenderpoint.page.TextPage;
import org.tenderpoint.server.PageForm;

/**
 * The resources of a signed summary: the Composition, its forms, the DocumentReference that lists them, and the Provenance
 * with the signature. They point at each other by fullUrl. A form is a Binary; the FHIR document is a Bundle where it is for
 * payers, because that is what a payer can be sent.
 */
final class SignedParts {

    /** The mark of everything that belongs to a signed summary. */
    static final String SIGNED = "signed-summary";

    private final SummaryDocument document;
    private final String name;
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

    /** @param name of the files, without their endings */
    SignedParts(SummaryDocument document, String name, Somebody signer, Instant now, @Nullable Replaced replaced) {
        this.document = document;
        this.name = name;
        this.signer = signer;
        this.now = now;
        this.replaced = replaced;
        this.composition = document.composition();
        this.patient = PatientRecord.idOf(composition.getSubject());
    }

    /**
     * All parts, the DocumentReference last.
     *
     * @param about what the DocumentReference relates to besides its Composition
     */
    List<Part> write(FhirContext fhir, List<String> about) {
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
        // The Bundle comes first: it holds the Composition with the day of the record, as everybody else reads it.
        var bundle = document.bundle(now);
        var page = document.page(mark());
        var stored = composition.copy();
        stored.setId((IdType) null);
        var written = add(mark(stored));
        var file = file(about, written);
        if (isForPayers()) {
            list(file, PageForm.FHIR, bundle);
        } else {
            attach(
                    file,
                    PageForm.FHIR,
                    fhir.newJsonParser().encodeResourceToString(bundle).getBytes(StandardCharsets.UTF_8));
        }
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

    private DocumentReference file(List<String> about, String written) {
        var file = new DocumentReference()
                .setStatus(DocumentReferenceStatus.CURRENT)
                .setDocStatus(
                        replaced == null
                                ? DocumentReference.ReferredDocumentStatus.FINAL
                                : DocumentReference.ReferredDocumentStatus.AMENDED)
                .setType(composition.getType().copy())
                .setSubject(new Reference(patient))
                .setDateElement(new InstantType(Date.from(now)))
                .setDescription(composition.getTitle());
        file.addIdentifier(document.identifier());
        file.addAuthor(new Reference(signer.reference()).setDisplay(signer.name()));
        about.forEach(one -> file.getContext().addRelated(new Reference(one)));
        file.getContext()
                .addRelated(new Reference(written))
                .setPeriod(composition.getEventFirstRep().getPeriod().copy());
        if (replaced != null && replaced.file() != null) {
            file.addRelatesTo()
                    .setCode(DocumentReference.DocumentRelationshipType.REPLACES)
                    .setTarget(new Reference(PatientRecord.idOf(replaced.file())));
        }
        return file;
    }

    private boolean isForPayers() {
        return Audience.of(composition).filter(Audience.PAYER::equals).isPresent();
    }

    private void attach(DocumentReference file, PageForm form, byte[] bytes) {
        var binary = new Binary().setContentType(type(form)).setData(bytes);
        binary.setSecurityContext(new Reference(patient));
        list(file, form, binary).setSize(bytes.length);
    }

    private Attachment list(DocumentReference file, PageForm form, Resource content) {
        var attachment = new Attachment()
                .setContentType(type(form))
                .setUrl(add(mark(content)))
                .setTitle(name + "." + form.extension());
        attachment.setCreationElement(time());
        file.addContent().setAttachment(attachment);
        return attachment;
    }

    private static String type(PageForm form) {
        return form.contentType().split(";", 2)[0];
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

    /** For whom the document is made, all its parts are. */
    private <T extends Resource> T mark(T resource) {
        composition.getMeta().getSecurity().stream()
                .filter(label -> resource.getMeta().getSecurity(label.getSystem(), label.getCode()) == null)
                .forEach(label -> resource.getMeta().addSecurity(label.copy()));
        resource.getMeta().addTag(new Coding(Words.MASSAGE, SIGNED, "Signed summary"));
        return resource;
    }
}
