package org.tenderpoint.observation;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.observation.MeasureRules.Match;

/** What an Observation must keep to when it is written, beyond its profile. */
public final class ObservationChecks {

    /** Distances, not angles: the only lumbar motion codes measured in centimetres. */
    private static final Set<String> DISTANCES = Set.of("rom-lumbar-schober", "rom-lumbar-fingertip-floor");

    /** A record taken back must stay writable even when it is wrong; that is often why it is taken back. */
    private static final Set<ObservationStatus> TAKEN_BACK =
            EnumSet.of(ObservationStatus.ENTEREDINERROR, ObservationStatus.CANCELLED);

    private final MeasureRules rules;

    public ObservationChecks(MeasureRules rules) {
        this.rules = rules;
    }

    /** Everything that is wrong with the values of an Observation; empty when nothing is. */
    public List<Problem> check(Observation observation) {
        if (TAKEN_BACK.contains(observation.getStatus())) {
            return List.of();
        }
        var problems = new ArrayList<Problem>();
        for (var part : parts(observation)) {
            checkDeprecated(part, problems);
            checkUnitPresent(part, problems);
            checkItem(part, problems);
            rules.match(part.code()).ifPresent(match -> checkScore(match, part, problems));
        }
        checkPhase(observation, problems);
        return List.copyOf(problems);
    }

    private static List<Part> parts(Observation observation) {
        var parts = new ArrayList<Part>();
        parts.add(new Part(
                "Observation", observation.getCode(), observation.getValue(), observation.hasDataAbsentReason()));
        for (var component : observation.getComponent()) {
            parts.add(new Part(
                    "Observation.component[" + (parts.size() - 1) + "]",
                    component.getCode(),
                    component.getValue(),
                    component.hasDataAbsentReason()));
        }
        return parts;
    }

    private void checkDeprecated(Part part, List<Problem> problems) {
        if (part.code().getCoding().stream().anyMatch(rules::isDeprecated)) {
            problems.add(new Problem(
                    "code-deprecated",
                    part.path() + ".code",
                    "LOINC 41301-3 and 41302-1 are deprecated; use a current code for the joint and movement."));
        }
    }

    private static void checkUnitPresent(Part part, List<Problem> problems) {
        if (part.value() instanceof Quantity quantity
                && quantity.hasValue()
                && !(quantity.hasCode() && Units.UCUM.equals(quantity.getSystem()))) {
            problems.add(new Problem(
                    "unit-missing",
                    part.path() + ".value.ofType(Quantity).code",
                    "A quantity has a UCUM code and the system http://unitsofmeasure.org; a score has {score}."));
        }
    }

    private void checkItem(Part part, List<Problem> problems) {
        var peg = rules.rule("PR-PEG");
        if (peg.meanOf().stream().noneMatch(item -> MeasureRules.names(part.code(), item))) {
            return;
        }
        if (part.value() == null && !part.saysWhyNot()) {
            problems.add(new Problem(
                    "peg-item-missing",
                    part.path() + ".value",
                    "A PEG item has its number, or says in dataAbsentReason why it has none: the score is the mean of all"
                            + " three."));
        }
        checkComparator(part, problems);
        var number = ScoreValue.of(part.value(), rules).map(ScoreValue::number);
        if (number.isPresent() && !peg.range().contains(number.get())) {
            problems.add(new Problem(
                    "peg-item-out-of-range",
                    part.path() + ".value",
                    "A PEG item lies between " + peg.range().text() + "."));
        }
        checkAnswer(part, problems);
    }

    private void checkScore(Match match, Part part, List<Problem> problems) {
        if (DISTANCES.contains(match.code())) {
            return;
        }
        checkComparator(part, problems);
        if (match.rule().takesCodedAnswers()) {
            checkAnswer(part, problems);
        }
        ScoreValue.of(part.value(), rules).ifPresent(score -> {
            unit(match.rule(), score, part).ifPresent(problems::add);
            range(match.rule(), score, part).ifPresent(problems::add);
            if (isPain(match.rule()) && !isHalfStep(score.number())) {
                problems.add(new Problem(
                        "pain-score-step",
                        part.path() + ".value",
                        "A pain score is a whole number or a whole number and a half."));
            }
        });
    }

    // It would be kept, and no trend and no summary would ever show it.
    private static void checkComparator(Part part, List<Problem> problems) {
        if (part.value() instanceof Quantity quantity && quantity.hasComparator()) {
            problems.add(new Problem(
                    "score-comparator",
                    part.path() + ".value.ofType(Quantity).comparator",
                    "A measure is one number, which is compared with those before it; leave the comparator out."));
        }
    }

    private void checkAnswer(Part part, List<Problem> problems) {
        if (part.value() instanceof CodeableConcept answer
                && answer.hasCoding()
                && rules.answer(answer).isEmpty()) {
            problems.add(
                    new Problem(
                            "answer-unknown",
                            part.path() + ".value.ofType(CodeableConcept)",
                            "A coded score is one of the LOINC answers for 0 to 10, LA6111-4 to LA13942-0; a Quantity is preferred."));
        }
    }

    private static Optional<Problem> unit(MeasureRule rule, ScoreValue score, Part part) {
        // A missing unit is one problem, not two; only motion says more, because it is never a bare number.
        if (score.hasUnitOf(rule) || (score.unit() == null && !isMotion(rule))) {
            return Optional.empty();
        }
        return Optional.of(new Problem(
                isMotion(rule) ? "rom-unit-not-degrees" : "unit-unexpected",
                part.path() + ".value.ofType(Quantity).code",
                rule.label() + " is recorded in " + String.join(" or ", rule.units()) + "."));
    }

    private static Optional<Problem> range(MeasureRule rule, ScoreValue score, Part part) {
        if (rule.range().contains(score.number())) {
            return Optional.empty();
        }
        var code =
                isPain(rule) ? "pain-score-out-of-range" : isMotion(rule) ? "rom-out-of-range" : "score-out-of-range";
        return Optional.of(new Problem(
                code,
                part.path() + ".value",
                rule.label() + " lies between " + rule.range().text() + "."));
    }

    private static void checkPhase(Observation observation, List<Problem> problems) {
        Extension extension = observation.getExtensionByUrl(SessionPhase.EXTENSION);
        if (extension != null
                && !(extension.getValue() instanceof CodeType code
                        && SessionPhase.ofCode(code.getCode()).isPresent())) {
            problems.add(new Problem(
                    "session-phase-unknown",
                    "Observation.extension('" + SessionPhase.EXTENSION + "').value",
                    "A session phase is intake, pre, post, 24h, diary, reassessment or discharge."));
        }
    }

    private static boolean isPain(MeasureRule rule) {
        return rule.id().equals("PR-NRS");
    }

    private static boolean isMotion(MeasureRule rule) {
        return rule.units().contains(Units.DEGREES);
    }

    private static boolean isHalfStep(BigDecimal score) {
        return score.multiply(BigDecimal.valueOf(2)).stripTrailingZeros().scale() <= 0;
    }

    /** @param saysWhyNot whether it gives a reason for having no value */
    private record Part(String path, CodeableConcept code, @Nullable Type value, boolean saysWhyNot) {}
}
