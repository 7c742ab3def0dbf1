package org.tenderpoint.screening;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Resource;
import org.tenderpoint.chart.Change;
import org.tenderpoint.chart.Stored;
import org.tenderpoint.server.Asked;

/** One patient's record as it stands, and how to change it. Belongs to one thread. */
final class Standing {

    private final UUID patient;
    private final UUID clinic;
    private final Map<Resource, Stored> rows = new IdentityHashMap<>();
    private final List<Resource> resources;

    /** @param rows each resource with its row, oldest first */
    Standing(UUID patient, UUID clinic, List<Map.Entry<Resource, Stored>> rows) {
        this.patient = patient;
        this.clinic = clinic;
        rows.forEach(row -> this.rows.put(row.getKey(), row.getValue()));
        this.resources = rows.stream().map(Map.Entry::getKey).toList();
    }

    List<Resource> resources() {
        return resources;
    }

    /** The same as it is stored, oldest first. */
    List<Stored> rows() {
        return resources.stream().map(rows::get).map(Objects::requireNonNull).toList();
    }

    String patient() {
        return "Patient/" + patient;
    }

    String clinic() {
        return "Organization/" + clinic;
    }

    <T extends Resource> Stream<T> all(Class<T> type) {
        return resources.stream().filter(type::isInstance).map(type::cast);
    }

    /** The identifier of what this clinic's screening writes about one subject. */
    Identifier identifier(String about) {
        return new Identifier().setSystem(Codes.IDENTIFIER).setValue(patient + "." + clinic + "." + about);
    }

    /** What about, if an identifier is one of this clinic's screening. */
    Optional<String> about(List<Identifier> identifiers) {
        var prefix = patient + "." + clinic + ".";
        return identifiers.stream()
                .filter(identifier -> Codes.IDENTIFIER.equals(identifier.getSystem())
                        && identifier.hasValue()
                        && identifier.getValue().startsWith(prefix))
                .map(identifier -> identifier.getValue().substring(prefix.length()))
                .findFirst();
    }

    /** Creates a resource unless there is one with that identifier, whoever comes first. */
    static Asked create(Resource resource, Identifier identifier, String fullUrl) {
        var condition = identifier.getSystem() + "|" + identifier.getValue();
        return new Asked.Plain(new Change.Create(resource, fullUrl, List.of(condition), null, resource.fhirType()));
    }

    /** A new version of a resource of this record. */
    Asked update(Resource standing, Resource changed) {
        var row = Objects.requireNonNull(rows.get(standing));
        return new Asked.Plain(new Change.Update(row.id(), changed, null, row.version(), changed.fhirType()));
    }
}
