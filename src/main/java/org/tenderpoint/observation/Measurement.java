package org.tenderpoint.observation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One value of one measure.
 *
 * @param series what the value may be compared with
 * @param value the value in the measure's own unit, rounded to six decimals
 * @param date the day it was taken, in the recorder's own time zone
 * @param phase when in the course of care; null when not recorded, and then no trend uses the value
 * @param rater reference of the person who measured, for example {@code Practitioner/7}; null when not recorded
 * @param encounter reference of the visit; null when the value was taken outside one
 * @param observation reference of the source, for example {@code Observation/12}; null when it has no id yet
 */
public record Measurement(
        Series series,
        BigDecimal value,
        LocalDate date,
        @Nullable SessionPhase phase,
        @Nullable String rater,
        @Nullable String encounter,
        @Nullable String observation) {

    public Measurement {
        value = value.setScale(6, RoundingMode.HALF_UP).stripTrailingZeros();
        value = value.scale() < 0 ? value.setScale(0, RoundingMode.UNNECESSARY) : value;
    }

    /** A value with nothing known but its day and phase. */
    public static Measurement of(MeasureRule rule, String value, LocalDate date, SessionPhase phase) {
        return new Measurement(Series.of(rule), new BigDecimal(value), date, phase, null, null, null);
    }

    /** The id of the measure's rule, for example {@code PR-NRS}. */
    public String measure() {
        return series.measure();
    }

    /** This value as measured by someone. */
    public Measurement ratedBy(String rater) {
        return new Measurement(series, value, date, phase, rater, encounter, observation);
    }

    /** This value as taken during a visit. */
    public Measurement during(String encounter) {
        return new Measurement(series, value, date, phase, rater, encounter, observation);
    }

    /** True when both raters are recorded and equal. */
    boolean hasSameRaterAs(Measurement other) {
        return rater != null && rater.equals(other.rater);
    }
}
