package org.tenderpoint.referral;

import static org.tenderpoint.referral.TaskState.ACCEPTED;
import static org.tenderpoint.referral.TaskState.APPOINTMENT_CANCELLED;
import static org.tenderpoint.referral.TaskState.CANCELLATION_REQUESTED;
import static org.tenderpoint.referral.TaskState.CANCELLED;
import static org.tenderpoint.referral.TaskState.COMPLETED;
import static org.tenderpoint.referral.TaskState.DRAFT;
import static org.tenderpoint.referral.TaskState.ENTERED_IN_ERROR;
import static org.tenderpoint.referral.TaskState.FAILED;
import static org.tenderpoint.referral.TaskState.IN_PROGRESS;
import static org.tenderpoint.referral.TaskState.ON_HOLD;
import static org.tenderpoint.referral.TaskState.RECEIVED;
import static org.tenderpoint.referral.TaskState.REJECTED;
import static org.tenderpoint.referral.TaskState.SCHEDULED;
import static org.tenderpoint.referral.TaskState.UNATTENDED;
import static org.tenderpoint.referral.TaskState.VISITED;
import static org.tenderpoint.referral.TaskTransition.Actor.INITIATOR;
import static org.tenderpoint.referral.TaskTransition.Actor.RECIPIENT;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * One step that a referral's Task may take.
 *
 * @param tid BSeR's number of the transition, 1-34; 0 for a step of ours
 * @param from where the Task stands
 * @param actor who takes the step
 * @param event what happened
 * @param to where the Task stands then
 * @see <a href="https://github.com/HL7/bser">BSeR, "Harmonized State Transitions", shared with IHE 360X</a>
 */
public record TaskTransition(int tid, TaskState from, Actor actor, String event, TaskState to) {

    /** Which side of the referral acts. */
    public enum Actor {
        /** The organization that sent the referral. */
        INITIATOR,
        /** The clinic that was asked. */
        RECIPIENT
    }

    /** The whole table of BSeR, by its numbers. */
    public static final List<TaskTransition> BSER = List.of(
            new TaskTransition(1, DRAFT, INITIATOR, "send package", RECEIVED),
            new TaskTransition(2, RECEIVED, RECIPIENT, "accept", ACCEPTED),
            new TaskTransition(3, RECEIVED, RECIPIENT, "decline", REJECTED),
            new TaskTransition(4, RECEIVED, INITIATOR, "request cancellation", CANCELLATION_REQUESTED),
            new TaskTransition(5, ACCEPTED, RECIPIENT, "decline", REJECTED),
            new TaskTransition(6, ACCEPTED, RECIPIENT, "schedule", SCHEDULED),
            new TaskTransition(7, ACCEPTED, INITIATOR, "request cancellation", CANCELLATION_REQUESTED),
            new TaskTransition(8, ACCEPTED, RECIPIENT, "interim note", VISITED),
            new TaskTransition(9, ACCEPTED, RECIPIENT, "outcome", COMPLETED),
            new TaskTransition(10, SCHEDULED, RECIPIENT, "decline", REJECTED),
            new TaskTransition(11, SCHEDULED, RECIPIENT, "reschedule", SCHEDULED),
            new TaskTransition(12, SCHEDULED, RECIPIENT, "no-show", UNATTENDED),
            new TaskTransition(13, SCHEDULED, RECIPIENT, "appointment cancelled", APPOINTMENT_CANCELLED),
            new TaskTransition(14, SCHEDULED, INITIATOR, "request cancellation", CANCELLATION_REQUESTED),
            new TaskTransition(15, SCHEDULED, RECIPIENT, "interim note", VISITED),
            new TaskTransition(16, SCHEDULED, RECIPIENT, "outcome", COMPLETED),
            new TaskTransition(17, UNATTENDED, RECIPIENT, "decline", REJECTED),
            new TaskTransition(18, UNATTENDED, RECIPIENT, "schedule", SCHEDULED),
            new TaskTransition(19, UNATTENDED, RECIPIENT, "appointment cancelled", APPOINTMENT_CANCELLED),
            new TaskTransition(20, UNATTENDED, INITIATOR, "request cancellation", CANCELLATION_REQUESTED),
            new TaskTransition(21, APPOINTMENT_CANCELLED, RECIPIENT, "schedule", SCHEDULED),
            new TaskTransition(22, APPOINTMENT_CANCELLED, INITIATOR, "request cancellation", CANCELLATION_REQUESTED),
            new TaskTransition(23, CANCELLATION_REQUESTED, RECIPIENT, "confirm cancellation", CANCELLED),
            new TaskTransition(24, CANCELLATION_REQUESTED, RECIPIENT, "outcome", COMPLETED),
            new TaskTransition(25, VISITED, RECIPIENT, "decline", REJECTED),
            new TaskTransition(26, VISITED, RECIPIENT, "schedule", SCHEDULED),
            new TaskTransition(27, VISITED, RECIPIENT, "appointment cancelled", APPOINTMENT_CANCELLED),
            new TaskTransition(28, VISITED, INITIATOR, "request cancellation", CANCELLATION_REQUESTED),
            new TaskTransition(29, VISITED, RECIPIENT, "interim note", VISITED),
            new TaskTransition(30, VISITED, RECIPIENT, "outcome", COMPLETED),
            new TaskTransition(31, IN_PROGRESS, RECIPIENT, "schedule", IN_PROGRESS),
            new TaskTransition(32, IN_PROGRESS, RECIPIENT, "interim note", IN_PROGRESS),
            new TaskTransition(33, IN_PROGRESS, RECIPIENT, "decline", REJECTED),
            new TaskTransition(34, IN_PROGRESS, INITIATOR, "request cancellation", CANCELLATION_REQUESTED));

    // BSeR draws 5.1 without a way in or to an outcome, and leaves out on-hold, failed and mistakes. Senders and
    // clinics that write no businessStatus (Gravity, HRex) need these steps; BSeR's own are not touched by them.
    /** What we allow beyond BSeR. */
    public static final List<TaskTransition> BEYOND_BSER = Stream.of(
                    from(RECIPIENT, "start", IN_PROGRESS, ACCEPTED),
                    from(RECIPIENT, "go on", IN_PROGRESS, SCHEDULED, UNATTENDED, APPOINTMENT_CANCELLED, VISITED),
                    from(RECIPIENT, "schedule", SCHEDULED, IN_PROGRESS, ON_HOLD),
                    from(RECIPIENT, "interim note", VISITED, IN_PROGRESS),
                    from(RECIPIENT, "outcome", COMPLETED, IN_PROGRESS),
                    from(
                            RECIPIENT,
                            "put on hold",
                            ON_HOLD,
                            RECEIVED,
                            ACCEPTED,
                            IN_PROGRESS,
                            SCHEDULED,
                            UNATTENDED,
                            APPOINTMENT_CANCELLED,
                            VISITED),
                    from(RECIPIENT, "resume", ACCEPTED, ON_HOLD),
                    from(RECIPIENT, "resume", IN_PROGRESS, ON_HOLD),
                    from(RECIPIENT, "decline", REJECTED, ON_HOLD),
                    from(INITIATOR, "request cancellation", CANCELLATION_REQUESTED, ON_HOLD),
                    from(
                            RECIPIENT,
                            "fail",
                            FAILED,
                            ACCEPTED,
                            IN_PROGRESS,
                            SCHEDULED,
                            UNATTENDED,
                            APPOINTMENT_CANCELLED,
                            VISITED,
                            ON_HOLD),
                    Arrays.stream(TaskState.values())
                            .filter(state -> state != ENTERED_IN_ERROR)
                            .map(state -> new TaskTransition(0, state, INITIATOR, "sent in error", ENTERED_IN_ERROR)))
            .flatMap(steps -> steps)
            .toList();

    /** Every step there is. */
    public static final List<TaskTransition> ALL =
            Stream.concat(BSER.stream(), BEYOND_BSER.stream()).toList();

    /** True if the step is in the table, or is none because the state stays. */
    public static boolean isAllowed(TaskState from, Actor actor, TaskState to) {
        return from == to || next(from, actor).contains(to);
    }

    /** Where this side may take a Task from here, in the order of the states; the state itself is left out. */
    public static List<TaskState> next(TaskState from, Actor actor) {
        return ALL.stream()
                .filter(step -> step.from == from && step.actor == actor && step.to != from)
                .map(TaskTransition::to)
                .distinct()
                .sorted()
                .toList();
    }

    private static Stream<TaskTransition> from(Actor actor, String event, TaskState to, TaskState... from) {
        return Arrays.stream(from).map(state -> new TaskTransition(0, state, actor, event, to));
    }
}
