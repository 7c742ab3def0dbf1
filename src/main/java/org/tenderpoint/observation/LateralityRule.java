package org.tenderpoint.observation;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.springframework.stereotype.Component;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.server.WriteRule;

/**
 * What is measured on one of two limbs, or towards one of two sides, says on which, whatever profile it names: a left
 * shoulder compared with a right one would make a change out of nothing. A LOINC code beside the local one names the side
 * by itself, as LOINC's codes of joints do.
 */
@Component
final class LateralityRule implements WriteRule {

    private static final Pattern ONE_SIDED = Pattern.compile(
            "limb-girth|trigger-point|rom-(shoulder|elbow|wrist|hip|knee|ankle)-.+|rom-(cervical|lumbar)-(lateral-flexion|rotation)");

    private static final Pattern NAMES_A_SIDE = Pattern.compile(".+-(left|right)");

    /** SNOMED CT body sites that have their side in them: shoulders, knees. */
    private static final Set<String> SIDED_SITES = Set.of("91774008", "91775009", "6757004", "82169009");

    private static final Set<ObservationStatus> TAKEN_BACK =
            EnumSet.of(ObservationStatus.ENTEREDINERROR, ObservationStatus.CANCELLED);
    private static final String SNOMED = "http://snomed.info/sct";
    private static final String MUSCLE_TONE = "6918002";
    private static final String LOINC = "http://loinc.org";
    private static final String SIDE = "https://tenderpoint.org/fhir/StructureDefinition/side";

    @Override
    public List<Issue> check(Write write) {
        return write.resource() instanceof Observation observation && lacksSide(observation)
                ? List.of(Issue.required(
                        "laterality-missing",
                        write.path() + ".component",
                        "What is measured on one side says on which: a component with the code massage#side and the value"
                                + " right, left, both or midline, or the extension side on bodySite."))
                : List.of();
    }

    static boolean lacksSide(Observation observation) {
        return !TAKEN_BACK.contains(observation.getStatus())
                && (observation.hasValue() || observation.hasComponent())
                && demandsSide(observation)
                && !namesSide(observation);
    }

    private static boolean demandsSide(Observation observation) {
        var codings = observation.getCode().getCoding();
        if (codings.stream()
                .anyMatch(coding -> SNOMED.equals(coding.getSystem()) && MUSCLE_TONE.equals(coding.getCode()))) {
            return true;
        }
        return codings.stream().noneMatch(coding -> LOINC.equals(coding.getSystem()))
                && codings.stream()
                        .filter(coding -> SeriesReader.MASSAGE.equals(coding.getSystem()) && coding.hasCode())
                        .map(Coding::getCode)
                        .anyMatch(code -> ONE_SIDED.matcher(code).matches()
                                && !NAMES_A_SIDE.matcher(code).matches());
    }

    private static boolean namesSide(Observation observation) {
        var site = observation.getBodySite();
        return observation.getComponent().stream()
                        .anyMatch(component -> component.hasValue()
                                && MeasureRules.names(component.getCode(), SeriesReader.MASSAGE + "|side"))
                || site.hasExtension(SIDE)
                || site.getCoding().stream().anyMatch(coding -> SIDED_SITES.contains(coding.getCode()));
    }
}
