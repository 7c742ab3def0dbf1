package org.tenderpoint.screening;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DetectedIssue;
import org.hl7.fhir.r4.model.DetectedIssue.DetectedIssueMitigationComponent;
import org.hl7.fhir.r4.model.DetectedIssue.DetectedIssueSeverity;
import org.hl7.fhir.r4.model.DetectedIssue.DetectedIssueStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskIntent;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.tenderpoint.screening.ScreeningResult.Hit;
import org.tenderpoint.server.Asked;

/** Writes what is wrong down: one DetectedIssue for each rule that is met, and one for what could not be screened. */
final class IssueActs {

    private final Standing standing;
    private final Instant now;
    private final Map<String, DetectedIssue> issues = new HashMap<>();

    IssueActs(Standing standing, Instant now) {
        this.standing = standing;
        this.now = now;
        standing.all(DetectedIssue.class)
                .forEach(issue -> standing.about(issue.getIdentifier()).ifPresent(about -> issues.put(about, issue)));
    }

    /** The rules whose hits the therapist has overridden, with the evidence that she knew of. */
    Set<String> overridden(ScreeningResult result) {
        var overridden = new HashSet<String>();
        for (var hit : result.hits()) {
            var issue = issues.get(hit.rule().id());
            if (issue != null && isOverridden(issue) && covers(issue, hit)) {
                overridden.add(hit.rule().id());
            }
        }
        return overridden;
    }

    /** An override covers what it was given for: new evidence, or a graver one, asks again. */
    private static boolean covers(DetectedIssue issue, Hit hit) {
        var known = implicated(issue);
        var asGrave = issue.hasSeverity() && issue.getSeverity().compareTo(severity(hit.severity())) <= 0;
        return asGrave && known.containsAll(hit.evidence());
    }

    static boolean isOverridden(DetectedIssue issue) {
        return issue.getMitigation().stream().anyMatch(IssueActs::isOverride);
    }

    static boolean isOverride(DetectedIssueMitigationComponent mitigation) {
        return Codes.of(mitigation.getAction(), Codes.MASSAGE).contains(Codes.OVERRIDE);
    }

    List<Asked> acts(ScreeningResult result, Set<String> overridden) {
        var acts = new ArrayList<Asked>();
        var wanted = new HashSet<String>();
        for (var hit : result.hits()) {
            wanted.add(hit.rule().id());
            if (!overridden.contains(hit.rule().id())) {
                put(hit.rule().id(), issue(hit), acts);
            }
        }
        if (!result.notUnderstood().isEmpty()) {
            wanted.add(Codes.COULD_NOT_SCREEN);
            put(Codes.COULD_NOT_SCREEN, couldNotScreen(result.notUnderstood()), acts);
            intakeTask(acts);
        }
        issues.forEach((about, issue) -> {
            if (!wanted.contains(about) && issue.getStatus() != DetectedIssueStatus.CANCELLED) {
                acts.add(standing.update(issue, issue.copy().setStatus(DetectedIssueStatus.CANCELLED)));
            }
        });
        outcome(result, acts);
        return acts;
    }

    private void put(String about, DetectedIssue wanted, List<Asked> acts) {
        var identifier = standing.identifier(about);
        wanted.addIdentifier(identifier);
        var before = issues.get(about);
        if (before == null) {
            acts.add(Standing.create(wanted, identifier, "urn:uuid:" + UUID.randomUUID()));
        } else if (!saysTheSame(before, wanted)) {
            before.getMitigation().stream().filter(IssueActs::isOverride).forEach(wanted::addMitigation);
            acts.add(standing.update(before, wanted));
        }
    }

    private static boolean saysTheSame(DetectedIssue before, DetectedIssue wanted) {
        return before.getStatus() == wanted.getStatus()
                && before.getSeverity() == wanted.getSeverity()
                && wanted.getDetail().equals(before.getDetail())
                && wanted.getReference().equals(before.getReference())
                && implicated(before).equals(implicated(wanted))
                && restrictions(before).equals(restrictions(wanted));
    }

    private static Set<String> implicated(DetectedIssue issue) {
        return issue.getImplicated().stream().map(Reference::getReference).collect(Collectors.toSet());
    }

    private static Set<String> restrictions(DetectedIssue issue) {
        return issue.getMitigation().stream()
                .filter(mitigation -> !isOverride(mitigation))
                .flatMap(mitigation -> Codes.of(mitigation.getAction(), Codes.MASSAGE).stream())
                .collect(Collectors.toSet());
    }

    private DetectedIssue issue(Hit hit) {
        var rule = hit.rule();
        var issue = issue(rule.id(), rule.title())
                .setSeverity(severity(hit.severity()))
                .setDetail(rule.title() + ". " + rule.message() + " " + rule.basis())
                .setReference(rule.uri());
        hit.evidence().forEach(reference -> issue.addImplicated(new Reference(reference)));
        hit.restrictions().forEach(restriction -> issue.addMitigation().setAction(Codes.concept(restriction)));
        return issue;
    }

    private DetectedIssue couldNotScreen(List<String> notUnderstood) {
        return issue(Codes.COULD_NOT_SCREEN, "Could not be screened")
                .setSeverity(DetectedIssueSeverity.MODERATE)
                .setDetail("Not everything could be held against the rules; ask with the intake questionnaire. "
                        + String.join(" ", notUnderstood))
                .setReference("https://tenderpoint.org/fhir/rule/" + Codes.COULD_NOT_SCREEN);
    }

    private DetectedIssue issue(String code, String title) {
        return new DetectedIssue()
                .setStatus(DetectedIssueStatus.PRELIMINARY)
                .setCode(new CodeableConcept()
                        .addCoding(new org.hl7.fhir.r4.model.Coding()
                                .setSystem(Codes.ACT_CODE)
                                .setCode("COND"))
                        .addCoding(Codes.massage(code))
                        .setText(title))
                .setPatient(new Reference(standing.patient()))
                .setIdentified(new DateTimeType(Date.from(now)));
    }

    private static DetectedIssueSeverity severity(Severity severity) {
        return switch (severity) {
            case HIGH -> DetectedIssueSeverity.HIGH;
            case MODERATE -> DetectedIssueSeverity.MODERATE;
            case LOW -> DetectedIssueSeverity.LOW;
        };
    }

    /** Somebody has to ask the patient; once, however often the record changes until then. */
    private void intakeTask(List<Asked> acts) {
        var identifier = standing.identifier(Codes.INTAKE_NEEDED);
        var isAsked = standing.all(Task.class).anyMatch(task -> standing.about(task.getIdentifier())
                .filter(Codes.INTAKE_NEEDED::equals)
                .isPresent());
        if (isAsked) {
            return;
        }
        var task = new Task()
                .addIdentifier(identifier)
                .setStatus(TaskStatus.REQUESTED)
                .setIntent(TaskIntent.ORDER)
                .setCode(Codes.concept(Codes.INTAKE_NEEDED).setText("Fill in the health history with the patient"))
                .setFor(new Reference(standing.patient()))
                .setOwner(new Reference(standing.clinic()))
                .setAuthoredOn(Date.from(now));
        acts.add(Standing.create(task, identifier, "urn:uuid:" + UUID.randomUUID()));
    }

    private void outcome(ScreeningResult result, List<Asked> acts) {
        var identifier = standing.identifier(Codes.SCREENING_OUTCOME);
        var wanted = new Observation()
                .addIdentifier(identifier)
                .setStatus(ObservationStatus.FINAL)
                .setCode(Codes.concept(Codes.SCREENING_OUTCOME).setText("Outcome of screening"))
                .setSubject(new Reference(standing.patient()))
                .setEffective(new DateTimeType(Date.from(now)))
                .setValue(Codes.concept(result.outcome().code()));
        var before = standing.all(Observation.class)
                .filter(one -> standing.about(one.getIdentifier())
                        .filter(Codes.SCREENING_OUTCOME::equals)
                        .isPresent())
                .findFirst();
        if (before.isEmpty()) {
            acts.add(Standing.create(wanted, identifier, "urn:uuid:" + UUID.randomUUID()));
        } else if (!(before.get().getValue() instanceof CodeableConcept value)
                || !Codes.all(value).contains(result.outcome().code())) {
            acts.add(standing.update(before.get(), wanted));
        }
    }
}
