package org.tenderpoint.chart;

import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tenderpoint.access.Caller;

/** The patients whom a search asks for by their ids: a count shows no row that would say whose it is. */
final class NamedPatients {

    private final Lookup lookup;

    NamedPatients(Lookup lookup) {
        this.lookup = lookup;
    }

    /** The keys of those among them whom the caller may know. */
    Set<Long> in(Caller caller, Query query) {
        var ids = query.criteria().stream()
                .flatMap(criterion -> named(query.type(), criterion))
                .collect(Collectors.toCollection(HashSet::new));
        return ids.isEmpty()
                ? Set.of()
                : lookup.visible(caller, ids).stream()
                        .map(Target::patientPk)
                        .filter(Objects::nonNull)
                        .collect(Collectors.toSet());
    }

    private static Stream<UUID> named(RecordType<?> type, Query.Criterion criterion) {
        if (criterion instanceof Query.InCompartment compartment) {
            return Stream.of(compartment.patient());
        }
        if (!(criterion instanceof Query.Match match)) {
            return Stream.empty();
        }
        var isPatient = type.name().equals("Patient") && match.param().equals("_id");
        return match.modifier().isEmpty() && (isPatient || type.namesThePatient(match.param()))
                ? match.values().stream().map(NamedPatients::id).flatMap(Optional::stream)
                : Stream.empty();
    }

    private static Optional<UUID> id(String reference) {
        try {
            return Optional.of(UUID.fromString(reference.substring(reference.lastIndexOf('/') + 1)));
        } catch (IllegalArgumentException otherForm) {
            return Optional.empty();
        }
    }
}
