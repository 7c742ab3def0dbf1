package org.tenderpoint.referral;

import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestIntent;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.tenderpoint.issue.Issue;

/** One thing that a referral says; a referral that leaves it out is sent back. */
@FunctionalInterface
interface IntakeRule {

    /** What is wrong, if this rule is broken. */
    Optional<Issue> breach(Referral referral);

    IntakeRule NAMES_A_REASON = referral -> {
        var order = referral.order();
        var named = order.getReasonCode().stream().anyMatch(Pointer::isFilled)
                || order.getReasonReference().stream().anyMatch(Pointer::isFilled);
        return missingUnless(
                named,
                "referral-reason-missing",
                referral.at("reasonCode"),
                "A referral names the condition to be treated: reasonCode with a text or a coding, or reasonReference.");
    };

    IntakeRule NAMES_A_REQUESTER = referral -> missingUnless(
            Pointer.isFilled(referral.order().getRequester()),
            "referral-requester-missing",
            referral.at("requester"),
            "A referral names who refers: requester with a reference or an identifier.");

    // A Patient who is asked to come, or a Device, cannot answer for a prescription.
    IntakeRule IS_ASKED_FOR_BY_A_PRACTICE = referral -> {
        var requester = referral.order().getRequester();
        var type = Pointer.type(requester);
        var form = type == null || (Requesters.TYPES.contains(type) && !Pointer.isContainedOrganization(requester));
        return !Pointer.isFilled(requester) || form
                ? Optional.empty()
                : Optional.of(
                        Issue.value(
                                "referral-requester-form",
                                referral.at("requester"),
                                "The requester is the sender's own Organization, or a PractitionerRole or Practitioner of it."));
    };

    IntakeRule HAS_A_STATUS = referral -> {
        var status = referral.order().getStatus();
        return missingUnless(
                status != null && status != ServiceRequestStatus.NULL,
                "referral-status-missing",
                referral.at("status"),
                "A referral has a status, such as active.");
    };

    IntakeRule IS_AN_ORDER = referral -> referral.order().getIntent() == ServiceRequestIntent.ORDER
            ? Optional.empty()
            : Optional.of(Issue.value(
                    "referral-intent", referral.at("intent"), "A referral is an order: intent has the code order."));

    IntakeRule SAYS_WHAT_IS_ASKED_FOR = referral -> missingUnless(
            Pointer.isFilled(referral.order().getCode()),
            "referral-code-missing",
            referral.at("code"),
            "A referral says what is asked for: code with a coding or a text, such as SNOMED CT 103700007.");

    IntakeRule NAMES_A_PATIENT = referral -> missingUnless(
            referral.order().getSubject().hasReference(),
            "referral-subject-missing",
            referral.at("subject"),
            "A referral names its patient: subject with a reference to a Patient.");

    /** All rules, in the order in which the sender hears of them. */
    List<IntakeRule> ALL = List.of(
            HAS_A_STATUS,
            IS_AN_ORDER,
            SAYS_WHAT_IS_ASKED_FOR,
            NAMES_A_PATIENT,
            NAMES_A_REQUESTER,
            IS_ASKED_FOR_BY_A_PRACTICE,
            NAMES_A_REASON);

    private static Optional<Issue> missingUnless(boolean there, String code, String expression, String diagnostics) {
        return there ? Optional.empty() : Optional.of(Issue.required(code, expression, diagnostics));
    }
}
