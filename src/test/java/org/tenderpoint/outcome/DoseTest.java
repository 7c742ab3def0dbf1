package org.tenderpoint.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tenderpoint.document.Charted;
import org.tenderpoint.document.Technique;
import org.tenderpoint.observation.MeasureRules;
import org.tenderpoint.observation.Measurement;
import org.tenderpoint.observation.SessionPhase;

class DoseTest {

    private static final MeasureRules RULES = MeasureRules.load();
    private static final LocalDate FIRST = LocalDate.of(2026, 3, 4);

    @Test
    void painAtTheNextVisitStandsBesideTheMinutesOfTheOneBefore() {
        var techniques = List.of(done(0, "Friction", 20), done(1, "Friction", 25), done(2, "Friction", 5));
        var values =
                List.of(pain(0, "7", SessionPhase.PRE), pain(1, "6", SessionPhase.PRE), pain(2, "4", SessionPhase.PRE));

        var table = Dose.table(techniques, values);

        assertThat(table).singleElement().satisfies(dose -> {
            assertThat(dose.minutes()).isEqualTo("15-29");
            assertThat(dose.pairs()).isEqualTo(2);
            assertThat(dose.meanBefore()).isEqualByComparingTo("6.5");
            assertThat(dose.meanNext()).isEqualByComparingTo("5");
        });
    }

    @Test
    void minutesOfOneTechniqueOnOneRegionAreAddedWithinAVisit() {
        var techniques = List.of(done(0, "Friction", 20), done(0, "Friction", 15), done(0, "Vibration", 70));
        var values = List.of(pain(0, "7", SessionPhase.PRE), pain(1, "6", SessionPhase.PRE));

        var table = Dose.table(techniques, values);

        assertThat(table)
                .extracting(Dose::technique, Dose::minutes, Dose::pairs)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("Friction", "30-44", 1),
                        org.assertj.core.groups.Tuple.tuple("Vibration", "60 or more", 1));
    }

    @Test
    void painAfterTheHandsOnWorkDoesNotCount() {
        var techniques = List.of(done(0, "Friction", 20), done(1, "Friction", 20));
        var values = List.of(
                pain(0, "7", SessionPhase.PRE), pain(0, "1", SessionPhase.POST), pain(1, "6", SessionPhase.POST));

        assertThat(Dose.table(techniques, values)).isEmpty();
    }

    private static Technique done(int visit, String name, int minutes) {
        return new Technique(
                "Procedure/" + visit + name + minutes,
                "Encounter/" + visit,
                FIRST.plusWeeks(visit),
                name,
                "Neck",
                minutes,
                null,
                Charted.NOTHING);
    }

    private static Measurement pain(int visit, String value, SessionPhase phase) {
        return Measurement.of(RULES.rule("PR-NRS"), new BigDecimal(value).toString(), FIRST.plusWeeks(visit), phase)
                .during("Encounter/" + visit);
    }
}
