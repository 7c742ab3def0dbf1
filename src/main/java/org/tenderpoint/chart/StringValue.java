package org.tenderpoint.chart;

import org.jooq.Condition;
import org.tenderpoint.chart.Tables.IndexTable;

/**
 * A text: from its beginning, without regard to case and accents; {@code :exact} and {@code :contains}.
 *
 * @see <a href="https://hl7.org/fhir/R4/search.html#string">string</a>
 */
final class StringValue {

    private StringValue() {}

    static Condition matches(IndexTable index, String modifier, String value) {
        var text = Escapes.undo(value);
        return switch (modifier) {
            case "exact" -> index.exact.eq(IndexRows.cut(text, IndexRows.LONGEST_STRING));
            case "contains" -> index.folded.contains(IndexRows.fold(text));
            default -> index.folded.startsWith(IndexRows.fold(text));
        };
    }
}
