package org.tenderpoint.progress;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Communication.CommunicationStatus;
import org.hl7.fhir.r4.model.DetectedIssue.DetectedIssueStatus;
import org.hl7.fhir.r4.model.Flag;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.document.Days;
import org.tenderpoint.document.PatientRecord;
import org.tenderpoint.document.Visits;
import org.tenderpoint.document.Words;
import org.tenderpoint.observation.OverallResponse;
import org.tenderpoint.observation.Plateau;
import org.tenderpoint.progress.ProgressSummary.Ask;
import org.tenderpoint.server.RecordedDay;

/** What the physician is asked for: what somebody recorded, or else what follows from the numbers. */
final class Asks {

    private static final Set<TaskStatus> OPEN =
            Set.of(TaskStatus.REQUESTED, TaskStatus.RECEIVED, TaskStatus.ACCEPTED, TaskStatus.INPROGRESS);

    private Asks() {}

    /** The newest open Task or sent Communication by which the clinic asks the referrer for something. */
    static Optional<Ask> recorded(PatientRecord record, ServiceRequest referral, Days days) {
        var target = PatientRecord.idOf(referral);
        var requester = PatientRecord.idOf(referral.getRequester());
        Stream<Ask> tasks = record.all(Task.class).stream()
                .filter(task -> OPEN.contains(task.getStatus()) && PatientRecord.anyPointsAt(task.getBasedOn(), target))
                .filter(task -> isTo(requester, List.of(task.getOwner())))
                .filter(task -> RecordedDay.of(task.getAuthoredOnElement())
                        .map(days::contains)
                        .orElse(true))
                .map(task -> new Ask(
                        null,
                        task.hasDescription() ? task.getDescription() : Words.of(task.getCode()),
                        PatientRecord.idOf(task)));
        Stream<Ask> messages = record.all(Communication.class).stream()
                .filter(message -> message.getStatus() == CommunicationStatus.COMPLETED
                        && PatientRecord.anyPointsAt(message.getBasedOn(), target))
                .filter(message -> isTo(requester, message.getRecipient()))
                .filter(message -> RecordedDay.of(message.getSentElement())
                        .map(days::contains)
                        .orElse(true))
                .flatMap(message -> message.getPayload().stream()
                        .map(Communication.CommunicationPayloadComponent::getContent)
                        .filter(StringType.class::isInstance)
                        .map(content -> new Ask(null, content.primitiveValue(), PatientRecord.idOf(message))));
        return Stream.concat(messages, tasks).reduce((earlier, later) -> later);
    }

    /** What stands in the way of going on, whatever the numbers say; the first row that applies. */
    static Optional<Ask> cautious(PatientRecord record, Optional<CarePlan> plan, Days days) {
        return SafetyReader.openFlags(record, days)
                .filter(flag -> !saysWhatTheNumbersSay(flag))
                .map(flag -> new Ask(
                        "clearance",
                        "clearance, because a warning sign is open: " + Words.of(flag.getCode()) + ".",
                        PatientRecord.idOf(flag)))
                .findFirst()
                .or(() -> plan.filter(current -> current.getStatus() == CarePlanStatus.ONHOLD)
                        .map(current -> new Ask(
                                "clearance",
                                "clearance, because the plan of care is on hold.",
                                PatientRecord.idOf(current))))
                .or(() -> SafetyReader.issues(record, days)
                        .filter(issue -> issue.getStatus() == DetectedIssueStatus.PRELIMINARY)
                        .filter(issue -> Words.code(issue.getCode(), Words.MASSAGE)
                                .filter("could-not-screen"::equals)
                                .isPresent())
                        .map(issue -> new Ask(
                                "clearance",
                                "clearance, because the record is too thin to be screened.",
                                PatientRecord.idOf(issue)))
                        .findFirst());
    }

    /** That nothing helped is no danger; the numbers ask for a review by themselves. */
    private static boolean saysWhatTheNumbersSay(Flag flag) {
        return flag.getCode().hasCoding(Words.MASSAGE, "RF-14");
    }

    /** What the numbers alone suggest; the first row that applies. */
    static Ask generated(
            OverallResponse response,
            @Nullable Plateau plateau,
            boolean seriousEvent,
            Visits visits,
            boolean planIsOver) {
        if (response == OverallResponse.WORSENING) {
            return review("a primary measure worsened by its threshold");
        }
        if (seriousEvent) {
            return review("a serious adverse event is recorded");
        }
        if (plateau != null) {
            return review("no primary measure improved over two reassessments");
        }
        if (response == OverallResponse.NON_RESPONDER) {
            return review("no measure reached its threshold");
        }
        var left = visits.left();
        if (left != null && left == 0) {
            return review("all ordered visits are used");
        }
        if (planIsOver) {
            return review("the plan of care has ended");
        }
        return new Ask(
                "continue", left == null ? "continue." : "continue, " + Words.count(left, "visit") + " left.", null);
    }

    private static Ask review(String because) {
        return new Ask("review", "review, because " + because + ".", null);
    }

    private static boolean isTo(String requester, List<Reference> recipients) {
        return !requester.isEmpty() && PatientRecord.anyPointsAt(recipients, requester);
    }
}
