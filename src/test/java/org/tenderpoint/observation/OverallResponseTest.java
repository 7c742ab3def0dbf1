package org.tenderpoint.observation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverallResponseTest {

    private static final MeasureRules RULES = MeasureRules.load();
    private static final LocalDate START = LocalDate.of(2026, 3, 4);

    /** Each value list is a course, one value a fortnight. */
    @ParameterizedTest(name = "NRS {0}, ODI {1}, PGIC {2}, {3} reassessments, {4} visits: {5}")
    @CsvSource({
        // 1: any primary measure worse, whatever the others say
        "7 4, 30 42, , 1, 6, WORSENING",
        "4 6, 44 30, 1, 1, 6, WORSENING",
        "7 4, 44 30, 5, 1, 6, WORSENING",
        // 2: pain or its counterpart missing
        ", 44 30, 2, 1, 6, UNDETERMINED",
        "7 4, , , 1, 6, UNDETERMINED",
        "7, 44 30, , 1, 6, UNDETERMINED",
        "7 4, 44, , 1, 6, UNDETERMINED",
        // 3: pain and function, or pain and impression
        "7 4, 44 30, , 1, 6, RESPONDER",
        "7 4, 44 43, 2, 1, 6, RESPONDER",
        "7 4, , 1, 1, 6, RESPONDER",
        // 4: one of them alone
        "7 4, 44 43, 3, 1, 6, PARTIAL_RESPONDER",
        "7 7, 44 30, , 1, 6, PARTIAL_RESPONDER",
        "7 7, 44 43, 2, 1, 6, PARTIAL_RESPONDER",
        // 5 and 6: none, with and without enough treatment to say so
        "7 7, 44 43, 4, 2, 3, NON_RESPONDER",
        "7 7, 44 43, 4, 1, 6, NON_RESPONDER",
        "7 7, 44 43, 4, 1, 5, TOO_EARLY",
        "7 6, 44 38, 3, 1, 5, TOO_EARLY",
    })
    void overallResponseNeedsMoreThanOneKindOfMeasure(
            String pain, String function, String impression, int reassessments, int visits, OverallResponse expected) {
        var measured = new ArrayList<Measurement>();
        measured.addAll(course("PR-NRS", pain));
        measured.addAll(course("PR-ODI", function));
        measured.addAll(course("PR-PGIC", impression));

        var overall = OverallResponse.of(OutcomeTrend.all(RULES, measured), reassessments, visits);

        assertThat(overall).isEqualTo(expected);
    }

    @Test
    void moodAndMotionDoNotDecideTheResponse() {
        var measured = new ArrayList<Measurement>();
        measured.addAll(course("PR-NRS", "7 4"));
        measured.addAll(course("PR-ODI", "44 30"));
        measured.addAll(course("PR-PHQ9", "5 15"));

        assertThat(OverallResponse.of(OutcomeTrend.all(RULES, measured), 1, 6)).isEqualTo(OverallResponse.RESPONDER);
    }

    @ParameterizedTest(name = "PEG {0}, ODI {1}: plateau {2}")
    @CsvSource({
        "6.7 6.6 6.7,     44 43 42,    true",
        // the first of the two reassessments brought something
        "6.7 5.0 5.0,     44 43 42,    false",
        "6.7 5.0 5.0 5.1, 44 30 30 30, true",
        // one measure is enough
        "6.7 6.7 6.7,     44 44 38,    false",
        // a slow, steady gain
        "6.0 5.5 5.0,     44 44 44,    false",
        // too few reassessments
        "6.7 6.7,         44 44,       false",
        "6.7,             44,          false",
        // a measure taken only once keeps silent
        "6.7 6.7 6.7,     44,          true",
        // getting worse is no improvement
        "5 6 7,           44 44 44,    true",
    })
    void plateauIsTwoReassessmentsWithoutAMinimalChange(String peg, String odi, boolean expected) {
        var measured = new ArrayList<Measurement>();
        measured.addAll(course("PR-PEG", peg));
        measured.addAll(course("PR-ODI", odi));

        assertThat(Plateau.find(RULES, measured).isPresent()).isEqualTo(expected);
    }

    @Test
    void plateauNamesItsReassessments() {
        var found = Plateau.find(RULES, course("PR-PEG", "6.7 6.7 6.7"));

        assertThat(found).contains(new Plateau(START.plusDays(14), START.plusDays(28)));
    }

    @Test
    void plateauLooksAtPrimaryMeasuresOnly() {
        var measured = new ArrayList<Measurement>();
        measured.addAll(course("PR-PEG", "6.7 6.7 6.7"));
        measured.addAll(course("PR-GAD7", "15 10 5"));

        assertThat(Plateau.find(RULES, measured)).isPresent();
    }

    private static List<Measurement> course(String id, String values) {
        if (values == null) {
            return List.of();
        }
        var rule = RULES.rule(id);
        var course = new ArrayList<Measurement>();
        for (var value : Arrays.asList(values.trim().split(" +"))) {
            course.add(Measurement.of(
                    rule,
                    value,
                    START.plusDays(14L * course.size()),
                    course.isEmpty() ? SessionPhase.INTAKE : SessionPhase.REASSESSMENT));
        }
        return course;
    }
}
