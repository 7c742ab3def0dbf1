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

    /** The kind is the prefix; bound are the ends of the span that is compared with. */
    static Form read(String param, String text, Binds binds) {
        var value = Prefixed.of(text);
        var span = span(param, value.value());
        var slack = value.prefix().equals("ap") ? slack(span) : Duration.ZERO;
        return Form.of(
                value.prefix(),
                binds.add(IndexRows.utc(span.low().minus(slack))),
                binds.add(IndexRows.utc(span.high().plus(slack))));
    }

    /** For values that span some time. */
    static Condition matches(IndexTable index, Form form) {
        var low = form.time(0);
        var high = form.time(1);
        return switch (form.kind()) {
            case "eq" -> index.low.ge(low).and(index.high.le(high));
            case "ne" -> index.low.lt(low).or(index.high.gt(high));
            case "gt" -> index.high.gt(high);
            case "lt" -> index.low.lt(low);
            case "ge" -> index.high.gt(high).or(index.low.ge(low).and(index.high.le(high)));
            case "le" -> index.low.lt(low).or(index.low.ge(low).and(index.high.le(high)));
            case "sa" -> index.low.ge(high);
            case "eb" -> index.high.le(low);
            default -> index.low.lt(high).and(index.high.gt(low));
        };
    }

    /** For an instant, such as the time of the last change. */
    static Condition matches(Field<OffsetDateTime> instant, Form form) {
        var low = form.time(0);
        var high = form.time(1);
        return switch (form.kind()) {
            case "ne" -> instant.lt(low).or(instant.ge(high));
            case "gt", "sa" -> instant.ge(high);
            case "lt", "eb" -> instant.lt(low);
            case "ge" -> instant.ge(low);
            case "le" -> instant.lt(high);
            default -> instant.ge(low).and(instant.lt(high));
        };
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
