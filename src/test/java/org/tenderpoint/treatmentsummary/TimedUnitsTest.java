package org.tenderpoint.treatmentsummary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.tenderpoint.treatmentsummary.UnitRule.AMA_MIDPOINT;
import static org.tenderpoint.treatmentsummary.UnitRule.CMS;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimedUnitsTest {

    private static final PayerPolicies POLICIES = PayerPolicies.load();

    @ParameterizedTest(name = "{0} is {1} under CMS and {2} under the midpoint rule")
    @CsvSource({
        // The published test vectors of the unit rules.
        "97124=30,                   97124=2,                 97124=2",
        "97124=23,                   97124=2,                 97124=2",
        "97140=24 97124=23,          97140=2 97124=1,         97140=2 97124=2",
        "97140=7 97124=7 97110=7,    97140=1 97124=0 97110=0, 97140=0 97124=0 97110=0",
        "97124=53,                   97124=4,                 97124=4",
        "97010=15 97124=20,          97010=1 97124=1,         97010=1 97124=1",
        // Less than eight minutes are not billable, whatever their number of services.
        "97124=7,                    97124=0,                 97124=0",
        "97124=4 97140=3,            97124=0 97140=0,         97124=0 97140=0",
        "97124=0,                    97124=0,                 97124=0",
        // The longest of several short services takes the one unit.
        "97124=3 97140=6,            97124=0 97140=1,         97124=0 97140=0",
        // A rest of seven minutes is larger than one of three.
        "97110=33 97140=7,           97110=2 97140=1,         97110=2 97140=0",
        // Equal rests: more minutes in all first, then the order of the list.
        "97124=20 97140=35,          97124=1 97140=3,         97124=1 97140=2",
        "97140=20 97124=20,          97140=2 97124=1,         97140=1 97124=1",
        // The session of the guide: 30 minutes of manual therapy and 8 of exercise.
        "97140=15 97140=15 97110=8,  97140=2 97110=1,         97140=2 97110=1",
        // Four services of seven minutes: the table gives two units for their 28 minutes.
        "97124=7 97140=7 97110=7 97112=7, 97124=1 97140=1 97110=0 97112=0, 97124=0 97140=0 97110=0 97112=0",
        "97010=5 97010=5,            97010=1,                 97010=1",
    })
    void minutesBecomeUnitsByThePayersRule(String services, String cms, String midpoint) {
        assertThat(units(CMS, services).units()).isEqualTo(amounts(cms));
        assertThat(units(AMA_MIDPOINT, services).units()).isEqualTo(amounts(midpoint));
    }

    @ParameterizedTest(name = "{0} minutes are {1} units")
    @CsvSource({
        "0, 0", "7, 0", "8, 1", "22, 1", "23, 2", "37, 2", "38, 3", "52, 3", "53, 4", "67, 4", "68, 5", "82, 5",
        "83, 6", "97, 6", "98, 7"
    })
    void minutesOfOneServiceFollowTheTable(int minutes, int expected) {
        assertThat(units(CMS, "97124=" + minutes).timedTotal(POLICIES)).isEqualTo(expected);
    }

    @RepeatedTest(200)
    void unitsOfTheServicesAddUpToTheTablesUnits(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        var services = new ArrayList<ServiceMinutes>();
        for (var cpt : POLICIES.timedCpt().stream().sorted().toList()) {
            if (random.nextBoolean()) {
                services.add(new ServiceMinutes(cpt, random.nextInt(61)));
            }
        }

        var counted = TimedUnits.of(CMS, POLICIES, services);

        var minutes = services.stream().mapToInt(ServiceMinutes::minutes).sum();
        assertThat(counted.timedMinutes()).isEqualTo(minutes);
        assertThat(counted.timedTotal(POLICIES)).isEqualTo(tableUnits(minutes));
        for (var service : services) {
            assertThat(counted.units().get(service.cpt()))
                    .isBetween(service.minutes() / 15, service.minutes() / 15 + 1);
        }
    }

    @Test
    void explanationNamesEachStep() {
        assertThat(units(CMS, "97010=10 97140=24 97124=23").explanation())
                .containsExactly(
                        "47 timed minutes in all give 3 units.",
                        "97140: 24 minutes hold 1 full unit of 15 minutes.",
                        "97124: 23 minutes hold 1 full unit of 15 minutes.",
                        "97140: 1 more unit for the largest rest, 9 minutes.",
                        "97010 is not timed: 1 unit a day.");
    }

    @Test
    void midpointExplanationTakesEachServiceAlone() {
        assertThat(units(AMA_MIDPOINT, "97140=24 97124=7").explanation())
                .containsExactly("97140: 24 minutes alone give 2 units.", "97124: 7 minutes alone give 0 units.");
    }

    @Test
    void codeOfUnknownTimingIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> units(CMS, "99999=30"))
                .withMessage("no timing is known for CPT 99999");
    }

    @Test
    void minutesBelowZeroAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ServiceMinutes("97124", -1));
    }

    // Counted by walking the bands, so that it shares no arithmetic with the code under test.
    private static int tableUnits(int minutes) {
        var units = 0;
        for (var lowest = 8; minutes >= lowest; lowest += 15) {
            units++;
        }
        return units;
    }

    private static TimedUnits units(UnitRule rule, String services) {
        List<ServiceMinutes> listed = Arrays.stream(services.trim().split(" +"))
                .map(service -> service.split("="))
                .map(parts -> new ServiceMinutes(parts[0], Integer.parseInt(parts[1])))
                .toList();
        return TimedUnits.of(rule, POLICIES, listed);
    }

    private static Map<String, Integer> amounts(String text) {
        var amounts = new LinkedHashMap<String, Integer>();
        Arrays.stream(text.trim().split(" +"))
                .map(amount -> amount.split("="))
                .forEach(parts -> amounts.put(parts[0], Integer.parseInt(parts[1])));
        return amounts;
    }
}
