package org.tenderpoint.treatmentsummary;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The units to charge for one day, and why.
 *
 * @param rule the payer's rule
 * @param timedMinutes one-on-one minutes of all timed services
 * @param units units by CPT code, in the order in which the codes were first listed; zero for a code that earns none
 * @param explanation one sentence for each step that led to the units
 */
public record TimedUnits(UnitRule rule, int timedMinutes, Map<String, Integer> units, List<String> explanation) {

    private static final int QUARTER_HOUR = 15;

    public TimedUnits {
        units = Collections.unmodifiableMap(new LinkedHashMap<>(units));
        explanation = List.copyOf(explanation);
    }

    /**
     * Counts the units of one day.
     *
     * @param rule the payer's rule
     * @param policies which codes are timed
     * @param services the services of one patient on one date; where two codes have equal claim to a unit the one listed
     *     first gets it, so the therapist chooses by the order
     * @throws IllegalArgumentException for a code whose timing is unknown
     */
    public static TimedUnits of(UnitRule rule, PayerPolicies policies, Collection<ServiceMinutes> services) {
        var minutes = new LinkedHashMap<String, Integer>();
        services.forEach(service -> minutes.merge(service.cpt(), service.minutes(), Integer::sum));
        var timed = new LinkedHashMap<>(minutes);
        timed.keySet().removeIf(cpt -> !policies.isTimed(cpt));
        var why = new ArrayList<String>();
        var earned = rule == UnitRule.CMS ? byWholeDay(timed, why) : byService(timed, why);
        var units = new LinkedHashMap<String, Integer>();
        for (var cpt : minutes.keySet()) {
            units.put(cpt, earned.getOrDefault(cpt, 1));
            if (!timed.containsKey(cpt)) {
                why.add(cpt + " is not timed: 1 unit a day.");
            }
        }
        return new TimedUnits(rule, sum(timed), units, why);
    }

    /** All units of timed services. */
    public int timedTotal(PayerPolicies policies) {
        return units.entrySet().stream()
                .filter(unit -> policies.isTimed(unit.getKey()))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    private static Map<String, Integer> byService(Map<String, Integer> minutes, List<String> why) {
        var units = new LinkedHashMap<String, Integer>();
        minutes.forEach((cpt, worked) -> {
            units.put(cpt, UnitRule.unitsFor(worked));
            why.add("%s: %d minutes alone give %s.".formatted(cpt, worked, text(UnitRule.unitsFor(worked))));
        });
        return units;
    }

    private static Map<String, Integer> byWholeDay(Map<String, Integer> minutes, List<String> why) {
        var total = UnitRule.unitsFor(sum(minutes));
        why.add("%d timed minutes in all give %s.".formatted(sum(minutes), text(total)));
        var units = new LinkedHashMap<String, Integer>();
        minutes.forEach((cpt, worked) -> {
            units.put(cpt, worked / QUARTER_HOUR);
            if (worked >= QUARTER_HOUR) {
                why.add("%s: %d minutes hold %s of 15 minutes."
                        .formatted(cpt, worked, text(worked / QUARTER_HOUR).replace("unit", "full unit")));
            }
        });
        // A rest is at most 14 minutes, so there are never more units left than services to take one each.
        mostRestFirst(minutes).stream().limit(total - sum(units)).forEach(cpt -> {
            units.merge(cpt, 1, Integer::sum);
            why.add("%s: 1 more unit for the largest rest, %d minutes."
                    .formatted(cpt, minutes.getOrDefault(cpt, 0) % QUARTER_HOUR));
        });
        return units;
    }

    // The sort is stable: after rest and total minutes, the order in which the therapist listed the services decides.
    private static List<String> mostRestFirst(Map<String, Integer> minutes) {
        Comparator<Map.Entry<String, Integer>> byRest = Comparator.comparing(entry -> entry.getValue() % QUARTER_HOUR);
        return minutes.entrySet().stream()
                .sorted(byRest.thenComparing(Map.Entry.comparingByValue()).reversed())
                .map(Map.Entry::getKey)
                .toList();
    }

    private static int sum(Map<String, Integer> amounts) {
        return amounts.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static String text(int units) {
        return units == 1 ? "1 unit" : units + " units";
    }
}
