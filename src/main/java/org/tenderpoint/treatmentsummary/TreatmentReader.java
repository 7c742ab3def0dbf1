package org.tenderpoint.treatmentsummary;

import ca.uhn.fhir.context.FhirContext;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.AdverseEvent;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tenderpoint.chart.Stored;
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
import org.tenderpoint.server.RecordedDay;
import org.tenderpoint.treatmentsummary.TreatmentSummary.Authorisation;
import org.tenderpoint.treatmentsummary.TreatmentSummary.Cover;
import org.tenderpoint.treatmentsummary.TreatmentSummary.Diagnosis;
import org.tenderpoint.treatmentsummary.TreatmentSummary.GoalLine;
import org.tenderpoint.treatmentsummary.TreatmentSummary.ServiceDay;

/** Makes a {@link TreatmentSummary} from a patient's record, for one Coverage. */
@Component
final class TreatmentReader {

    /** The identifier system by which an insurer's Organization names its policy in {@code payer-policy.json}. */
    static final String POLICY = "https://tenderpoint.org/fhir/payer-policy";

    private static final String ICD_10_CM = "http://hl7.org/fhir/sid/icd-10-cm";

    /** Measured findings that speak of function, besides the scores of pain and function. */
    private static final Set<String> OBJECTIVE = Set.of("PR-ROM-SP", "PR-ROM-PER", "PR-GIRTH", "PR-TOLERANCE");

    private final MeasureRules rules;
    private final Measurements measurements;
    private final PayerPolicies policies;
    private final TreatmentExcerpt excerpt;

    TreatmentReader(MeasureRules rules, Measurements measurements, PayerPolicies policies) {
        this.rules = rules;
        this.measurements = measurements;
        this.policies = policies;
        this.excerpt = new TreatmentExcerpt(rules);
    }

    /** The rows of a patient's record, as far as a summary reads them. */
    PatientRecord record(FhirContext fhir, List<Stored> rows) {
        return new PatientRecord(fhir, rows, excerpt);
    }

    /**
     * The summary for one Coverage.
     *
     * @param asked the days that the payer asks for; what lies outside the cover stays out
     */
    TreatmentSummary read(PatientRecord record, Directory directory, Coverage coverage, Days asked) {
        var cover = cover(directory, coverage);
        var days = asked.and(cover.days());
        // Counters and baselines start with the cover, not with the days asked for: a count from the middle is wrong.
        var sinceCover = Days.until(asked.last()).and(cover.days());
        var referrals = Episode.referrals(record).stream()
                .filter(referral -> isPaidBy(coverage, referral))
                .toList();
        var whole = episodes(record, referrals, sinceCover);
        var within = days.equals(sinceCover) ? whole : episodes(record, referrals, days);
        var plans = plans(record, referrals);
        var techniques = within.stream()
                .flatMap(episode -> episode.techniques().stream())
                .toList();
        var diagnoses = diagnoses(record, referrals, techniques);
        var therapist = therapist(directory, whole).orElse(null);
        return new TreatmentSummary(
                days,
                PatientRecord.idOf(record.all(Patient.class).get(0)),
                cover,
                therapist,
                authorisations(directory, whole, cover.policy()),
                diagnoses,
                services(record, techniques, diagnoses),
                OutcomeTrend.all(
                        rules,
                        whole.stream()
                                .flatMap(episode -> episode.observations().stream())
                                .flatMap(observation -> measurements.from(observation).stream())
                                .filter(this::isFunctional)
                                .toList()),
                goals(record, plans),
                adverseEvents(record, within, days),
                CareReader.proposed(plans),
                within.stream()
                        .flatMap(episode -> episode.encounters().stream())
                        .filter(visit -> visit.getStatus() == EncounterStatus.FINISHED)
                        .map(PatientRecord::idOf)
                        .toList(),
                CareReader.care(directory, therapist, whole, plans));
    }

    private static List<Episode> episodes(PatientRecord record, List<ServiceRequest> referrals, Days days) {
        return referrals.stream()
                .map(referral -> Episode.of(record, referral, days))
                .toList();
    }

    /** Everybody whom the summary may name. */
    static List<Reference> people(PatientRecord record) {
        return Stream.of(
                        record.all(Coverage.class).stream()
                                .flatMap(coverage -> Stream.concat(
                                        coverage.getPayor().stream(), Stream.of(coverage.getPolicyHolder()))),
                        record.all(ServiceRequest.class).stream().map(ServiceRequest::getRequester),
                        record.all(Encounter.class).stream()
                                .flatMap(visit -> Stream.concat(
                                        visit.getParticipant().stream().map(part -> part.getIndividual()),
                                        Stream.of(visit.getServiceProvider()))))
                .flatMap(references -> references)
                .filter(Reference::hasReference)
                .toList();
    }

    private Cover cover(Directory directory, Coverage coverage) {
        var payer = coverage.getPayor().stream()
                .flatMap(payor -> directory.find(payor).stream())
                .filter(Organization.class::isInstance)
                .map(Organization.class::cast)
                .findFirst();
        var policy = payer.stream()
                .flatMap(organization -> organization.getIdentifier().stream())
                .filter(identifier -> POLICY.equals(identifier.getSystem()) && identifier.hasValue())
                .flatMap(identifier -> policies.policy(identifier.getValue()).stream())
                .findFirst();
        return new Cover(
                PatientRecord.idOf(coverage),
                payer.map(Organization::getName).orElse(null),
                coverage.getSubscriberId(),
                directory
                        .find(coverage.getPolicyHolder())
                        .filter(Organization.class::isInstance)
                        .flatMap(holder -> directory.somebody(coverage.getPolicyHolder()))
                        .orElse(null),
                coverage.getIdentifier().stream()
                        .map(Identifier::getValue)
                        .filter(Objects::nonNull)
                        .toList(),
                Days.of(coverage.getPeriod()),
                policy.orElse(null));
    }

    // A referral that names other cover is another payer's business; one that names none is anybody's.
    private static boolean isPaidBy(Coverage coverage, ServiceRequest referral) {
        return referral.getInsurance().isEmpty()
                || PatientRecord.anyPointsAt(referral.getInsurance(), PatientRecord.idOf(coverage));
    }

    private static List<Authorisation> authorisations(
            Directory directory, List<Episode> episodes, @Nullable PayerPolicy policy) {
        var restarts = policy == null || policy.countRestartsOnNewReferral();
        var allUsed = episodes.stream()
                .mapToInt(episode -> episode.visits().attended())
                .sum();
        return episodes.stream()
                .map(episode -> authorisation(directory, episode, policy, restarts ? null : allUsed))
                .toList();
    }

    private static Authorisation authorisation(
            Directory directory, Episode episode, @Nullable PayerPolicy policy, @Nullable Integer usedInAll) {
        var visits = episode.visits();
        var referral = episode.referral();
        var byPolicy = visits.planned() == null && policy != null && policy.authorisedVisits() != null;
        var begins = visits.first() == null ? Episode.signed(referral).orElse(null) : visits.first();
        return new Authorisation(
                PatientRecord.idOf(referral),
                Episode.signed(referral).orElse(null),
                referral.getIdentifier().stream()
                        .map(Identifier::getValue)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null),
                directory.somebody(referral.getRequester()).orElse(null),
                byPolicy && policy != null ? policy.authorisedVisits() : visits.planned(),
                byPolicy,
                // What the referral orders is used by its own visits; a payer's number by all, unless it restarts.
                byPolicy && usedInAll != null ? usedInAll : visits.attended(),
                visits.missed(),
                policy == null || policy.windowDays() == null || begins == null
                        ? null
                        : begins.plusDays(policy.windowDays()));
    }

    private static List<Diagnosis> diagnoses(
            PatientRecord record, List<ServiceRequest> referrals, Collection<Technique> techniques) {
        var services = techniques.stream().map(Technique::procedure).collect(Collectors.toSet());
        var named = Stream.concat(
                        referrals.stream().flatMap(referral -> referral.getReasonReference().stream()),
                        record.all(Procedure.class).stream()
                                .filter(procedure -> services.contains(PatientRecord.idOf(procedure)))
                                .flatMap(procedure -> procedure.getReasonReference().stream()))
                .map(PatientRecord::idOf)
                .collect(Collectors.toSet());
        return record.all(Condition.class).stream()
                .filter(condition -> named.contains(PatientRecord.idOf(condition)))
                .map(condition -> new Diagnosis(
                        PatientRecord.idOf(condition),
                        Words.code(condition.getCode(), ICD_10_CM).orElse(""),
                        condition.getCode().getCoding().stream()
                                .filter(Coding::hasDisplay)
                                .map(Coding::getDisplay)
                                .findFirst()
                                .orElse(""),
                        CareReader.onset(condition)))
                .toList();
    }

    private List<ServiceDay> services(PatientRecord record, List<Technique> techniques, List<Diagnosis> diagnoses) {
        var byDay =
                techniques.stream().collect(Collectors.groupingBy(Technique::day, TreeMap::new, Collectors.toList()));
        return byDay.entrySet().stream()
                .map(entry -> day(record, entry.getKey(), entry.getValue(), diagnoses))
                .toList();
    }

    private ServiceDay day(PatientRecord record, LocalDate day, List<Technique> lines, List<Diagnosis> diagnoses) {
        var charged = lines.stream()
                .filter(line -> line.cpt() != null)
                .map(line -> new ServiceMinutes(line.cpt(), line.minutes()))
                .toList();
        var known = charged.stream()
                .filter(service -> policies.timedCpt().contains(service.cpt())
                        || policies.untimedCpt().contains(service.cpt()))
                .toList();
        Map<UnitRule, TimedUnits> units = new EnumMap<>(UnitRule.class);
        for (var rule : UnitRule.values()) {
            units.put(rule, TimedUnits.of(rule, policies, known));
        }
        return new ServiceDay(
                day,
                lines,
                units,
                charged.stream()
                        .filter(service -> !known.contains(service))
                        .map(ServiceMinutes::cpt)
                        .distinct()
                        .toList(),
                CareReader.times(record, lines),
                CareReader.pointers(record, lines, diagnoses));
    }

    private boolean isFunctional(Measurement value) {
        return isFunctional(rules.rule(value.measure(), value.series().variant()));
    }

    private static boolean isFunctional(MeasureRule rule) {
        return rule.kind().isPrimary() || OBJECTIVE.contains(rule.id());
    }

    private static List<CarePlan> plans(PatientRecord record, List<ServiceRequest> referrals) {
        var own = referrals.stream().map(PatientRecord::idOf).collect(Collectors.toSet());
        return record.all(CarePlan.class).stream()
                .filter(plan -> plan.getStatus() == CarePlan.CarePlanStatus.ACTIVE
                        || plan.getStatus() == CarePlan.CarePlanStatus.COMPLETED)
                .filter(plan -> {
                    var named = plan.getSupportingInfo().stream()
                            .map(PatientRecord::idOf)
                            .filter(reference -> reference.startsWith("ServiceRequest/"))
                            .toList();
                    return named.isEmpty() || named.stream().anyMatch(own::contains);
                })
                .toList();
    }

    private List<GoalLine> goals(PatientRecord record, List<CarePlan> plans) {
        return record.all(Goal.class).stream()
                .filter(goal -> goal.getLifecycleStatus() != Goal.GoalLifecycleStatus.ENTEREDINERROR)
                .filter(goal -> plans.stream()
                        .anyMatch(plan -> PatientRecord.anyPointsAt(plan.getGoal(), PatientRecord.idOf(goal))))
                .flatMap(goal -> line(goal).stream())
                .toList();
    }

    private Optional<GoalLine> line(Goal goal) {
        var target = goal.getTargetFirstRep();
        return rules.measureOf(target.getMeasure())
                .filter(TreatmentReader::isFunctional)
                .flatMap(rule -> Words.target(target.getDetail()).map(detail -> rule.label() + " " + detail))
                .map(text -> new GoalLine(
                        PatientRecord.idOf(goal),
                        text,
                        RecordedDay.of(target.getDue()).orElse(null),
                        Words.coded(goal.getAchievementStatus())
                                .orElse(goal.getLifecycleStatus().toCode())));
    }

    private static List<String> adverseEvents(PatientRecord record, List<Episode> episodes, Days days) {
        var visits = episodes.stream()
                .flatMap(episode -> episode.encounters().stream())
                .map(PatientRecord::idOf)
                .collect(Collectors.toSet());
        // Only what belongs to a visit outside these is left out: the sentence must not deny what merely names no
        // visit.
        var elsewhere = record.all(Encounter.class).stream()
                .map(PatientRecord::idOf)
                .filter(visit -> !visits.contains(visit))
                .collect(Collectors.toSet());
        return record.all(AdverseEvent.class).stream()
                .filter(event -> event.getActuality() == AdverseEvent.AdverseEventActuality.ACTUAL)
                .filter(event -> !elsewhere.contains(PatientRecord.idOf(event.getEncounter())))
                .filter(event -> RecordedDay.of(event.getDateElement())
                        .map(days::contains)
                        .orElse(true))
                .map(event -> Words.coded(event.getEvent()).orElse("not coded") + ", "
                        + RecordedDay.of(event.getDateElement()).map(Words::day).orElse("")
                        + Words.coded(event.getSeriousness())
                                .map(word -> ", " + word.toLowerCase(Locale.ROOT))
                                .orElse(""))
                .toList();
    }

    private static Optional<Somebody> therapist(Directory directory, List<Episode> episodes) {
        return episodes.stream()
                .flatMap(episode -> episode.encounters().stream())
                .filter(visit -> visit.getStatus() == EncounterStatus.FINISHED)
                .max(Comparator.comparing(
                        visit -> RecordedDay.of(visit.getPeriod()).orElse(LocalDate.MIN)))
                .flatMap(visit -> Stream.concat(
                                visit.getParticipant().stream().map(part -> part.getIndividual()),
                                Stream.of(visit.getServiceProvider()))
                        .flatMap(who -> directory.somebody(who).stream())
                        .findFirst());
    }
}
