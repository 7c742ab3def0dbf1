package org.tenderpoint.profile;

import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Condition;
import org.springframework.stereotype.Component;
import org.tenderpoint.access.Role;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.server.WriteRule;

/** A massage therapist does not diagnose. A clinic may write a diagnosis down that somebody made who may, and names who. */
@Component
final class DiagnosisRule implements WriteRule {

    private static final Set<String> DIAGNOSES = Set.of("encounter-diagnosis");
    private static final Set<String> CONFIRMED = Set.of("confirmed", "differential", "provisional");

    @Override
    public List<Issue> check(Write write) {
        if (!(write.resource() instanceof Condition condition)
                || !write.caller().is(Role.CLINIC)
                || condition.hasAsserter()) {
            return List.of();
        }
        var isDiagnosis = condition.getCategory().stream().anyMatch(category -> has(category, DIAGNOSES))
                || has(condition.getVerificationStatus(), CONFIRMED);
        return isDiagnosis
                ? List.of(Issue.businessRule(
                        "diagnosis-by-therapist",
                        write.path() + ".asserter",
                        "A massage therapist does not diagnose: name in asserter who made the diagnosis, or write what was"
                                + " found as an Observation."))
                : List.of();
    }

    private static boolean has(CodeableConcept concept, Set<String> codes) {
        return concept.getCoding().stream().anyMatch(coding -> codes.contains(String.valueOf(coding.getCode())));
    }
}
