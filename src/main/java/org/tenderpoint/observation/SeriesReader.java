package org.tenderpoint.observation;

import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.tenderpoint.observation.MeasureRule.SeriesBy;
import org.tenderpoint.observation.MeasureRules.Match;

/** Tells which series an Observation belongs to, so that two joints, sides or sites are never compared. */
final class SeriesReader {

    static final String MASSAGE = "https://tenderpoint.org/fhir/CodeSystem/massage";

    private static final String SIDE = MASSAGE + "|side";
    private static final String MODE = MASSAGE + "|active-passive";

    /** SNOMED CT lateralities; the local codes {@code left}, {@code right} and {@code bilateral} stand for themselves. */
    private static final Map<String, String> LATERALITIES =
            Map.of("7771000", "left", "24028007", "right", "51440002", "bilateral");

    private SeriesReader() {}

    static Series read(Match match, Observation observation) {
        var rule = match.rule();
        var key = new ArrayList<String>();
        var label = new ArrayList<String>();
        key.add(Series.keyOf(rule));
        label.add(rule.label());
        if (rule.seriesBy().contains(SeriesBy.CODE)) {
            key.add(match.code());
            label.set(0, labelOf(rule, match.code()));
        }
        var side = component(observation, SIDE).map(code -> LATERALITIES.getOrDefault(code, code));
        if (rule.seriesBy().contains(SeriesBy.SIDE)) {
            side.ifPresent(part -> add(part, key, label));
        }
        if (rule.seriesBy().contains(SeriesBy.MODE)) {
            component(observation, MODE).ifPresent(part -> add(part, key, label));
        }
        // A joint without a recorded side may still name it in its body site.
        var siteTellsSide = rule.seriesBy().contains(SeriesBy.SIDE) && side.isEmpty();
        if (rule.seriesBy().contains(SeriesBy.SITE) || siteTellsSide) {
            site(observation).ifPresent(part -> {
                key.add(part.getCode());
                label.add(nameOf(observation.getBodySite(), part));
            });
        }
        return new Series(rule.id(), rule.variant(), String.join("|", key), String.join(", ", label));
    }

    private static void add(String part, ArrayList<String> key, ArrayList<String> label) {
        key.add(part);
        label.add(part);
    }

    private static Optional<String> component(Observation observation, String name) {
        return observation.getComponent().stream()
                .filter(component -> MeasureRules.names(component.getCode(), name))
                .filter(component -> component.getValue() instanceof CodeableConcept)
                .flatMap(component -> component.getValueCodeableConcept().getCoding().stream())
                .filter(Coding::hasCode)
                .map(Coding::getCode)
                .findFirst();
    }

    private static Optional<Coding> site(Observation observation) {
        return observation.getBodySite().getCoding().stream()
                .filter(Coding::hasCode)
                .findFirst();
    }

    private static String nameOf(CodeableConcept site, Coding coding) {
        if (site.hasText()) {
            return site.getText();
        }
        return coding.hasDisplay() ? coding.getDisplay() : "site " + coding.getCode();
    }

    // Local codes are readable as they stand: rom-cervical-rotation-left becomes "Cervical rotation left".
    private static String labelOf(MeasureRule rule, String code) {
        var named = rule.codeLabels().get(code);
        if (named != null) {
            return named;
        }
        var words = code.replaceFirst("^rom-", "").replace('-', ' ');
        return words.isEmpty() ? rule.label() : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
