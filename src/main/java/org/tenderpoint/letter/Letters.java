package org.tenderpoint.letter;

import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.tenderpoint.access.Caller;
import org.tenderpoint.document.Days;
import org.tenderpoint.document.SummaryDocument;
import org.tenderpoint.issue.Refused;
import org.tenderpoint.progress.ProgressSummaries;

/** Letters for whoever may read the progress summary. */
@Component
class Letters {

    static final String PLAN_OF_CARE = "$plan-of-care-letter";
    static final String MEDICAL_NECESSITY = "$medical-necessity-letter";

    private final ProgressSummaries summaries;

    Letters(ProgressSummaries summaries) {
        this.summaries = summaries;
    }

    /**
     * The plan of care of one referral, for who referred.
     *
     * @param days to which day the record is read; today where they name none
     * @param base address of the FHIR server, for the Bundle's fullUrls
     * @throws Refused as {@link ProgressSummaries#reading} does; 422 where there is no plan to write about
     */
    SummaryDocument planOfCare(Caller caller, UUID referral, Days days, String base) {
        return summaries.reading(caller, PLAN_OF_CARE, referral, days, reading -> {
            var facts = LetterFacts.of(reading);
            require(facts, LetterRule.FOR_A_PLAN_OF_CARE);
            return PlanOfCareLetter.write(facts, base);
        });
    }

    /**
     * The letter of medical necessity of one referral, for the physician's signature.
     *
     * @param days to which day the record is read; today where they name none
     * @param base address of the FHIR server, for the Bundle's fullUrls
     * @throws Refused as {@link ProgressSummaries#reading} does; 422 where something is missing that the letter has to
     *     say, or nobody may sign it
     */
    SummaryDocument medicalNecessity(Caller caller, UUID referral, Days days, String base) {
        return summaries.reading(caller, MEDICAL_NECESSITY, referral, days, reading -> {
            var facts = LetterFacts.of(reading);
            require(facts, LetterRule.FOR_MEDICAL_NECESSITY);
            return NecessityLetter.write(facts, base);
        });
    }

    private static void require(LetterFacts facts, List<LetterRule> rules) {
        var issues = rules.stream().flatMap(rule -> rule.check(facts).stream()).toList();
        if (!issues.isEmpty()) {
            throw Refused.unprocessable(issues);
        }
    }
}
