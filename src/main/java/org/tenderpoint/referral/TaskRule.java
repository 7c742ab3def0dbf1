package org.tenderpoint.referral;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskIntent;
import org.tenderpoint.issue.Issue;

/** One thing that the Task of a new referral says. */
@FunctionalInterface
interface TaskRule {

    /**
     * What is wrong, if this rule is broken.
     *
     * @param task a new Task that asks for a referral to be fulfilled
     * @param path FHIRPath of it in the request
     */
    Optional<Issue> breach(Task task, String path);

    TaskRule HAS_A_FOCUS = (task, path) -> named(
            task.getFocus(),
            path + ".focus",
            Set.of("ServiceRequest"),
            "task-focus",
            "The Task of a referral points at it: focus with a reference to the ServiceRequest.");

    TaskRule NAMES_A_PATIENT = (task, path) -> named(
            task.getFor(),
            path + ".for",
            Set.of("Patient"),
            "task-for",
            "The Task of a referral names the patient: for with a reference to the Patient.");

    // Who changes the Task later on is held against requester and owner, so both have to be there.
    TaskRule NAMES_A_REQUESTER = (task, path) -> named(
            task.getRequester(),
            path + ".requester",
            Requesters.TYPES,
            "task-requester",
            "The Task of a referral names who asks: requester with a reference to an Organization,"
                    + " PractitionerRole or Practitioner.");

    TaskRule NAMES_AN_OWNER = (task, path) -> named(
            task.getOwner(),
            path + ".owner",
            Set.of("Organization", "PractitionerRole"),
            "task-owner",
            "The Task of a referral names the clinic that is asked: owner with a reference to an Organization or"
                    + " PractitionerRole.");

    TaskRule IS_AN_ORDER = (task, path) -> task.getIntent() == TaskIntent.ORDER
            ? Optional.empty()
            : Optional.of(Issue.value(
                    "task-intent", path + ".intent", "The Task of a referral is an order: intent has the code order."));

    TaskRule BEGINS_AT_THE_BEGINNING = (task, path) -> TaskState.of(task)
                    .filter(state -> state == TaskState.DRAFT || state == TaskState.RECEIVED)
                    .isPresent()
            ? Optional.empty()
            : Optional.of(Issue.value(
                    "task-status",
                    path + ".status",
                    "A new Task has the status draft, requested or received, and no businessStatus but 2.0."));

    /** All rules, in the order in which the sender hears of them. */
    List<TaskRule> ALL = List.of(
            BEGINS_AT_THE_BEGINNING, IS_AN_ORDER, HAS_A_FOCUS, NAMES_A_PATIENT, NAMES_A_REQUESTER, NAMES_AN_OWNER);

    private static Optional<Issue> named(
            Reference reference, String expression, Set<String> types, String code, String diagnostics) {
        if (!Pointer.isFilled(reference)) {
            return Optional.of(Issue.required(code + "-missing", expression, diagnostics));
        }
        var type = Pointer.type(reference);
        return type == null || types.contains(type)
                ? Optional.empty()
                : Optional.of(Issue.value(code + "-form", expression, diagnostics));
    }
}
