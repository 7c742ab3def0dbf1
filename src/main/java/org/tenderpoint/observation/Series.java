package org.tenderpoint.observation;

/**
 * The values that may be compared with each other: one measure and, where it matters, one joint, side or site.
 *
 * @param measure the rule's id, for example {@code PR-ROM-SP}
 * @param variant the rule's variant, empty for the usual one
 * @param key tells this series from every other of the same patient, for example {@code PR-ROM-PER|41381-5|left}
 * @param label the series' name in a report, for example {@code Shoulder abduction, active, left}
 */
public record Series(String measure, String variant, String key, String label) {

    /** The only series of a measure that is not split by joint, side or site. */
    public static Series of(MeasureRule rule) {
        return new Series(rule.id(), rule.variant(), keyOf(rule), rule.label());
    }

    static String keyOf(MeasureRule rule) {
        return rule.variant().isEmpty() ? rule.id() : rule.id() + "/" + rule.variant();
    }
}
