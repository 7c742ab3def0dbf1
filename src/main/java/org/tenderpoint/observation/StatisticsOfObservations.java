package org.tenderpoint.observation;

import ca.uhn.fhir.context.FhirContext;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tenderpoint.access.Caller;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.chart.RecordTypes;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.server.FhirJson;

/** Statistics of one patient's measurements: one Observation for each code and unit, with a component a statistic. */
@Component
final class StatisticsOfObservations {

    private static final int MOST = 10_000;
    private static final String UCUM = "http://unitsofmeasure.org";
    private static final String STATISTICS = "http://terminology.hl7.org/CodeSystem/observation-statistics";
    private static final Set<ObservationStatus> NOT_VALID =
            Set.of(ObservationStatus.ENTEREDINERROR, ObservationStatus.CANCELLED);

    private final Chart chart;
    private final FhirContext fhir;
    private final Clock clock;

    StatisticsOfObservations(Chart chart, FhirContext fhir, Clock clock) {
        this.chart = chart;
        this.fhir = fhir;
        this.clock = clock;
    }

    /** One value: what, how much, when. */
    private record Value(String code, Quantity quantity, @Nullable Date when) {}

    /** Values of one code and unit, and how many had no such value. */
    private static final class Pile {
        private final List<Value> values = new ArrayList<>();
        private int empty;
    }

    Parameters of(Caller caller, StatisticsAsk ask) {
        var search = new HashMap<String, String[]>();
        search.put("patient", new String[] {"Patient/" + ask.patient()});
        search.put("code", new String[] {String.join(",", ask.codes())});
        search.put("date", span(ask));
        search.put("_sort", new String[] {"date"});
        var observations =
                chart.matches(caller, "$stats", RecordTypes.require("Observation"), List.of(search), MOST).stream()
                        .map(stored -> (Observation) FhirJson.parse(fhir, stored.json()))
                        .filter(observation ->
                                !NOT_VALID.contains(observation.getStatus()) && !observation.hasModifierExtension())
                        .toList();
        var piles = new LinkedHashMap<String, Map<String, Pile>>();
        ask.codes().stream().sorted().forEach(code -> piles.put(code, new LinkedHashMap<>()));
        for (var observation : observations) {
            var when = when(observation.getEffective());
            add(piles, observation.getCode(), observation.getValue(), when, !observation.hasComponent());
            observation.getComponent().forEach(part -> add(piles, part.getCode(), part.getValue(), when, true));
        }
        var answer = new Parameters();
        piles.forEach((code, units) -> {
            if (units.isEmpty()) {
                units.put("", new Pile());
            }
            units.values().forEach(pile -> answer.addParameter()
                    .setName("statistics")
                    .setResource(statistics(ask, code, pile, units.size())));
        });
        if (ask.include()) {
            observations.stream()
                    .sorted(Comparator.comparing(StatisticsOfObservations::newest)
                            .reversed())
                    .limit(ask.limit())
                    .forEach(source -> answer.addParameter().setName("source").setResource(source));
        }
        return answer;
    }

    private static long newest(Observation observation) {
        var when = when(observation.getEffective());
        return when == null ? Long.MIN_VALUE : when.getTime();
    }

    // A code that was not asked for joins where it is a component of a panel that was.
    private static void add(
            Map<String, Map<String, Pile>> piles,
            CodeableConcept concept,
            @Nullable Type value,
            @Nullable Date when,
            boolean countsWhenEmpty) {
        var codes = concept.getCoding().stream()
                .map(coding -> coding.getSystem() + "|" + coding.getCode())
                .toList();
        if (codes.isEmpty()) {
            return;
        }
        var code = codes.stream().filter(piles::containsKey).findFirst().orElse(codes.get(0));
        var isQuantity = value instanceof Quantity quantity && isUcum(quantity) && when != null;
        if (!isQuantity && !countsWhenEmpty) {
            return;
        }
        var units = piles.computeIfAbsent(code, asked -> new LinkedHashMap<>());
        if (isQuantity) {
            var quantity = (Quantity) Objects.requireNonNull(value);
            units.computeIfAbsent(quantity.getCode(), unit -> new Pile()).values.add(new Value(code, quantity, when));
        } else {
            units.values().stream().findFirst().orElseGet(() -> units.computeIfAbsent("", unit -> new Pile())).empty++;
        }
    }

    private static boolean isUcum(Quantity quantity) {
        return quantity.hasValue()
                && !quantity.hasComparator()
                && UCUM.equals(quantity.getSystem())
                && quantity.hasCode();
    }

    private Observation statistics(StatisticsAsk ask, String code, Pile pile, int units) {
        var bar = code.indexOf('|');
        var result = new Observation().setStatus(ObservationStatus.FINAL);
        result.getCode()
                .addCoding(new Coding().setSystem(code.substring(0, bar)).setCode(code.substring(bar + 1)));
        result.setSubject(new Reference("Patient/" + ask.patient()));
        result.setEffective(period(ask));
        if (units > 1) {
            result.addNote().setText("Values with the unit " + unit(pile) + "; others have another one.");
        }
        var numbers = new DescriptiveStatistics();
        pile.values.forEach(value -> numbers.addValue(value.quantity.getValue().doubleValue()));
        for (var statistic : ask.statistics()) {
            if (statistic == Statistic.REGRESSION) {
                regression(result, pile);
            } else {
                var number = statistic == Statistic.TOTAL_COUNT
                        ? (double) numbers.getN() + pile.empty
                        : statistic.of(numbers);
                component(result, statistic, null, number, statistic.isCount() ? "1" : unit(statistic, pile));
            }
        }
        return result;
    }

    private static String unit(Pile pile) {
        return pile.values.isEmpty()
                ? "1"
                : Issue.echo(pile.values.get(0).quantity.getCode());
    }

    private static String unit(Statistic statistic, Pile pile) {
        if (statistic == Statistic.VARIANCE) {
            return unit(pile).equals("1") ? "1" : unit(pile) + "." + unit(pile);
        }
        return statistic.hasTheirUnit() ? unit(pile) : "1";
    }

    private static void regression(Observation result, Pile pile) {
        var line = new SimpleRegression();
        var first =
                pile.values.stream().map(Value::when).filter(Objects::nonNull).min(Comparator.naturalOrder());
        for (var value : pile.values) {
            if (value.when != null && first.isPresent()) {
                var days = Duration.between(first.get().toInstant(), value.when.toInstant())
                                .toSeconds()
                        / 86400.0;
                line.addData(days, value.quantity.getValue().doubleValue());
            }
        }
        component(result, Statistic.REGRESSION, "gradient a day", line.getSlope(), unit(pile));
        component(result, Statistic.REGRESSION, "intercept", line.getIntercept(), unit(pile));
    }

    private static void component(
            Observation result, Statistic statistic, @Nullable String text, double number, String unit) {
        var component = result.addComponent();
        component.getCode().addCoding(new Coding().setSystem(STATISTICS).setCode(statistic.code()));
        component.getCode().setText(text);
        if (Double.isFinite(number)) {
            var rounded = new BigDecimal(number, MathContext.DECIMAL32).stripTrailingZeros();
            component.setValue(new Quantity()
                    .setValue(rounded.scale() < 0 ? rounded.setScale(0, java.math.RoundingMode.UNNECESSARY) : rounded)
                    .setSystem(UCUM)
                    .setCode(unit));
        } else {
            component
                    .getDataAbsentReason()
                    .addCoding(new Coding()
                            .setSystem("http://terminology.hl7.org/CodeSystem/data-absent-reason")
                            .setCode("not-a-number"));
        }
    }

    private Period period(StatisticsAsk ask) {
        if (ask.hours() == null) {
            return Objects.requireNonNull(ask.period());
        }
        var seconds = ask.hours().multiply(BigDecimal.valueOf(3600)).longValue();
        var now = clock.instant();
        return new Period()
                .setStartElement(new DateTimeType(Date.from(now.minusSeconds(seconds))))
                .setEndElement(new DateTimeType(Date.from(now)));
    }

    private String[] span(StatisticsAsk ask) {
        var period = period(ask);
        var from = period.hasStart() ? "ge" + period.getStartElement().getValueAsString() : null;
        var to = period.hasEnd() ? "le" + period.getEndElement().getValueAsString() : null;
        return java.util.stream.Stream.of(from, to).filter(Objects::nonNull).toArray(String[]::new);
    }

    private static @Nullable Date when(@Nullable Type effective) {
        if (effective instanceof DateTimeType date) {
            return date.getValue();
        }
        if (effective instanceof InstantType instant) {
            return instant.getValue();
        }
        return effective instanceof Period period ? period.getStart() : null;
    }
}
