package org.tenderpoint.server;

import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.tenderpoint.chart.RecordTypes;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;

/** Parameters that several operations have. */
public final class OperationForms {

    private OperationForms() {}

    /**
     * An instant, with its zone.
     *
     * @throws Refused 400 for a day, or a time without a zone
     */
    public static Instant instant(String name, InstantType value) {
        // HAPI reads a day as an instant; which one it would be is a guess.
        if (value.getTimeZone() == null && !value.getValueAsString().endsWith("Z")
                || value.getValueAsString().indexOf('T') < 0) {
            throw invalid(name, "is an instant, such as 2026-03-31T12:00:00Z");
        }
        return value.getValue().toInstant();
    }

    /**
     * Resource types, each value one or several with commas.
     *
     * @throws Refused 400 for a type that the chart does not keep
     */
    public static Set<String> types(String name, List<CodeType> lists) {
        var types = new LinkedHashSet<String>();
        for (var list : lists) {
            Arrays.stream(String.valueOf(list.getValue()).split(",", -1))
                    .map(String::trim)
                    .forEach(types::add);
        }
        for (var type : types) {
            if (RecordTypes.find(type).isEmpty()) {
                throw invalid(name, "names resource types that this server keeps; it keeps no " + Issue.echo(type));
            }
        }
        return types;
    }

    /** The refusal of a value of another form. */
    public static Refused invalid(String parameter, String rule) {
        return Refused.badRequest(new Issue(
                IssueType.INVALID, "operation-parameter-form", null, "Parameter " + parameter + " " + rule + "."));
    }
}
