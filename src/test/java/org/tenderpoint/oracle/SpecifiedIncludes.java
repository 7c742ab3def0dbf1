package org.tenderpoint.oracle;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.tenderpoint.oracle.Search.Include;

/**
 * What comes along with the matches of a page.
 *
 * @see <a href="https://hl7.org/fhir/R4/search.html#include">_include and _revinclude</a>
 */
final class SpecifiedIncludes {

    /** How often the server goes from included resources to further ones. */
    private static final int ROUNDS = 3;

    private final Elements elements;
    private final Map<String, Resource> record;

    /** @param record all resources that there are, by {@code Type/id} */
    SpecifiedIncludes(Elements elements, Map<String, Resource> record) {
        this.elements = elements;
        this.record = record;
    }

    /**
     * What the includes lead to.
     *
     * @param found without the matches
     * @param cut true where the includes would lead further than the server goes
     */
    record Closure(Set<Resource> found, boolean cut) {}

    Closure of(Collection<Resource> matches, List<Include> includes) {
        var known = new HashSet<>(matches);
        var found = new LinkedHashSet<Resource>();
        Collection<Resource> from = matches;
        for (int round = 0; !from.isEmpty(); round++) {
            if (round > ROUNDS) {
                return new Closure(found, true);
            }
            var fresh = new ArrayList<Resource>();
            for (var include : includes) {
                // "iterate: the inclusion process is repeated on what was included"
                if (round == 0 || include.iterate()) {
                    for (var resource : from) {
                        led(resource, include).filter(known::add).forEach(fresh::add);
                    }
                }
            }
            found.addAll(fresh);
            from = includes.stream().anyMatch(Include::iterate) ? fresh : List.of();
        }
        return new Closure(found, false);
    }

    private Stream<Resource> led(Resource from, Include include) {
        if (!include.reverse()) {
            return from.fhirType().equals(include.source()) ? pointedAt(from, include) : Stream.of();
        }
        return record.values().stream()
                .filter(other -> other.fhirType().equals(include.source()))
                .filter(other -> pointedAt(other, include).anyMatch(target -> target == from));
    }

    private Stream<Resource> pointedAt(Resource source, Include include) {
        return elements.of(source, include.param()).stream()
                .map(element -> record.get(String.valueOf(((Reference) element).getReference())))
                .filter(target -> target != null
                        && (include.target().isEmpty() || target.fhirType().equals(include.target())));
    }
}
