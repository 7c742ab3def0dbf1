package org.tenderpoint.progress;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.AdverseEvent;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.DetectedIssue;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Flag;
import org.tenderpoint.document.Days;
import org.tenderpoint.document.Episode;
import org.tenderpoint.document.PatientRecord;
import org.tenderpoint.document.Words;
import org.tenderpoint.progress.ProgressSummary.Cited;
import org.tenderpoint.progress.ProgressSummary.Safety;
import org.tenderpoint.server.RecordedDay;

/** What speaks against treatment, and what happened. */
final class SafetyReader {

    private SafetyReader() {}

    static List<AdverseEvent> adverseEvents(PatientRecord record, Episode episode, Days days) {
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

    static boolean isSerious(AdverseEvent event) {
        return event.getSeriousness().getCoding().stream()
                .anyMatch(coding -> "Serious".equalsIgnoreCase(coding.getCode()));
    }

    static Stream<DetectedIssue> issues(PatientRecord record, Days days) {
        return record.all(DetectedIssue.class).stream()
                .filter(issue -> issue.getStatus() != DetectedIssue.DetectedIssueStatus.ENTEREDINERROR)
                .filter(issue -> RecordedDay.of(issue.getIdentified())
                        .map(days::contains)
                        .orElse(true));
    }

    /** Warning signs that nobody has closed. */
    static Stream<Flag> openFlags(PatientRecord record, Days days) {
        return record.all(Flag.class).stream()
                .filter(flag -> flag.getStatus() == Flag.FlagStatus.ACTIVE)
                .filter(flag ->
                        RecordedDay.of(flag.getPeriod()).map(days::contains).orElse(true));
    }

    static Safety safety(PatientRecord record, Optional<CarePlan> plan, List<AdverseEvent> adverse, Days days) {
        var issues = issues(record, days)
                .map(issue -> new Cited(
                        PatientRecord.idOf(issue),
                        "Screening: " + Words.of(issue.getCode())
                                + (issue.hasSeverity()
                                        ? ", " + issue.getSeverity().toCode()
                                        : "")
                                + (issue.hasDetail() ? ". " + issue.getDetail() : "")));
        var flags = openFlags(record, days)
                .map(flag -> new Cited(PatientRecord.idOf(flag), "Flag: " + Words.of(flag.getCode())));
        return new Safety(
                Stream.concat(issues, flags).toList(),
                plan.stream()
                        .flatMap(found -> found.getActivity().stream())
                        .map(CarePlan.CarePlanActivityComponent::getDetail)
                        .filter(CarePlan.CarePlanActivityDetailComponent::getDoNotPerform)
                        .map(detail -> "Not done: " + PlanReader.activity(detail))
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
}
