package org.tenderpoint.progress;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tenderpoint.document.SectionText;
import org.tenderpoint.document.Words;
import org.tenderpoint.observation.Measurement;
import org.tenderpoint.observation.OutcomeTrend;

/** Trends as a table, with the sources of the thresholds by number below it. */
final class TrendTable {

    private static final List<String> COLUMNS =
            List.of("Measure", "Baseline", "Latest", "Change", "Threshold", "Class");

    private TrendTable() {}

    /** Adds the table; nothing where there are no trends. */
    static SectionText write(SectionText text, List<OutcomeTrend> trends) {
        var sources = new ArrayList<>(
                trends.stream().map(OutcomeTrend::citation).distinct().toList());
        text.table(COLUMNS, trends.stream().map(trend -> row(trend, sources)).toList());
        if (!trends.isEmpty()) {
            var drafts = trends.stream().anyMatch(trend -> trend.rule().status().equals("draft"))
                    ? "Thresholds are drafts that no clinician has signed off. "
                    : "";
            text.remark(drafts + "Sources: "
                    + IntStream.range(0, sources.size())
                            .mapToObj(place -> "[" + (place + 1) + "] " + sources.get(place))
                            .collect(Collectors.joining("; "))
                    + ".");
        }
        return text;
    }

    private static List<String> row(OutcomeTrend trend, List<String> sources) {
        return List.of(
                trend.series().label(),
                value(trend.baseline()),
                value(trend.latest()),
                BottomLines.change(trend),
                (trend.threshold() + " [" + (sources.indexOf(trend.citation()) + 1) + "]").trim(),
                BottomLines.verdict(trend));
    }

    private static String value(Measurement value) {
        return Words.number(value.value()) + " (" + Words.day(value.date()) + ")";
    }
}
