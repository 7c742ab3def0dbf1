package org.tenderpoint.everything;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.chart.RecordAsk;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;
import org.tenderpoint.server.OperationForms;

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
                types == null ? Set.of() : OperationForms.types("_type", types),
                since == null ? null : OperationForms.instant("_since", since),
                from,
                to,
                count == null ? RecordAsk.LARGEST_PAGE : count(count.getValue()),
                Optional.ofNullable(cursor).map(StringType::getValue));
    }

    private static int count(int count) {
        if (count < 1) {
            throw OperationForms.invalid("_count", "is a whole number from 1 to " + RecordAsk.LARGEST_PAGE);
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
}
