package org.tenderpoint.observation;

import java.math.BigDecimal;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.observation.MeasureRule.Comparison;

/**
 * How one measure changed over an episode of care, and what that amounts to.
 *
 * @param rule the rule that was applied
 * @param series the measure, and the joint, side or site
 * @param baseline the first value
 * @param latest the last value; the same as the baseline when there is only one
 * @param values what the trend rests on, oldest first: the baseline first, the latest last
 * @param change latest minus baseline in the measure's unit, as recorded: negative when the score fell; null when there
 *     is nothing to compare
 * @param percent the change as a percent of the baseline, -36 for a fall by 36 %; null for a baseline of zero or less
 * @param threshold the change that would count, for example {@code 2 points, or 30 % and 1 point}
 * @param citation where the threshold comes from
 * @param changeClass what the change amounts to
 * @param notes what a reader should know about it, as short phrases
 */
public record OutcomeTrend(
        MeasureRule rule,
        Series series,
        Measurement baseline,
        Measurement latest,
        List<Measurement> values,
        @Nullable BigDecimal change,
        @Nullable BigDecimal percent,
        String threshold,
        String citation,
        ChangeClass changeClass,
        List<String> notes) {

    /** Days between baseline and latest below which no change is claimed. */
    private static final int MINIMUM_DAYS = 7;

    /** The measure that is counted from a diary. */
    private static final String RULE_OF_DAYS = "PR-HADAYS";

    private static final Comparator<Measurement> BY_TIME = Comparator.comparing(Measurement::date)
            .thenComparing(Measurement::phase, Comparator.nullsFirst(Comparator.naturalOrder()));

    public OutcomeTrend {
        values = List.copyOf(values);
        notes = List.copyOf(notes);
    }

    /**
     * The trends of everything measured in an episode of care, in the order of {@code measure-rules.json}.
     *
     * @param measurements values of one episode of care, in any order; phases that do not belong to a trend are left out
     */
    public static List<OutcomeTrend> all(MeasureRules rules, Collection<Measurement> measurements) {
        var trends = new ArrayList<OutcomeTrend>();
        for (var rule : rules.all()) {
            if (rule.comparison() != Comparison.MEDIAN) {
                for (var series : seriesOf(rule, measurements)) {
                    of(rule, series).ifPresent(trends::add);
                }
            }
        }
        return trends;
    }

    /**
     * The trend of one series.
     *
     * @param rule the rule to apply, which may be a stricter variant than the series' own
     * @param measurements values of one series, in any order
     * @return empty when no value belongs to a trend
     * @throws IllegalArgumentException if the values belong to different series
     */
    public static Optional<OutcomeTrend> of(MeasureRule rule, Collection<Measurement> measurements) {
        if (measurements.stream().map(value -> value.series().key()).distinct().count() > 1) {
            throw new IllegalArgumentException("values of different series have no common trend");
        }
        var values = inOrder(measurements);
        if (values.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(rule.comparison() == Comparison.VALUE ? ofValue(rule, values) : ofChange(rule, values));
    }

    /** The change so that positive is better; null when there is nothing to compare. */
    public @Nullable BigDecimal improvement() {
        return change == null
                ? null
                : change.multiply(BigDecimal.valueOf(rule.direction().sign()));
    }

    /** The values of each series of a rule, in the order in which the series first appear. */
    static List<List<Measurement>> seriesOf(MeasureRule rule, Collection<Measurement> measurements) {
        var series = new LinkedHashMap<String, List<Measurement>>();
        for (var value : measurements) {
            if (value.measure().equals(rule.id()) && value.series().variant().equals(rule.variant())) {
                series.computeIfAbsent(value.series().key(), key -> new ArrayList<>())
                        .add(value);
            }
        }
        return List.copyOf(series.values());
    }

    // A value taken after the hands-on work shows the session, not the episode, and never enters a trend.
    private static List<Measurement> inOrder(Collection<Measurement> measurements) {
        var episode = measurements.stream()
                .filter(value -> value.phase() != null && value.phase().measuresEpisode())
                .sorted(BY_TIME)
                .toList();
        return Stream.of(episode, ofPhase(SessionPhase.PRE, measurements), countedDays(measurements))
                .filter(values -> !values.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    // A single day of a diary says little; a count of days over weeks is a measurement of its own.
    private static List<Measurement> countedDays(Collection<Measurement> measurements) {
        return ofPhase(SessionPhase.DIARY, measurements).stream()
                .filter(value -> RULE_OF_DAYS.equals(value.measure()))
                .toList();
    }

    private static List<Measurement> ofPhase(SessionPhase phase, Collection<Measurement> measurements) {
        return measurements.stream()
                .filter(value -> value.phase() == phase)
                .sorted(BY_TIME)
                .toList();
    }

    private static OutcomeTrend ofValue(MeasureRule rule, List<Measurement> values) {
        var latest = values.get(values.size() - 1);
        var judged = Judgement.of(rule, latest, latest);
        return new OutcomeTrend(
                rule,
                latest.series(),
                latest,
                latest,
                values,
                null,
                null,
                judged.threshold(),
                rule.citation(),
                judged.changeClass(),
                judged.notes());
    }

    private static OutcomeTrend ofChange(MeasureRule rule, List<Measurement> values) {
        var baseline = values.get(0);
        var latest = values.get(values.size() - 1);
        var judged = values.size() < 2
                ? Judgement.insufficient(rule, baseline, "only one value")
                : ChronoUnit.DAYS.between(baseline.date(), latest.date()) < MINIMUM_DAYS
                        ? Judgement.insufficient(rule, baseline, "less than " + MINIMUM_DAYS + " days apart")
                        : Judgement.of(rule, baseline, latest);
        var better = Change.between(rule, baseline.value(), latest.value());
        var recorded = rule.direction() == MeasureRule.Direction.LOWER ? better.reversed() : better;
        return new OutcomeTrend(
                rule,
                baseline.series(),
                baseline,
                latest,
                values,
                values.size() < 2 ? null : recorded.points(),
                values.size() < 2 ? null : recorded.percent(),
                judged.threshold(),
                rule.citation(),
                judged.changeClass(),
                judged.notes());
    }
}
