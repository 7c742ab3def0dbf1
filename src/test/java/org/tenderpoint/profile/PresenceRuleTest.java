package org.tenderpoint.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ca.uhn.fhir.context.FhirContext;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Role;
import org.tenderpoint.access.Scopes;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.server.WriteRule.Write;

/** What has no value where a rule or a summary goes by one. */
class PresenceRuleTest {

    private static final FhirContext FHIR = FhirContext.forR4Cached();
    private static final Caller EHR = new Caller("ehr", Role.EHR, new UUID(0, 1), Scopes.ALL_SYSTEM);
    private static final String NOTHING = "{\"extension\":[{\"url\":\"http://x\",\"valueString\":\"y\"}]}";

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{\"resourceType\":\"MedicationStatement\",\"_status\":NOTHING}; MedicationStatement.status",
                "{\"resourceType\":\"Task\",\"_status\":NOTHING}; Task.status",
                "{\"resourceType\":\"Goal\",\"_lifecycleStatus\":NOTHING}; Goal.lifecycleStatus",
                "{\"resourceType\":\"CarePlan\",\"activity\":[{\"detail\":{\"_doNotPerform\":NOTHING}}]};"
                        + " CarePlan.activity[0].detail.doNotPerform",
                "{\"resourceType\":\"CarePlan\",\"activity\":[{\"detail\":{\"scheduledTiming\":{\"repeat\":{\"_frequency\":NOTHING}}}}]};"
                        + " CarePlan.activity[0].detail.scheduled.repeat.frequency",
                "{\"resourceType\":\"QuestionnaireResponse\",\"_questionnaire\":NOTHING}; QuestionnaireResponse.questionnaire",
                "{\"resourceType\":\"Observation\",\"valueQuantity\":{\"_value\":NOTHING}}; Observation.value.value",
                "{\"resourceType\":\"Observation\",\"component\":[{\"valueQuantity\":{\"unit\":\"points\"}}]};"
                        + " Observation.component[0].value.value",
                "{\"resourceType\":\"Encounter\",\"period\":{\"_start\":NOTHING}}; Encounter.period.start",
            })
    void valueIsMissing(String json, String path) {
        assertThat(check(json)).extracting(Issue::code, Issue::expression).contains(tuple("value-missing", path));
    }

    @Test
    void whatOthersCannotTellMayLackItsValueWithTheReason() {
        assertThat(check("{\"resourceType\":\"Patient\",\"_birthDate\":NOTHING,\"name\":[{\"_family\":NOTHING}]}"))
                .isEmpty();
        assertThat(check("{\"resourceType\":\"Condition\",\"_onsetDateTime\":NOTHING}"))
                .isEmpty();
    }

    @Test
    void ourExtensionsStandOnce() {
        var minutes =
                "{\"url\":\"https://tenderpoint.org/fhir/StructureDefinition/technique-minutes\",\"valuePositiveInt\":5}";
        var twice = "{\"resourceType\":\"Procedure\",\"extension\":[" + minutes + "," + minutes + "]}";

        assertThat(check(twice))
                .extracting(Issue::code, Issue::expression)
                .containsExactly(tuple("extension-repeated", "Procedure.extension[1]"));
        assertThat(check("{\"resourceType\":\"Procedure\",\"extension\":[" + minutes + "]}"))
                .isEmpty();
    }

    private static List<Issue> check(String json) {
        var resource = (Resource) FHIR.newJsonParser().parseResource(json.replace("NOTHING", NOTHING));
        return new PresenceRule(FHIR).check(new Write(EHR, resource, resource.fhirType(), true, Optional::empty));
    }
}
