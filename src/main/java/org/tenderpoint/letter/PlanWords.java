package org.tenderpoint.letter;

import java.util.ArrayList;
import org.tenderpoint.document.Words;
import org.tenderpoint.progress.ProgressSummary;

/** How long and how much a plan is, in words. */
final class PlanWords {

    private PlanWords() {}

    /** {@code From 4 Mar 2026 to 15 Apr 2026; 6 visits are ordered.}; empty where neither is known. */
    static String span(ProgressSummary summary) {
        var parts = new ArrayList<String>();
        var plan = summary.plan();
        if (plan != null && plan.begins() != null) {
            parts.add(
                    "From " + Words.day(plan.begins()) + (plan.ends() == null ? "" : " to " + Words.day(plan.ends())));
        } else if (plan != null && plan.ends() != null) {
            parts.add("To " + Words.day(plan.ends()));
        }
        var ordered = summary.visits().planned();
        if (ordered != null) {
            parts.add(Words.count(ordered, "visit") + (ordered == 1 ? " is" : " are") + " ordered");
        }
        return parts.isEmpty() ? "" : String.join("; ", parts) + ".";
    }
}
