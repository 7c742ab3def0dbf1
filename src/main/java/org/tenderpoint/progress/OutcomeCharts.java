package org.tenderpoint.progress;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.tenderpoint.document.Words;
import org.tenderpoint.observation.MeasureRule;
import org.tenderpoint.observation.MeasureRule.Direction;
import org.tenderpoint.observation.MeasureRule.Kind;
import org.tenderpoint.observation.Measurement;
import org.tenderpoint.observation.OutcomeTrend;
import org.tenderpoint.observation.SessionPhase;
import org.tenderpoint.outcome.EpisodeOutcomes;
import org.tenderpoint.page.Chart;

/** Charts of pain and function: every value of a series except those taken after the hands-on work. */
final class OutcomeCharts {

    private static final int MOST = 3;

    private OutcomeCharts() {}

    /** Pain first, then function; three at most. */
    static List<Chart> of(EpisodeOutcomes outcomes) {
        return outcomes.trends().stream()
                .filter(trend -> trend.rule().comparison() == MeasureRule.Comparison.CHANGE)
                .filter(trend ->
                        trend.rule().kind() == Kind.PAIN || trend.rule().kind() == Kind.FUNCTION)
                .sorted(Comparator.comparing(trend -> trend.rule().kind()))
                .flatMap(trend -> chart(trend, outcomes.values()).stream())
                .limit(MOST)
                .toList();
    }

    private static Optional<Chart> chart(OutcomeTrend trend, List<Measurement> values) {
        var points = values.stream()
                .filter(value -> value.series().key().equals(trend.series().key())
                        && value.phase() != null
                        && value.phase() != SessionPhase.POST)
                .sorted(Comparator.comparing(Measurement::date))
                .map(value -> new Chart.Point(value.date(), value.value()))
                .distinct()
                .toList();
        if (points.size() < 2) {
            return Optional.empty();
        }
        var first = points.get(0);
        var last = points.get(points.size() - 1);
        var range = trend.rule().range();
        return Optional.of(new Chart(
                "%s: %s → %s"
                        .formatted(
                                BottomLines.shortName(trend), Words.number(first.value()), Words.number(last.value())),
                "Scale %s–%s, %s is better; %s"
                        .formatted(
                                Words.number(range.from()),
                                Words.number(range.to()),
                                trend.rule().direction() == Direction.LOWER ? "lower" : "higher",
                                Words.days(first.day(), last.day())),
                range.from(),
                range.to(),
                points));
    }
}
