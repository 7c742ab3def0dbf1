package org.tenderpoint.observation;

import java.math.BigDecimal;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/**
 * A number as FHIR carries it.
 *
 * @param number the number
 * @param unit the UCUM code; null for a number without a unit
 */
record ScoreValue(BigDecimal number, @Nullable String unit) {

    /** The number in a Quantity, an integer or a coded answer; empty for anything else. */
    static Optional<ScoreValue> of(@Nullable Type value, MeasureRules rules) {
        if (value instanceof Quantity quantity) {
            // "Less than 3" is no number to compare with another.
            return quantity.hasValue() && !quantity.hasComparator()
                    ? Optional.of(new ScoreValue(quantity.getValue(), quantity.getCode()))
                    : Optional.empty();
        }
        if (value instanceof IntegerType integer && integer.hasValue()) {
            return Optional.of(new ScoreValue(BigDecimal.valueOf(integer.getValue()), null));
        }
        if (value instanceof CodeableConcept answer) {
            return rules.answer(answer).map(number -> new ScoreValue(number, null));
        }
        return Optional.empty();
    }

    /** True when the number is in a unit of the measure; scores are often sent without one. */
    boolean hasUnitOf(MeasureRule rule) {
        if (unit == null) {
            return rule.takesBareNumbers();
        }
        return rule.units().contains(unit) || (Units.isScore(unit) && rule.takesBareNumbers());
    }
}
