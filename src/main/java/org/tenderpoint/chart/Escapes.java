package org.tenderpoint.chart;

import java.util.ArrayList;
import java.util.List;

/**
 * The characters that part search values, {@code , | $}, and the backslash that takes that meaning from them.
 *
 * @see <a href="https://hl7.org/fhir/R4/search.html#escaping">Escaping search parameters</a>
 */
final class Escapes {

    private static final String SPECIAL = ",|$\\";

    private Escapes() {}

    /** The pieces between separators that stand for themselves; escapes stay in the pieces. */
    static List<String> split(String text, char separator) {
        var pieces = new ArrayList<String>();
        var start = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == separator) {
                pieces.add(text.substring(start, i));
                start = i + 1;
            }
        }
        pieces.add(text.substring(start));
        return pieces;
    }

    /** The text that is meant; a backslash before anything else stands for itself. */
    static String undo(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        var plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\\' && i + 1 < text.length() && SPECIAL.indexOf(text.charAt(i + 1)) >= 0) {
                i++;
            }
            plain.append(text.charAt(i));
        }
        return plain.toString();
    }
}
