package org.tenderpoint.observation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How long relief lasted after the first and after the last sessions. No change of it is published as meaningful, so it
 * is shown as a trend.
 *
 * @param sessions how many sessions reported hours of relief, four or more
 * @param first median hours after the first three of them
 * @param last median hours after the last three of them, which share sessions with the first when there are fewer than six
 */
public record ReliefTrend(int sessions, BigDecimal first, BigDecimal last) {

    private static final int SESSIONS = 3;

    /**
     * The relief trend.
     *
     * @param measurements values of one episode of care; only hours of relief (PR-RELIEF) count, one per session
     * @return empty for fewer than four sessions, where the first three are the last three
     */
    public static Optional<ReliefTrend> of(Collection<Measurement> measurements) {
        var hours = measurements.stream()
                .filter(value -> value.measure().equals("PR-RELIEF"))
                .sorted(Comparator.comparing(Measurement::date))
                .map(Measurement::value)
                .toList();
        return hours.size() <= SESSIONS
                ? Optional.empty()
                : Optional.of(new ReliefTrend(
                        hours.size(),
                        median(hours.subList(0, SESSIONS)),
                        median(hours.subList(hours.size() - SESSIONS, hours.size()))));
    }

    /**
     * True when relief became worse by the rule: after the last sessions it lasts half as long as after the first, or less.
     *
     * @param rule the rule PR-RELIEF
     */
    public boolean isWorseBy(MeasureRule rule) {
        var worsening = rule.worsening();
        return worsening != null
                && worsening.metBy(Change.between(rule, first, last).reversed());
    }

    /**
     * The middle value, or the mean of the two middle ones.
     *
     * @throws IllegalArgumentException if there are no values
     */
    static BigDecimal median(List<BigDecimal> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no values have no median");
        }
        var sorted = values.stream().sorted().toList();
        var upper = sorted.get(sorted.size() / 2);
        var lower = sorted.get((sorted.size() - 1) / 2);
        return lower.add(upper).divide(BigDecimal.valueOf(2), 6, RoundingMode.HALF_UP);
    }
}
