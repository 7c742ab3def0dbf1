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

    static Condition matches(String param, IndexTable index, String value) {
        var parts = Escapes.split(value, '|');
        if (parts.size() == 1) {
            return index.code.eq(cut(parts.get(0)));
        }
        if (parts.size() > 2 || value.equals("|")) {
            throw QueryReader.invalid(
                    "search-value-invalid", param, "A code has the form code, system|code, |code or system|.");
        }
        var inSystem = inSystem(index, parts.get(0));
        return parts.get(1).isEmpty()
                ? inSystem
                : index.code.eq(cut(parts.get(1))).and(inSystem);
    }

    /** {@code identifier:of-type=system|code|value}: kind and value of an identifier. */
    static Condition ofType(String param, IndexTable index, String value) {
        var parts = Escapes.split(value, '|');
        if (parts.size() != 3 || parts.get(1).isEmpty() || parts.get(2).isEmpty()) {
            throw QueryReader.invalid(
                    "search-value-invalid",
                    param,
                    ":of-type has the form system|code|value, with system and code of the identifier's type.");
        }
        var code = Escapes.undo(parts.get(1)) + "|" + Escapes.undo(parts.get(2));
        var matches = index.code.eq(IndexRows.cut(code, IndexRows.LONGEST_TOKEN));
        return parts.get(0).isEmpty() ? matches : matches.and(inSystem(index, parts.get(0)));
    }

    /** One of the codes of a value set. */
    static Condition oneOf(IndexTable index, Collection<Coding> codes) {
        var bySystem = codes.stream()
                .collect(Collectors.groupingBy(
                        Coding::getSystem, TreeMap::new, Collectors.mapping(Coding::getCode, Collectors.toList())));
        return DSL.or(bySystem.entrySet().stream()
                .map(entry -> index.code.in(entry.getValue()).and(index.system.eq(entry.getKey())))
                .toList());
    }

    private static Condition inSystem(IndexTable index, String system) {
        return system.isEmpty() ? index.system.isNull() : index.system.eq(cut(system));
    }

    private static String cut(String text) {
        return IndexRows.cut(Escapes.undo(text), IndexRows.LONGEST_TOKEN);
    }
}
