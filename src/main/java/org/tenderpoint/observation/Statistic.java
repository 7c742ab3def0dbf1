package org.tenderpoint.observation;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;

/**
 * A statistic of numbers. Percentiles are those of Commons Math (NIST's R-6); deviation and variance are of a sample.
 *
 * @see "http://hl7.org/fhir/R4/valueset-observation-statistics.html"
 */
enum Statistic {
    AVERAGE("average", DescriptiveStatistics::getMean),
    MAXIMUM("maximum", DescriptiveStatistics::getMax),
    MINIMUM("minimum", DescriptiveStatistics::getMin),
    COUNT("count", values -> values.getN()),
    TOTAL_COUNT("total-count", values -> values.getN()),
    MEDIAN("median", values -> values.getPercentile(50)),
    STD_DEV("std-dev", DescriptiveStatistics::getStandardDeviation),
    SUM("sum", DescriptiveStatistics::getSum),
    VARIANCE("variance", DescriptiveStatistics::getVariance),
    PERCENT_20("20-percent", values -> values.getPercentile(20)),
    PERCENT_80("80-percent", values -> values.getPercentile(80)),
    LOWER_QUARTILE("4-lower", values -> values.getPercentile(25)),
    UPPER_QUARTILE("4-upper", values -> values.getPercentile(75)),
    QUARTILE_DEVIATION("4-dev", values -> (values.getPercentile(75) - values.getPercentile(25)) / 2),
    QUINTILE_1("5-1", values -> values.getPercentile(20)),
    QUINTILE_2("5-2", values -> values.getPercentile(40)),
    QUINTILE_3("5-3", values -> values.getPercentile(60)),
    QUINTILE_4("5-4", values -> values.getPercentile(80)),
    SKEW("skew", DescriptiveStatistics::getSkewness),
    KURTOSIS("kurtosis", DescriptiveStatistics::getKurtosis),
    /** Gradient a day, and the value on the first day; it looks at times as well as at numbers. */
    REGRESSION("regression", values -> Double.NaN);

    private final String code;
    private final ToDoubleFunction<DescriptiveStatistics> formula;

    Statistic(String code, ToDoubleFunction<DescriptiveStatistics> formula) {
        this.code = code;
        this.formula = formula;
    }

    String code() {
        return code;
    }

    /** The statistic of these numbers; not a number where there are too few. */
    double of(DescriptiveStatistics values) {
        return formula.applyAsDouble(values);
    }

    /** True where the result is a number of values and not one of their unit. */
    boolean isCount() {
        return this == COUNT || this == TOTAL_COUNT;
    }

    /** True where the result keeps the values' unit. */
    boolean hasTheirUnit() {
        return !isCount() && this != VARIANCE && this != SKEW && this != KURTOSIS;
    }

    static Optional<Statistic> of(String code) {
        return Arrays.stream(values())
                .filter(statistic -> statistic.code.equals(code))
                .findFirst();
    }

    static String known() {
        return Arrays.stream(values()).map(Statistic::code).collect(Collectors.joining(", "));
    }
}
