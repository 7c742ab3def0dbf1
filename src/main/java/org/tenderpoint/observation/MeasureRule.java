package org.tenderpoint.observation;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One row of {@code measure-rules.json}: a measure, its range, and how far it must move to count.
 *
 * @param id the rule's id, for example {@code PR-NDI}
 * @param variant empty, or the name of a variant of the row with its own codes or thresholds, for example {@code lumbar}
 * @param label the measure's name in a report
 * @param kind which part of the overall response the measure speaks to
 * @param codes the codes of the score as {@code system|code}; a trailing {@code *} stands for any ending
 * @param codeLabels names for single codes, where one row covers many
 * @param meanOf codes of the components whose mean is the score when the total itself is missing
 * @param seriesBy what besides the measure tells two series apart
 * @param units accepted UCUM units, the one we write first
 * @param range lowest and highest possible value
 * @param direction which way is better
 * @param comparison what is compared with what
 * @param error measurement error (MDC or SDC); null when none is published
 * @param minimal the smallest change worth a word; null when the measure has none
 * @param meaningful the change that counts as a response; null for measures shown as a trend only
 * @param substantial a large change; null when the measure has none
 * @param worsening a change for the worse, counted in the other direction
 * @param ceiling a baseline too good to improve on; null when the measure has none
 * @param bands severity bands by lower bound, in rising order; empty when the measure has none
 * @param citation where the thresholds come from
 * @param status {@code draft} until reviewed by a clinician
 * @param note what a reader of the rule should know
 */
public record MeasureRule(
        String id,
        String variant,
        String label,
        Kind kind,
        List<String> codes,
        Map<String, String> codeLabels,
        List<String> meanOf,
        Set<SeriesBy> seriesBy,
        List<String> units,
        Range range,
        Direction direction,
        Comparison comparison,
        @Nullable ErrorBound error,
        @Nullable Threshold minimal,
        @Nullable Threshold meaningful,
        @Nullable Threshold substantial,
        @Nullable Threshold worsening,
        @Nullable Ceiling ceiling,
        List<Band> bands,
        String citation,
        String status,
        String note) {

    public MeasureRule {
        codes = List.copyOf(codes);
        codeLabels = Map.copyOf(codeLabels);
        meanOf = List.copyOf(meanOf);
        seriesBy = Set.copyOf(seriesBy);
        units = List.copyOf(units);
        bands = List.copyOf(bands);
    }

    /** The UCUM unit this server writes for the measure. */
    public String unit() {
        return units.get(0);
    }

    /** True for scores from 0 to 10, which other systems also send as coded LOINC answers. */
    boolean takesCodedAnswers() {
        return range.from().signum() == 0 && range.to().compareTo(BigDecimal.TEN) == 0;
    }

    /** True when a bare number can only be in this measure's unit. */
    boolean takesBareNumbers() {
        return units.stream().anyMatch(Units::isScore);
    }

    /** The severity band of a value, for display; empty when the measure has no bands. */
    public String band(BigDecimal value) {
        return bands.isEmpty() ? "" : bands.get(bandIndex(value)).label();
    }

    /** The number of the band a value lies in, from zero; a value between two bands belongs to the lower. */
    int bandIndex(BigDecimal value) {
        var index = 0;
        while (index + 1 < bands.size() && value.compareTo(bands.get(index + 1).from()) >= 0) {
            index++;
        }
        return index;
    }

    /** The part of the overall response a measure speaks to; all but {@link #OTHER} are primary. */
    public enum Kind {
        @JsonProperty("pain")
        PAIN,
        @JsonProperty("function")
        FUNCTION,
        /** The patient's own impression of change. */
        @JsonProperty("global")
        GLOBAL,
        @JsonProperty("other")
        OTHER;

        /** True when the overall response and the plateau look at the measure. */
        public boolean isPrimary() {
            return this != OTHER;
        }
    }

    /** Which way is better. */
    public enum Direction {
        @JsonProperty("lower")
        LOWER(-1),
        @JsonProperty("higher")
        HIGHER(1),
        @JsonProperty("none")
        NONE(0);

        private final int sign;

        Direction(int sign) {
            this.sign = sign;
        }

        int sign() {
            return sign;
        }
    }

    /** What is compared with what. */
    public enum Comparison {
        /** The latest value with the first. */
        @JsonProperty("change")
        CHANGE,
        /** The latest value with fixed bounds, because the answer is itself a change. */
        @JsonProperty("value")
        VALUE,
        /** The median of the last three values with that of the first three; see {@link ReliefTrend}. */
        @JsonProperty("median")
        MEDIAN
    }

    /** What tells two series of one measure apart. */
    public enum SeriesBy {
        @JsonProperty("code")
        CODE,
        @JsonProperty("side")
        SIDE,
        @JsonProperty("mode")
        MODE,
        @JsonProperty("site")
        SITE
    }

    /** Lowest and highest possible value, both included. */
    public record Range(BigDecimal from, BigDecimal to) {
        boolean contains(BigDecimal value) {
            return value.compareTo(from) >= 0 && value.compareTo(to) <= 0;
        }

        String text() {
            return from.toPlainString() + " and " + to.toPlainString();
        }
    }

    /**
     * Measurement error.
     *
     * @param points the error in points
     * @param differentRater the error when two people measured; null when the measure does not depend on the rater
     */
    public record ErrorBound(BigDecimal points, @Nullable BigDecimal differentRater) {

        /** The error between two values, of which the raters are the same only if both are recorded. */
        BigDecimal between(Measurement first, Measurement second) {
            return differentRater == null || first.hasSameRaterAs(second) ? points : differentRater;
        }
    }

    /** A baseline so good that a meaningful improvement cannot be shown; one of the two bounds is given. */
    public record Ceiling(@Nullable BigDecimal atMost, @Nullable BigDecimal below) {
        boolean leavesNoRoomFrom(BigDecimal baseline) {
            return (atMost != null && baseline.compareTo(atMost) <= 0)
                    || (below != null && baseline.compareTo(below) < 0);
        }
    }

    /** A severity band, from this value up to the next band. */
    public record Band(BigDecimal from, String label) {}
}
