package org.tenderpoint.document;

import java.time.LocalDate;
import org.hl7.fhir.r4.model.Period;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.server.RecordedDay;

/**
 * A span of days, both ends included.
 *
 * @param first the first day; null when it has no beginning
 * @param last the last day; null when it has no end
 */
public record Days(@Nullable LocalDate first, @Nullable LocalDate last) {

    /** Every day up to this one. */
    public static Days until(@Nullable LocalDate last) {
        return new Days(null, last);
    }

    /** The days of a FHIR Period. */
    public static Days of(Period period) {
        return new Days(
                RecordedDay.of(period.getStartElement()).orElse(null),
                RecordedDay.of(period.getEndElement()).orElse(null));
    }

    public boolean contains(LocalDate day) {
        return (first == null || !day.isBefore(first)) && (last == null || !day.isAfter(last));
    }

    /** The days that belong to both. */
    public Days and(Days other) {
        var from = first == null || (other.first != null && other.first.isAfter(first)) ? other.first : first;
        var to = last == null || (other.last != null && other.last.isBefore(last)) ? other.last : last;
        return new Days(from, to);
    }
}
