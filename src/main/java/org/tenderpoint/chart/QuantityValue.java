package org.tenderpoint.chart;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jooq.Condition;
import org.tenderpoint.chart.Tables.IndexTable;

/**
 * An amount with a prefix, with or without its unit: {@code 5.4}, {@code 5.4|system|code}, {@code 5.4||unit}.
 *
 * @see <a href="https://hl7.org/fhir/R4/search.html#quantity">quantity</a>
 */
final class QuantityValue {

    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,18}(\\.\\d{1,12})?([eE][+-]?\\d{1,2})?");

    private QuantityValue() {}

    static Condition matches(String param, IndexTable index, String text) {
        var parts = Escapes.split(text, '|');
        var value = Prefixed.of(parts.get(0));
        if (!NUMBER.matcher(value.value()).matches() || (parts.size() != 1 && parts.size() != 3)) {
            throw QueryReader.invalid(
                    "search-value-invalid",
                    param,
                    "A quantity has the form 5.4 or 5.4|http://unitsofmeasure.org|mg or 5.4||mg.");
        }
        var amount = amount(index, value.prefix(), new BigDecimal(value.value()));
        return parts.size() == 1 ? amount : amount.and(unit(index, parts.get(1), parts.get(2)));
    }

    private static Condition amount(IndexTable index, String prefix, BigDecimal number) {
        // 5.4 means 5.35 up to 5.45: half of the last digit to either side. Only eq and ne go by that.
        var half = BigDecimal.ONE.movePointLeft(number.scale()).divide(BigDecimal.valueOf(2));
        var low = number.subtract(half);
        var high = number.add(half);
        return switch (prefix) {
            case "eq" -> index.amount.ge(low).and(index.amount.lt(high));
            case "ne" -> index.amount.lt(low).or(index.amount.ge(high));
            case "gt", "sa" -> index.amount.gt(number);
            case "lt", "eb" -> index.amount.lt(number);
            case "ge" -> index.amount.ge(number);
            case "le" -> index.amount.le(number);
            default -> {
                var tenth = number.abs().movePointLeft(1);
                yield index.amount.between(number.subtract(tenth), number.add(tenth));
            }
        };
    }

    /** With a system the code of the unit; without, its code or what people write. */
    private static Condition unit(IndexTable index, String system, String unit) {
        var code = IndexRows.cut(Escapes.undo(unit), IndexRows.LONGEST_UNIT);
        if (system.isEmpty()) {
            return index.code.eq(code).or(index.unit.eq(code));
        }
        var inSystem = index.system.eq(Escapes.undo(system));
        return code.isEmpty() ? inSystem : index.code.eq(code).and(inSystem);
    }
}
