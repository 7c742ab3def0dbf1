package org.tenderpoint.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;
import static org.tenderpoint.observation.ChangeClass.INSUFFICIENT_DATA;
import static org.tenderpoint.observation.ChangeClass.MEANINGFUL_IMPROVEMENT;
import static org.tenderpoint.observation.ChangeClass.MINIMAL_CHANGE;
import static org.tenderpoint.observation.ChangeClass.NO_MEANINGFUL_CHANGE;
import static org.tenderpoint.observation.ChangeClass.WORSENING;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutcomeTrendTest {

    private static final MeasureRules RULES = MeasureRules.load();
    private static final LocalDate START = LocalDate.of(2026, 3, 4);
    private static final LocalDate END = START.plusDays(35);

    @ParameterizedTest(name = "{0} {1} {2} -> {3} is {4}")
    @CsvSource({
        // The published test vectors of the rule table.
        "PR-NRS,       '', 7,    5,    MEANINGFUL_IMPROVEMENT",
        "PR-NRS,       '', 6,    5,    MINIMAL_CHANGE",
        "PR-NRS,       '', 8,    4,    SUBSTANTIAL_IMPROVEMENT",
        "PR-NRS,       '', 4,    6,    WORSENING",
        "PR-PEG,       '', 7.0,  4.7,  MEANINGFUL_IMPROVEMENT",
        "PR-PEG,       '', 2.3,  1.6,  NO_MEANINGFUL_CHANGE",
        "PR-ODI,       '', 20,   13,   MEANINGFUL_IMPROVEMENT",
        "PR-NDI,       '', 22,   14,   MINIMAL_CHANGE",
        "PR-PROMIS-PI, '', 66.1, 61.0, MEANINGFUL_IMPROVEMENT",
        "PR-HIT6,      '', 64,   59,   MINIMAL_CHANGE",
        "PR-HADAYS,    '', 14,   7,    MEANINGFUL_IMPROVEMENT",
        "PR-GAD7,      '', 9,    6,    NO_MEANINGFUL_CHANGE",
        // Bounds are inclusive.
        "PR-NRS, '', 3,   2,   MEANINGFUL_IMPROVEMENT",
        "PR-NRS, '', 7,   6,   NO_MEANINGFUL_CHANGE",
        "PR-NRS, '', 6.5, 5.5, MINIMAL_CHANGE",
        "PR-NRS, '', 4,   5.5, NO_MEANINGFUL_CHANGE",
        "PR-NRS, '', 10,  8,   MEANINGFUL_IMPROVEMENT",
        "PR-NRS, '', 1.5, 1,   NO_MEANINGFUL_CHANGE",
        "PR-NRS, '', 5,   5,   NO_MEANINGFUL_CHANGE",
        "PR-VAS, '', 70,  60,  MINIMAL_CHANGE",
        "PR-VAS, '', 70,  55,  MEANINGFUL_IMPROVEMENT",
        "PR-VAS, '', 40,  28,  MEANINGFUL_IMPROVEMENT",
        "PR-VAS, '', 40,  55,  WORSENING",
        "PR-PEG, '', 5.0, 3.5, MEANINGFUL_IMPROVEMENT",
        "PR-PEG, '', 5.0, 4.0, MINIMAL_CHANGE",
        "PR-PEG, '', 5.0, 4.1, NO_MEANINGFUL_CHANGE",
        "PR-PEG, '', 5.0, 6.0, WORSENING",
        "PR-PEG, '', 5.0, 2.5, SUBSTANTIAL_IMPROVEMENT",
        "PR-PEG, '', 6.666667, 4.666667, MEANINGFUL_IMPROVEMENT",
        "PR-PEG, '', 1.5, 0.6, NO_MEANINGFUL_CHANGE",
        "PR-ODI, '', 44,  34,  MEANINGFUL_IMPROVEMENT",
        "PR-ODI, '', 44,  38,  MINIMAL_CHANGE",
        "PR-ODI, '', 44,  39,  NO_MEANINGFUL_CHANGE",
        "PR-ODI, '', 20,  14,  MEANINGFUL_IMPROVEMENT",
        "PR-ODI, '', 16,  11,  NO_MEANINGFUL_CHANGE",
        "PR-ODI, '', 44,  22,  SUBSTANTIAL_IMPROVEMENT",
        "PR-ODI, '', 30,  40,  WORSENING",
        "PR-BPI-I, '', 5, 4,   MEANINGFUL_IMPROVEMENT",
        "PR-RMDQ, '', 10, 7,   MEANINGFUL_IMPROVEMENT",
        "PR-RMDQ, '', 20, 15,  MEANINGFUL_IMPROVEMENT",
        "PR-RMDQ, '', 20, 16,  NO_MEANINGFUL_CHANGE",
        "PR-NDI, '', 22, 11,   SUBSTANTIAL_IMPROVEMENT",
        "PR-NDI, '', 30, 19,   MEANINGFUL_IMPROVEMENT",
        "PR-NDI, '', 30, 23,   NO_MEANINGFUL_CHANGE",
        "PR-NDI, '', 20, 30,   NO_MEANINGFUL_CHANGE",
        "PR-NDI, '', 20, 31,   WORSENING",
        "PR-LEFS, '', 40, 49,  MEANINGFUL_IMPROVEMENT",
        "PR-LEFS, '', 40, 48,  NO_MEANINGFUL_CHANGE",
        "PR-LEFS, '', 40, 31,  WORSENING",
        "PR-QD,  '', 50, 42,   MINIMAL_CHANGE",
        "PR-QD,  '', 50, 39,   MEANINGFUL_IMPROVEMENT",
        "PR-DASH, '', 50, 38,  MEANINGFUL_IMPROVEMENT",
        "PR-DASH, '', 50, 39,  NO_MEANINGFUL_CHANGE",
        "PR-PSFS, '', 0, 2,    MEANINGFUL_IMPROVEMENT",
        "PR-PSFS, '', 5, 3,    WORSENING",
        "PR-PROMIS-PI, '', 68, 58, SUBSTANTIAL_IMPROVEMENT",
        "PR-PROMIS-PI, '', 68, 66, MINIMAL_CHANGE",
        "PR-PROMIS-PF, '', 35, 40, MEANINGFUL_IMPROVEMENT",
        "PR-PROMIS-MH, '', 60, 57, MINIMAL_CHANGE",
        "PR-PROMIS-MH, anxiety, 60, 55, MEANINGFUL_IMPROVEMENT",
        "PR-PROMIS-SD, fatigue, 60, 65, WORSENING",
        "PR-GLOBAL, mental-health, 40, 43, MINIMAL_CHANGE",
        "PR-HIT6, '', 65, 58,  MEANINGFUL_IMPROVEMENT",
        "PR-HIT6, chronic-tension-type-headache, 65, 58, MINIMAL_CHANGE",
        "PR-HIT6, chronic-tension-type-headache, 66, 58, MEANINGFUL_IMPROVEMENT",
        "PR-HADAYS, '', 20, 14, MINIMAL_CHANGE",
        "PR-HADAYS, '', 20, 5,  SUBSTANTIAL_IMPROVEMENT",
        "PR-HADAYS, '', 2,  3,  NO_MEANINGFUL_CHANGE",
        "PR-HADAYS, '', 4,  6,  WORSENING",
        "PR-MIDAS, '', 21, 20, MEANINGFUL_IMPROVEMENT",
        "PR-MIDAS, '', 20, 11, NO_MEANINGFUL_CHANGE",
        "PR-MIDAS, '', 5,  6,  WORSENING",
        "PR-PHQ9, '', 12, 7,   MEANINGFUL_IMPROVEMENT",
        "PR-PHQ9, '', 10, 5,   SUBSTANTIAL_IMPROVEMENT",
        "PR-PHQ4, '', 6,  5,   MEANINGFUL_IMPROVEMENT",
        "PR-PHQ4, '', 5,  3,   NO_MEANINGFUL_CHANGE",
        "PR-PHQ4, phq-2, 2, 3, WORSENING",
        "PR-PHQ4, gad-2, 3, 2, MEANINGFUL_IMPROVEMENT",
        "PR-PSQI, '', 12, 9,   MEANINGFUL_IMPROVEMENT",
        "PR-PSQI, rotator-cuff-repair, 12, 8, NO_MEANINGFUL_CHANGE",
        "PR-PSS, '', 14, 13,   MEANINGFUL_IMPROVEMENT",
        "PR-PSS, '', 26, 27,   WORSENING",
        "PR-FIQR, '', 50, 43,  MEANINGFUL_IMPROVEMENT",
        "PR-FIQR, '', 50, 57,  WORSENING",
        "PR-GIRTH, '', 34.0, 31.5, MEANINGFUL_IMPROVEMENT",
        "PR-GIRTH, '', 34.0, 35.0, WORSENING",
        // A baseline of zero leaves the rules in points.
        "PR-NRS, '', 0, 2,     WORSENING",
        "PR-NRS, '', 0, 1,     NO_MEANINGFUL_CHANGE",
        "PR-HADAYS, '', 0, 2,  WORSENING",
        "PR-FIQR, '', 0, 30,   NO_MEANINGFUL_CHANGE",
    })
    void changeIsClassedByTheRuleOfItsMeasure(
            String id, String variant, String baseline, String latest, ChangeClass expected) {
        var rule = RULES.rule(id, variant);

        var trend = trend(rule, baseline, latest);

        assertThat(trend.changeClass()).isEqualTo(expected);
    }

    @Test
    void trendShowsTheChangeAsRecordedWithItsThresholdAndSource() {
        var trend = trend(RULES.rule("PR-NRS"), "7", "5");

        assertThat(trend.change()).isEqualByComparingTo("-2");
        assertThat(trend.improvement()).isEqualByComparingTo("2");
        assertThat(trend.percent()).isEqualByComparingTo("-28.5714");
        assertThat(trend.threshold()).isEqualTo("2 points, or 30 % and 1 point");
        assertThat(trend.citation()).contains("Farrar 2001");
        assertThat(trend.notes()).isEmpty();
    }

    @Test
    void changeOfDecimalsIsExact() {
        var trend = trend(RULES.rule("PR-PEG"), "2.3", "1.6");

        assertThat(trend.change()).isEqualByComparingTo("-0.7");
    }

    @Test
    void gainOfAMeasureWhereHigherIsBetterIsPositive() {
        var trend = trend(RULES.rule("PR-LEFS"), "40", "50");

        assertThat(trend.change()).isEqualByComparingTo("10");
        assertThat(trend.percent()).isEqualByComparingTo("25");
    }

    @Test
    void worseningIsReadAgainstItsOwnThreshold() {
        var trend = trend(RULES.rule("PR-ODI"), "30", "42");

        assertThat(trend.threshold()).isEqualTo("10 points");
    }

    @ParameterizedTest
    @CsvSource({
        "PR-NRS, 2",
        "PR-PEG, 2.9",
        "PR-PHQ9, 4",
        "PR-GAD7, 4",
        "PR-NDI, 4",
    })
    void baselineThatLeavesNoRoomIsNoted(String id, String baseline) {
        var trend = trend(RULES.rule(id), baseline, baseline);

        assertThat(trend.notes()).containsExactly("baseline too low to show meaningful improvement");
    }

    @ParameterizedTest
    @CsvSource({"PR-NRS, 2.5", "PR-PEG, 3", "PR-PHQ9, 5", "PR-GAD7, 5", "PR-NDI, 5", "PR-ODI, 0"})
    void baselineWithRoomHasNoNote(String id, String baseline) {
        var trend = trend(RULES.rule(id), baseline, baseline);

        assertThat(trend.notes()).isEmpty();
    }

    @Test
    void improvementFromALowBaselineIsMarkedAsUnsure() {
        var trend = trend(RULES.rule("PR-NRS"), "2", "1");

        assertThat(trend.changeClass()).isEqualTo(ChangeClass.SUBSTANTIAL_IMPROVEMENT);
        assertThat(trend.notes()).containsExactly("baseline too low to show meaningful improvement reliably");
    }

    @Test
    void percentOfAZeroBaselineIsLeftOut() {
        var trend = trend(RULES.rule("PR-FIQR"), "0", "30");

        assertThat(trend.percent()).isNull();
        assertThat(trend.notes()).containsExactly("baseline of zero: percent rules do not apply");
    }

    @Test
    void minimalChangeInsideTheErrorSaysSo() {
        var trend = trend(RULES.rule("PR-NDI"), "22", "14");

        assertThat(trend.notes()).containsExactly("within measurement error");
    }

    @Test
    void changeOfExactlyTheErrorCounts() {
        var trend = trend(RULES.rule("PR-LEFS"), "40", "49");

        assertThat(trend.changeClass()).isEqualTo(ChangeClass.MEANINGFUL_IMPROVEMENT);
        assertThat(trend.notes()).isEmpty();
    }

    @ParameterizedTest(name = "shoulder {0} -> {1} by {2} and {3} is {4}")
    @CsvSource({
        "95,  112, Practitioner/1, Practitioner/2, MINIMAL_CHANGE,         within measurement error (different raters)",
        "95,  112, Practitioner/1, ,               MINIMAL_CHANGE,         within measurement error (rater not recorded)",
        "95,  112, Practitioner/1, Practitioner/1, MEANINGFUL_IMPROVEMENT,",
        "95,  105, Practitioner/1, Practitioner/1, MEANINGFUL_IMPROVEMENT,",
        "95,  104, Practitioner/1, Practitioner/1, NO_MEANINGFUL_CHANGE,   within measurement error",
        "95,  115, Practitioner/1, Practitioner/2, MEANINGFUL_IMPROVEMENT,",
        "112, 95,  Practitioner/1, Practitioner/1, WORSENING,",
        "112, 95,  Practitioner/1, Practitioner/2, NO_MEANINGFUL_CHANGE,   within measurement error (different raters)",
        "115, 95,  Practitioner/1, Practitioner/2, WORSENING,",
    })
    void motionMeasuredByDifferentPeopleNeedsALargerChange(
            String baseline, String latest, String first, String second, ChangeClass expected, String note) {
        var rule = RULES.rule("PR-ROM-PER");
        var before = Measurement.of(rule, baseline, START, SessionPhase.INTAKE).ratedBy(first);
        var after = Measurement.of(rule, latest, END, SessionPhase.REASSESSMENT);

        var trend = OutcomeTrend.of(rule, List.of(before, second == null ? after : after.ratedBy(second)))
                .orElseThrow();

        assertThat(trend.changeClass()).isEqualTo(expected);
        assertThat(trend.notes()).isEqualTo(note == null ? List.of() : List.of(note));
    }

    @ParameterizedTest(name = "{0} spine {1} -> {2} is {3}")
    @CsvSource({
        "'',     60, 67, MEANINGFUL_IMPROVEMENT",
        "'',     60, 66, NO_MEANINGFUL_CHANGE",
        "'',     60, 50, WORSENING",
        "'',     60, 51, NO_MEANINGFUL_CHANGE",
        "lumbar, 40, 49, NO_MEANINGFUL_CHANGE",
        "lumbar, 40, 50, MEANINGFUL_IMPROVEMENT",
        "lumbar, 40, 30, WORSENING",
    })
    void spinalMotionHasItsOwnThresholds(String variant, String baseline, String latest, ChangeClass expected) {
        var rule = RULES.rule("PR-ROM-SP", variant);

        var trend = OutcomeTrend.of(
                        rule,
                        List.of(
                                Measurement.of(rule, baseline, START, SessionPhase.INTAKE)
                                        .ratedBy("Practitioner/1"),
                                Measurement.of(rule, latest, END, SessionPhase.REASSESSMENT)
                                        .ratedBy("Practitioner/1")))
                .orElseThrow();

        assertThat(trend.changeClass()).isEqualTo(expected);
    }

    @Test
    void oneValueIsNotEnough() {
        var rule = RULES.rule("PR-NRS");

        var trend = OutcomeTrend.of(rule, List.of(Measurement.of(rule, "7", START, SessionPhase.INTAKE)))
                .orElseThrow();

        assertThat(trend.changeClass()).isEqualTo(INSUFFICIENT_DATA);
        assertThat(trend.change()).isNull();
        assertThat(trend.notes()).containsExactly("only one value");
    }

    @ParameterizedTest
    @CsvSource({"6, INSUFFICIENT_DATA", "7, MEANINGFUL_IMPROVEMENT"})
    void valuesLieAtLeastSevenDaysApart(int days, ChangeClass expected) {
        var rule = RULES.rule("PR-NRS");

        var trend = OutcomeTrend.of(
                        rule,
                        List.of(
                                Measurement.of(rule, "7", START, SessionPhase.INTAKE),
                                Measurement.of(rule, "5", START.plusDays(days), SessionPhase.REASSESSMENT)))
                .orElseThrow();

        assertThat(trend.changeClass()).isEqualTo(expected);
    }

    @Test
    void firstAndLastValueAreComparedWhateverTheirOrder() {
        var rule = RULES.rule("PR-NRS");

        var trend = OutcomeTrend.of(
                        rule,
                        List.of(
                                Measurement.of(rule, "4", END, SessionPhase.DISCHARGE),
                                Measurement.of(rule, "9", START.plusDays(10), SessionPhase.REASSESSMENT),
                                Measurement.of(rule, "5", START, SessionPhase.INTAKE)))
                .orElseThrow();

        assertThat(trend.baseline().value()).isEqualByComparingTo("5");
        assertThat(trend.latest().value()).isEqualByComparingTo("4");
        assertThat(trend.values()).hasSize(3);
        assertThat(trend.changeClass()).isEqualTo(MINIMAL_CHANGE);
    }

    @Test
    void valuesBeforeSessionsStandInWhenNoAssessmentWasMade() {
        var rule = RULES.rule("PR-NRS");

        var trend = OutcomeTrend.of(
                        rule,
                        List.of(
                                Measurement.of(rule, "4", START, SessionPhase.PRE),
                                Measurement.of(rule, "1", START, SessionPhase.POST),
                                Measurement.of(rule, "6", END, SessionPhase.PRE),
                                Measurement.of(rule, "1", END, SessionPhase.POST)))
                .orElseThrow();

        assertThat(trend.changeClass()).isEqualTo(WORSENING);
    }

    @Test
    void valuesBeforeSessionsAreNotMixedWithAssessments() {
        var rule = RULES.rule("PR-NRS");

        var trend = OutcomeTrend.of(
                        rule,
                        List.of(
                                Measurement.of(rule, "7", START, SessionPhase.INTAKE),
                                Measurement.of(rule, "2", END, SessionPhase.PRE)))
                .orElseThrow();

        assertThat(trend.changeClass()).isEqualTo(INSUFFICIENT_DATA);
    }

    @Test
    void valuesAfterSessionsNeverMakeATrend() {
        var rule = RULES.rule("PR-NRS");
        var after = List.of(
                Measurement.of(rule, "7", START, SessionPhase.POST),
                Measurement.of(rule, "1", END, SessionPhase.POST),
                Measurement.of(rule, "1", END, SessionPhase.DIARY),
                new Measurement(Series.of(rule), BigDecimal.ONE, END, null, null, null, null));

        assertThat(OutcomeTrend.of(rule, after)).isEmpty();
    }

    @Test
    void daysCountedFromADiaryMakeATrend() {
        var rule = RULES.rule("PR-HADAYS");
        var diary = List.of(
                Measurement.of(rule, "14", START, SessionPhase.DIARY),
                Measurement.of(rule, "6", END, SessionPhase.DIARY));

        assertThat(OutcomeTrend.of(rule, diary).orElseThrow().changeClass()).isEqualTo(MEANINGFUL_IMPROVEMENT);
    }

    @ParameterizedTest
    @CsvSource({
        "1, SUBSTANTIAL_IMPROVEMENT",
        "2, MEANINGFUL_IMPROVEMENT",
        "3, MINIMAL_CHANGE",
        "4, NO_MEANINGFUL_CHANGE",
        "5, WORSENING",
        "7, WORSENING",
    })
    void globalImpressionIsReadFromItsLatestAnswerAlone(String answer, ChangeClass expected) {
        var rule = RULES.rule("PR-PGIC");

        var trend = OutcomeTrend.of(rule, List.of(Measurement.of(rule, answer, END, SessionPhase.REASSESSMENT)))
                .orElseThrow();

        assertThat(trend.changeClass()).isEqualTo(expected);
        assertThat(trend.change()).isNull();
    }

    @Test
    void valuesOfTwoJointsAreRefused() {
        var rule = RULES.rule("PR-ROM-PER");
        var left = new Series("PR-ROM-PER", "", "PR-ROM-PER|41381-5|left", "Shoulder abduction, left");
        var right = new Series("PR-ROM-PER", "", "PR-ROM-PER|41381-5|right", "Shoulder abduction, right");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> OutcomeTrend.of(rule, List.of(of(left, "90", START), of(right, "120", END))));
    }

    @Test
    void eachJointHasItsOwnTrend() {
        var left = new Series("PR-ROM-PER", "", "PR-ROM-PER|41381-5|left", "Shoulder abduction, left");
        var right = new Series("PR-ROM-PER", "", "PR-ROM-PER|41381-5|right", "Shoulder abduction, right");

        var trends = OutcomeTrend.all(
                RULES,
                List.of(
                        of(left, "90", START),
                        of(right, "150", START),
                        of(left, "120", END),
                        of(right, "150", END),
                        Measurement.of(RULES.rule("PR-NRS"), "7", START, SessionPhase.INTAKE)));

        assertThat(trends)
                .extracting(trend -> trend.series().label(), OutcomeTrend::changeClass)
                .containsExactly(
                        tuple("Pain 0-10", INSUFFICIENT_DATA),
                        tuple("Shoulder abduction, left", ChangeClass.MEANINGFUL_IMPROVEMENT),
                        tuple("Shoulder abduction, right", NO_MEANINGFUL_CHANGE));
    }

    private static Measurement of(Series series, String value, LocalDate date) {
        var phase = date.equals(START) ? SessionPhase.INTAKE : SessionPhase.REASSESSMENT;
        return new Measurement(series, new BigDecimal(value), date, phase, null, null, null);
    }

    private static OutcomeTrend trend(MeasureRule rule, String baseline, String latest) {
        return OutcomeTrend.of(
                        rule,
                        List.of(
                                Measurement.of(rule, baseline, START, SessionPhase.INTAKE),
                                Measurement.of(rule, latest, END, SessionPhase.REASSESSMENT)))
                .orElseThrow();
    }
}
