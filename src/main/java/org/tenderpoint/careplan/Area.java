package org.tenderpoint.careplan;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.tenderpoint.document.Technique;

/**
 * A part of the body, by code; words are for people to compare.
 *
 * @param sites SNOMED CT body sites that mean it
 * @param side left or right; empty where it is both, in the middle, or not said
 */
record Area(Set<String> sites, String side) {

    private static final String SNOMED = "http://snomed.info/sct";
    private static final String LEFT = "7771000";
    private static final String RIGHT = "24028007";

    Area {
        sites = Set.copyOf(sites);
    }

    /** The area that a body site names; none where it has no code. */
    static Optional<Area> of(CodeableConcept site, BodyMap map) {
        var codes = codes(site.getCoding());
        if (codes.isEmpty()) {
            return Optional.empty();
        }
        var side = site.getExtensionByUrl(Technique.SIDE);
        var said = side != null && side.getValue() instanceof CodeableConcept concept
                ? codes(concept.getCoding())
                : Set.<String>of();
        var sides = Stream.concat(said.stream(), codes.stream().map(map::sideOf))
                .filter(code -> code.equals(LEFT) || code.equals(RIGHT))
                .collect(Collectors.toSet());
        return Optional.of(new Area(
                codes.stream().map(map::withoutSide).collect(Collectors.toSet()),
                sides.size() == 1 ? sides.iterator().next() : ""));
    }

    /** True where one is the other, or a part of it, on the same side. */
    boolean meets(Area other, BodyMap map) {
        var sameSide = side.isEmpty() || other.side.isEmpty() || side.equals(other.side);
        return sameSide
                && sites.stream().anyMatch(mine -> other.sites.stream()
                        .anyMatch(theirs -> map.isWithin(mine, theirs) || map.isWithin(theirs, mine)));
    }

    private static Set<String> codes(List<Coding> codings) {
        return codings.stream()
                .filter(coding -> SNOMED.equals(coding.getSystem()) && coding.hasCode())
                .map(Coding::getCode)
                .collect(Collectors.toSet());
    }
}
