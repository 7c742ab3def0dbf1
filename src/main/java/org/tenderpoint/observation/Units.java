package org.tenderpoint.observation;

import java.math.BigDecimal;

/** UCUM units as the measures use them. */
final class Units {

    static final String UCUM = "http://unitsofmeasure.org";
    static final String DEGREES = "deg";

    private Units() {}

    /** An amount with the word or sign a reader expects: {@code 1 point}, {@code 7°}, {@code 15 mm}. */
    static String text(BigDecimal amount, String unit) {
        var number = amount.toPlainString();
        if (unit.equals(DEGREES)) {
            return number + "°";
        }
        if (isScore(unit)) {
            return number + (amount.compareTo(BigDecimal.ONE) == 0 ? " point" : " points");
        }
        return number + " " + unit;
    }

    /** True for units without a dimension: UCUM annotations such as {@code {score}}, and {@code 1}. */
    static boolean isScore(String unit) {
        return unit.equals("1") || (unit.startsWith("{") && unit.endsWith("}"));
    }
}
