package org.tenderpoint.chart;

import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;
import org.jooq.Condition;
import org.jooq.Param;
import org.tenderpoint.chart.Tables.IndexTable;

/**
 * An amount with a prefix, with or without its unit: {@code 5.4}, {@code 5.4|system|code}, {@code 5.4||unit}.
 *
 * @see <a href="https://hl7.org/fhir/R4/search.html#quantity">quantity</a>
 */
final class QuantityValue {

    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,18}(\\.\\d{1,12})?([eE][+-]?\\d{1,2})?");

    private QuantityValue() {}

    private static final String UNIT = "unit";
    private static final String SYSTEM = "system";
    private static final String CODE_IN_SYSTEM = "system|code";

    /** The kind is the prefix, a part the unit; bound are the ends of the range that is compared with. */
    static Form read(String param, String text, Binds binds) {
        var parts = Escapes.split(text, '|');
        var value = Prefixed.of(parts.get(0));
        if (!NUMBER.matcher(value.value()).matches() || (parts.size() != 1 && parts.size() != 3)) {
            throw QueryReader.invalid(
                    "search-value-invalid",
                    param,
                    "A quantity has the form 5.4 or 5.4|http://unitsofmeasure.org|mg or 5.4||mg.");
        }
        var number = new BigDecimal(value.value());
        if (number.abs().compareTo(IndexRows.LARGEST_AMOUNT) >= 0) {
            throw QueryReader.invalid(
                    "search-value-invalid", param, "A quantity is less than 1e25; larger ones are not found.");
        }
        var slack = slack(value.prefix(), number);
        var names = List.of(binds.add(number.subtract(slack)), binds.add(number.add(slack)));
        return new Form(
                value.prefix(),
                names,
                parts.size() == 1 ? List.of() : List.of(unit(parts.get(1), parts.get(2), binds)));
    }

    private static BigDecimal slack(String prefix, BigDecimal number) {
        return switch (prefix) {
            // 5.4 means 5.35 up to 5.45: half of the last digit to either side. Only eq and ne go by that.
            case "eq", "ne" -> BigDecimal.ONE.movePointLeft(number.scale()).divide(BigDecimal.valueOf(2));
            case "ap" -> number.abs().movePointLeft(1);
            default -> BigDecimal.ZERO;
        };
    }

    /** With a system the code of the unit; without, its code or what people write. */
    private static Form unit(String system, String unit, Binds binds) {
        var code = binds.add(IndexRows.cut(Escapes.undo(unit), IndexRows.LONGEST_UNIT));
        if (system.isEmpty()) {
            return Form.of(UNIT, code);
        }
        var inSystem = binds.add(Escapes.undo(system));
        return unit.isEmpty() ? Form.of(SYSTEM, inSystem) : Form.of(CODE_IN_SYSTEM, inSystem, code);
    }

    static Condition matches(IndexTable index, Form form) {
        var ends = form.all(index.amount);
        var amount = amount(index, form.kind(), ends.get(0), ends.get(1));
        return form.parts().isEmpty()
                ? amount
                : amount.and(inUnit(index, form.parts().get(0)));
    }

    private static Condition amount(IndexTable index, String prefix, Param<BigDecimal> low, Param<BigDecimal> high) {
        return switch (prefix) {
            case "eq" -> index.amount.ge(low).and(index.amount.lt(high));
            case "ne" -> index.amount.lt(low).or(index.amount.ge(high));
            case "gt", "sa" -> index.amount.gt(low);
            case "lt", "eb" -> index.amount.lt(low);
            case "ge" -> index.amount.ge(low);
            case "le" -> index.amount.le(low);
            default -> index.amount.between(low, high);
        };
    }

    private static Condition inUnit(IndexTable index, Form form) {
        return switch (form.kind()) {
            case UNIT -> index.code.eq(form.text(0)).or(index.unit.eq(form.text(0)));
            case SYSTEM -> index.system.eq(form.text(0));
            default -> index.code.eq(form.text(1)).and(index.system.eq(form.text(0)));
        };
    }
}
