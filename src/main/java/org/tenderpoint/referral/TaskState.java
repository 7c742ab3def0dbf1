package org.tenderpoint.referral;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.jspecify.annotations.Nullable;

/**
 * Where a referral stands: Task.status and, where that is too coarse, Task.businessStatus.
 *
 * @see <a href="http://hl7.org/fhir/us/bser/CodeSystem/TaskBusinessStatusCS">BSeR business status codes</a>
 */
public enum TaskState {
    DRAFT(TaskStatus.DRAFT, null),
    RECEIVED(TaskStatus.RECEIVED, "2.0"),
    ACCEPTED(TaskStatus.ACCEPTED, "3.0"),
    REJECTED(TaskStatus.REJECTED, "4.0"),
    /** In progress, and no more is said. BSeR draws it and has no code for it; it is a text, or nothing. */
    IN_PROGRESS(TaskStatus.INPROGRESS, "5.1"),
    SCHEDULED(TaskStatus.INPROGRESS, "5.1.1"),
    UNATTENDED(TaskStatus.INPROGRESS, "5.1.2"),
    APPOINTMENT_CANCELLED(TaskStatus.INPROGRESS, "5.1.3"),
    /** A visit took place and its note was written; another one may follow. */
    VISITED(TaskStatus.INPROGRESS, "5.1.4"),
    CANCELLATION_REQUESTED(TaskStatus.INPROGRESS, "5.2"),
    CANCELLED(TaskStatus.CANCELLED, "6.0"),
    COMPLETED(TaskStatus.COMPLETED, "7.0"),
    /** Not in BSeR; Gravity and HRex use it. */
    ON_HOLD(TaskStatus.ONHOLD, null),
    /** Not in BSeR; Gravity and HRex use it. */
    FAILED(TaskStatus.FAILED, null),
    ENTERED_IN_ERROR(TaskStatus.ENTEREDINERROR, null);

    /** The code system of Task.businessStatus. */
    public static final String SYSTEM = "http://hl7.org/fhir/us/bser/CodeSystem/TaskBusinessStatusCS";

    private final TaskStatus status;
    private final @Nullable String businessStatus;

    TaskState(TaskStatus status, @Nullable String businessStatus) {
        this.status = status;
        this.businessStatus = businessStatus;
    }

    public TaskStatus status() {
        return status;
    }

    /** BSeR's code; empty where the status says it all. */
    public Optional<String> businessStatus() {
        return Optional.ofNullable(businessStatus);
    }

    /**
     * The state of a Task. A businessStatus of another system is left aside; without one of BSeR's, the status alone
     * decides, and {@code in-progress} alone is {@link #IN_PROGRESS}.
     *
     * @return empty where the two contradict each other, or for a status that no referral has ({@code ready})
     */
    public static Optional<TaskState> of(Task task) {
        // Gravity's senders begin with requested where BSeR's begin with received: one state, two words.
        var status = task.getStatus() == TaskStatus.REQUESTED ? TaskStatus.RECEIVED : task.getStatus();
        var code = code(task);
        return Arrays.stream(values())
                .filter(state -> state.status == status)
                .filter(state -> code == null || state.businessStatus == null || state.businessStatus.equals(code))
                .findFirst();
    }

    private static @Nullable String code(Task task) {
        return task.getBusinessStatus().getCoding().stream()
                .filter(coding -> Objects.equals(coding.getSystem(), SYSTEM))
                .map(Coding::getCode)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** The status, with the business status in parentheses: {@code in-progress (5.1.1)}. */
    @Override
    public String toString() {
        return status.toCode() + (businessStatus == null ? "" : " (" + businessStatus + ")");
    }
}
