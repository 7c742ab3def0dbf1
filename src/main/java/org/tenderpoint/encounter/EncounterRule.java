package org.tenderpoint.encounter;

import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Component;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.server.WriteRule;

/** Holds what is written of a visit against {@link VisitRule#ALL}. */
@Component
class EncounterRule implements WriteRule {

    private final Clock clock;

    EncounterRule(Clock clock) {
        this.clock = clock;
    }

    @Override
    public List<Issue> check(Write write) {
        var entry = new VisitRule.Entry(write.resource(), write.path(), clock.instant());
        return VisitRule.ALL.stream()
                .flatMap(rule -> rule.breaches(entry).stream())
                .toList();
    }
}
