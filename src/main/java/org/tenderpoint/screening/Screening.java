package org.tenderpoint.screening;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.tenderpoint.screening.Facts.Problem;
import org.tenderpoint.screening.ScreeningResult.Hit;
import org.tenderpoint.screening.ScreeningResult.Sign;

/** Holds facts against rules. It knows neither the server nor FHIR. */
final class Screening {

    private final ScreeningRules rules;

    Screening(ScreeningRules rules) {
        this.rules = rules;
    }

    ScreeningResult of(Facts facts) {
        var matching = new Matching(facts);
        var met = new HashSet<String>();
        var hits = new ArrayList<Hit>();
        var signs = new ArrayList<Sign>();
        for (var rule : rules.rules()) {
            if (rule.isWarningSign()) {
                sign(rule, matching, met, signs);
            } else {
                hit(rule, matching, met, hits);
            }
        }
        signs.sort(Comparator.comparing(Sign::urgency));
        return new ScreeningResult(List.copyOf(hits), List.copyOf(signs), notUnderstood(facts, hits));
    }

    private static void hit(ScreeningRule rule, Matching matching, Set<String> met, List<Hit> hits) {
        var evidence = new LinkedHashSet<String>();
        var restrictions = new LinkedHashSet<String>();
        Severity severity = null;
        for (var trigger : rule.when()) {
            var found = matching.evidence(trigger, met, false);
            if (!found.isEmpty()) {
                evidence.addAll(found);
                restrictions.addAll(Objects.requireNonNullElse(trigger.restrictions(), rule.restrictions()));
                var own = Objects.requireNonNull(trigger.severity() == null ? rule.severity() : trigger.severity());
                severity = severity == null || own.compareTo(severity) > 0 ? own : severity;
            }
        }
        if (severity != null) {
            met.add(rule.id());
            hits.add(new Hit(rule, severity, List.copyOf(restrictions), List.copyOf(evidence)));
        }
    }

    private static void sign(ScreeningRule rule, Matching matching, Set<String> met, List<Sign> signs) {
        var evidence = new LinkedHashSet<String>();
        Urgency urgency = null;
        for (var trigger : rule.when()) {
            var found = matching.evidence(trigger, met, true);
            if (!found.isEmpty()) {
                evidence.addAll(found);
                var own = Objects.requireNonNull(trigger.urgency() == null ? rule.urgency() : trigger.urgency());
                urgency = urgency == null || own.compareTo(urgency) < 0 ? own : urgency;
            }
        }
        if (urgency != null) {
            signs.add(new Sign(rule, urgency, List.copyOf(evidence)));
        }
    }

    private List<String> notUnderstood(Facts facts, List<Hit> hits) {
        var matched = new HashSet<String>();
        hits.forEach(hit -> matched.addAll(hit.evidence()));
        var missing = new ArrayList<String>();
        if (!facts.medicationsAsked()) {
            missing.add("There is no medication list, and nobody has said that nothing is taken.");
        }
        if (!facts.reasonGiven()) {
            missing.add("There is no condition, and no reason of a referral.");
        }
        for (var problem : facts.problems()) {
            if (!matched.contains(problem.reference()) && !isUnderstood(problem)) {
                missing.add(
                        problem.text().isEmpty()
                                ? "The codes of " + problem.reference() + " are none that the rules know."
                                : "Only text, or codes that the rules do not know, in " + problem.reference() + ": \""
                                        + problem.text() + "\".");
            }
        }
        for (var medicine : facts.medicines()) {
            if (medicine.text().isEmpty() && medicine.atc().isEmpty() && !matched.contains(medicine.reference())) {
                missing.add(medicine.reference() + " has a code without a name.");
            }
        }
        return List.copyOf(missing);
    }

    private boolean isUnderstood(Problem problem) {
        // ICD-10-CM is a closed classification: a code under no rule's prefix is known to be none of them.
        return !problem.icd10().isEmpty() || problem.snomed().stream().anyMatch(rules.understood()::contains);
    }
}
