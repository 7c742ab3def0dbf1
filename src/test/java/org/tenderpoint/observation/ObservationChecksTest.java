package org.tenderpoint.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tenderpoint.observation.Fixtures.observation;
import static org.tenderpoint.observation.Fixtures.quantity;

import java.math.BigDecimal;
import java.util.List;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Quantity.QuantityComparator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObservationChecksTest {

    private static final String MASSAGE = "https://tenderpoint.org/fhir/CodeSystem/massage";

    private final ObservationChecks checks = new ObservationChecks(MeasureRules.load());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "observation-pain-before-session.json",
                "observation-peg-items.json",
                "observation-shoulder-abduction-left.json"
            })
    void fixtureHasNoProblem(String file) {
        assertThat(checks.check(observation(file))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "10", "6.5", "6.0"})
    void painScoreInWholeOrHalfStepsIsAccepted(String score) {
        assertThat(checks.check(pain().setValue(quantity(score, "{score}")))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "-1, pain-score-out-of-range",
        "11, pain-score-out-of-range",
        "10.5, pain-score-out-of-range",
        "6.3, pain-score-step",
        "6.25, pain-score-step",
    })
    void painScoreOffTheScaleIsRefused(String score, String code) {
        assertThat(codes(pain().setValue(quantity(score, "{score}")))).containsExactly(code);
    }

    @Test
    void integerPainScoreIsHeldToTheSameRange() {
        assertThat(codes(pain().setValue(new IntegerType(11)))).containsExactly("pain-score-out-of-range");
    }

    @Test
    void unknownCodedAnswerIsRefused() {
        var pain = pain().setValue(new CodeableConcept(new Coding("http://loinc.org", "LA0000-0", null)));

        assertThat(codes(pain)).containsExactly("answer-unknown");
    }

    @Test
    void quantityWithoutUcumCodeIsRefusedNamingTheElement() {
        var noCode = pain().setValue(new Quantity(6));
        var otherSystem = pain().setValue(quantity("6", "{score}").setSystem("http://example.org/units"));

        assertThat(checks.check(noCode)).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("unit-missing");
            assertThat(problem.expression()).isEqualTo("Observation.value.ofType(Quantity).code");
        });
        assertThat(codes(otherSystem)).containsExactly("unit-missing");
    }

    @Test
    void quantityInAComponentNeedsItsUnitToo() {
        var peg = observation("observation-peg-items.json");
        peg.getComponent().get(0).setValue(new Quantity(7));

        assertThat(checks.check(peg))
                .extracting(Problem::expression)
                .containsExactly("Observation.component[0].value.ofType(Quantity).code");
    }

    @Test
    void pegItemOutOfRangeIsRefusedNamingTheItem() {
        var peg = observation("observation-peg-items.json");
        peg.getComponent().get(2).setValue(new IntegerType(11));

        assertThat(checks.check(peg)).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("peg-item-out-of-range");
            assertThat(problem.expression()).isEqualTo("Observation.component[2].value");
        });
    }

    @ParameterizedTest
    @CsvSource({"-20", "0", "220"})
    void plausibleMotionIsAccepted(String degrees) {
        assertThat(checks.check(motion().setValue(quantity(degrees, "deg")))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"-21, deg, rom-out-of-range", "221, deg, rom-out-of-range", "2, rad, rom-unit-not-degrees"})
    void implausibleMotionIsRefused(String value, String unit, String code) {
        assertThat(codes(motion().setValue(quantity(value, unit)))).containsExactly(code);
    }

    @Test
    void lumbarDistanceIsNoAngle() {
        var schober = motion().setValue(quantity("5", "cm"));
        schober.setCode(new CodeableConcept(new Coding(MASSAGE, "rom-lumbar-schober", null)));

        assertThat(checks.check(schober)).isEmpty();
    }

    @Test
    void deprecatedMotionCodeIsRefused() {
        var motion = motion();
        motion.setCode(new CodeableConcept(new Coding("http://loinc.org", "41301-3", null)));

        assertThat(codes(motion)).containsExactly("code-deprecated");
    }

    @Test
    void neckDisabilityAsAPercentIsRefused() {
        var ndi = pain();
        ndi.setCode(new CodeableConcept(new Coding("http://loinc.org", "82237-9", null)));

        assertThat(codes(ndi.setValue(quantity("44", "%")))).containsExactly("unit-unexpected");
        assertThat(codes(ndi.setValue(quantity("64", "{score}")))).containsExactly("score-out-of-range");
    }

    @Test
    void unknownSessionPhaseIsRefused() {
        var pain = pain();
        pain.getExtensionByUrl(SessionPhase.EXTENSION).setValue(new CodeType("before"));

        assertThat(codes(pain)).containsExactly("session-phase-unknown");
    }

    @Test
    void allProblemsAreToldAtOnce() {
        var pain = pain().setValue(new Quantity().setValue(new BigDecimal("11.3")));

        assertThat(codes(pain)).containsExactly("unit-missing", "pain-score-out-of-range", "pain-score-step");
    }

    @Test
    void recordTakenBackStaysWritable() {
        var pain = pain().setValue(quantity("60", "{score}")).setStatus(ObservationStatus.ENTEREDINERROR);

        assertThat(checks.check(pain)).isEmpty();
    }

    @Test
    void scoreIsOneNumber() {
        var less = new Quantity(3)
                .setComparator(QuantityComparator.LESS_THAN)
                .setSystem("http://unitsofmeasure.org")
                .setCode("{score}");
        var peg = observation("observation-peg-items.json");
        peg.getComponent().get(1).setValue(less.copy());

        assertThat(checks.check(pain().setValue(less))).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("score-comparator");
            assertThat(problem.expression()).isEqualTo("Observation.value.ofType(Quantity).comparator");
        });
        assertThat(checks.check(peg)).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("score-comparator");
            assertThat(problem.expression()).startsWith("Observation.component[1].value");
        });
    }

    @Test
    void pegItemHasItsNumberOrAReason() {
        var peg = observation("observation-peg-items.json");
        peg.getComponent().get(2).setValue(null);

        assertThat(checks.check(peg)).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("peg-item-missing");
            assertThat(problem.expression()).isEqualTo("Observation.component[2].value");
        });

        peg.getComponent()
                .get(2)
                .setDataAbsentReason(new CodeableConcept(new Coding(
                        "http://terminology.hl7.org/CodeSystem/data-absent-reason", "asked-declined", null)));
        assertThat(checks.check(peg)).isEmpty();
    }

    @Test
    void messageIsFreeOfThePatientsValue() {
        assertThat(checks.check(pain().setValue(quantity("73.7", "{score}"))))
                .noneMatch(problem -> problem.diagnostics().contains("73.7"));
    }

    private List<String> codes(Observation observation) {
        return checks.check(observation).stream().map(Problem::code).toList();
    }

    private static Observation pain() {
        return observation("observation-pain-before-session.json");
    }

    private static Observation motion() {
        return observation("observation-shoulder-abduction-left.json");
    }
}
