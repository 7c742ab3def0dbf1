package org.tenderpoint.referral;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;
import org.tenderpoint.referral.TaskTransition.Actor;

/**
 * A new version of a referral's Task.
 *
 * @param actor who changes it
 * @param before what stands
 * @param after what is to stand
 * @param path FHIRPath of it in the request
 */
record TaskChange(Actor actor, Task before, Task after, String path) {

    /** What both sides agreed on when the Task was sent. */
    private static final Set<String> FIXED =
            Set.of("focus", "for", "requester", "owner", "code", "intent", "authoredOn");

    /** What the recipient reports back. */
    private static final Set<String> RECIPIENTS = Set.of(
            "id",
            "meta",
            "text",
            "identifier",
            "status",
            "statusReason",
            "businessStatus",
            "output",
            "note",
            "executionPeriod",
            "lastModified");

    // Gravity's ValueSet comment and BSeR (statusReason.text 1..1) agree on these four.
    private static final Set<TaskStatus> NEEDS_A_REASON =
            EnumSet.of(TaskStatus.REJECTED, TaskStatus.CANCELLED, TaskStatus.ONHOLD, TaskStatus.FAILED);

    /**
     * Holds the change against what both sides agreed on and against the table of {@link TaskTransition}.
     *
     * @return what has to be changed
     * @throws Refused 409 where the Task does not move that way
     */
    List<Issue> check() {
        var issues = new ArrayList<Issue>();
        for (Property property : after.children()) {
            if (isFixed(property.getName()) && hasChanged(property.getName())) {
                issues.add(immutable(property.getName()));
            }
        }
        if (actor == Actor.RECIPIENT && isIdentifierLost()) {
            issues.add(immutable("identifier"));
        }
        if (NEEDS_A_REASON.contains(after.getStatus())
                && !Pointer.isText(after.getStatusReason().getText())) {
            issues.add(Issue.required(
                    "task-reason-missing",
                    path + ".statusReason.text",
                    "A Task that is rejected, cancelled, on-hold or failed says why: statusReason.text."));
        }
        var to = TaskState.of(after);
        if (to.isEmpty()) {
            issues.add(Issue.value(
                    "task-state-unknown",
                    path + ".businessStatus",
                    "status and businessStatus together name no state of a referral, such as in-progress (5.1.1)."));
            return issues;
        }
        var from = TaskState.of(before);
        if (from.isPresent() && !TaskTransition.isAllowed(from.get(), actor, to.get())) {
            issues.add(0, notAllowed(from.get(), to.get()));
            throw new Refused(409, issues);
        }
        return issues;
    }

    private boolean isFixed(String element) {
        return FIXED.contains(element) || (actor == Actor.RECIPIENT && !RECIPIENTS.contains(element));
    }

    private boolean hasChanged(String element) {
        var old = values(before, element);
        var now = values(after, element);
        if (old.size() == 1
                && now.size() == 1
                && old.get(0) instanceof Reference oldReference
                && now.get(0) instanceof Reference newReference) {
            return !Pointer.isSame(oldReference, newReference) && !isMove(element, newReference);
        }
        return !Base.compareDeep(old, now, true);
    }

    // Moving any resource to another patient is the chart's to refuse, and it does so with 403 for all types alike.
    private static boolean isMove(String element, Reference to) {
        return element.equals("for") && "Patient".equals(Pointer.type(to)) && Pointer.id(to) != null;
    }

    // A recipient may add its own number (BSeR's FILL identifier); those of the sender stay.
    private boolean isIdentifierLost() {
        return !before.getIdentifier().stream()
                .allMatch(old -> after.getIdentifier().stream().anyMatch(now -> now.equalsDeep(old)));
    }

    private static List<Base> values(Task task, String element) {
        return task.children().stream()
                .filter(property -> property.getName().equals(element))
                .flatMap(property -> property.getValues().stream())
                .toList();
    }

    private Issue immutable(String element) {
        return Issue.businessRule(
                "task-immutable",
                path + "." + element,
                actor == Actor.RECIPIENT
                        ? "A recipient changes status, statusReason, businessStatus, output, note, executionPeriod and"
                                + " lastModified, and may add an identifier; send the rest as it stands."
                        : "focus, for, requester, owner, code, intent and authoredOn stay as they were sent.");
    }

    private Issue notAllowed(TaskState from, TaskState to) {
        var next = TaskTransition.next(from, actor);
        return new Issue(
                IssueType.CONFLICT,
                "task-transition",
                path + ".status",
                "This Task does not go from " + from + " to " + to + " by the "
                        + (actor == Actor.RECIPIENT ? "recipient" : "initiator") + "; allowed next: "
                        + (next.isEmpty()
                                ? "nothing"
                                : next.stream().map(TaskState::toString).collect(Collectors.joining(", ")))
                        + ".");
    }
}
