package org.tenderpoint.observation;

import java.util.List;
import org.hl7.fhir.r4.model.Observation;
import org.springframework.stereotype.Component;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.server.WriteRule;

/** No Observation is written with a value that its measure cannot have. */
@Component
final class ObservationRule implements WriteRule {

    private final ObservationChecks checks;

    ObservationRule(ObservationChecks checks) {
        this.checks = checks;
    }

    @Override
    public List<Issue> check(Write write) {
        if (!(write.resource() instanceof Observation observation)) {
            return List.of();
        }
        return checks.check(observation).stream()
                .map(problem -> Issue.value(problem.code(), placed(problem, write.path()), problem.diagnostics()))
                .toList();
    }

    // A problem names the element from the Observation on; in a transaction that stands somewhere in the Bundle.
    private static String placed(Problem problem, String path) {
        return path + problem.expression().substring("Observation".length());
    }
}
