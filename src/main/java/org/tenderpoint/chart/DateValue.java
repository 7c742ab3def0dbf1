package org.tenderpoint.chart;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jooq.Condition;
import org.jooq.Field;
import org.tenderpoint.chart.FhirDates.Span;
import org.tenderpoint.chart.Tables.IndexTable;

/**
 * A date with a prefix. What is compared are spans: what the search says and what the resource says, each as exact as it
 * was written. Spans are half-open.
 *
 * @see <a href="https://hl7.org/fhir/R4/search.html#prefix">Prefixes</a>
 */
final class DateValue {

    private DateValue() {}

    /** For values that span some time. */
    static Condition matches(String param, IndexTable index, String text) {
        var value = Prefixed.of(text);
        var span = span(param, value.value());
        var low = IndexRows.utc(span.low());
        var high = IndexRows.utc(span.high());
        return switch (value.prefix()) {
            case "eq" -> index.low.ge(low).and(index.high.le(high));
            case "ne" -> index.low.lt(low).or(index.high.gt(high));
            case "gt" -> index.high.gt(high);
            case "lt" -> index.low.lt(low);
            case "ge" -> index.high.gt(high).or(index.low.ge(low).and(index.high.le(high)));
            case "le" -> index.low.lt(low).or(index.low.ge(low).and(index.high.le(high)));
            case "sa" -> index.low.ge(high);
            case "eb" -> index.high.le(low);
            default -> approximately(index, span);
        };
    }

    /** For an instant, such as the time of the last change. */
    static Condition matches(String param, Field<OffsetDateTime> instant, String text) {
        var value = Prefixed.of(text);
        var span = span(param, value.value());
        var low = IndexRows.utc(span.low());
        var high = IndexRows.utc(span.high());
        return switch (value.prefix()) {
            case "eq" -> instant.ge(low).and(instant.lt(high));
            case "ne" -> instant.lt(low).or(instant.ge(high));
            case "gt", "sa" -> instant.ge(high);
            case "lt", "eb" -> instant.lt(low);
            case "ge" -> instant.ge(low);
            case "le" -> instant.lt(high);
            default -> {
                var slack = slack(span);
                yield instant.ge(IndexRows.utc(span.low().minus(slack)))
                        .and(instant.lt(IndexRows.utc(span.high().plus(slack))));
            }
        };
    }

    private static Condition approximately(IndexTable index, Span span) {
        var slack = slack(span);
        return index.low
                .lt(IndexRows.utc(span.high().plus(slack)))
                .and(index.high.gt(IndexRows.utc(span.low().minus(slack))));
    }

    /** Ten per cent of the distance from now, as the specification suggests. */
    private static Duration slack(Span span) {
        return Duration.between(span.low(), Instant.now()).abs().dividedBy(10);
    }

    private static Span span(String param, String value) {
        // A plus sign that was not encoded arrives as a space; a date holds none otherwise.
        return FhirDates.parse(value.replace(' ', '+'))
                .orElseThrow(() -> QueryReader.invalid(
                        "search-value-invalid",
                        param,
                        "A date has the form 2026-03-04 or 2026-03-04T10:00:00Z, with eq, ne, gt, lt, ge, le, sa, eb"
                                + " or ap before it."));
    }
}
