package org.tenderpoint.progress;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tenderpoint.document.Days;
import org.tenderpoint.document.Directory;
import org.tenderpoint.document.Directory.Somebody;
import org.tenderpoint.document.Episode;
import org.tenderpoint.document.PatientRecord;
import org.tenderpoint.document.Technique;
import org.tenderpoint.document.Words;
import org.tenderpoint.observation.MeasureRules;
import org.tenderpoint.observation.Measurements;
import org.tenderpoint.observation.OutcomeTrend;
import org.tenderpoint.outcome.EpisodeOutcomes;
import org.tenderpoint.outcome.Topic;
import org.tenderpoint.progress.ProgressSummary.Contact;
import org.tenderpoint.progress.ProgressSummary.Diagnosis;
import org.tenderpoint.progress.ProgressSummary.FindingCount;
import org.tenderpoint.progress.ProgressSummary.GoalState;
import org.tenderpoint.progress.ProgressSummary.PatientName;
import org.tenderpoint.progress.ProgressSummary.Period;
import org.tenderpoint.progress.ProgressSummary.Referral;
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
    private final PlanReader plans;

    ProgressReader(MeasureRules rules, Measurements measurements) {
        this.rules = rules;
        this.measurements = measurements;
        this.plans = new PlanReader(rules);
    }

    /**
     * The summary of one referral.
     *
     * @param from the first day of what is measured and done; the beginning where null. Ordered and used visits are
     *     counted from the beginning in any case: a count from the middle is wrong
     * @param asOf the last day to look at
     */
    ProgressSummary read(
            PatientRecord record,
            Directory directory,
            ServiceRequest referral,
            @Nullable LocalDate from,
            LocalDate asOf) {
        var days = new Days(from, asOf);
        var whole = Episode.of(record, referral, Days.until(asOf));
        var episode = from == null ? whole : Episode.of(record, referral, days);
        var outcomes = EpisodeOutcomes.of(rules, measurements, episode);
        var asked = Topic.askedIn(referral);
        var trends = outcomes.trends().stream()
                .filter(trend -> Topic.of(trend.series()).map(asked::contains).orElse(true))
                .toList();
        var visits = whole.visits();
        var period = new Period(from, asOf, episode.visits().attended());
        var plan = PlanReader.find(record, referral);
        var adverse = SafetyReader.adverseEvents(record, episode, days);
        var ask = Asks.recorded(record, referral, Days.until(asOf))
                .or(() -> Asks.cautious(record, plan, Days.until(asOf)))
                .orElseGet(() -> Asks.generated(
                        outcomes.response(),
                        outcomes.plateau().orElse(null),
                        adverse.stream().anyMatch(SafetyReader::isSerious),
                        visits,
                        plan.filter(current -> PlanReader.isOver(current, asOf)).isPresent()));
        var goals = plans.goals(record, plan, outcomes.values());
        return new ProgressSummary(
                period,
                patient(record),
                referral(directory, referral),
                diagnoses(record, referral, plan),
                new ProgressSummary.BottomLine(
                        outcomes.response(),
                        outcomes.plateau().orElse(null),
                        BottomLines.write(visits, period, outcomes, adverse.size(), ask)),
                ask,
                SafetyReader.safety(record, plan, adverse, days),
                visits,
                plan.map(PlanReader::plan).orElse(null),
                trends.stream().filter(trend -> !isFinding(trend)).toList(),
                unanswered(asked, trends),
                trends.stream().filter(ProgressReader::isFinding).toList(),
                findingCounts(episode.observations()),
                new Sessions(outcomes.session().orElse(null), outcomes.relief().orElse(null)),
                techniques(episode.techniques()),
                OutcomeCharts.of(outcomes),
                goals,
                MedicationReader.read(record, episode.observations(), Days.until(asOf)),
                PlanReader.home(plan, episode.observations()),
                contact(directory, whole, plan, goals, asOf));
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

    private static List<String> unanswered(Set<Topic> asked, List<OutcomeTrend> trends) {
        var told = trends.stream()
                .flatMap(trend -> Topic.of(trend.series()).stream())
                .collect(Collectors.toSet());
        return asked.stream()
                .filter(topic -> !told.contains(topic))
                .map(Topic::word)
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
                        Stream.concat(referral.getOrderDetail().stream(), referral.getReasonCode().stream()))
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

    private static Contact contact(
            Directory directory, Episode episode, Optional<CarePlan> plan, List<GoalState> goals, LocalDate asOf) {
        var visits = episode.encounters().stream()
                .filter(visit -> visit.getStatus() == Encounter.EncounterStatus.FINISHED)
                .toList();
        var therapist = Stream.of(
                        visits.stream()
                                .flatMap(visit -> visit.getParticipant().stream())
                                .map(part -> part.getIndividual())
                                .reduce((earlier, later) -> later)
                                .stream(),
                        plan.map(CarePlan::getAuthor).stream(),
                        episode.referral().getPerformer().stream())
                .flatMap(references -> references)
                .flatMap(reference -> directory.somebody(reference).stream())
                .findFirst();
        var practice = visits.stream()
                .map(Encounter::getServiceProvider)
                .flatMap(place -> directory.somebody(place).stream())
                .map(Somebody::phone)
                .filter(Objects::nonNull)
                .reduce((earlier, later) -> later);
        return new Contact(
                therapist.orElse(null),
                therapist.map(Somebody::phone).or(() -> practice).orElse(null),
                episode.nextBooking(asOf).orElse(null),
                goals.stream()
                        .map(GoalState::due)
                        .filter(due -> due != null && due.isAfter(asOf))
                        .min(Comparator.naturalOrder())
                        .orElse(null));
    }
}
