package org.tenderpoint.progress;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.AdverseEvent;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DetectedIssue;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Flag;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.springframework.stereotype.Component;
import org.tenderpoint.document.Days;
import org.tenderpoint.document.Directory;
import org.tenderpoint.document.Directory.Somebody;
import org.tenderpoint.document.Episode;
import org.tenderpoint.document.PatientRecord;
import org.tenderpoint.document.Technique;
import org.tenderpoint.document.Words;
import org.tenderpoint.observation.MeasureRule;
import org.tenderpoint.observation.MeasureRules;
import org.tenderpoint.observation.Measurement;
import org.tenderpoint.observation.Measurements;
import org.tenderpoint.observation.OutcomeTrend;
import org.tenderpoint.observation.SessionPhase;
import org.tenderpoint.outcome.EpisodeOutcomes;
import org.tenderpoint.progress.ProgressSummary.Cited;
import org.tenderpoint.progress.ProgressSummary.Diagnosis;
import org.tenderpoint.progress.ProgressSummary.FindingCount;
import org.tenderpoint.progress.ProgressSummary.GoalState;
import org.tenderpoint.progress.ProgressSummary.PatientName;
import org.tenderpoint.progress.ProgressSummary.Plan;
import org.tenderpoint.progress.ProgressSummary.Referral;
import org.tenderpoint.progress.ProgressSummary.Safety;
import org.tenderpoint.progress.ProgressSummary.Sessions;
import org.tenderpoint.progress.ProgressSummary.TechniqueUse;
import org.tenderpoint.server.RecordedDay;

/** Makes a {@link ProgressSummary} from a patient's record. */
@Component
final class ProgressReader {

    private static final Set<String> FINDINGS = Set.of("PR-ROM-SP", "PR-ROM-PER", "PR-GIRTH");

    private static final String ICD_10_CM = "http://hl7.org/fhir/sid/icd-10-cm";
    private static final int MONTHS_UNTIL_CHRONIC = 3;

    private final MeasureRules rules;
    private final Measurements measurements;

    ProgressReader(MeasureRules rules, Measurements measurements) {
        this.rules = rules;
        this.measurements = measurements;
    }

    /**
     * The summary of one referral.
     *
     * @param asOf the last day to look at
     */
    ProgressSummary read(PatientRecord record, Directory directory, ServiceRequest referral, LocalDate asOf) {
        var days = Days.until(asOf);
        var episode = Episode.of(record, referral, days);
        var outcomes = EpisodeOutcomes.of(rules, measurements, episode);
        var values = outcomes.values();
        var trends = outcomes.trends();
        var visits = episode.visits();
        var response = outcomes.response();
        var plateau = outcomes.plateau().orElse(null);
        var relief = outcomes.relief().orElse(null);
        var plan = plan(record, referral);
        var adverse = adverseEvents(record, episode, days);
        var ask = Asks.recorded(record, referral, days)
                .orElseGet(() -> Asks.generated(
                        response,
                        plateau,
                        adverse.stream().anyMatch(ProgressReader::isSerious),
                        visits,
                        plan.filter(current -> isOver(current, asOf)).isPresent()));
        return new ProgressSummary(
                asOf,
                patient(record),
                referral(directory, referral),
                diagnoses(record, referral, plan),
                new ProgressSummary.BottomLine(
                        response,
                        plateau,
                        BottomLines.write(visits, trends, response, plateau, relief, adverse.size(), ask)),
                ask,
                safety(record, plan, adverse, days),
                visits,
                plan.map(ProgressReader::plan).orElse(null),
                trends.stream().filter(trend -> !isFinding(trend)).toList(),
                trends.stream().filter(ProgressReader::isFinding).toList(),
                findingCounts(episode.observations()),
                new Sessions(outcomes.session().orElse(null), relief),
                techniques(episode.techniques()),
                goals(record, plan, values),
                therapist(directory, episode, plan).orElse(null),
                episode.nextBooking(asOf).orElse(null));
    }

    /** Everybody whom the summary of a referral may name. */
    static List<Reference> people(PatientRecord record) {
        return Stream.of(
                        record.all(ServiceRequest.class).stream()
                                .flatMap(referral -> Stream.concat(
                                        Stream.of(referral.getRequester()), referral.getPerformer().stream())),
                        record.all(Encounter.class).stream()
                                .flatMap(visit -> Stream.concat(
                                        visit.getParticipant().stream().map(part -> part.getIndividual()),
                                        Stream.of(visit.getServiceProvider()))),
                        record.all(CarePlan.class).stream().map(CarePlan::getAuthor))
                .flatMap(references -> references)
                .filter(Reference::hasReference)
                .toList();
    }

    private static boolean isFinding(OutcomeTrend trend) {
        return FINDINGS.contains(trend.rule().id());
    }

    private static PatientName patient(PatientRecord record) {
        var patient = record.all(Patient.class).get(0);
        return new PatientName(
                PatientRecord.idOf(patient),
                Words.name(patient.getName()),
                RecordedDay.of(patient.getBirthDateElement()).orElse(null),
                patient.getIdentifier().stream()
                        .filter(Identifier::hasValue)
                        .map(ProgressReader::numbered)
                        .toList());
    }

    private static String numbered(Identifier identifier) {
        return identifier.getType().getCoding().stream()
                .map(type -> type.getCode() + " " + identifier.getValue())
                .findFirst()
                .orElse(identifier.getValue());
    }

    private static Referral referral(Directory directory, ServiceRequest referral) {
        var ordered = Stream.concat(
                        Stream.of(referral.getCode()).filter(code -> !code.isEmpty()),
                        referral.getReasonCode().stream())
                .map(Words::of);
        var notes = referral.getNote().stream().map(note -> note.getText()).filter(Objects::nonNull);
        return new Referral(
                PatientRecord.idOf(referral),
                Episode.signed(referral).orElse(null),
                referral.getIdentifier().stream()
                        .map(Identifier::getValue)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null),
                directory.somebody(referral.getRequester()).orElse(null),
                Stream.concat(ordered, notes).collect(Collectors.joining(". ")));
    }

    private static List<Diagnosis> diagnoses(PatientRecord record, ServiceRequest referral, Optional<CarePlan> plan) {
        var treated = Stream.concat(
                        referral.getReasonReference().stream(),
                        plan.stream().flatMap(found -> found.getAddresses().stream()))
                .map(PatientRecord::idOf)
                .collect(Collectors.toSet());
        return record.all(Condition.class).stream()
                .filter(condition -> treated.contains(PatientRecord.idOf(condition)))
                .map(condition -> diagnosis(condition, referral))
                .toList();
    }

    private static Diagnosis diagnosis(Condition condition, ServiceRequest referral) {
        var onset = condition.getOnset() instanceof BaseDateTimeType time ? time.getValueAsString() : null;
        var began = RecordedDay.of(condition.getOnset());
        var signed = Episode.signed(referral);
        return new Diagnosis(
                PatientRecord.idOf(condition),
                Words.of(condition.getCode()),
                Words.code(condition.getCode(), ICD_10_CM).orElse(null),
                onset,
                began.isPresent()
                        && signed.isPresent()
                        && !began.get().plusMonths(MONTHS_UNTIL_CHRONIC).isAfter(signed.get()));
    }

    // A plan names its referral among its supporting information; a patient with one plan needs no such link.
    private static Optional<CarePlan> plan(PatientRecord record, ServiceRequest referral) {
        var plans = record.all(CarePlan.class).stream()
                .filter(plan -> plan.getStatus() != CarePlan.CarePlanStatus.ENTEREDINERROR)
                .toList();
        return plans.stream()
                .filter(plan -> PatientRecord.anyPointsAt(plan.getSupportingInfo(), PatientRecord.idOf(referral)))
                .reduce((earlier, later) -> later)
                .or(() -> plans.size() == 1 ? Optional.of(plans.get(0)) : Optional.empty());
    }

    private static Plan plan(CarePlan plan) {
        return new Plan(
                PatientRecord.idOf(plan),
                plan.getActivity().stream()
                        .filter(activity ->
                                activity.hasDetail() && !activity.getDetail().getDoNotPerform())
                        .map(activity -> activity(activity.getDetail()))
                        .toList(),
                RecordedDay.of(plan.getPeriod().getEndElement()).orElse(null));
    }

    private static String activity(CarePlan.CarePlanActivityDetailComponent detail) {
        var text = detail.getCode().isEmpty() ? "" : Words.of(detail.getCode());
        if (detail.hasScheduledTiming()) {
            var repeat = detail.getScheduledTiming().getRepeat();
            if (repeat.hasFrequency() && repeat.hasPeriod() && repeat.hasPeriodUnit()) {
                text += ", %d × in %s %s"
                        .formatted(
                                repeat.getFrequency(),
                                Words.number(repeat.getPeriod()),
                                repeat.getPeriodUnit().getDisplay());
            }
        }
        return detail.hasDescription() ? (text.isEmpty() ? "" : text + ": ") + detail.getDescription() : text;
    }

    private static List<AdverseEvent> adverseEvents(PatientRecord record, Episode episode, Days days) {
        var elsewhere = record.all(Encounter.class).stream()
                .map(PatientRecord::idOf)
                .filter(visit -> episode.encounters().stream()
                        .noneMatch(own -> PatientRecord.idOf(own).equals(visit)))
                .collect(Collectors.toSet());
        return record.all(AdverseEvent.class).stream()
                .filter(event -> event.getActuality() == AdverseEvent.AdverseEventActuality.ACTUAL)
                .filter(event -> !elsewhere.contains(PatientRecord.idOf(event.getEncounter())))
                .filter(event -> RecordedDay.of(event.getDateElement())
                        .map(days::contains)
                        .orElse(true))
                .toList();
    }

    private static boolean isOver(CarePlan plan, LocalDate asOf) {
        return RecordedDay.of(plan.getPeriod().getEndElement())
                .filter(end -> end.isBefore(asOf))
                .isPresent();
    }

    private static boolean isSerious(AdverseEvent event) {
        return event.getSeriousness().getCoding().stream()
                .anyMatch(coding -> "Serious".equalsIgnoreCase(coding.getCode()));
    }

    private static Safety safety(PatientRecord record, Optional<CarePlan> plan, List<AdverseEvent> adverse, Days days) {
        var issues = record.all(DetectedIssue.class).stream()
                .filter(issue -> issue.getStatus() != DetectedIssue.DetectedIssueStatus.ENTEREDINERROR)
                .filter(issue -> RecordedDay.of(issue.getIdentified())
                        .map(days::contains)
                        .orElse(true))
                .map(issue -> new Cited(
                        PatientRecord.idOf(issue),
                        "Screening: " + Words.of(issue.getCode())
                                + (issue.hasSeverity()
                                        ? ", " + issue.getSeverity().toCode()
                                        : "")
                                + (issue.hasDetail() ? ". " + issue.getDetail() : "")));
        var flags = record.all(Flag.class).stream()
                .filter(flag -> flag.getStatus() == Flag.FlagStatus.ACTIVE)
                .filter(flag ->
                        RecordedDay.of(flag.getPeriod()).map(days::contains).orElse(true))
                .map(flag -> new Cited(PatientRecord.idOf(flag), "Flag: " + Words.of(flag.getCode())));
        return new Safety(
                Stream.concat(issues, flags).toList(),
                plan.stream()
                        .flatMap(found -> found.getActivity().stream())
                        .map(CarePlan.CarePlanActivityComponent::getDetail)
                        .filter(CarePlan.CarePlanActivityDetailComponent::getDoNotPerform)
                        .map(detail -> "Not done: " + activity(detail))
                        .toList(),
                adverse.stream()
                        .map(event -> new Cited(PatientRecord.idOf(event), text(event)))
                        .toList());
    }

    private static String text(AdverseEvent event) {
        var parts = new ArrayList<String>();
        parts.add(Words.of(event.getEvent()));
        RecordedDay.of(event.getDateElement()).map(Words::day).ifPresent(parts::add);
        Stream.of(event.getSeriousness(), event.getOutcome())
                .filter(concept -> !concept.isEmpty())
                .map(Words::of)
                .map(words -> words.toLowerCase(Locale.ROOT))
                .forEach(parts::add);
        return String.join(", ", parts);
    }

    private List<FindingCount> findingCounts(List<Observation> observations) {
        var byFinding = new LinkedHashMap<String, List<LocalDate>>();
        for (var observation : observations) {
            var isExam = observation.getCategory().stream().anyMatch(category -> category.getCoding().stream()
                    .anyMatch(coding -> "exam".equals(coding.getCode())));
            if (isExam && measurements.from(observation).isEmpty()) {
                RecordedDay.of(observation.getEffective()).ifPresent(day -> byFinding
                        .computeIfAbsent(Words.of(observation.getCode()), finding -> new ArrayList<>())
                        .add(day));
            }
        }
        return byFinding.entrySet().stream()
                .map(entry -> count(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static FindingCount count(String finding, List<LocalDate> days) {
        var first = days.stream().min(Comparator.naturalOrder()).orElseThrow();
        var last = days.stream().max(Comparator.naturalOrder()).orElseThrow();
        return new FindingCount(
                finding, first, (int) days.stream().filter(first::equals).count(), last, (int)
                        days.stream().filter(last::equals).count());
    }

    private static List<TechniqueUse> techniques(List<Technique> done) {
        return done.stream()
                .collect(Collectors.groupingBy(
                        use -> List.of(use.name(), use.region()), LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(uses -> new TechniqueUse(
                        uses.get(0).name(),
                        uses.get(0).region(),
                        uses.stream().mapToInt(Technique::minutes).sum(),
                        (int) uses.stream()
                                .map(use -> use.encounter() + use.day())
                                .distinct()
                                .count()))
                .sorted(Comparator.comparing(TechniqueUse::minutes).reversed())
                .toList();
    }

    private List<GoalState> goals(PatientRecord record, Optional<CarePlan> plan, List<Measurement> values) {
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

    private static Optional<Somebody> therapist(Directory directory, Episode episode, Optional<CarePlan> plan) {
        var visited = episode.encounters().stream()
                .filter(visit -> visit.getStatus() == Encounter.EncounterStatus.FINISHED)
                .flatMap(visit -> visit.getParticipant().stream())
                .map(part -> part.getIndividual())
                .reduce((earlier, later) -> later);
        return Stream.of(
                        visited.stream(),
                        plan.map(CarePlan::getAuthor).stream(),
                        episode.referral().getPerformer().stream())
                .flatMap(references -> references)
                .flatMap(reference -> directory.somebody(reference).stream())
                .findFirst();
    }
}
