package org.tenderpoint.document;

import ca.uhn.fhir.context.FhirContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.chart.Stored;
import org.tenderpoint.server.FhirJson;

/** What the caller may read of one patient. A type is parsed when it is first asked for. Belongs to one thread. */
public final class PatientRecord {

    private final FhirContext fhir;
    private final List<Stored> rows;
    private final Excerpt excerpt;
    private final Map<String, OfType> parsed = new HashMap<>();

    /** Documents ask for many resources by reference: each is looked up, and not searched for. */
    private record OfType(List<Resource> all, Map<String, Resource> byReference) {}

    /** @param rows released resources of one patient, oldest first */
    public PatientRecord(FhirContext fhir, List<Stored> rows) {
        this(fhir, rows, Excerpt.WHOLE);
    }

    /**
     * The same for somebody who does not read everything.
     *
     * @param excerpt what she reads; the rest is as if the record did not hold it, but counts in {@link #versions}
     */
    public PatientRecord(FhirContext fhir, List<Stored> rows, Excerpt excerpt) {
        this.fhir = fhir;
        this.rows = List.copyOf(rows);
        this.excerpt = excerpt;
    }

    /** All resources of a type, oldest first. */
    public <T extends Resource> List<T> all(Class<T> type) {
        return ofType(type.getSimpleName()).all.stream().map(type::cast).toList();
    }

    /** The resource behind a reference, as far as the caller may read it. */
    public <T extends Resource> Optional<T> find(Class<T> type, @Nullable String reference) {
        return Optional.ofNullable(ofType(type.getSimpleName()).byReference.get(String.valueOf(reference)))
                .map(type::cast);
    }

    /** The resource behind a reference, whatever its type. */
    public Optional<Resource> find(String reference) {
        var slash = reference.indexOf('/');
        return slash < 0
                ? Optional.empty()
                : Optional.ofNullable(
                        ofType(reference.substring(0, slash)).byReference.get(reference));
    }

    /** When the record last changed. */
    public Instant lastChanged() {
        return rows.stream()
                .map(Stored::lastUpdated)
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
    }

    /** Every resource with its version, in a stable order: two records that say the same say the same here. */
    public List<String> versions() {
        return rows.stream().map(Stored::toString).sorted().toList();
    }

    /** The relative reference of a resource, without a version. */
    public static String idOf(Resource resource) {
        return resource.fhirType() + "/" + resource.getIdElement().getIdPart();
    }

    /** The relative reference that an element holds, without a version; empty for a logical or contained one. */
    public static String idOf(@Nullable Reference reference) {
        if (reference == null || !reference.hasReference()) {
            return "";
        }
        var id = reference.getReferenceElement();
        return id.hasIdPart() && id.hasResourceType() ? id.getResourceType() + "/" + id.getIdPart() : "";
    }

    /** True when one of the references points at a resource. */
    public static boolean anyPointsAt(List<Reference> references, String target) {
        return references.stream().anyMatch(reference -> idOf(reference).equals(target));
    }

    private OfType ofType(String type) {
        return parsed.computeIfAbsent(type, wanted -> {
            var found = new OfType(new ArrayList<>(), new HashMap<>());
            for (var row : rows) {
                if (row.type().equals(wanted)) {
                    var stored = FhirJson.tree(row.json());
                    if (excerpt.reads(stored)) {
                        var resource = FhirJson.parse(fhir, stored);
                        found.all.add(resource);
                        found.byReference.put(row.reference(), resource);
                    }
                }
            }
            return found;
        });
    }
}
