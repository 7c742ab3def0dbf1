package org.tenderpoint.referral;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;
import org.springframework.stereotype.Component;
import org.tenderpoint.access.Role;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;
import org.tenderpoint.referral.TaskTransition.Actor;
import org.tenderpoint.server.WriteRule;

/**
 * The door for referrals: a ServiceRequest keeps {@link IntakeRule#ALL}, a new Task {@link TaskRule#ALL}, a changed Task
 * the table of {@link TaskTransition}. Nobody refers in another practice's name.
 */
@Component
class ReferralIntake implements WriteRule {

    private static final String TASK_CODE = "http://hl7.org/fhir/CodeSystem/task-code";

    private final Requesters requesters;

    ReferralIntake(Requesters requesters) {
        this.requesters = requesters;
    }

    /** @throws Refused 403 for a requester of another practice, 409 for a step that a Task does not take */
    @Override
    public List<Issue> check(Write write) {
        var isReferrer = write.caller().is(Role.EHR);
        if (write.resource() instanceof ServiceRequest order && isReferrer) {
            return received(write, order);
        }
        // A role that a referrer writes may be the requester of the same Bundle, so it is held to the same.
        if (write.resource() instanceof PractitionerRole role && isReferrer) {
            requireOwnName(write, role.getOrganization(), "organization");
            return List.of();
        }
        if (write.resource() instanceof Task task) {
            if (!write.isCreate()) {
                return changed(write, task);
            }
            return isReferrer && asksToFulfil(task) ? sent(write, task) : List.of();
        }
        return List.of();
    }

    private List<Issue> received(Write write, ServiceRequest order) {
        requireOwnName(write, order.getRequester(), "requester");
        var referral = new Referral(write.path(), order);
        return IntakeRule.ALL.stream()
                .map(rule -> rule.breach(referral))
                .flatMap(Optional::stream)
                .toList();
    }

    private List<Issue> sent(Write write, Task task) {
        requireOwnName(write, task.getRequester(), "requester");
        var issues = new ArrayList<>(TaskRule.ALL.stream()
                .map(rule -> rule.breach(task, write.path()))
                .flatMap(Optional::stream)
                .toList());
        var owner = task.getOwner();
        // An owner whom the directory does not know would leave the referral with nobody to see it.
        if (!owner.hasReference()
                && owner.getIdentifier().hasValue()
                && Pointer.sentAlong(owner) == null
                && !requesters.isKnownOrganization(owner)) {
            issues.add(Issue.value(
                    "task-owner-unknown",
                    write.path() + ".owner",
                    "The owner's identifier belongs to no Organization of this server; search Organization and refer"
                            + " to one."));
        }
        return issues;
    }

    private void requireOwnName(Write write, Reference who, String element) {
        var type = Pointer.type(who);
        var mayBeSomebody = Pointer.isFilled(who) && (type == null || Requesters.TYPES.contains(type));
        if (mayBeSomebody && requesters.speaksForAnother(write.caller(), who)) {
            throw Refused.forbidden("A referral is sent in the sender's own name: " + write.path() + "." + element
                    + " belongs to another practice.");
        }
    }

    private List<Issue> changed(Write write, Task after) {
        var actor = write.caller().is(Role.EHR) ? Actor.INITIATOR : Actor.RECIPIENT;
        if (!(write.before().get().orElse(null) instanceof Task before)
                || !asksToFulfil(before)
                || !"ServiceRequest".equals(Pointer.type(before.getFocus()))) {
            return List.of();
        }
        var side = actor == Actor.INITIATOR ? before.getRequester() : before.getOwner();
        if (Pointer.isFilled(side) && requesters.speaksForAnother(write.caller(), side)) {
            throw Refused.forbidden("A Task is changed by the practice that sent it and by the clinic that owns it.");
        }
        return new TaskChange(actor, before, after, write.path()).check();
    }

    /** The Task that carries a referral: coded fulfill, or not coded at all. Tasks of other kinds go their own way. */
    private static boolean asksToFulfil(Task task) {
        var codings = task.getCode().getCoding();
        return codings.isEmpty()
                || codings.stream()
                        .anyMatch(coding -> TASK_CODE.equals(coding.getSystem()) && "fulfill".equals(coding.getCode()));
    }
}
