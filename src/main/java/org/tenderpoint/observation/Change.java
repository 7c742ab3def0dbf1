package org.tenderpoint.observation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * A change between two values of one measure, counted so that positive is better.
 *
 * @param points points in the measure's unit
 * @param percent points as a percent of the baseline; null when the baseline is zero or negative
 * @param bands severity bands gained
 * @param latest the later value as recorded
 */
record Change(BigDecimal points, @Nullable BigDecimal percent, int bands, BigDecimal latest) {

    static Change between(MeasureRule rule, BigDecimal baseline, BigDecimal latest) {
        var direction = BigDecimal.valueOf(rule.direction().sign());
        var points = latest.subtract(baseline).multiply(direction);
        var bands = (rule.bandIndex(latest) - rule.bandIndex(baseline))
                * rule.direction().sign();
        return new Change(points, percentOf(baseline, points), bands, latest);
    }

    /** The same change counted so that positive is worse; a value that is itself a change stays as it is. */
    Change reversed() {
        return new Change(points.negate(), percent == null ? null : percent.negate(), -bands, latest);
    }

    // The fraction is rounded, not the percent: 2 of 6.666667 is then exactly the 30 % that the patient reported.
    private static @Nullable BigDecimal percentOf(BigDecimal baseline, BigDecimal points) {
        return baseline.signum() > 0
                ? points.divide(baseline, 6, RoundingMode.HALF_UP).movePointRight(2)
                : null;
    }
}
