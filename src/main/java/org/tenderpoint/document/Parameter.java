package org.tenderpoint.document;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.hl7.fhir.instance.model.api.IPrimitiveType;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;

/** Parameters of the summary operations. */
public final class Parameter {

    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern ID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private Parameter() {}

    /**
     * A day.
     *
     * @return null where the parameter was not sent
     * @throws Refused 400 for another form than {@code 2026-03-31}
     */
    public static @Nullable LocalDate day(String name, @Nullable IPrimitiveType<?> value) {
        var text = value == null ? null : value.getValueAsString();
        if (text == null) {
            return null;
        }
        try {
            if (DAY.matcher(text).matches()) {
                return LocalDate.parse(text);
            }
        } catch (DateTimeException impossible) {
            throw invalid("day-invalid", name, "a day that exists, such as 2026-03-31");
        }
        throw invalid("day-invalid", name, "a day such as 2026-03-31");
    }

    /**
     * The id of a resource, alone or behind its type.
     *
     * @return null where the parameter was not sent
     * @throws Refused 400 for what is no id of this server
     */
    public static @Nullable UUID id(String name, String type, @Nullable IPrimitiveType<?> value) {
        var text = value == null ? null : value.getValueAsString();
        if (text == null) {
            return null;
        }
        var id = text.startsWith(type + "/") ? text.substring(type.length() + 1) : text;
        if (!ID.matcher(id).matches()) {
            throw invalid("id-invalid", name, "the id of a " + type);
        }
        return UUID.fromString(id);
    }

    /**
     * Days from {@code start} on, where it was sent.
     *
     * @param end name of the parameter that says the last day
     * @throws Refused 422 where the first day is after the last
     */
    public static Days inOrder(@Nullable LocalDate start, LocalDate last, String end) {
        if (start != null && start.isAfter(last)) {
            throw Refused.unprocessable(List.of(Issue.value(
                    "period-reversed",
                    "Parameters.parameter.where(name = 'start')",
                    "The parameter start names a day that is not after the parameter " + end
                            + ", which is today unless sent.")));
        }
        return new Days(start, last);
    }

    private static Refused invalid(String code, String name, String expected) {
        return Refused.badRequest(Issue.value(
                code,
                "Parameters.parameter.where(name = '" + name + "')",
                "The parameter " + name + " is " + expected + "."));
    }
}
