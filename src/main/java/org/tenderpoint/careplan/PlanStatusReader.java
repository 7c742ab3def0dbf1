package org.tenderpoint.careplan;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityComponent;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Timing;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.document.Days;
import org.tenderpoint.document.Episode;
import org.tenderpoint.document.PatientRecord;
import org.tenderpoint.document.Words;
import org.tenderpoint.observation.MeasureRules;
import org.tenderpoint.observation.Measurement;
import org.tenderpoint.observation.Measurements;
import org.tenderpoint.server.RecordedDay;

/** Reads how far a plan is out of a patient's record. */
final class PlanStatusReader {

    private static final String LOINC = "http://loinc.org";
    private static final String PRACTITIONERS_SCORE = "107333-7";
    private static final String PATIENTS_SCORE = "107334-5";

    /** Exercises and teaching are done at home. */
    private static final java.util.Set<String> AT_HOME = java.util.Set.of(
            "home-exercise-teaching", "posture-education", "229065009", "85680003", "229070002", "386463000");

    private final MeasureRules rules;
    private final Measurements measurements;
    private final CarePlanProperties properties;

    PlanStatusReader(MeasureRules rules, Measurements measurements, CarePlanProperties properties) {
        this.rules = rules;
        this.measurements = measurements;
        this.properties = properties;
    }

    PlanStatus read(PatientRecord record, CarePlan plan, LocalDate today) {
        var episode = plan.getSupportingInfo().stream()
                .map(PatientRecord::idOf)
                .flatMap(id -> record.find(ServiceRequest.class, id).stream())
                .findFirst()
                .map(referral -> Episode.of(record, referral, Days.until(today)));
        var since = RecordedDay.of(plan.getPeriod().getStartElement()).orElse(LocalDate.MIN);
        var values = record.all(Observation.class).stream()
                .flatMap(observation -> measurements.from(observation).stream())
                .filter(value -> !value.date().isAfter(today))
                .sorted(Comparator.comparing(Measurement::date))
                .toList();
        var goals = goals(record, plan, values);
        var last = lastReassessment(record, since);
        return new PlanStatus(
                PatientRecord.idOf(plan),
                plan.hasStatus() ? plan.getStatus().toCode() : "unknown",
                episode.map(Episode::visits).orElse(null),
                frequency(plan),
                due(record, since, last),
                last,
                goals,
                attainment(goals),
                plan.getActivity().stream()
                        .map(CarePlanActivityComponent::getDetail)
                        .filter(detail -> !detail.getDoNotPerform()
                                && detail.getCode().getCoding().stream()
                                        .anyMatch(coding -> AT_HOME.contains(String.valueOf(coding.getCode()))))
                        .map(detail -> detail.hasDescription() ? detail.getDescription() : Words.of(detail.getCode()))
                        .toList(),
                newest(record, observation -> observation.getCode().hasCoding(Words.MASSAGE, "hep-adherence"))
                        .orElse(null),
                Restrictions.of(plan));
    }

    private List<GoalStatus> goals(PatientRecord record, CarePlan plan, List<Measurement> values) {
        var goals = new ArrayList<GoalStatus>();
        for (var reference : plan.getGoal()) {
            record.find(Goal.class, PatientRecord.idOf(reference)).ifPresent(goal -> {
                var scaled = scaled(record, goal).orElse(null);
                var targets = goal.hasTarget() ? goal.getTarget() : List.of(new Goal.GoalTargetComponent());
                targets.forEach(target -> goals.add(GoalStatus.of(goal, target, rules, values, scaled)));
            });
        }
        return goals;
    }

    private static Optional<BigDecimal> scaled(PatientRecord record, Goal goal) {
        var id = PatientRecord.idOf(goal);
        return newest(
                record,
                observation -> (observation.getCode().hasCoding(LOINC, PRACTITIONERS_SCORE)
                                || observation.getCode().hasCoding(LOINC, PATIENTS_SCORE))
                        && (PatientRecord.anyPointsAt(observation.getFocus(), id)
                                || PatientRecord.anyPointsAt(
                                        goal.getOutcomeReference(), PatientRecord.idOf(observation))));
    }

    private static Optional<BigDecimal> newest(PatientRecord record, java.util.function.Predicate<Observation> wanted) {
        return record.all(Observation.class).stream()
                .filter(observation -> observation.getStatus() != Observation.ObservationStatus.ENTEREDINERROR)
                .filter(wanted)
                .map(observation -> observation.getValue() instanceof Quantity quantity
                        ? quantity.getValue()
                        : observation.getValue() instanceof org.hl7.fhir.r4.model.IntegerType number
                                ? BigDecimal.valueOf(number.getValue())
                                : null)
                .filter(Objects::nonNull)
                .reduce((older, newer) -> newer);
    }

    /** Kiresuk and Sherman 1968, all goals weighted alike, correlation 0.3: 50 where every target is just reached. */
    static @Nullable BigDecimal attainment(List<GoalStatus> goals) {
        var scores = goals.stream()
                .map(GoalStatus::scaled)
                .filter(Objects::nonNull)
                .mapToDouble(BigDecimal::doubleValue)
                .toArray();
        if (scores.length == 0) {
            return null;
        }
        var sum = java.util.Arrays.stream(scores).sum();
        var n = scores.length;
        return BigDecimal.valueOf(50 + 10 * sum / Math.sqrt(0.7 * n + 0.3 * n * n))
                .setScale(1, RoundingMode.HALF_UP);
    }

    private static String frequency(CarePlan plan) {
        return plan.getActivity().stream()
                .map(CarePlanActivityComponent::getDetail)
                .filter(detail -> !detail.getDoNotPerform() && detail.getScheduled() instanceof Timing)
                .map(detail -> ((Timing) detail.getScheduled()).getRepeat())
                .filter(repeat -> repeat.hasFrequency() && repeat.hasPeriod() && repeat.hasPeriodUnit())
                .map(repeat -> Words.count(repeat.getFrequency(), "time") + " per "
                        + (repeat.getPeriod().compareTo(BigDecimal.ONE) == 0
                                ? ""
                                : repeat.getPeriod().toPlainString() + " ")
                        + repeat.getPeriodUnit().getDisplay())
                .findFirst()
                .orElse("");
    }

    private static @Nullable LocalDate lastReassessment(PatientRecord record, LocalDate since) {
        return finished(record, since)
                .filter(visit -> visit.getType().stream()
                        .anyMatch(type -> type.hasCoding(Words.MASSAGE, "visit-reassessment")
                                || type.hasCoding(Words.MASSAGE, "reassessment")))
                .flatMap(visit -> RecordedDay.of(visit.getPeriod()).stream())
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    private @Nullable LocalDate due(PatientRecord record, LocalDate since, @Nullable LocalDate last) {
        var days = finished(record, since)
                .flatMap(visit -> RecordedDay.of(visit.getPeriod()).stream())
                .sorted()
                .toList();
        if (days.isEmpty()) {
            return null;
        }
        var byTime = (last == null ? days.get(0) : last)
                .plusDays(properties.reassessAfter().toDays());
        var counted =
                days.stream().filter(day -> last == null || day.isAfter(last)).toList();
        if (counted.size() < properties.reassessAfterVisits()) {
            return byTime;
        }
        var byVisits = counted.get(properties.reassessAfterVisits() - 1);
        return byVisits.isBefore(byTime) ? byVisits : byTime;
    }

    private static java.util.stream.Stream<Encounter> finished(PatientRecord record, LocalDate since) {
        return record.all(Encounter.class).stream()
                .filter(visit -> visit.getStatus() == EncounterStatus.FINISHED)
                .filter(visit -> RecordedDay.of(visit.getPeriod())
                        .filter(day -> !day.isBefore(since))
                        .isPresent());
    }

    static Reference to(String reference) {
        return new Reference(reference);
    }
}
