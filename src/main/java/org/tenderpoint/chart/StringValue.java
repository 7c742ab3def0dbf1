package org.tenderpoint.chart;

import org.jooq.Condition;
import org.jooq.Field;
import org.tenderpoint.chart.Tables.IndexTable;

/**
 * A text: from its beginning, without regard to case and accents; {@code :exact} and {@code :contains}.
 *
 * @see <a href="https://hl7.org/fhir/R4/search.html#string">string</a>
 */
final class StringValue {

    private StringValue() {}

    private static final char ESCAPE = '!';

    /** The kind is the modifier. */
    static Form read(String modifier, String value, Binds binds) {
        var text = Escapes.undo(value);
        return Form.of(
                modifier,
                binds.add(
                        switch (modifier) {
                            case "exact" -> IndexRows.cut(text, IndexRows.LONGEST_STRING);
                            case "contains" -> "%" + literally(IndexRows.fold(text)) + "%";
                            default -> literally(IndexRows.fold(text)) + "%";
                        }));
    }

    static Condition matches(IndexTable index, Form form) {
        return form.kind().equals("exact") ? index.exact.eq(form.text(0)) : isLike(index.folded, form.text(0));
    }

    /** A text for {@link #isLike} in which nothing stands for anything else. */
    static String literally(String text) {
        return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }

    static Condition isLike(Field<String> text, Field<String> pattern) {
        return text.like(pattern, ESCAPE);
    }
}
