package org.tenderpoint.oracle;

import java.util.ArrayList;
import java.util.List;

/** Values on the wire: what separates them is escaped inside them. */
final class Texts {

    private Texts() {}

    static String escape(String text) {
        return text.replaceAll("([\\\\,|$])", "\\\\$1");
    }

    /** The parts of a value, still escaped. */
    static List<String> split(String value, char separator) {
        var parts = new ArrayList<String>();
        var part = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            var c = value.charAt(i);
            if (c == '\\' && i + 1 < value.length()) {
                part.append(c).append(value.charAt(++i));
            } else if (c == separator) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString());
        return parts;
    }

    static String plain(String value) {
        return value.replaceAll("\\\\(.)", "$1");
    }
}
