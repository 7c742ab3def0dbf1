package org.tenderpoint.chart;

import java.util.Collection;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Coding;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.tenderpoint.chart.Tables.IndexTable;

/**
 * A code, with or without its system: {@code code}, {@code system|code}, {@code |code}, {@code system|}.
 *
 * @see <a href="https://hl7.org/fhir/R4/search.html#token">token</a>
 */
final class TokenValue {

    private TokenValue() {}

    /** The forms of a code. */
    private static final String CODE = "code";

    private static final String CODE_WITHOUT_SYSTEM = "|code";
    private static final String CODE_IN_SYSTEM = "system|code";
    private static final String SYSTEM = "system|";

    static Form read(String param, String value, Binds binds) {
        var parts = Escapes.split(value, '|');
        if (parts.size() == 1) {
            return Form.of(CODE, binds.add(cut(parts.get(0))));
        }
        if (parts.size() > 2 || value.equals("|")) {
            throw QueryReader.invalid(
                    "search-value-invalid", param, "A code has the form code, system|code, |code or system|.");
        }
        if (parts.get(0).isEmpty()) {
            return Form.of(CODE_WITHOUT_SYSTEM, binds.add(cut(parts.get(1))));
        }
        var system = binds.add(cut(parts.get(0)));
        return parts.get(1).isEmpty()
                ? Form.of(SYSTEM, system)
                : Form.of(CODE_IN_SYSTEM, binds.add(cut(parts.get(1))), system);
    }

    /** {@code identifier:of-type=system|code|value}: kind and value of an identifier. */
    static Form readOfType(String param, String value, Binds binds) {
        var parts = Escapes.split(value, '|');
        if (parts.size() != 3 || parts.get(1).isEmpty() || parts.get(2).isEmpty()) {
            throw QueryReader.invalid(
                    "search-value-invalid",
                    param,
                    ":of-type has the form system|code|value, with system and code of the identifier's type.");
        }
        var code = binds.add(
                IndexRows.cut(Escapes.undo(parts.get(1)) + "|" + Escapes.undo(parts.get(2)), IndexRows.LONGEST_TOKEN));
        return parts.get(0).isEmpty()
                ? Form.of(CODE, code)
                : Form.of(CODE_IN_SYSTEM, code, binds.add(cut(parts.get(0))));
    }

    static Condition matches(IndexTable index, Form form) {
        return switch (form.kind()) {
            case SYSTEM -> index.system.eq(form.text(0));
            case CODE_IN_SYSTEM -> index.code.eq(form.text(0)).and(index.system.eq(form.text(1)));
            case CODE_WITHOUT_SYSTEM -> index.code.eq(form.text(0)).and(index.system.isNull());
            default -> index.code.eq(form.text(0));
        };
    }

    /** One of the codes of a value set. */
    static Condition oneOf(IndexTable index, Collection<Coding> codes) {
        var bySystem = codes.stream()
                .collect(Collectors.groupingBy(
                        Coding::getSystem, TreeMap::new, Collectors.mapping(Coding::getCode, Collectors.toList())));
        return DSL.or(bySystem.entrySet().stream()
                .map(entry -> index.code
                        .in(entry.getValue().stream().map(DSL::inline).toList())
                        .and(index.system.eq(DSL.inline(entry.getKey()))))
                .toList());
    }

    private static String cut(String text) {
        return IndexRows.cut(Escapes.undo(text), IndexRows.LONGEST_TOKEN);
    }
}
