package org.tenderpoint.document;

import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.Composition.SectionComponent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.tenderpoint.page.Page;

/**
 * A FHIR document under construction. Whatever the Composition points at is put into the Bundle by the same call, so no
 * reference of it can lead nowhere and nothing else gets in.
 *
 * @see "https://hl7.org/fhir/R4/documents.html"
 */
public final class SummaryDocument {

    private static final String LOINC = "http://loinc.org";

    private final String base;
    private final Composition composition = new Composition();
    private final Map<String, Resource> included = new LinkedHashMap<>();
    private final List<Page.Section> sections = new ArrayList<>();
    private List<String> sources = List.of();
    private Instant lastChanged = Instant.EPOCH;

    /**
     * @param base address of the FHIR server, without a slash at the end; references resolve against it
     * @param loinc kind of document
     * @param display the code's name
     * @param about what the document is about, the same for all its versions; becomes the Composition's identifier
     */
    public SummaryDocument(String base, String loinc, String display, String title, String about) {
        this(base, loinc(loinc, display), title, about);
    }

    /**
     * The same for a kind of document that LOINC has no code for.
     *
     * @param kind kind of document
     */
    public SummaryDocument(String base, Coding kind, String title, String about) {
        this.base = base;
        composition.setIdentifier(uuidIdentifier(about));
        // Generated and not yet read by anybody; a therapist's signature makes a stored copy final.
        composition.setStatus(Composition.CompositionStatus.PRELIMINARY);
        composition.setType(new CodeableConcept(kind));
        composition.setTitle(title);
    }

    /** The Composition, for what only one kind of summary has. */
    public Composition composition() {
        return composition;
    }

    /** Puts a resource into the Bundle, once, and gives the reference to it. */
    public Reference include(Resource resource) {
        var reference = PatientRecord.idOf(resource);
        included.putIfAbsent(reference, resource);
        return new Reference(reference);
    }

    /**
     * Adds a section.
     *
     * @param code what the section is about; other readers' codes for the same may follow
     * @param entries what it was drawn from; goes into the Bundle
     */
    public SectionComponent section(String title, Coding code, SectionText text, List<? extends Resource> entries) {
        var section = composition.addSection();
        section.setTitle(title).setText(text.toNarrative()).getCode().addCoding(code);
        entries.stream().map(this::include).distinct().forEach(section::addEntry);
        sections.add(new Page.Section(title, text.blocks()));
        return section;
    }

    /** A LOINC coding. */
    public static Coding loinc(String code, String display) {
        return new Coding(LOINC, code, display);
    }

    /**
     * Says what the document was made from.
     *
     * @param sources everything, with versions: the same sources give the same identifier, so that a receiver can tell a
     *     document it has from one that says something new
     * @param lastChanged when the newest of them changed
     */
    public SummaryDocument drawnFrom(List<String> sources, Instant lastChanged) {
        this.sources = List.copyOf(sources);
        this.lastChanged = lastChanged;
        return this;
    }

    /**
     * The document as a person reads it, of the same words as the Bundle.
     *
     * @param mark what stands above everything else; empty where nothing does
     */
    public Page page(String mark) {
        return new Page(
                composition.getTitle(),
                mark,
                sections,
                "From the record as it stood on "
                        + Words.day(lastChanged.atZone(ZoneOffset.UTC).toLocalDate()) + ". Document "
                        + identifier().getValue().substring("urn:uuid:".length()) + ".");
    }

    /** The identifier of the document: the same for the same sources. */
    public Identifier identifier() {
        return uuidIdentifier(composition.getIdentifier().getValue() + sources);
    }

    /**
     * The document as a Bundle.
     *
     * @param now when it is assembled
     */
    public Bundle bundle(Instant now) {
        var identifier = identifier();
        composition.setId(new IdType("Composition", identifier.getValue().substring("urn:uuid:".length())));
        composition.setDateElement(
                new DateTimeType(Date.from(lastChanged), TemporalPrecisionEnum.SECOND, TimeZone.getTimeZone("UTC")));
        var bundle = new Bundle();
        bundle.setType(Bundle.BundleType.DOCUMENT);
        bundle.setIdentifier(identifier);
        bundle.setTimestampElement(
                new InstantType(Date.from(now), TemporalPrecisionEnum.MILLI, TimeZone.getTimeZone("UTC")));
        add(bundle, composition);
        included.values().forEach(resource -> add(bundle, resource));
        return bundle;
    }

    private void add(Bundle bundle, Resource resource) {
        bundle.addEntry().setFullUrl(base + "/" + PatientRecord.idOf(resource)).setResource(resource);
    }

    private static Identifier uuidIdentifier(String of) {
        var uuid = UUID.nameUUIDFromBytes(of.getBytes(StandardCharsets.UTF_8));
        return new Identifier().setSystem("urn:ietf:rfc:3986").setValue("urn:uuid:" + uuid);
    }
}
