package org.tenderpoint.screening;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityComponent;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Resource;
import org.tenderpoint.screening.ScreeningResult.Hit;

/** The parts of the body that a restriction is about, as far as what shows it says so by code. */
final class Areas {

    private static final String LOCAL = "local-avoid";
    private static final String SIDE = "https://tenderpoint.org/fhir/StructureDefinition/side";

    private final Standing standing;

    Areas(Standing standing) {
        this.standing = standing;
    }

    /**
     * Where hands are to be kept off. Where one piece of the evidence does not say, none is named: the rest of the body
     * would look free.
     */
    List<CodeableConcept> of(Hit hit, String restriction) {
        if (!restriction.equals(LOCAL) || hit.rule().treatsTheArea()) {
            return List.of();
        }
        var evidence = standing.resources().stream()
                .filter(resource -> hit.evidence().contains(FactsReader.reference(resource)))
                .map(Areas::sites)
                .toList();
        return evidence.stream().anyMatch(List::isEmpty)
                ? List.of()
                : evidence.stream().flatMap(List::stream).filter(distinct()).toList();
    }

    /** The areas of an activity that stands in a plan. */
    static List<CodeableConcept> of(CarePlanActivityComponent activity) {
        return activity.getExtensionsByUrl(Codes.AVOIDED_AREA).stream()
                .map(Extension::getValue)
                .filter(CodeableConcept.class::isInstance)
                .map(CodeableConcept.class::cast)
                .toList();
    }

    /** The same for the same areas, whatever their order. */
    static String key(List<CodeableConcept> areas) {
        return areas.stream().map(Areas::key).sorted().collect(Collectors.joining());
    }

    private static String key(CodeableConcept area) {
        var side = area.getExtensionByUrl(SIDE);
        return " " + Codes.of(area, Codes.SNOMED).stream().sorted().toList()
                + (side != null && side.getValue() instanceof CodeableConcept concept
                        ? Codes.all(concept).stream().sorted().toList()
                        : List.of());
    }

    private static java.util.function.Predicate<CodeableConcept> distinct() {
        var seen = new java.util.HashSet<String>();
        return area -> seen.add(key(area));
    }

    private static List<CodeableConcept> sites(Resource resource) {
        var named = resource instanceof Condition condition
                ? condition.getBodySite().stream()
                : resource instanceof Procedure procedure
                        ? procedure.getBodySite().stream()
                        : resource instanceof Observation observation && observation.hasBodySite()
                                ? Stream.of(observation.getBodySite())
                                : Stream.<CodeableConcept>of();
        return named.filter(site -> !Codes.of(site, Codes.SNOMED).isEmpty())
                .map(Areas::bare)
                .toList();
    }

    /** Codes and side; whatever else stands there is the sender's text. */
    private static CodeableConcept bare(CodeableConcept site) {
        var area = new CodeableConcept();
        Codes.of(site, Codes.SNOMED).stream()
                .sorted()
                .forEach(code -> area.addCoding().setSystem(Codes.SNOMED).setCode(code));
        var side = site.getExtensionByUrl(SIDE);
        if (side != null && side.getValue() instanceof CodeableConcept concept) {
            var bare = new CodeableConcept();
            Codes.of(concept, Codes.SNOMED)
                    .forEach(code -> bare.addCoding().setSystem(Codes.SNOMED).setCode(code));
            area.addExtension(SIDE, bare);
        }
        return area;
    }
}
