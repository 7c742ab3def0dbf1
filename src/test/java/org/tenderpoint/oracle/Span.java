package org.tenderpoint.oracle;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Timing;

/**
 * The time that a date covers, "the range of the value" of the specification.
 *
 * @param low first instant
 * @param high first instant behind it
 * @see <a href="https://hl7.org/fhir/R4/search.html#date">date</a>
 */
record Span(Instant low, Instant high) {

    static final Instant OPEN_LOW = Instant.parse("0001-01-01T00:00:00Z");
    static final Instant OPEN_HIGH = Instant.parse("9999-12-31T23:59:59Z");

    static Span parse(String text) {
        if (text.length() == 4) {
            var first = LocalDate.of(Integer.parseInt(text), 1, 1);
            return new Span(midnight(first), midnight(first.plusYears(1)));
        }
        if (text.length() == 7) {
            var first = LocalDate.parse(text + "-01");
            return new Span(midnight(first), midnight(first.plusMonths(1)));
        }
        if (text.length() == 10) {
            var day = LocalDate.parse(text);
            return new Span(midnight(day), midnight(day.plusDays(1)));
        }
        var low = OffsetDateTime.parse(text).toInstant();
        var exact = text.contains(".");
        var minutes = text.matches(".*T\\d\\d:\\d\\d(Z|[+-]\\d\\d:\\d\\d)");
        return new Span(
                low, low.plus(exact ? Duration.ofMillis(1) : minutes ? Duration.ofMinutes(1) : Duration.ofSeconds(1)));
    }

    /** The span of an element; an open end of a Period reaches as far as dates go. */
    static Stream<Span> of(Base element) {
        if (element instanceof BaseDateTimeType date) {
            return Stream.of(parse(date.getValueAsString()));
        }
        if (element instanceof Period period) {
            var low = bound(period.getStartElement()).map(Span::low).orElse(OPEN_LOW);
            var high = bound(period.getEndElement()).map(Span::high).orElse(OPEN_HIGH);
            return Stream.of(new Span(low, high));
        }
        if (element instanceof Timing timing) {
            return timing.getEvent().stream().flatMap(Span::of);
        }
        return Stream.of();
    }

    private static Optional<Span> bound(BaseDateTimeType date) {
        return date.hasValue() ? Optional.of(parse(date.getValueAsString())) : Optional.empty();
    }

    /** True if a value with this span is found with that prefix and search span. */
    boolean isFoundBy(String prefix, Span search) {
        return switch (prefix) {
            // "the range of the search value fully contains the range of the target value"
            case "eq" -> search.contains(this);
            case "ne" -> !search.contains(this);
            // "the range above the search value intersects with the range of the target value"
            case "gt" -> high.isAfter(search.high);
            case "lt" -> low.isBefore(search.low);
            case "ge" -> high.isAfter(search.high) || search.contains(this);
            case "le" -> low.isBefore(search.low) || search.contains(this);
            // "does not overlap, and the range above the search value contains the range of the target value"
            case "sa" -> !low.isBefore(search.high);
            case "eb" -> !high.isAfter(search.low);
            // "overlaps"; "10% of the gap between now and the date"
            case "ap" -> {
                var slack = Duration.between(search.low, Instant.now()).abs().dividedBy(10);
                yield low.isBefore(search.high.plus(slack)) && high.isAfter(search.low.minus(slack));
            }
            default -> throw new IllegalArgumentException(prefix);
        };
    }

    private boolean contains(Span other) {
        return !other.low.isBefore(low) && !other.high.isAfter(high);
    }

    private static Instant midnight(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
