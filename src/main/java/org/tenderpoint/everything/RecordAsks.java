package org.tenderpoint.everything;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.chart.RecordAsk;
import org.tenderpoint.chart.RecordTypes;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;

/** Reads the parameters of {@code $everything}. */
final class RecordAsks {

    private RecordAsks() {}

    /** @throws Refused 400 that names the parameter; 422 where the span ends before it begins */
    static RecordAsk from(
            UUID patient,
            @Nullable DateType start,
            @Nullable DateType end,
            @Nullable InstantType since,
            @Nullable List<CodeType> types,
            @Nullable IntegerType count,
            @Nullable StringType cursor) {
        var from = start == null ? null : midnight(firstDay(start));
        var to = end == null ? null : midnight(dayAfter(end));
        if (from != null && to != null && !from.isBefore(to)) {
            throw Refused.unprocessable(
                    List.of(Issue.value("period-reversed", null, "Parameter start is not after parameter end.")));
        }
        return new RecordAsk(
                patient,
                types == null ? Set.of() : types(types),
                since == null ? null : since(since),
                from,
                to,
                count == null ? RecordAsk.LARGEST_PAGE : count(count.getValue()),
                Optional.ofNullable(cursor).map(StringType::getValue));
    }

    // HAPI reads a day as an instant; which one it would be is a guess.
    private static Instant since(InstantType since) {
        if (since.getTimeZone() == null && !since.getValueAsString().endsWith("Z")
                || since.getValueAsString().indexOf('T') < 0) {
            throw invalid("_since", "is an instant, such as 2026-03-31T12:00:00Z");
        }
        return since.getValue().toInstant();
    }

    private static Set<String> types(List<CodeType> lists) {
        var types = new LinkedHashSet<String>();
        for (var list : lists) {
            Arrays.stream(String.valueOf(list.getValue()).split(",", -1))
                    .map(String::trim)
                    .forEach(types::add);
        }
        for (var type : types) {
            if (RecordTypes.find(type).isEmpty()) {
                throw invalid("_type", "names resource types that this server keeps; it keeps no " + Issue.echo(type));
            }
        }
        return types;
    }

    private static int count(int count) {
        if (count < 1) {
            throw invalid("_count", "is a whole number from 1 to " + RecordAsk.LARGEST_PAGE);
        }
        return Math.min(count, RecordAsk.LARGEST_PAGE);
    }

    // A date may be a year or a month; it then means all of its days.
    private static LocalDate firstDay(DateType date) {
        var text = date.getValueAsString();
        return switch (date.getPrecision()) {
            case YEAR -> LocalDate.of(Integer.parseInt(text), 1, 1);
            case MONTH -> YearMonth.parse(text).atDay(1);
            default -> LocalDate.parse(text);
        };
    }

    private static LocalDate dayAfter(DateType date) {
        var first = firstDay(date);
        return switch (date.getPrecision()) {
            case YEAR -> first.plusYears(1);
            case MONTH -> first.plusMonths(1);
            default -> first.plusDays(1);
        };
    }

    private static Instant midnight(LocalDate day) {
        return day.atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    private static Refused invalid(String parameter, String rule) {
        return Refused.badRequest(new Issue(
                IssueType.INVALID, "operation-parameter-form", null, "Parameter " + parameter + " " + rule + "."));
    }
}
