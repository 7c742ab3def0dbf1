package org.tenderpoint.progress;

import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.regex.Pattern;
import org.tenderpoint.document.Visits;
import org.tenderpoint.document.Words;
import org.tenderpoint.observation.ChangeClass;
import org.tenderpoint.observation.OutcomeTrend;
import org.tenderpoint.outcome.EpisodeOutcomes;
import org.tenderpoint.progress.ProgressSummary.Ask;
import org.tenderpoint.progress.ProgressSummary.Period;

/** The generated paragraph: numbers, thresholds and what the numbers are called; never why. */
final class BottomLines {

    private static final Pattern EXPLANATION = Pattern.compile(" \\([^)]*\\)| \\d+-\\d+( mm)?");

    private BottomLines() {}

    static String write(Visits visits, Period period, EpisodeOutcomes outcomes, int adverseEvents, Ask ask) {
        var sentences = new ArrayList<String>();
        sentences.add(visits(visits));
        if (period.from() != null) {
            sentences.add("Measured since " + Words.day(period.from()) + ", " + Words.count(period.visits(), "visit")
                    + " of these.");
        }
        outcomes.trends().stream()
                .filter(trend -> trend.rule().kind().isPrimary())
                .filter(trend -> trend.changeClass() != ChangeClass.INSUFFICIENT_DATA)
                .map(BottomLines::trend)
                .forEach(sentences::add);
        sentences.add("Overall: " + outcomes.response().code().replace('-', ' ') + ".");
        outcomes.plateau()
                .ifPresent(plateau -> sentences.add(
                        "Plateau: no primary measure improved by its minimal change between the reassessments of "
                                + Words.day(plateau.since()) + " and " + Words.day(plateau.until()) + "."));
        outcomes.relief()
                .ifPresent(relief -> sentences.add("Median relief after a session " + Words.number(relief.first())
                        + " h → " + Words.number(relief.last()) + " h."));
        sentences.add(
                adverseEvents == 0
                        ? "No adverse events recorded."
                        : Words.count(adverseEvents, "adverse event") + " recorded.");
        sentences.add("Request: " + ask.text());
        return String.join(" ", sentences);
    }

    private static String visits(Visits visits) {
        var missed = visits.missed() == 0 ? "" : ", " + visits.missed() + " missed";
        return visits.first() == null || visits.last() == null
                ? visits.text() + missed + "."
                : visits.text() + missed + ", " + Words.days(visits.first(), visits.last()) + ".";
    }

    private static String trend(OutcomeTrend trend) {
        var name = shortName(trend);
        if (trend.change() == null) {
            return "%s %s (threshold %s): %s."
                    .formatted(name, Words.number(trend.latest().value()), trend.threshold(), verdict(trend));
        }
        return "%s %s → %s (%s; threshold %s): %s."
                .formatted(
                        name,
                        Words.number(trend.baseline().value()),
                        Words.number(trend.latest().value()),
                        change(trend),
                        trend.threshold(),
                        verdict(trend));
    }

    /** {@code −2.4, −36 %}; empty where there is nothing to compare. */
    static String change(OutcomeTrend trend) {
        if (trend.change() == null) {
            return "";
        }
        return trend.percent() == null
                ? Words.signed(trend.change())
                : Words.signed(trend.change()) + ", "
                        + Words.signed(trend.percent().setScale(0, RoundingMode.HALF_UP)) + " %";
    }

    /** The class in words, with the remarks that go with it. */
    static String verdict(OutcomeTrend trend) {
        var words = trend.changeClass().code().replace('-', ' ');
        return trend.notes().isEmpty() ? words : words + " (" + String.join("; ", trend.notes()) + ")";
    }

    // A rule's label explains itself: its range, and in brackets its parts. The sentence has no room for that.
    static String shortName(OutcomeTrend trend) {
        return EXPLANATION.matcher(trend.series().label()).replaceAll("");
    }
}
