package org.tenderpoint.observation;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How far a score must move, as data: points, percent of the baseline, severity bands, or a combination. Every bound is
 * inclusive.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
@JsonSubTypes({
    @JsonSubTypes.Type(Threshold.AnyOf.class),
    @JsonSubTypes.Type(Threshold.AllOf.class),
    @JsonSubTypes.Type(Threshold.Points.class),
    @JsonSubTypes.Type(Threshold.Percent.class),
    @JsonSubTypes.Type(Threshold.Bands.class),
    @JsonSubTypes.Type(Threshold.AtMost.class),
    @JsonSubTypes.Type(Threshold.AtLeast.class)
})
public sealed interface Threshold {

    /** True when the change reaches this threshold. */
    boolean metBy(Change change);

    /**
     * False when the change cannot be held against this threshold, which is the case for a percent of a baseline of
     * zero; a combination then rests on its other parts.
     */
    default boolean appliesTo(Change change) {
        return true;
    }

    /**
     * The threshold as a reader of a report sees it.
     *
     * @param unit the UCUM unit of the measure
     * @return for example {@code 2 points, or 30 % and 1 point}
     */
    String text(String unit);

    /** Met when one of the parts is. */
    record AnyOf(List<Threshold> anyOf) implements Threshold {
        public AnyOf {
            anyOf = List.copyOf(anyOf);
        }

        @Override
        public boolean metBy(Change change) {
            return anyOf.stream().anyMatch(part -> part.metBy(change));
        }

        @Override
        public boolean appliesTo(Change change) {
            return anyOf.stream().anyMatch(part -> part.appliesTo(change));
        }

        @Override
        public String text(String unit) {
            // The comma keeps "a, or b and c" from being read as "(a or b) and c".
            var joint = anyOf.stream().anyMatch(AllOf.class::isInstance) ? ", or " : " or ";
            return anyOf.stream().map(part -> part.text(unit)).collect(Collectors.joining(joint));
        }
    }

    /** Met when every part that applies is, and at least one applies. */
    record AllOf(List<Threshold> allOf) implements Threshold {
        public AllOf {
            allOf = List.copyOf(allOf);
        }

        @Override
        public boolean metBy(Change change) {
            return appliesTo(change)
                    && allOf.stream().filter(part -> part.appliesTo(change)).allMatch(part -> part.metBy(change));
        }

        @Override
        public boolean appliesTo(Change change) {
            return allOf.stream().anyMatch(part -> part.appliesTo(change));
        }

        @Override
        public String text(String unit) {
            return allOf.stream().map(part -> part.text(unit)).collect(Collectors.joining(" and "));
        }
    }

    /** Points of the measure's own unit. */
    record Points(BigDecimal pointsAtLeast) implements Threshold {
        @Override
        public boolean metBy(Change change) {
            return change.points().compareTo(pointsAtLeast) >= 0;
        }

        @Override
        public String text(String unit) {
            return Units.text(pointsAtLeast, unit);
        }
    }

    /** Percent of the baseline, 30 for 30 %. */
    record Percent(BigDecimal percentAtLeast) implements Threshold {
        @Override
        public boolean metBy(Change change) {
            var percent = change.percent();
            return percent != null && percent.compareTo(percentAtLeast) >= 0;
        }

        @Override
        public boolean appliesTo(Change change) {
            return change.percent() != null;
        }

        @Override
        public String text(String unit) {
            return percentAtLeast.toPlainString() + " %";
        }
    }

    /** Steps between the measure's severity bands. */
    record Bands(int bandsAtLeast) implements Threshold {
        @Override
        public boolean metBy(Change change) {
            return change.bands() >= bandsAtLeast;
        }

        @Override
        public String text(String unit) {
            return bandsAtLeast == 1 ? "one band" : bandsAtLeast + " bands";
        }
    }

    /** A latest value of this or less, for measures whose value is itself a change. */
    record AtMost(BigDecimal valueAtMost) implements Threshold {
        @Override
        public boolean metBy(Change change) {
            return change.latest().compareTo(valueAtMost) <= 0;
        }

        @Override
        public String text(String unit) {
            return "a value of at most " + valueAtMost.toPlainString();
        }
    }

    /** A latest value of this or more, for measures whose value is itself a change. */
    record AtLeast(BigDecimal valueAtLeast) implements Threshold {
        @Override
        public boolean metBy(Change change) {
            return change.latest().compareTo(valueAtLeast) >= 0;
        }

        @Override
        public String text(String unit) {
            return "a value of at least " + valueAtLeast.toPlainString();
        }
    }
}
