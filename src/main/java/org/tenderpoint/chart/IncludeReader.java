package org.tenderpoint.chart;

import java.util.Optional;
import org.tenderpoint.issue.Refused;

/** Reads {@code _include} and {@code _revinclude}: {@code Type:parameter} or {@code Type:parameter:Target}. */
final class IncludeReader {

    private IncludeReader() {}

    /**
     * @param searched the type that is searched
     * @param name the parameter, with {@code :iterate} or without
     */
    static Query.Include read(RecordType<?> searched, String name, String value) {
        if (value.equals("*") && name.startsWith("_include")) {
            return new Query.Include(
                    Query.Include.ANYTHING, Query.Include.ANYTHING, Optional.empty(), false, name.endsWith(":iterate"));
        }
        if (value.contains("*")) {
            throw Refused.forbidden("A wildcard stands alone, in an _include; another include names its parameter.");
        }
        var parts = value.split(":", -1);
        if (parts.length < 2 || parts.length > 3) {
            throw invalid(name, "An include has the form Type:parameter or Type:parameter:Target.");
        }
        var param = RecordTypes.find(parts[0]).flatMap(type -> QueryReader.reference(type, parts[1]));
        if (param.isEmpty()) {
            throw invalid(name, "There is no such reference parameter.");
        }
        if (parts.length == 3 && !Modifiers.mayPointAt(param.get(), parts[2])) {
            throw invalid(name, "This reference does not point at that type.");
        }
        var reverse = name.startsWith("_revinclude");
        var iterate = name.endsWith(":iterate");
        if (!reverse && !iterate && !parts[0].equals(searched.name())) {
            throw invalid(name, "It starts from the type that is searched; _include:iterate starts from others, too.");
        }
        if (reverse && !iterate && !Modifiers.mayPointAt(param.get(), searched.name())) {
            throw invalid(name, "This reference does not point at the type that is searched.");
        }
        return new Query.Include(
                parts[0], parts[1], parts.length == 3 ? Optional.of(parts[2]) : Optional.empty(), reverse, iterate);
    }

    private static Refused invalid(String name, String diagnostics) {
        return QueryReader.invalid("include-invalid", name, diagnostics);
    }
}
