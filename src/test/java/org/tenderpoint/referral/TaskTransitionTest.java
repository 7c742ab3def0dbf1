package org.tenderpoint.referral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.Mockito.mock;
import static org.tenderpoint.referral.Practices.CLINIC;
import static org.tenderpoint.referral.Practices.OTHER_CLINIC;
import static org.tenderpoint.referral.Practices.OTHER_REFERRER;
import static org.tenderpoint.referral.Practices.REFERRER;
import static org.tenderpoint.referral.Practices.clinic;
import static org.tenderpoint.referral.Practices.ehr;
import static org.tenderpoint.referral.Practices.fixture;
import static org.tenderpoint.referral.Practices.update;

import ca.uhn.fhir.context.FhirContext;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskIntent;
import org.hl7.fhir.r4.model.Task.TaskPriority;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tenderpoint.access.Caller;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;
import org.tenderpoint.referral.TaskTransition.Actor;

class TaskTransitionTest {

    private static final List<TaskTransition> BSER = TaskTransition.BSER;

    private final ReferralIntake intake =
            new ReferralIntake(new Requesters(mock(Chart.class), FhirContext.forR4Cached()));

    @Test
    void tableHasAllThirtyFourTransitionsOnce() {
        assertThat(BSER)
                .extracting(TaskTransition::tid)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 34).boxed().toList());
        assertThat(BSER).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @FieldSource("BSER")
    void transitionOfTheTableIsTaken(TaskTransition step) {
        var write = update(caller(step.actor()), task(step.from()), task(step.to()));

        assertThat(intake.check(write)).isEmpty();
    }

    static Stream<Arguments> illegalSteps() {
        return Arrays.stream(TaskState.values())
                .flatMap(from -> Arrays.stream(TaskState.values()).flatMap(to -> Arrays.stream(Actor.values())
                        .filter(actor -> from != to
                                && TaskTransition.ALL.stream()
                                        .noneMatch(step ->
                                                step.from() == from && step.to() == to && step.actor() == actor))
                        .map(actor -> Arguments.of(from, actor, to))));
    }

    @ParameterizedTest
    @MethodSource("illegalSteps")
    void stepThatIsNotInTheTableIsAConflict(TaskState from, Actor actor, TaskState to) {
        var write = update(caller(actor), task(from), task(to));

        var refused = catchThrowableOfType(Refused.class, () -> intake.check(write));

        assertThat(refused.getStatusCode()).isEqualTo(409);
        assertThat(refused.issues()).extracting(Issue::code).contains("task-transition");
    }

    @Test
    void conflictNamesFromToAndWhatIsAllowedNext() {
        var write = update(clinic(CLINIC), task(TaskState.RECEIVED), task(TaskState.COMPLETED));

        var refused = catchThrowableOfType(Refused.class, () -> intake.check(write));

        assertThat(refused.issues().get(0).diagnostics())
                .isEqualTo("This Task does not go from received (2.0) to completed (7.0) by the recipient;"
                        + " allowed next: accepted (3.0), rejected (4.0), on-hold.");
    }

    @Test
    void referrerDoesNotAcceptItsOwnReferral() {
        var write = update(ehr(REFERRER), task(TaskState.RECEIVED), task(TaskState.ACCEPTED));

        assertThat(catchThrowableOfType(Refused.class, () -> intake.check(write))
                        .getStatusCode())
                .isEqualTo(409);
    }

    @ParameterizedTest
    @FieldSource("BSER")
    void stepWithTheStatusAloneIsTakenWhereTheStatusSaysItAll(TaskTransition step) {
        var after = task(step.to());
        if (step.to().status() == TaskStatus.INPROGRESS) {
            return;
        }
        after.setBusinessStatus(null);

        assertThat(intake.check(update(caller(step.actor()), task(step.from()), after)))
                .isEmpty();
    }

    @Test
    void acceptedReferralMayGoInProgressWithoutBusinessStatus() {
        var started = task(TaskState.ACCEPTED).setBusinessStatus(null).setStatus(TaskStatus.INPROGRESS);

        assertThat(intake.check(update(clinic(CLINIC), task(TaskState.ACCEPTED), started)))
                .isEmpty();
        assertThat(TaskState.of(started)).contains(TaskState.IN_PROGRESS);
    }

    @Test
    void requestedAndReceivedAreOneState() {
        assertThat(TaskState.of(fixture(Task.class, "task-requested.json"))).contains(TaskState.RECEIVED);
        assertThat(intake.check(
                        update(clinic(CLINIC), fixture(Task.class, "task-requested.json"), task(TaskState.RECEIVED))))
                .isEmpty();
    }

    @Test
    void cancellationRequestIsNotLostByLeavingItsCodeOut() {
        var vague = task(TaskState.CANCELLATION_REQUESTED).setBusinessStatus(null);
        var write = update(clinic(CLINIC), task(TaskState.CANCELLATION_REQUESTED), vague);

        assertThat(catchThrowableOfType(Refused.class, () -> intake.check(write))
                        .getStatusCode())
                .isEqualTo(409);
    }

    @Test
    void statusAndBusinessStatusThatContradictEachOtherAreSentBack() {
        var after = task(TaskState.SCHEDULED).setStatus(TaskStatus.ACCEPTED);

        assertThat(intake.check(update(clinic(CLINIC), task(TaskState.RECEIVED), after)))
                .extracting(Issue::code)
                .containsExactly("task-state-unknown");
    }

    @Test
    void resultMayBeAddedToACompletedTask() {
        var after = task(TaskState.COMPLETED);
        after.addOutput().setType(new CodeableConcept().setText("summary")).setValue(new StringType("sent"));
        after.addNote().setText("by letter, too");

        assertThat(intake.check(update(clinic(CLINIC), task(TaskState.COMPLETED), after)))
                .isEmpty();
    }

    @Test
    void declinedReferralSaysWhy() {
        var after = task(TaskState.REJECTED).setStatusReason(null);

        var issues = intake.check(update(clinic(CLINIC), task(TaskState.RECEIVED), after));

        assertThat(issues).extracting(Issue::code).containsExactly("task-reason-missing");
        assertThat(issues).extracting(Issue::expression).containsExactly("Task.statusReason.text");
    }

    static Stream<Arguments> changesOfWhatWasAgreed() {
        return Stream.of(
                change("focus", task -> task.setFocus(new Reference("ServiceRequest/1"))),
                change("for", task -> task.setFor(null)),
                change("requester", task -> task.setRequester(new Reference("Organization/" + OTHER_REFERRER))),
                change("owner", task -> task.setOwner(new Reference("Organization/" + OTHER_CLINIC))),
                change("code", task -> task.setCode(new CodeableConcept().setText("something else"))),
                change("intent", task -> task.setIntent(TaskIntent.PLAN)),
                change("authoredOn", task -> task.setAuthoredOnElement(new DateTimeType("2020-01-01"))));
    }

    private static Arguments change(String element, Consumer<Task> change) {
        return Arguments.of(element, change);
    }

    @ParameterizedTest
    @MethodSource("changesOfWhatWasAgreed")
    void whatWasAgreedStays(String element, Consumer<Task> change) {
        for (var caller : List.of(ehr(REFERRER), clinic(CLINIC))) {
            var after = task(TaskState.RECEIVED);
            change.accept(after);

            var issues = intake.check(update(caller, task(TaskState.RECEIVED), after));

            assertThat(issues).extracting(Issue::code).containsExactly("task-immutable");
            assertThat(issues).extracting(Issue::expression).containsExactly("Task." + element);
        }
    }

    @Test
    void versionAndDisplayOfAReferenceDoNotMatter() {
        var after = task(TaskState.RECEIVED);
        after.getOwner()
                .setReference(after.getOwner().getReference() + "/_history/2")
                .setDisplay("North Clinic");

        assertThat(intake.check(update(clinic(CLINIC), task(TaskState.RECEIVED), after)))
                .isEmpty();
    }

    @Test
    void priorityIsTheReferrersToChange() {
        var urgent = task(TaskState.RECEIVED).setPriority(TaskPriority.URGENT);

        assertThat(intake.check(update(ehr(REFERRER), task(TaskState.RECEIVED), urgent)))
                .isEmpty();
        assertThat(intake.check(update(clinic(CLINIC), task(TaskState.RECEIVED), urgent)))
                .extracting(Issue::expression)
                .containsExactly("Task.priority");
    }

    @Test
    void clinicAddsItsOwnNumberAndKeepsTheSenders() {
        var added = task(TaskState.RECEIVED);
        added.addIdentifier(
                new Identifier().setSystem("https://north.example.org").setValue("77"));
        var lost = task(TaskState.RECEIVED).setIdentifier(List.of());

        assertThat(intake.check(update(clinic(CLINIC), task(TaskState.RECEIVED), added)))
                .isEmpty();
        assertThat(intake.check(update(clinic(CLINIC), task(TaskState.RECEIVED), lost)))
                .extracting(Issue::expression)
                .containsExactly("Task.identifier");
    }

    @Test
    void movingATaskToAnotherPatientIsLeftToTheChart() {
        var after = task(TaskState.RECEIVED).setFor(new Reference("Patient/0d000000-0000-4000-8000-000000000009"));

        assertThatCode(() -> intake.check(update(ehr(REFERRER), task(TaskState.RECEIVED), after)))
                .doesNotThrowAnyException();
    }

    @Test
    void clinicAndReferrerWhoAreNotInvolvedChangeNothing() {
        for (var caller : List.of(ehr(OTHER_REFERRER), clinic(OTHER_CLINIC))) {
            var write = update(caller, task(TaskState.RECEIVED), task(TaskState.RECEIVED));

            assertThat(catchThrowableOfType(Refused.class, () -> intake.check(write))
                            .getStatusCode())
                    .isEqualTo(403);
        }
    }

    private static Caller caller(Actor actor) {
        return actor == Actor.INITIATOR ? ehr(REFERRER) : clinic(CLINIC);
    }

    private static Task task(TaskState state) {
        var task = fixture(Task.class, "task-requested.json");
        task.setStatus(state.status());
        state.businessStatus().ifPresent(code -> task.getBusinessStatus()
                .addCoding()
                .setSystem(TaskState.SYSTEM)
                .setCode(code));
        return task.setStatusReason(new CodeableConcept().setText("agreed by telephone"));
    }
}
