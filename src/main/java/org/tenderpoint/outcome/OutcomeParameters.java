package org.tenderpoint.outcome;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.observation.MeasureRule;
import org.tenderpoint.observation.MeasureRule.Direction;
import org.tenderpoint.observation.Measurement;
import org.tenderpoint.observation.OutcomeTrend;
import org.tenderpoint.observation.SessionPhase;

/** Outcomes as a Parameters resource: numbers and codes, so that a chart needs no other request. */
final class OutcomeParameters {

    private static final String CLASSES = "https://tenderpoint.org/fhir/CodeSystem/summary-class";
    private static final String UCUM = "http://unitsofmeasure.org";
    private static final int DECIMALS = 6;

    private OutcomeParameters() {}

    static Parameters of(EpisodeOutcomes outcomes, String referral, LocalDate asOf) {
        var answer = new Parameters();
        answer.addParameter().setName("referral").setValue(new Reference(referral));
        answer.addParameter().setName("as-of").setValue(day(asOf));
        answer.addParameter()
                .setName("overall-response")
                .setValue(new CodeType(outcomes.response().code()));
        outcomes.plateau().ifPresent(plateau -> {
            var group = answer.addParameter().setName("plateau");
            part(group, "since", day(plateau.since()));
            part(group, "until", day(plateau.until()));
        });
        outcomes.trends().forEach(trend -> trend(answer.addParameter().setName("trend"), trend));
        outcomes.session().ifPresent(session -> {
            var group = answer.addParameter().setName("session");
            part(group, "pairs", new IntegerType(session.pairs()));
            part(group, "mean-before", number(session.meanBefore()));
            part(group, "mean-after", number(session.meanAfter()));
            part(group, "mean-change", number(session.meanChange()));
            pain(outcomes).forEach(value -> point(group, value));
        });
        relief(answer, outcomes);
        outcomes.doses().forEach(dose -> {
            var group = answer.addParameter().setName("dose");
            part(group, "technique", new StringType(dose.technique()));
            if (!dose.region().isEmpty()) {
                part(group, "region", new StringType(dose.region()));
            }
            part(group, "minutes", new StringType(dose.minutes()));
            part(group, "n", new IntegerType(dose.pairs()));
            part(group, "mean-before", number(dose.meanBefore()));
            part(group, "mean-next", number(dose.meanNext()));
        });
        return answer;
    }

    private static void trend(ParametersParameterComponent group, OutcomeTrend trend) {
        var rule = trend.rule();
        part(group, "rule", new CodeType(rule.variant().isEmpty() ? rule.id() : rule.id() + "/" + rule.variant()));
        part(group, "status", new CodeType(rule.status()));
        part(group, "label", new StringType(trend.series().label()));
        part(group, "kind", new CodeType(rule.kind().name().toLowerCase(Locale.ROOT)));
        part(group, "low", number(rule.range().from()));
        part(group, "high", number(rule.range().to()));
        if (rule.direction() != Direction.NONE) {
            part(group, "better", new CodeType(rule.direction() == Direction.LOWER ? "lower" : "higher"));
        }
        trend.values().forEach(value -> point(group, value));
        part(group, "baseline", quantity(rule, trend.baseline().value()));
        part(group, "latest", quantity(rule, trend.latest().value()));
        optional(group, "change", trend.change());
        optional(group, "percent", trend.percent());
        optional(group, "error", rule.error() == null ? null : rule.error().points());
        if (!trend.threshold().isEmpty()) {
            part(group, "threshold", new StringType(trend.threshold()));
        }
        part(group, "citation", new StringType(trend.citation()));
        part(group, "class", new Coding(CLASSES, trend.changeClass().code(), null));
        if (!rule.bands().isEmpty()) {
            part(group, "band", new StringType(rule.band(trend.latest().value())));
        }
        trend.notes().forEach(note -> part(group, "note", new StringType(note)));
    }

    // Both ends of a session are shown, each with its phase: a chart joins those of one visit.
    private static Stream<Measurement> pain(EpisodeOutcomes outcomes) {
        return outcomes.values().stream()
                .filter(value -> value.measure().equals("PR-NRS") && value.encounter() != null)
                .filter(value -> value.phase() == SessionPhase.PRE || value.phase() == SessionPhase.POST)
                .sorted(Comparator.comparing(Measurement::date));
    }

    private static void relief(Parameters answer, EpisodeOutcomes outcomes) {
        var reports = outcomes.values().stream()
                .filter(value -> value.measure().equals("PR-RELIEF"))
                .sorted(Comparator.comparing(Measurement::date))
                .toList();
        if (reports.isEmpty()) {
            return;
        }
        var group = answer.addParameter().setName("relief");
        part(group, "reports", new IntegerType(reports.size()));
        outcomes.relief().ifPresent(relief -> {
            part(group, "median-first", number(relief.first()));
            part(group, "median-last", number(relief.last()));
        });
        reports.forEach(value -> point(group, value));
    }

    private static void point(ParametersParameterComponent group, Measurement value) {
        var point = group.addPart().setName("point");
        part(point, "date", day(value.date()));
        part(point, "value", number(value.value()));
        if (value.phase() != null) {
            part(point, "phase", new CodeType(value.phase().code()));
        }
        if (value.encounter() != null) {
            part(point, "encounter", new Reference(value.encounter()));
        }
        if (value.observation() != null) {
            part(point, "source", new Reference(value.observation()));
        }
    }

    private static void optional(ParametersParameterComponent group, String name, @Nullable BigDecimal value) {
        if (value != null) {
            part(group, name, number(value));
        }
    }

    private static Quantity quantity(MeasureRule rule, BigDecimal value) {
        return new Quantity()
                .setValue(value)
                .setUnit(rule.unit())
                .setSystem(UCUM)
                .setCode(rule.unit());
    }

    private static DecimalType number(BigDecimal value) {
        var plain = value.setScale(DECIMALS, RoundingMode.HALF_UP).stripTrailingZeros();
        return new DecimalType(plain.scale() < 0 ? plain.setScale(0) : plain);
    }

    private static DateType day(LocalDate day) {
        return new DateType(day.toString());
    }

    private static void part(ParametersParameterComponent group, String name, Type value) {
        group.addPart().setName(name).setValue(value);
    }
}
