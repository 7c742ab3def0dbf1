package org.tenderpoint.careplan;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Goal.GoalTargetComponent;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Range;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.document.PatientRecord;
import org.tenderpoint.document.Words;
import org.tenderpoint.observation.MeasureRule;
import org.tenderpoint.observation.MeasureRule.Direction;
import org.tenderpoint.observation.MeasureRules;
import org.tenderpoint.observation.Measurement;
import org.tenderpoint.server.RecordedDay;

/**
 * How far one target of a goal is.
 *
 * @param goal reference
 * @param description what is aimed at
 * @param measure id of the measure, such as PR-NRS; empty where the target has none that is known here
 * @param target the value aimed at; null where there is none
 * @param due by when; null where it does not say
 * @param baseline the first value; null where nothing was measured
 * @param latest the last value
 * @param scaled goal attainment score from -2 to 2, as somebody recorded it; null where nobody did
 */
record GoalStatus(
        String goal,
        String description,
        String measure,
        @Nullable BigDecimal target,
        @Nullable LocalDate due,
        @Nullable BigDecimal baseline,
        @Nullable BigDecimal latest,
        boolean lowerIsBetter,
        @Nullable BigDecimal scaled) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** True once the latest value is at the target or beyond. */
    boolean isAttained() {
        return target != null
                && latest != null
                && (lowerIsBetter ? latest.compareTo(target) <= 0 : latest.compareTo(target) >= 0);
    }

    boolean isOverdue(LocalDate today) {
        return !isAttained() && due != null && due.isBefore(today);
    }

    /** The way from the baseline to the target in per cent: negative where it got worse; null where it is not known. */
    @Nullable
    BigDecimal percent() {
        if (target == null || baseline == null || latest == null || baseline.compareTo(target) == 0) {
            return null;
        }
        return latest.subtract(baseline)
                .multiply(HUNDRED)
                .divide(target.subtract(baseline), MathContext.DECIMAL64)
                .setScale(0, java.math.RoundingMode.HALF_UP);
    }

    static GoalStatus of(
            Goal goal,
            GoalTargetComponent target,
            MeasureRules rules,
            List<Measurement> measurements,
            @Nullable BigDecimal scaled) {
        var rule = rules.measureOf(target.getMeasure()).orElse(null);
        var values = rule == null
                ? List.<Measurement>of()
                : measurements.stream()
                        .filter(value -> value.measure().equals(rule.id()))
                        .toList();
        return new GoalStatus(
                PatientRecord.idOf(goal),
                Words.of(goal.getDescription()),
                rule == null ? "" : rule.id(),
                value(target, rule),
                RecordedDay.of(target.getDue()).orElse(null),
                values.isEmpty() ? null : values.get(0).value(),
                values.isEmpty() ? null : values.get(values.size() - 1).value(),
                rule == null || rule.direction() == Direction.LOWER,
                scaled);
    }

    private static @Nullable BigDecimal value(GoalTargetComponent target, @Nullable MeasureRule rule) {
        if (target.getDetail() instanceof Quantity quantity) {
            return quantity.getValue();
        }
        if (target.getDetail() instanceof Range range) {
            var lowerIsBetter = rule == null || rule.direction() == Direction.LOWER;
            var end = lowerIsBetter ? range.getHigh() : range.getLow();
            return Objects.requireNonNullElse(end, new Quantity()).getValue();
        }
        return null;
    }
}
