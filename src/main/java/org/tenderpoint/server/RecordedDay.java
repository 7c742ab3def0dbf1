package org.tenderpoint.server;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** The calendar day of a FHIR date, as it was written: the recorder's own day, whatever the time zone of the server. */
public final class RecordedDay {

    private static final int LENGTH = "yyyy-mm-dd".length();

    private RecordedDay() {}

    /**
     * The day of a date, dateTime or instant, or the first day of a Period (its last where it has no first).
     *
     * @return empty for a year or a month alone, and for other types
     */
    public static Optional<LocalDate> of(@Nullable Type when) {
        if (when instanceof Period period) {
            return period.hasStart() ? ofTime(period.getStartElement()) : ofTime(period.getEndElement());
        }
        return when instanceof BaseDateTimeType time ? ofTime(time) : Optional.empty();
    }

    private static Optional<LocalDate> ofTime(BaseDateTimeType time) {
        var text = time.getValueAsString();
        if (text == null || text.length() < LENGTH) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(text.substring(0, LENGTH)));
        } catch (DateTimeException impossible) {
            return Optional.empty();
        }
    }
}
