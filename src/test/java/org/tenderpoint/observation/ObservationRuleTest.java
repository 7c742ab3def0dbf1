package org.tenderpoint.observation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Role;
import org.tenderpoint.access.Scopes;
import org.tenderpoint.server.WriteRule.Write;

class ObservationRuleTest {

    private final ObservationRule rule = new ObservationRule(new ObservationChecks(MeasureRules.load()));

    @Test
    void problemIsNamedWhereItStandsInTheBundle() {
        var pain = Fixtures.observation("observation-pain-before-session.json");
        ((Quantity) pain.getValue()).setValue(11);

        var issues = rule.check(write(pain, "Bundle.entry[2].resource"));

        assertThat(issues).singleElement().satisfies(issue -> {
            assertThat(issue.code()).isEqualTo("pain-score-out-of-range");
            assertThat(issue.expression()).isEqualTo("Bundle.entry[2].resource.value");
        });
    }

    @Test
    void otherTypesAreNoneOfItsBusiness() {
        assertThat(rule.check(write(new Patient(), "Patient"))).isEmpty();
    }

    private static Write write(Resource resource, String path) {
        var caller = new Caller("client", Role.CLINIC, UUID.randomUUID(), Scopes.parse(List.of("system/*.cruds")));
        return new Write(caller, resource, path, true, Optional::empty);
    }
}
