package org.tenderpoint.observation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionResponseTest {

    private static final MeasureRules RULES = MeasureRules.load();
    private static final MeasureRule PAIN = RULES.rule("PR-NRS");
    private static final MeasureRule RELIEF = RULES.rule("PR-RELIEF");
    private static final LocalDate START = LocalDate.of(2026, 3, 4);

    @Test
    void sessionResponseIsTheMeanChangeWithinVisits() {
        var response = SessionResponse.of(List.of(
                        pain("6", 0, SessionPhase.PRE),
                        pain("3", 0, SessionPhase.POST),
                        pain("5", 7, SessionPhase.PRE),
                        pain("4", 7, SessionPhase.POST)))
                .orElseThrow();

        assertThat(response.pairs()).isEqualTo(2);
        assertThat(response.meanBefore()).isEqualByComparingTo("5.5");
        assertThat(response.meanAfter()).isEqualByComparingTo("3.5");
        assertThat(response.meanChange()).isEqualByComparingTo("-2");
    }

    @Test
    void visitWithOneValueIsLeftOut() {
        var response = SessionResponse.of(List.of(
                pain("6", 0, SessionPhase.PRE), pain("3", 7, SessionPhase.POST), pain("1", 7, SessionPhase.DAY_AFTER)));

        assertThat(response).isEmpty();
    }

    @Test
    void valuesOutsideAVisitMakeNoPair() {
        var response = SessionResponse.of(List.of(
                Measurement.of(PAIN, "6", START, SessionPhase.PRE),
                Measurement.of(PAIN, "3", START, SessionPhase.POST)));

        assertThat(response).isEmpty();
    }

    @Test
    void twoSitesOfOneVisitMakeTwoPairs() {
        var neck = new Series("PR-NRS", "", "PR-NRS|45048000", "Pain 0-10, Neck");
        var back = new Series("PR-NRS", "", "PR-NRS|52612000", "Pain 0-10, Low back");

        var response = SessionResponse.of(List.of(
                        at(neck, "8", SessionPhase.PRE),
                        at(back, "3", SessionPhase.PRE),
                        at(neck, "5", SessionPhase.POST),
                        at(back, "3", SessionPhase.POST)))
                .orElseThrow();

        assertThat(response.pairs()).isEqualTo(2);
        assertThat(response.meanChange()).isEqualByComparingTo("-1.5");
    }

    @ParameterizedTest(name = "relief {0}: {1} h, then {2} h, worse {3}")
    @CsvSource({
        "6 9 12 20 30 36, 9,  30, false",
        "6 9 12 20,       9,  12, false",
        "30 20 24 12 10 12, 24, 12, true",
        "30 20 24 14 13 12, 24, 13, false",
        "0 0 0 0 0 0,     0,  0,  false",
    })
    void reliefIsTheMedianOfTheFirstAndLastThreeSessions(String hours, String first, String last, boolean worse) {
        var trend = ReliefTrend.of(relief(hours)).orElseThrow();

        assertThat(trend.first()).isEqualByComparingTo(first);
        assertThat(trend.last()).isEqualByComparingTo(last);
        assertThat(trend.isWorseBy(RELIEF)).isEqualTo(worse);
    }

    @Test
    void threeSessionsHaveNoReliefTrend() {
        assertThat(ReliefTrend.of(relief("6 9 12"))).isEmpty();
    }

    @Test
    void medianOfAnEvenNumberIsTheMeanOfTheMiddle() {
        assertThat(ReliefTrend.median(
                        List.of(new BigDecimal("8"), new BigDecimal("1"), BigDecimal.TEN, new BigDecimal("2"))))
                .isEqualByComparingTo("5");
    }

    @Test
    void reliefHasNoOutcomeTrend() {
        assertThat(OutcomeTrend.all(RULES, relief("6 9 12 20"))).isEmpty();
    }

    private static List<Measurement> relief(String hours) {
        var values = new ArrayList<Measurement>();
        for (var value : Arrays.asList(hours.trim().split(" +"))) {
            values.add(Measurement.of(RELIEF, value, START.plusDays(values.size()), SessionPhase.DAY_AFTER));
        }
        return values;
    }

    private static Measurement pain(String value, int day, SessionPhase phase) {
        return Measurement.of(PAIN, value, START.plusDays(day), phase).during("Encounter/day-" + day);
    }

    private static Measurement at(Series series, String value, SessionPhase phase) {
        return new Measurement(series, new BigDecimal(value), START, phase, null, "Encounter/1", null);
    }
}
