package org.tenderpoint.chart;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;

/**
 * A history, asked for and not yet read.
 *
 * @param type resource type
 * @param id the resource
 * @param since written at this time or after it
 * @param at standing at some time in this span
 * @param count versions a page
 * @param cursor where the page before ended
 * @see <a href="https://hl7.org/fhir/R4/http.html#history">FHIR R4, history</a>
 */
public record HistoryQuery(
        RecordType<?> type, UUID id, Optional<Instant> since, Optional<At> at, int count, Optional<String> cursor) {

    private static final Set<String> PRESENTATION = Set.of("_format", "_pretty", "_summary", "_elements");

    /**
     * A time that a version stood in.
     *
     * @param low inclusive
     * @param high exclusive
     */
    public record At(Instant low, Instant high) {}

    /** @throws Refused 400 that names the parameter */
    public static HistoryQuery read(RecordType<?> type, UUID id, Map<String, String[]> parameters) {
        var since = Optional.<Instant>empty();
        var at = Optional.<At>empty();
        var count = Query.DEFAULT_PAGE;
        var cursor = Optional.<String>empty();
        for (var parameter : parameters.entrySet()) {
            var name = parameter.getKey();
            if (PRESENTATION.contains(name)) {
                continue;
            }
            if (parameter.getValue().length != 1) {
                throw invalid(name, "stands once.");
            }
            var value = parameter.getValue()[0];
            switch (name) {
                case "_since" -> since = Optional.of(span(name, value).low());
                case "_at" -> {
                    var span = span(name, value);
                    at = Optional.of(new At(span.low(), span.high()));
                }
                case "_count" -> count = count(value);
                case "_cursor" -> cursor = Optional.of(value);
                default -> throw invalid(name, "is none of a history: _since, _at and _count are.");
            }
        }
        if (since.isPresent() && at.isPresent()) {
            throw invalid("_at", "does not go with _since.");
        }
        return new HistoryQuery(type, id, since, at, count, cursor);
    }

    private static FhirDates.Span span(String name, String value) {
        return FhirDates.parse(value).orElseThrow(() -> invalid(name, "is a date, or a time with its zone."));
    }

    private static int count(String value) {
        try {
            var count = Integer.parseInt(value);
            if (count >= 1) {
                return Math.min(count, Query.LARGEST_PAGE);
            }
        } catch (NumberFormatException notANumber) {
            // said below
        }
        throw invalid("_count", "is a whole number from 1 to " + Query.LARGEST_PAGE + ".");
    }

    private static Refused invalid(String name, String diagnostics) {
        return Refused.badRequest(
                Issue.value("history-parameter", null, "Parameter " + Issue.echo(name) + " " + diagnostics));
    }
}
