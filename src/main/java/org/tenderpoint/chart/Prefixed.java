package org.tenderpoint.chart;

import java.util.regex.Pattern;

/**
 * A value that is compared, and how.
 *
 * @param prefix {@code eq}, {@code ne}, {@code gt}, {@code lt}, {@code ge}, {@code le}, {@code sa}, {@code eb}, {@code ap}
 * @param value what stands behind it
 */
record Prefixed(String prefix, String value) {

    private static final Pattern FORM = Pattern.compile("(eq|ne|gt|lt|ge|le|sa|eb|ap)?(.*)", Pattern.DOTALL);

    static Prefixed of(String text) {
        var matcher = FORM.matcher(text);
        return matcher.matches() && matcher.group(1) != null
                ? new Prefixed(matcher.group(1), matcher.group(2))
                : new Prefixed("eq", text);
    }
}
