package org.tenderpoint.chart;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Timing;
import org.jspecify.annotations.Nullable;

/** The span of time that a FHIR date means, index and query alike. A date without a zone is a day in UTC. */
final class FhirDates {

    /** Stands for a beginning that is not named. */
    static final Instant BEGINNING = Instant.parse("0001-01-01T00:00:00Z");

    /** Stands for an end that is not named. */
    static final Instant END = Instant.parse("9999-12-31T00:00:00Z");

    private static final Pattern FORM = Pattern.compile(
            "(\\d{4})(-\\d{2})?(-\\d{2})?(T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?(Z|[+-]\\d{2}:\\d{2})?)?");

    private FhirDates() {}

    /**
     * A half-open span.
     *
     * @param low inclusive
     * @param high exclusive
     */
    record Span(Instant low, Instant high) {}

    /** The span of a date as written, or none if it is not a date of FHIR. */
    static Optional<Span> parse(String text) {
        var matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            if (matcher.group(4) != null) {
                return Optional.of(ofTime(text, matcher.group(5) != null, matcher.group(6), matcher.group(7)));
            }
            if (matcher.group(3) != null) {
                var day = LocalDate.parse(text);
                return Optional.of(new Span(start(day), start(day.plusDays(1))));
            }
            if (matcher.group(2) != null) {
                var month = YearMonth.parse(text);
                return Optional.of(new Span(
                        start(month.atDay(1)), start(month.plusMonths(1).atDay(1))));
            }
            var year = Integer.parseInt(text);
            return Optional.of(new Span(start(LocalDate.of(year, 1, 1)), start(LocalDate.of(year + 1, 1, 1))));
        } catch (DateTimeException impossible) {
            return Optional.empty();
        }
    }

    /** The span of an element that holds a date, a period or a timing; none where it holds no date. */
    static Optional<Span> of(@Nullable Base element) {
        if (element instanceof BaseDateTimeType date && date.hasValue()) {
            return parse(date.getValueAsString());
        }
        if (element instanceof Period period && (period.hasStart() || period.hasEnd())) {
            var low = of(period.getStartElement()).map(Span::low).orElse(BEGINNING);
            var high = of(period.getEndElement()).map(Span::high).orElse(END);
            return Optional.of(new Span(low, high));
        }
        if (element instanceof Timing timing && timing.hasEvent()) {
            var spans = timing.getEvent().stream()
                    .map(FhirDates::of)
                    .flatMap(Optional::stream)
                    .toList();
            var low = spans.stream().map(Span::low).min(Instant::compareTo);
            var high = spans.stream().map(Span::high).max(Instant::compareTo);
            return low.isPresent() && high.isPresent()
                    ? Optional.of(new Span(low.get(), high.get()))
                    : Optional.empty();
        }
        if (element instanceof Timing timing && timing.getRepeat().getBounds() instanceof Period bounds) {
            return of(bounds);
        }
        return Optional.empty();
    }

    private static Span ofTime(String text, boolean seconds, @Nullable String fraction, @Nullable String zone) {
        var zoned = zone == null ? text + "Z" : text;
        var low = OffsetDateTime.parse(zoned).toInstant();
        // The chart keeps milliseconds: a finer fraction falls into the millisecond it lies in.
        if (fraction != null) {
            var millis = Instant.ofEpochMilli(low.toEpochMilli());
            var width = fraction.length() == 2 ? 100 : fraction.length() == 3 ? 10 : 1;
            return new Span(millis, millis.plusMillis(width));
        }
        return new Span(low, low.plus(seconds ? Duration.ofSeconds(1) : Duration.ofMinutes(1)));
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay().toInstant(ZoneOffset.UTC);
    }
}
