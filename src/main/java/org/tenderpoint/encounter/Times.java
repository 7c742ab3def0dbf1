package org.tenderpoint.encounter;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.Period;
import org.jspecify.annotations.Nullable;

/** Dates as spans: 2026-03-02 is a whole day, and only what is wrong for every moment of it is wrong. */
final class Times {

    private Times() {}

    /** True if every moment of the end lies before every moment of the start. */
    static boolean isInverted(Period period) {
        var start = earliest(period.getStartElement());
        var end = latest(period.getEndElement());
        return start != null && end != null && end.isBefore(start);
    }

    /** True if the period is longer than {@code longest}, whatever moments its dates mean. */
    static boolean isLongerThan(Period period, Duration longest) {
        var start = latest(period.getStartElement());
        var end = earliest(period.getEndElement());
        return start != null && end != null && end.isAfter(start.plus(longest));
    }

    /** True if the date lies wholly after {@code limit}. */
    static boolean isAfter(BaseDateTimeType date, Instant limit) {
        var earliest = earliest(date);
        return earliest != null && earliest.isAfter(limit);
    }

    private static @Nullable Instant earliest(BaseDateTimeType date) {
        return date.getValue() == null ? null : date.getValue().toInstant();
    }

    private static @Nullable Instant latest(BaseDateTimeType date) {
        var earliest = earliest(date);
        if (earliest == null) {
            return null;
        }
        var zone =
                date.getTimeZone() == null ? ZoneOffset.UTC : date.getTimeZone().toZoneId();
        return next(date, earliest, zone).minusMillis(1);
    }

    private static Instant next(BaseDateTimeType date, Instant earliest, ZoneId zone) {
        var local = earliest.atZone(zone);
        return switch (date.getPrecision()) {
            case YEAR -> local.plusYears(1).toInstant();
            case MONTH -> local.plusMonths(1).toInstant();
            case DAY -> local.plusDays(1).toInstant();
            case MINUTE -> earliest.plusSeconds(60);
            case SECOND -> earliest.plusSeconds(1);
            case MILLI -> earliest.plusMillis(1);
        };
    }
}
