package org.tenderpoint.encounter;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Resource;
import org.tenderpoint.document.Technique;
import org.tenderpoint.issue.Issue;

/** One thing that the record of a visit keeps to. */
@FunctionalInterface
interface VisitRule {

    Duration LONGEST_VISIT = Duration.ofHours(24);

    /** Clocks differ, and so do time zones that nobody wrote down; a day covers both. */
    Duration FURTHEST_AHEAD = Duration.ofHours(24);

    int MOST_MINUTES = 480;

    /** What is wrong; nothing where the rule is kept or is not about this resource. */
    List<Issue> breaches(Entry entry);

    /**
     * One resource of a visit.
     *
     * @param resource an Encounter, Procedure, Observation or anything else
     * @param path FHIRPath of it in the request
     * @param now time of the request
     */
    record Entry(Resource resource, String path, Instant now) {}

    VisitRule SAYS_HOW_IT_STANDS = entry -> {
        if (!(entry.resource() instanceof Encounter visit)) {
            return List.of();
        }
        var issues = new ArrayList<Issue>();
        if (visit.getStatus() == null || visit.getStatus() == EncounterStatus.NULL) {
            issues.add(Issue.required(
                    "encounter-status-missing",
                    entry.path() + ".status",
                    "An Encounter has a status, such as in-progress or finished."));
        }
        if (!visit.getClass_().hasCode()) {
            issues.add(Issue.required(
                    "encounter-class-missing",
                    entry.path() + ".class",
                    "An Encounter has a class with a code, such as AMB for a visit to the practice."));
        }
        return issues;
    };

    VisitRule BEGAN_IF_FINISHED = entry -> entry.resource() instanceof Encounter visit
                    && visit.getStatus() == EncounterStatus.FINISHED
                    && !visit.getPeriod().hasStart()
            ? List.of(Issue.required(
                    "encounter-start-missing",
                    entry.path() + ".period.start",
                    "A finished Encounter says when it began: period.start."))
            : List.of();

    VisitRule ENDS_AFTER_IT_BEGINS =
            entry -> entry.resource() instanceof Encounter visit && Times.isInverted(visit.getPeriod())
                    ? List.of(inverted("encounter-period", entry.path() + ".period"))
                    : List.of();

    VisitRule LASTS_A_DAY_AT_MOST =
            entry -> entry.resource() instanceof Encounter visit && Times.isLongerThan(visit.getPeriod(), LONGEST_VISIT)
                    ? List.of(Issue.businessRule(
                            "encounter-too-long",
                            entry.path() + ".period",
                            "A visit lasts 24 hours at most; write one Encounter for each visit."))
                    : List.of();

    VisitRule IS_NOT_AHEAD_OF_TIME = entry -> entry.resource() instanceof Encounter visit
                    && Times.isAfter(
                            visit.getPeriod().getStartElement(), entry.now().plus(FURTHEST_AHEAD))
            ? List.of(Issue.businessRule(
                    "encounter-in-future",
                    entry.path() + ".period.start",
                    "An Encounter begins 24 hours from now at the latest; a visit to come is an Appointment."))
            : List.of();

    VisitRule TELLS_WHAT_HAS_BEEN = entry -> Told.of(entry.resource()).stream()
            .filter(told -> Times.isAfter(told.when(), entry.now().plus(FURTHEST_AHEAD)))
            .map(told -> Issue.businessRule(
                    "date-in-future",
                    entry.path() + "." + told.element(),
                    "What was seen or done lies 24 hours ahead at most; give the day on which it was."))
            .toList();

    VisitRule COUNTS_HANDS_ON_MINUTES = entry -> entry.resource() instanceof Procedure technique
            ? technique.getExtensionsByUrl(Technique.MINUTES).stream()
                    .map(extension -> minutes(extension, entry.path()))
                    .flatMap(Optional::stream)
                    .toList()
            : List.of();

    VisitRule PERFORMED_IN_ORDER = entry -> entry.resource() instanceof Procedure technique
                    && technique.getPerformed() instanceof Period period
                    && Times.isInverted(period)
            ? List.of(inverted("procedure-period", entry.path() + ".performed"))
            : List.of();

    VisitRule MEASURED_IN_ORDER = entry -> entry.resource() instanceof Observation measure
                    && measure.getEffective() instanceof Period period
                    && Times.isInverted(period)
            ? List.of(inverted("observation-period", entry.path() + ".effective"))
            : List.of();

    /** All rules, in the order in which the sender hears of them. */
    List<VisitRule> ALL = List.of(
            SAYS_HOW_IT_STANDS,
            BEGAN_IF_FINISHED,
            ENDS_AFTER_IT_BEGINS,
            LASTS_A_DAY_AT_MOST,
            IS_NOT_AHEAD_OF_TIME,
            TELLS_WHAT_HAS_BEEN,
            COUNTS_HANDS_ON_MINUTES,
            PERFORMED_IN_ORDER,
            MEASURED_IN_ORDER);

    private static Issue inverted(String code, String expression) {
        return Issue.businessRule(code, expression, "The period ends before it starts; exchange start and end.");
    }

    private static Optional<Issue> minutes(Extension extension, String path) {
        var expression = path + ".extension('" + Technique.MINUTES + "').value";
        var minutes = wholeMinutes(extension);
        if (minutes.isEmpty()) {
            return Optional.of(Issue.value(
                    "technique-minutes-form",
                    expression,
                    "Minutes are a whole number: valuePositiveInt, or valueQuantity with the UCUM code min."));
        }
        return minutes.get() > 0 && minutes.get() <= MOST_MINUTES
                ? Optional.empty()
                : Optional.of(Issue.businessRule(
                        "technique-minutes-range",
                        expression,
                        "The minutes of one technique lie between 1 and " + MOST_MINUTES + "."));
    }

    private static Optional<Long> wholeMinutes(Extension extension) {
        if (extension.getValue() instanceof IntegerType number && number.getValue() != null) {
            return Optional.of(number.getValue().longValue());
        }
        if (extension.getValue() instanceof Quantity quantity
                && quantity.getValue() != null
                && "min".equals(quantity.getCode())
                && (!quantity.hasSystem() || quantity.getSystem().equals("http://unitsofmeasure.org"))) {
            try {
                return Optional.of(quantity.getValue().longValueExact());
            } catch (ArithmeticException fraction) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }
}
