package org.tenderpoint.progress;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.tenderpoint.document.PatientRecord;
import org.tenderpoint.document.Words;
import org.tenderpoint.observation.MeasureRule;
import org.tenderpoint.observation.MeasureRules;
import org.tenderpoint.observation.Measurement;
import org.tenderpoint.observation.SessionPhase;
import org.tenderpoint.progress.ProgressSummary.GoalState;
import org.tenderpoint.progress.ProgressSummary.HomeProgramme;
import org.tenderpoint.progress.ProgressSummary.Plan;
import org.tenderpoint.server.RecordedDay;

/** The plan of care of a referral: what is planned, aimed at, ruled out and done at home. */
final class PlanReader {

    /** Codes of exercises that a patient does alone; what a therapist teaches in a visit has another one. */
    private static final Set<String> EXERCISES =
            Set.of("229065009", "85680003", "229070002", "64299003", "229287009", "229809001");

    private static final String SNOMED = "http://snomed.info/sct";

    private final MeasureRules rules;

    PlanReader(MeasureRules rules) {
        this.rules = rules;
    }

    // A plan names its referral among its supporting information; a patient with one plan needs no such link.
    static Optional<CarePlan> find(PatientRecord record, ServiceRequest referral) {
        var plans = record.all(CarePlan.class).stream()
                .filter(plan -> plan.getStatus() != CarePlan.CarePlanStatus.ENTEREDINERROR)
                .toList();
        return plans.stream()
                .filter(plan -> PatientRecord.anyPointsAt(plan.getSupportingInfo(), PatientRecord.idOf(referral)))
                .reduce((earlier, later) -> later)
                .or(() -> plans.size() == 1 ? Optional.of(plans.get(0)) : Optional.empty());
    }

    static Plan plan(CarePlan plan) {
        return new Plan(
                PatientRecord.idOf(plan),
                plan.hasDescription() ? plan.getDescription() : "",
                plan.getActivity().stream()
                        .filter(activity ->
                                activity.hasDetail() && !activity.getDetail().getDoNotPerform())
                        .filter(activity -> !isHome(activity.getDetail()))
                        .map(activity -> activity(activity.getDetail()))
                        .toList(),
                RecordedDay.of(plan.getPeriod().getStartElement()).orElse(null),
                RecordedDay.of(plan.getPeriod().getEndElement()).orElse(null));
    }

    static String activity(CarePlan.CarePlanActivityDetailComponent detail) {
        var text = detail.getCode().isEmpty() ? "" : Words.of(detail.getCode());
        if (detail.hasScheduledTiming()) {
            text += Words.frequency(detail.getScheduledTiming())
                    .map(often -> ", " + often)
                    .orElse("");
        }
        return detail.hasDescription() ? (text.isEmpty() ? "" : text + ": ") + detail.getDescription() : text;
    }

    static boolean isOver(CarePlan plan, LocalDate asOf) {
        return RecordedDay.of(plan.getPeriod().getEndElement())
                .filter(end -> end.isBefore(asOf))
                .isPresent();
    }

    static HomeProgramme home(Optional<CarePlan> plan, List<Observation> observations) {
        var exercises = plan.stream()
                .flatMap(found -> found.getActivity().stream())
                .map(CarePlan.CarePlanActivityComponent::getDetail)
                .filter(detail -> !detail.getDoNotPerform() && isHome(detail))
                .map(PlanReader::activity)
                .toList();
        var adherence = observations.stream()
                .filter(seen -> Words.code(seen.getCode(), Words.MASSAGE)
                        .filter("hep-adherence"::equals)
                        .isPresent())
                .filter(seen -> seen.getValue() instanceof Quantity quantity && quantity.hasValue())
                .reduce((earlier, later) -> later)
                .map(seen -> Words.number(seen.getValueQuantity().getValue()) + " % done"
                        + RecordedDay.of(seen.getEffective())
                                .map(day -> " (" + Words.day(day) + ")")
                                .orElse(""));
        return new HomeProgramme(exercises, adherence.orElse(""));
    }

    private static boolean isHome(CarePlan.CarePlanActivityDetailComponent detail) {
        return Words.code(detail.getCode(), SNOMED).filter(EXERCISES::contains).isPresent();
    }

    List<GoalState> goals(PatientRecord record, Optional<CarePlan> plan, List<Measurement> values) {
        return record.all(Goal.class).stream()
                .filter(goal -> goal.getLifecycleStatus() != Goal.GoalLifecycleStatus.ENTEREDINERROR)
                .filter(goal -> plan.isEmpty()
                        || !plan.get().hasGoal()
                        || PatientRecord.anyPointsAt(plan.get().getGoal(), PatientRecord.idOf(goal)))
                .map(goal -> state(goal, values))
                .toList();
    }

    private GoalState state(Goal goal, List<Measurement> values) {
        var target = goal.getTargetFirstRep();
        return new GoalState(
                PatientRecord.idOf(goal),
                Words.of(goal.getDescription()),
                Words.target(target.getDetail())
                        .map(detail -> measureName(target.getMeasure()) + " " + detail)
                        .orElse(""),
                RecordedDay.of(target.getDue()).orElse(null),
                goal.getAchievementStatus().isEmpty()
                        ? goal.getLifecycleStatus().toCode()
                        : Words.of(goal.getAchievementStatus()),
                latest(target.getMeasure(), values).orElse(null));
    }

    private String measureName(CodeableConcept measure) {
        return rules.measureOf(measure).map(MeasureRule::label).orElseGet(() -> Words.of(measure));
    }

    private Optional<BigDecimal> latest(CodeableConcept measure, List<Measurement> values) {
        return rules.measureOf(measure).flatMap(rule -> values.stream()
                .filter(value -> value.measure().equals(rule.id())
                        && value.series().variant().equals(rule.variant())
                        && value.phase() != SessionPhase.POST)
                .max(Comparator.comparing(Measurement::date))
                .map(Measurement::value));
    }
}
