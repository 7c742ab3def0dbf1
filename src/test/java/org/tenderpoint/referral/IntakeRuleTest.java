package org.tenderpoint.referral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.tenderpoint.referral.Practices.CLINIC;
import static org.tenderpoint.referral.Practices.OTHER_REFERRER;
import static org.tenderpoint.referral.Practices.REFERRER;
import static org.tenderpoint.referral.Practices.create;
import static org.tenderpoint.referral.Practices.ehr;
import static org.tenderpoint.referral.Practices.fixture;

import ca.uhn.fhir.context.FhirContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tenderpoint.Fixtures;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.chart.Stored;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;
import org.tenderpoint.server.WriteRule.Write;

class IntakeRuleTest {

    private static final UUID SOMEONE = UUID.fromString("0a000000-0000-4000-8000-00000000000a");

    private final Chart chart = mock(Chart.class);
    private final FhirContext fhir = FhirContext.forR4Cached();
    private final ReferralIntake intake = new ReferralIntake(new Requesters(chart, fhir));

    @Test
    void referralForLowBackPainIsTaken() {
        var issues =
                intake.check(create(ehr(REFERRER), fixture(ServiceRequest.class, "servicerequest-low-back-pain.json")));

        assertThat(issues).isEmpty();
    }

    @Test
    void referralWithoutReasonIsSentBackNamingTheReasonElement() {
        var order = fixture(ServiceRequest.class, "servicerequest-without-reason.json");

        var issues = intake.check(create(ehr(REFERRER), order));

        assertThat(issues).extracting(Issue::code).containsExactly("referral-reason-missing");
        assertThat(issues).extracting(Issue::expression).containsExactly("ServiceRequest.reasonCode");
    }

    @Test
    void reasonMayBeAConditionAlone() {
        var order = fixture(ServiceRequest.class, "servicerequest-without-reason.json");
        order.addReasonReference(new Reference("Condition/" + SOMEONE));

        assertThat(intake.check(create(ehr(REFERRER), order))).isEmpty();
    }

    @Test
    void blankTextIsNoReason() {
        var order = fixture(ServiceRequest.class, "servicerequest-without-reason.json");
        order.addReasonCode(new CodeableConcept().setText("  "));

        assertThat(intake.check(create(ehr(REFERRER), order)))
                .extracting(Issue::code)
                .containsExactly("referral-reason-missing");
    }

    @Test
    void senderHearsOfEverythingAtOnceWithThePlaceInTheBundle() {
        var order = fixture(ServiceRequest.class, "servicerequest-empty.json");
        var write = new Write(ehr(REFERRER), order, "Bundle.entry[3].resource", true, Optional::empty);

        var issues = intake.check(write);

        assertThat(issues)
                .extracting(Issue::code)
                .containsExactly(
                        "referral-status-missing",
                        "referral-intent",
                        "referral-code-missing",
                        "referral-subject-missing",
                        "referral-requester-missing",
                        "referral-reason-missing");
        assertThat(issues).extracting(Issue::expression).allMatch(e -> e.startsWith("Bundle.entry[3].resource."));
    }

    @Test
    void everyResourceOfAReferralBundleIsTaken() {
        var bundle = fixture(Bundle.class, "referral-bundle.json");

        var issues = bundle.getEntry().stream()
                .flatMap(entry -> intake.check(create(ehr(REFERRER), entry.getResource())).stream());

        assertThat(issues).isEmpty();
    }

    @Test
    void requesterOfAnotherPracticeIsForbidden() {
        var order = fixture(ServiceRequest.class, "servicerequest-low-back-pain.json");
        order.setRequester(new Reference("Organization/" + OTHER_REFERRER));

        assertForbidden(order);
    }

    @Test
    void requesterOfAnotherPracticeIsForbiddenEvenWhereMoreIsWrong() {
        var order = fixture(ServiceRequest.class, "servicerequest-without-reason.json");
        order.setRequester(new Reference("Organization/" + OTHER_REFERRER));

        assertForbidden(order);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Organization?identifier=http://npi|1", "Organization/not-a-uuid"})
    void organizationThatIsNotOnesOwnIsForbiddenInEveryForm(String reference) {
        var order = fixture(ServiceRequest.class, "servicerequest-low-back-pain.json");
        order.setRequester(new Reference(reference));
        when(chart.organizationWith("http://npi", "1")).thenReturn(Optional.of(OTHER_REFERRER));

        assertForbidden(order);
    }

    @Test
    void ownOrganizationMayBeNamedByItsIdentifier() {
        var order = fixture(ServiceRequest.class, "servicerequest-low-back-pain.json");
        order.setRequester(new Reference()
                .setIdentifier(new Identifier().setSystem("http://npi").setValue("1")));
        when(chart.organizationWith("http://npi", "1")).thenReturn(Optional.of(REFERRER));

        assertThat(intake.check(create(ehr(REFERRER), order))).isEmpty();
    }

    @Test
    void otherOrganizationNamedByItsIdentifierIsForbidden() {
        var order = fixture(ServiceRequest.class, "servicerequest-low-back-pain.json");
        order.setRequester(new Reference()
                .setIdentifier(new Identifier().setSystem("http://npi").setValue("2")));
        when(chart.organizationWith("http://npi", "2")).thenReturn(Optional.of(OTHER_REFERRER));

        assertForbidden(order);
    }

    @Test
    void practitionerWhoseNumberNobodyKnowsIsTaken() {
        var order = fixture(ServiceRequest.class, "servicerequest-low-back-pain.json");
        order.setRequester(new Reference()
                .setIdentifier(new Identifier().setSystem("http://npi").setValue("3")));

        assertThat(intake.check(create(ehr(REFERRER), order))).isEmpty();
    }

    @Test
    void roleSentInTheSameBundleIsTaken() {
        var order = orderBy(REFERRER);

        assertThat(intake.check(create(ehr(REFERRER), order))).isEmpty();
    }

    @Test
    void roleSentInTheSameBundleForAnotherPracticeIsForbidden() {
        assertForbidden(orderBy(OTHER_REFERRER));
    }

    @Test
    void storedRoleOfOnesOwnPracticeIsTaken() {
        store(role(REFERRER));
        var order = fixture(ServiceRequest.class, "servicerequest-low-back-pain.json");
        order.setRequester(new Reference("PractitionerRole/" + SOMEONE));

        assertThat(intake.check(create(ehr(REFERRER), order))).isEmpty();
    }

    @Test
    void storedRoleOfAnotherPracticeIsForbidden() {
        store(role(OTHER_REFERRER));
        var order = fixture(ServiceRequest.class, "servicerequest-low-back-pain.json");
        order.setRequester(new Reference("PractitionerRole/" + SOMEONE));

        assertForbidden(order);
    }

    @Test
    void practitionerWhoWorksForSeveralPracticesIsTakenFromEachOfThem() {
        store(new Practitioner());
        rolesFound(role(OTHER_REFERRER), role(REFERRER));
        var order = fixture(ServiceRequest.class, "servicerequest-low-back-pain.json");
        order.setRequester(new Reference("Practitioner/" + SOMEONE));

        assertThat(intake.check(create(ehr(REFERRER), order))).isEmpty();
    }

    @Test
    void practitionerWhoWorksElsewhereOnlyIsForbidden() {
        store(new Practitioner());
        rolesFound(role(OTHER_REFERRER));
        var order = fixture(ServiceRequest.class, "servicerequest-low-back-pain.json");
        order.setRequester(new Reference("Practitioner/" + SOMEONE));

        assertForbidden(order);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Patient/", "Device/"})
    void requesterIsAPractice(String type) {
        var order = fixture(ServiceRequest.class, "servicerequest-low-back-pain.json");
        order.setRequester(new Reference(type + SOMEONE));

        assertThat(intake.check(create(ehr(REFERRER), order)))
                .extracting(Issue::code)
                .containsExactly("referral-requester-form");
    }

    @Test
    void containedOrganizationCannotBeHeldAgainstTheSender() {
        var json = fixture(ServiceRequest.class, "servicerequest-low-back-pain.json");
        json.addContained(new Organization().setName("Somebody").setId("#o"));
        json.setRequester(new Reference("#o"));
        var order = fhir.newJsonParser()
                .parseResource(ServiceRequest.class, fhir.newJsonParser().encodeResourceToString(json));

        assertThat(intake.check(create(ehr(REFERRER), order)))
                .extracting(Issue::code)
                .containsExactly("referral-requester-form");
    }

    @Test
    void taskOfAReferralNamesTheClinicThatIsAsked() {
        var task = fixture(Task.class, "task-without-owner.json");

        var issues = intake.check(create(ehr(REFERRER), task));

        assertThat(issues).extracting(Issue::code).containsExactly("task-owner-missing");
        assertThat(issues).extracting(Issue::expression).containsExactly("Task.owner");
    }

    @Test
    void taskIsOwnedByAClinicAndNotByAPatient() {
        var task = fixture(Task.class, "task-requested.json").setOwner(new Reference("Patient/" + SOMEONE));

        assertThat(intake.check(create(ehr(REFERRER), task)))
                .extracting(Issue::code)
                .containsExactly("task-owner-form");
    }

    @Test
    void ownerWhomNobodyKnowsIsSentBack() {
        var task = fixture(Task.class, "task-requested.json")
                .setOwner(new Reference().setIdentifier(new Identifier().setValue("9")));

        assertThat(intake.check(create(ehr(REFERRER), task)))
                .extracting(Issue::code)
                .containsExactly("task-owner-unknown");
    }

    @Test
    void taskPointsAtItsReferral() {
        var task = fixture(Task.class, "task-requested.json").setFocus(new Reference("Condition/" + SOMEONE));

        assertThat(intake.check(create(ehr(REFERRER), task)))
                .extracting(Issue::code)
                .containsExactly("task-focus-form");
    }

    @Test
    void emptyTaskHearsOfEverythingAtOnce() {
        assertThat(intake.check(create(ehr(REFERRER), new Task())))
                .extracting(Issue::code)
                .containsExactly(
                        "task-status",
                        "task-intent",
                        "task-focus-missing",
                        "task-for-missing",
                        "task-requester-missing",
                        "task-owner-missing");
    }

    @ParameterizedTest
    @EnumSource(
            value = TaskStatus.class,
            names = {"DRAFT", "REQUESTED", "RECEIVED", "NULL"},
            mode = EnumSource.Mode.EXCLUDE)
    void newTaskBeginsAtTheBeginning(TaskStatus status) {
        var task = fixture(Task.class, "task-requested.json").setStatus(status);

        assertThat(intake.check(create(ehr(REFERRER), task)))
                .extracting(Issue::code)
                .containsExactly("task-status");
    }

    @Test
    void taskOfAnotherKindIsNotAReferral() {
        var task = new Task();
        task.getCode().addCoding().setSystem("http://hl7.org/fhir/us/davinci-hrex/CodeSystem/hrex-temp");

        assertThat(intake.check(create(ehr(REFERRER), task))).isEmpty();
    }

    @Test
    void clinicsOwnTaskIsNotAReferral() {
        assertThat(intake.check(create(Practices.clinic(CLINIC), new Task()))).isEmpty();
    }

    @Test
    void roleInTheBundleWithTheIdOfAStoredOneDoesNotHideIt() {
        store(role(OTHER_REFERRER));
        var order = fixture(ServiceRequest.class, "servicerequest-low-back-pain.json");
        order.setRequester(new Reference("PractitionerRole/" + SOMEONE));
        order.getRequester().setResource(role(REFERRER));

        assertForbidden(order);
    }

    @Test
    void referrerWritesRolesOfItsOwnPracticeOnly() {
        assertThat(intake.check(create(ehr(REFERRER), role(REFERRER)))).isEmpty();
        assertForbidden(role(OTHER_REFERRER));
    }

    private void assertForbidden(Resource order) {
        var write = create(ehr(REFERRER), order);

        var refused = catchThrowableOfType(Refused.class, () -> intake.check(write));

        assertThat(refused.getStatusCode()).isEqualTo(403);
    }

    private static ServiceRequest orderBy(UUID employer) {
        var ids = new HashMap<>(Practices.IDS);
        ids.put("employer", employer.toString());
        var bundle = Fixtures.resource(Bundle.class, "referral/referral-bundle-by-practitioner.json", ids);
        return bundle.getEntry().stream()
                .map(Bundle.BundleEntryComponent::getResource)
                .filter(ServiceRequest.class::isInstance)
                .map(ServiceRequest.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static PractitionerRole role(UUID employer) {
        return new PractitionerRole().setOrganization(new Reference("Organization/" + employer));
    }

    private void store(Resource resource) {
        when(chart.directory(Set.of(SOMEONE))).thenReturn(List.of(stored(resource)));
    }

    private void rolesFound(PractitionerRole... roles) {
        var matches = List.of(roles).stream().map(this::stored).toList();
        when(chart.matches(any(), any())).thenReturn(matches);
    }

    private Stored stored(Resource resource) {
        resource.setId(resource.fhirType() + "/" + SOMEONE);
        var json = fhir.newJsonParser().encodeResourceToString(resource).getBytes(StandardCharsets.UTF_8);
        return new Stored(resource.fhirType(), SOMEONE, 1, Instant.EPOCH, false, 1, 1L, json);
    }
}
