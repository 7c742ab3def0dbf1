package org.tenderpoint.letter;

import java.util.List;
import java.util.Optional;
import org.tenderpoint.issue.Issue;

/** One thing without which a letter is not written; a letter with a gap is sent back by whoever reads it. */
@FunctionalInterface
interface LetterRule {

    LetterRule HAS_A_PLAN = facts -> facts.plan().isPresent()
            ? Optional.empty()
            : Optional.of(Issue.required(
                    "letter-plan-missing",
                    "CarePlan",
                    "The letter tells of a plan of care: write a CarePlan that names the referral in supportingInfo."));

    LetterRule NAMES_A_DIAGNOSIS = facts -> facts.diagnoses().isEmpty()
            ? Optional.of(Issue.required(
                    "letter-diagnosis-missing",
                    "ServiceRequest.reasonReference",
                    "The letter names the physician's diagnosis: a Condition in ServiceRequest.reasonReference or"
                            + " CarePlan.addresses, or a coded ServiceRequest.reasonCode."))
            : Optional.empty();

    // Where there is no plan at all, that alone is said.
    LetterRule SAYS_HOW_OFTEN = facts -> facts.plan().isEmpty() || facts.saysHowOften()
            ? Optional.empty()
            : Optional.of(Issue.required(
                    "letter-frequency-missing",
                    "CarePlan.activity.detail.scheduledTiming",
                    "The letter says how often: give an activity of the plan a scheduledTiming with frequency, period and"
                            + " periodUnit."));

    LetterRule SAYS_HOW_LONG = facts -> facts.plan().isEmpty()
                    || (facts.plan().get().getPeriod().hasStart()
                            && facts.plan().get().getPeriod().hasEnd())
            ? Optional.empty()
            : Optional.of(Issue.required(
                    "letter-duration-missing",
                    "CarePlan.period",
                    "The letter says how long: give the plan of care a period with start and end."));

    LetterRule SOMEBODY_SIGNS = facts -> facts.signer().isPresent()
            ? Optional.empty()
            : Optional.of(Issue.required(
                    "letter-signer-missing",
                    "ServiceRequest.requester",
                    "The physician signs the letter: point ServiceRequest.requester at a Practitioner, PractitionerRole or"
                            + " Organization of this server."));

    LetterRule NOBODY_CERTIFIES_OWN_WORK = facts -> facts.signer().isPresent() && facts.signerTreats()
            ? Optional.of(Issue.businessRule(
                    "letter-self-certified",
                    "ServiceRequest.requester",
                    "Whoever gives the massage does not certify that it is necessary: the letter is for a referral by a"
                            + " physician."))
            : Optional.empty();

    List<LetterRule> FOR_A_PLAN_OF_CARE = List.of(HAS_A_PLAN);

    List<LetterRule> FOR_MEDICAL_NECESSITY = List.of(
            HAS_A_PLAN, NAMES_A_DIAGNOSIS, SAYS_HOW_OFTEN, SAYS_HOW_LONG, SOMEBODY_SIGNS, NOBODY_CERTIFIES_OWN_WORK);

    /** What is missing, if it is. */
    Optional<Issue> check(LetterFacts facts);
}
