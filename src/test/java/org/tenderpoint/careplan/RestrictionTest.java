package org.tenderpoint.careplan;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Procedure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tenderpoint.document.Words;

/** What a restriction forbids. */
class RestrictionTest {

    private static final Forbids TABLE = Forbids.load();

    @ParameterizedTest(name = "{0}, {1} at {2}: {3}")
    @CsvSource({
        "light-pressure, friction, 45048000, true",
        "light-pressure, trigger-point-therapy, 45048000, true",
        "light-pressure, effleurage, 45048000, false",
        "no-deep-friction, iastm, 45048000, true",
        "no-heat, heat, 52612000, true",
        "no-heat, cold, 52612000, false",
        "heat, heat, 52612000, true",
        "no-cervical, joint-mobilisation, 45048000, true",
        "no-cervical, joint-mobilisation, 72696002, false",
        "no-massage, gentle-pressure, 72696002, true",
        "no-massage, home-exercise-teaching, 72696002, false",
        "local-avoid, friction, 72696002, false",
        "monitor, friction, 72696002, false"
    })
    void restrictionForbidsTechnique(String restriction, String technique, String site, boolean forbidden) {
        var done = new Procedure();
        done.getCode().addCoding().setSystem("http://snomed.info/sct").setCode("387854002");
        done.getCode().addCoding().setSystem(Words.MASSAGE).setCode(technique);
        done.addBodySite().addCoding().setSystem("http://snomed.info/sct").setCode(site);

        var forbids =
                new Restriction(Set.of(Words.MASSAGE + "|" + restriction), "", null, List.of()).forbids(done, TABLE);

        assertThat(forbids).isEqualTo(forbidden);
    }

    @ParameterizedTest(name = "{0} {1} avoided, {2} {3}: {4}")
    @CsvSource({
        // The site itself, a part of it, a region around it, and another one.
        "8205005, , 8205005, , true",
        "53120007, , 8205005, , true",
        "8205005, , 53120007, , true",
        "8205005, , 72696002, , false",
        // Sides: the same, the other, both, and one that is not said.
        "8205005, 24028007, 8205005, 24028007, true",
        "8205005, 24028007, 8205005, 7771000, false",
        "8205005, 24028007, 8205005, 51440002, true",
        "8205005, 24028007, 8205005, , true",
        // Sites that have their side in them.
        "6757004, , 72696002, 7771000, false",
        "72696002, 24028007, 6757004, , true",
    })
    void localAvoidanceForbidsEveryTouchThere(
            String avoided, String avoidedSide, String site, String side, boolean forbidden) {
        var done = new Procedure();
        done.getCode().addCoding().setSystem(Words.MASSAGE).setCode("gentle-pressure");
        done.addBodySite(site(site, side));

        var forbids = new Restriction(
                        Set.of(Words.MASSAGE + "|local-avoid"), "", null, List.of(site(avoided, avoidedSide)))
                .forbids(done, TABLE);

        assertThat(forbids).isEqualTo(forbidden);
    }

    @Test
    void techniqueIsForbiddenInItsAreaOnlyAndWithoutASiteNotCompared() {
        var friction = new Procedure();
        friction.getCode().addCoding().setSystem(Words.MASSAGE).setCode("friction");
        var restriction =
                new Restriction(Set.of(Words.MASSAGE + "|friction"), "", null, List.of(site("45048000", null)));

        assertThat(restriction.forbids(friction, TABLE)).isFalse();
        assertThat(restriction.forbids(friction.copy().addBodySite(site("22823000", null)), TABLE))
                .isTrue();
        assertThat(restriction.forbids(friction.copy().addBodySite(site("52612000", null)), TABLE))
                .isFalse();
    }

    private static CodeableConcept site(String code, String side) {
        var site = new CodeableConcept();
        site.addCoding().setSystem("http://snomed.info/sct").setCode(code);
        if (side != null) {
            var sided = new CodeableConcept();
            sided.addCoding().setSystem("http://snomed.info/sct").setCode(side);
            site.addExtension("https://tenderpoint.org/fhir/StructureDefinition/side", sided);
        }
        return site;
    }

    @Test
    void goalAttainmentIsFiftyWhereEveryTargetIsJustReached() {
        assertThat(PlanStatusReader.attainment(goals(0, 0))).isEqualByComparingTo("50.0");
        assertThat(PlanStatusReader.attainment(goals(1, 1))).isEqualByComparingTo("62.4");
        assertThat(PlanStatusReader.attainment(goals(-2))).isEqualByComparingTo("30.0");
        assertThat(PlanStatusReader.attainment(List.of())).isNull();
    }

    @Test
    void goalIsAttainedInItsOwnDirection() {
        assertThat(goal("7", "3", "3", true).isAttained()).isTrue();
        assertThat(goal("7", "4", "3", true).isAttained()).isFalse();
        assertThat(goal("7", "4", "3", true).percent()).isEqualByComparingTo("75");
        assertThat(goal("20", "60", "60", false).isAttained()).isTrue();
        assertThat(goal("4", "6", "2", true).percent()).isEqualByComparingTo("-100");
    }

    private static List<GoalStatus> goals(int... scores) {
        return java.util.Arrays.stream(scores)
                .mapToObj(score ->
                        new GoalStatus("Goal/g", "", "", null, null, null, null, true, BigDecimal.valueOf(score)))
                .toList();
    }

    private static GoalStatus goal(String baseline, String latest, String target, boolean lowerIsBetter) {
        var numbers = Stream.of(target, baseline, latest).map(BigDecimal::new).toList();
        return new GoalStatus(
                "Goal/g", "", "PR-NRS", numbers.get(0), null, numbers.get(1), numbers.get(2), lowerIsBetter, null);
    }
}
