package org.tenderpoint.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tenderpoint.observation.Fixtures.observation;
import static org.tenderpoint.observation.Fixtures.quantity;

import java.time.LocalDate;
import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MeasurementsTest {

    private static final String MASSAGE = "https://tenderpoint.org/fhir/CodeSystem/massage";

    private final Measurements measurements = new Measurements(MeasureRules.load());

    @Test
    void painScoreIsReadOnceWithItsVisitPhaseAndSource() {
        var read = measurements.from(observation("observation-pain-before-session.json"));

        assertThat(read).singleElement().satisfies(pain -> {
            assertThat(pain.measure()).isEqualTo("PR-NRS");
            assertThat(pain.value()).isEqualByComparingTo("6");
            assertThat(pain.phase()).isEqualTo(SessionPhase.PRE);
            assertThat(pain.encounter()).isEqualTo("Encounter/visit-1");
            assertThat(pain.observation()).isEqualTo("Observation/pain-before-session");
        });
    }

    @Test
    void dayIsTheOneTheRecorderWrote() {
        var read = measurements.from(observation("observation-pain-before-session.json"));

        assertThat(read).extracting(Measurement::date).containsExactly(LocalDate.of(2026, 3, 4));
    }

    @Test
    void periodCountsFromItsStart() {
        var pain = observation("observation-pain-before-session.json")
                .setEffective(new Period()
                        .setStartElement(new DateTimeType("2026-03-05"))
                        .setEndElement(new DateTimeType("2026-03-06")));

        assertThat(measurements.from(pain)).extracting(Measurement::date).containsExactly(LocalDate.of(2026, 3, 5));
    }

    @Test
    void valueWithoutADayIsLeftOut() {
        var monthOnly = observation("observation-pain-before-session.json").setEffective(new DateTimeType("2026-03"));
        var never = observation("observation-pain-before-session.json");
        never.setEffective(null);

        assertThat(measurements.from(monthOnly)).isEmpty();
        assertThat(measurements.from(never)).isEmpty();
    }

    @Test
    void integerPainScoreIsRead() {
        var pain = observation("observation-pain-before-session.json").setValue(new IntegerType(4));

        assertThat(values(pain)).containsExactly("4");
    }

    @ParameterizedTest
    @CsvSource({
        "LA6111-4, 0",
        "LA6112-2, 1",
        "LA6113-0, 2",
        "LA6114-8, 3",
        "LA6115-5, 4",
        "LA10137-0, 5",
        "LA10138-8, 6",
        "LA10139-6, 7",
        "LA10140-4, 8",
        "LA10141-2, 9",
        "LA13942-0, 10",
    })
    void codedAnswerStandsForItsNumber(String answer, String expected) {
        var pain = observation("observation-pain-before-session.json").setValue(answer(answer));

        assertThat(values(pain)).containsExactly(expected);
    }

    @Test
    void valueThatIsNoNumberIsLeftOut() {
        var pain = observation("observation-pain-before-session.json");

        assertThat(measurements.from(pain.setValue(answer("LA0000-0")))).isEmpty();
        assertThat(measurements.from(pain.setValue(new StringType("six")))).isEmpty();
        assertThat(measurements.from(
                        pain.setValue(quantity("6", "{score}").setComparator(Quantity.QuantityComparator.LESS_THAN))))
                .isEmpty();
        assertThat(measurements.from(pain.setValue(null))).isEmpty();
    }

    @Test
    void valueOutsideTheRangeIsLeftOut() {
        var pain = observation("observation-pain-before-session.json").setValue(quantity("60", "{score}"));

        assertThat(measurements.from(pain)).isEmpty();
    }

    @Test
    void valueInAnotherUnitIsLeftOut() {
        var motion = observation("observation-shoulder-abduction-left.json").setValue(quantity("1.9", "rad"));

        assertThat(measurements.from(motion)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = ObservationStatus.class,
            names = {"FINAL", "AMENDED", "CORRECTED"})
    void trustedStatusIsRead(ObservationStatus status) {
        assertThat(measurements.from(
                        observation("observation-pain-before-session.json").setStatus(status)))
                .hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = ObservationStatus.class,
            names = {"FINAL", "AMENDED", "CORRECTED", "NULL"},
            mode = EnumSource.Mode.EXCLUDE)
    void otherStatusIsLeftOut(ObservationStatus status) {
        assertThat(measurements.from(
                        observation("observation-pain-before-session.json").setStatus(status)))
                .isEmpty();
    }

    @Test
    void unknownCodeIsNoMeasurement() {
        var other = observation("observation-pain-before-session.json");
        other.setCode(coded("http://loinc.org", "8867-4"));

        assertThat(measurements.from(other)).isEmpty();
    }

    @Test
    void phaseIsUnknownWhenNotRecorded() {
        var pain = observation("observation-pain-before-session.json");
        pain.setExtension(List.of());

        assertThat(measurements.from(pain)).extracting(Measurement::phase).containsOnlyNulls();
    }

    @Test
    void painAtTwoSitesMakesTwoSeries() {
        var neck = observation("observation-pain-before-session.json");
        neck.setBodySite(coded("http://snomed.info/sct", "45048000").setText("Neck"));
        var unsited = observation("observation-pain-before-session.json");

        assertThat(series(neck).key()).isEqualTo("PR-NRS|45048000");
        assertThat(series(neck).label()).isEqualTo("Pain 0-10, Neck");
        assertThat(series(unsited).key()).isEqualTo("PR-NRS");
    }

    @Test
    void pegIsTheMeanOfItsItemsWhenTheTotalIsMissing() {
        assertThat(values(observation("observation-peg-items.json"))).containsExactly("6.666667");
    }

    @Test
    void pegTotalComesBeforeItsItems() {
        var peg = observation("observation-peg-items.json");
        peg.addComponent().setCode(coded("http://loinc.org", "91147-9")).setValue(quantity("6.7", "{score}"));

        assertThat(values(peg)).containsExactly("6.7");
    }

    @Test
    void pegTotalAloneIsRead() {
        var peg = observation("observation-peg-items.json").setValue(quantity("6.7", "{score}"));
        peg.setCode(coded("http://loinc.org", "91147-9")).setComponent(List.of());

        assertThat(values(peg)).containsExactly("6.7");
    }

    @Test
    void pegWithAnItemMissingHasNoScore() {
        var peg = observation("observation-peg-items.json");
        peg.getComponent().remove(2);

        assertThat(measurements.from(peg)).isEmpty();
    }

    @Test
    void pegWithAnItemOutOfRangeHasNoScore() {
        var peg = observation("observation-peg-items.json");
        peg.getComponent().get(2).setValue(new IntegerType(11));

        assertThat(measurements.from(peg)).isEmpty();
    }

    @Test
    void motionIsKeyedByJointAndSideAndNamesItsRater() {
        var read = measurements.from(observation("observation-shoulder-abduction-left.json"));

        assertThat(read).singleElement().satisfies(motion -> {
            assertThat(motion.series())
                    .isEqualTo(new Series(
                            "PR-ROM-PER", "", "PR-ROM-PER|41381-5|left", "Shoulder abduction, active, left"));
            assertThat(motion.rater()).isEqualTo("Practitioner/kai");
        });
    }

    @Test
    void organizationIsNoRater() {
        var motion = observation("observation-shoulder-abduction-left.json");
        motion.getPerformer().remove(1);

        assertThat(measurements.from(motion)).extracting(Measurement::rater).containsOnlyNulls();
    }

    @Test
    void bodySiteTellsJointsApartWhenTheSideIsMissing() {
        var motion = observation("observation-shoulder-abduction-left.json");
        motion.setComponent(List.of());

        assertThat(series(motion).key()).isEqualTo("PR-ROM-PER|41381-5|16982005");
    }

    @ParameterizedTest
    @CsvSource({
        "rom-cervical-rotation-left, PR-ROM-SP,  '',     PR-ROM-SP|rom-cervical-rotation-left,    Cervical rotation left",
        "rom-lumbar-flexion,         PR-ROM-SP,  lumbar, PR-ROM-SP/lumbar|rom-lumbar-flexion,     Lumbar flexion",
        "rom-hip-flexion,            PR-ROM-PER, '',     PR-ROM-PER|rom-hip-flexion,              Hip flexion",
    })
    void localMotionCodeChoosesTheRuleOfItsJoint(
            String code, String measure, String variant, String key, String label) {
        var motion = observation("observation-shoulder-abduction-left.json");
        motion.setCode(coded(MASSAGE, code)).setComponent(List.of()).setBodySite(null);

        assertThat(series(motion)).isEqualTo(new Series(measure, variant, key, label));
    }

    @Test
    void headacheDaysAreReadInDaysOrAsABareNumber() {
        var days = observation("observation-pain-before-session.json");
        days.setCode(coded(MASSAGE, "headache-days-28d"));

        assertThat(values(days.setValue(quantity("14", "d")))).containsExactly("14");
        assertThat(values(days.setValue(new IntegerType(14)))).containsExactly("14");
        assertThat(values(days.setValue(quantity("14", "h")))).isEmpty();
    }

    @Test
    void depressionAndAnxietyAreTwoSeriesOfOneRule() {
        var mood = observation("observation-pain-before-session.json").setValue(quantity("60", "{score}"));

        var depression = series(mood.setCode(coded("http://loinc.org", "71965-8")));
        var anxiety = series(mood.setCode(coded("http://loinc.org", "71967-4")));

        assertThat(depression.measure()).isEqualTo(anxiety.measure()).isEqualTo("PR-PROMIS-MH");
        assertThat(depression.key()).isNotEqualTo(anxiety.key());
    }

    private Series series(Observation observation) {
        return measurements.from(observation).get(0).series();
    }

    private List<String> values(Observation observation) {
        return measurements.from(observation).stream()
                .map(measurement -> measurement.value().toPlainString())
                .toList();
    }

    private static CodeableConcept answer(String code) {
        return coded("http://loinc.org", code);
    }

    private static CodeableConcept coded(String system, String code) {
        return new CodeableConcept(new Coding().setSystem(system).setCode(code));
    }
}
