package org.tenderpoint.screening;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.tenderpoint.screening.Facts.Measure;

/** Finds what shows only in several measurements together. */
final class Series {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final Facts facts;

    Series(Facts facts) {
        this.facts = facts;
    }

    List<String> evidence(Trigger trigger) {
        var values = facts.measures().stream()
                .filter(measure -> measure.number() != null)
                .filter(measure -> measure.codes().stream().anyMatch(trigger.codes()::contains))
                .filter(measure -> trigger.phase() == null
                        || measure.phase().isEmpty()
                        || measure.phase().equals(trigger.phase()))
                .filter(measure -> facts.isWithin(measure.day(), trigger.withinDays()))
                .toList();
        return switch (trigger.on()) {
            case "rise" -> rise(values, trigger);
            case "fall" -> fall(values, trigger);
            default -> difference(values, trigger);
        };
    }

    /** The last {@code count} values all lie above the first one by as much as the trigger says. */
    private static List<String> rise(List<Measure> values, Trigger trigger) {
        var count = Objects.requireNonNullElse(trigger.count(), 1);
        if (values.size() <= count) {
            return List.of();
        }
        var limit = number(values.get(0)).add(Objects.requireNonNull(trigger.atLeast()));
        var last = values.subList(values.size() - count, values.size());
        return last.stream().allMatch(measure -> number(measure).compareTo(limit) >= 0)
                ? last.stream().map(Measure::reference).toList()
                : List.of();
    }

    /** The last value lies below the highest one before by more than so many per cent. */
    private static List<String> fall(List<Measure> values, Trigger trigger) {
        if (values.size() < 2) {
            return List.of();
        }
        var last = values.get(values.size() - 1);
        var highest = values.subList(0, values.size() - 1).stream()
                .map(Series::number)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        if (highest.signum() <= 0) {
            return List.of();
        }
        var fallen = highest.subtract(number(last)).multiply(HUNDRED).divide(highest, MathContext.DECIMAL64);
        return fallen.compareTo(Objects.requireNonNull(trigger.abovePercent())) > 0
                ? List.of(last.reference())
                : List.of();
    }

    /** The two sides of one day differ by more than the trigger says. */
    private static List<String> difference(List<Measure> values, Trigger trigger) {
        for (var one : values) {
            for (var other : values) {
                var isOtherSide = !one.side().isEmpty()
                        && !other.side().isEmpty()
                        && !one.side().equals(other.side())
                        && Objects.equals(one.day(), other.day());
                if (isOtherSide
                        && number(one).subtract(number(other)).compareTo(Objects.requireNonNull(trigger.above())) > 0) {
                    return List.of(one.reference(), other.reference());
                }
            }
        }
        return List.of();
    }

    private static BigDecimal number(Measure measure) {
        return Objects.requireNonNull(measure.number());
    }
}
