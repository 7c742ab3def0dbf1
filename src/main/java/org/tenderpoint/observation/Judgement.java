package org.tenderpoint.observation;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a change amounts to under a rule, the threshold that decided, and the remarks that go with it. */
record Judgement(ChangeClass changeClass, String threshold, List<String> notes) {

    /** Applies a rule to two values; how far apart they lie in time is the caller's business. */
    static Judgement of(MeasureRule rule, Measurement baseline, Measurement latest) {
        var change = Change.between(rule, baseline.value(), latest.value());
        var error = rule.error() == null ? BigDecimal.ZERO : rule.error().between(baseline, latest);
        var beyondError = change.points().abs().compareTo(error) >= 0;
        var changeClass = classify(rule, change, beyondError);
        var notes = new ArrayList<String>();
        if (!beyondError && change.points().signum() != 0) {
            notes.add("within measurement error" + raters(rule, baseline, latest));
        }
        if (rule.comparison() == MeasureRule.Comparison.CHANGE) {
            notes.addAll(lowBaseline(rule, baseline, changeClass));
            if (cannotBeHeldAgainst(rule.meaningful(), change) || cannotBeHeldAgainst(rule.worsening(), change)) {
                notes.add("baseline of zero: percent rules do not apply");
            }
        }
        return new Judgement(changeClass, threshold(rule, changeClass), List.copyOf(notes));
    }

    static Judgement insufficient(MeasureRule rule, Measurement baseline, String reason) {
        var notes = new ArrayList<String>();
        notes.add(reason);
        notes.addAll(lowBaseline(rule, baseline, ChangeClass.INSUFFICIENT_DATA));
        return new Judgement(
                ChangeClass.INSUFFICIENT_DATA, threshold(rule, ChangeClass.INSUFFICIENT_DATA), List.copyOf(notes));
    }

    private static ChangeClass classify(MeasureRule rule, Change change, boolean beyondError) {
        if (met(rule.worsening(), change.reversed()) && beyondError) {
            return ChangeClass.WORSENING;
        }
        var meaningful = met(rule.meaningful(), change);
        if (meaningful && beyondError) {
            return met(rule.substantial(), change)
                    ? ChangeClass.SUBSTANTIAL_IMPROVEMENT
                    : ChangeClass.MEANINGFUL_IMPROVEMENT;
        }
        return meaningful || met(rule.minimal(), change)
                ? ChangeClass.MINIMAL_CHANGE
                : ChangeClass.NO_MEANINGFUL_CHANGE;
    }

    private static boolean met(@Nullable Threshold threshold, Change change) {
        return threshold != null && threshold.metBy(change);
    }

    // A worsening is read against its own threshold; everything else against the meaningful one.
    private static String threshold(MeasureRule rule, ChangeClass changeClass) {
        var deciding = changeClass == ChangeClass.WORSENING ? rule.worsening() : rule.meaningful();
        return deciding == null ? "" : deciding.text(rule.unit());
    }

    private static boolean cannotBeHeldAgainst(@Nullable Threshold threshold, Change change) {
        return threshold != null && !threshold.appliesTo(change);
    }

    private static String raters(MeasureRule rule, Measurement baseline, Measurement latest) {
        if (rule.error() == null || rule.error().differentRater() == null || baseline.hasSameRaterAs(latest)) {
            return "";
        }
        return baseline.rater() == null || latest.rater() == null ? " (rater not recorded)" : " (different raters)";
    }

    // From a low baseline one point is a large percent, so even an improvement by the rules is marked as unsure.
    private static List<String> lowBaseline(MeasureRule rule, Measurement baseline, ChangeClass changeClass) {
        if (rule.ceiling() == null || !rule.ceiling().leavesNoRoomFrom(baseline.value())) {
            return List.of();
        }
        var note = "baseline too low to show meaningful improvement";
        return List.of(changeClass.isMeaningful() ? note + " reliably" : note);
    }
}
