package org.tenderpoint.observation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How pain changed from before to after the hands-on work of the same visit. It says nothing about the episode of care
 * and is reported apart from it.
 *
 * @param pairs how many pairs of values the means rest on, one or more
 * @param meanBefore mean pain before, 0-10, to six decimals
 * @param meanAfter mean pain after, 0-10, to six decimals
 * @param meanChange mean of after minus before, -10 to 10; negative is relief
 */
public record SessionResponse(int pairs, BigDecimal meanBefore, BigDecimal meanAfter, BigDecimal meanChange) {

    /**
     * The mean session response.
     *
     * @param measurements values of one episode of care; only pain 0-10 (PR-NRS) of a visit with both phases counts, the
     *     first {@code pre} and the last {@code post} of a visit where there are several
     * @return empty when no visit has both
     */
    public static Optional<SessionResponse> of(Collection<Measurement> measurements) {
        var visits = measurements.stream()
                .filter(value -> value.measure().equals("PR-NRS") && value.encounter() != null)
                .sorted(Comparator.comparing(Measurement::date))
                .collect(Collectors.groupingBy(value -> List.of(
                        Objects.requireNonNull(value.encounter()),
                        value.series().key())));
        var pairs = visits.values().stream()
                .flatMap(visit -> Pair.of(visit).stream())
                .toList();
        if (pairs.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new SessionResponse(
                pairs.size(),
                mean(pairs.stream().map(Pair::before).toList()),
                mean(pairs.stream().map(Pair::after).toList()),
                mean(pairs.stream()
                        .map(pair -> pair.after().subtract(pair.before()))
                        .toList())));
    }

    static BigDecimal mean(List<BigDecimal> values) {
        return values.stream()
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .divide(BigDecimal.valueOf(values.size()), 6, RoundingMode.HALF_UP);
    }

    private record Pair(BigDecimal before, BigDecimal after) {

        static Optional<Pair> of(List<Measurement> visit) {
            var before = visit.stream()
                    .filter(value -> value.phase() == SessionPhase.PRE)
                    .findFirst();
            var after = visit.stream()
                    .filter(value -> value.phase() == SessionPhase.POST)
                    .reduce((earlier, later) -> later);
            return before.isPresent() && after.isPresent()
                    ? Optional.of(new Pair(before.get().value(), after.get().value()))
                    : Optional.empty();
        }
    }
}
