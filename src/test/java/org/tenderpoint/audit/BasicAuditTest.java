package org.tenderpoint.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.AuditEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tenderpoint.chart.AuditEntry;

/** Which of IHE's patterns an entry claims, and that it has what they ask for. */
class BasicAuditTest {

    private static final String BASE = "https://clinic.example/fhir";

    /** What differs between the entries of these tests. */
    private record Case(
            String interaction,
            String role,
            boolean person,
            boolean token,
            int patients,
            boolean succeeded,
            @Nullable String query) {

        AuditEvent event() {
            return BasicAudit.of(
                    new AuditEntry(
                            UUID.randomUUID(),
                            Instant.parse("2026-11-22T10:00:00Z"),
                            "the-client",
                            UUID.randomUUID(),
                            person ? "Practitioner/" + UUID.randomUUID() : null,
                            role,
                            interaction,
                            "Observation",
                            query == null ? UUID.randomUUID() : null,
                            query == null ? 1 : null,
                            java.util.stream.Stream.generate(UUID::randomUUID)
                                    .limit(patients)
                                    .toList(),
                            1,
                            succeeded,
                            succeeded ? "treating clinic" : "not-found",
                            token ? UUID.randomUUID().toString() : null,
                            "192.0.2.7",
                            UUID.randomUUID(),
                            query,
                            "TREAT"),
                    BASE);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "read, Read",
        "vread, Read",
        "create, Create",
        "conditional create, Create",
        "update, Update",
        "patch, Update",
        "delete, Delete",
        "search, Query",
        "search-type, Query"
    })
    void everyRestfulInteractionKeepsToItsPatternWithAndWithoutPatientPersonAndToken(
            String interaction, String pattern) {
        var query = pattern.equals("Query") ? "code=7" : null;

        for (var patients : List.of(0, 1, 3)) {
            for (var person : List.of(true, false)) {
                for (var token : List.of(true, false)) {
                    for (var role : List.of("CLINIC", "EHR")) {
                        var event = new Case(interaction, role, person, token, patients, true, query).event();

                        assertThat(BalpPatterns.lacks(event))
                                .as(event.toString())
                                .isEmpty();
                        assertThat(BalpPatterns.claims(event))
                                .contains(patients == 1 ? "Patient" + pattern : pattern)
                                .doesNotContain(patients == 1 ? pattern : "Patient" + pattern);
                        assertThat(BalpPatterns.claims(event).contains("OAUTHaccessTokenUse.Comprehensive"))
                                .isEqualTo(token);
                        assertThat(BalpPatterns.claims(event).contains("OAUTHaccessTokenUse.Minimal"))
                                .isEqualTo(token && person);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"$progress-summary, EHR", "$treatment-summary, INSURER", "$everything, EHR", "$document, EHR"})
    void whatIsHandedToSomebodyOutsideIsADisclosure(String operation, String role) {
        var event = new Case(operation, role, false, true, 1, true, null).event();

        assertThat(BalpPatterns.claims(event))
                .containsExactlyInAnyOrder("PrivacyDisclosure.Source", "OAUTHaccessTokenUse.Comprehensive");
        assertThat(BalpPatterns.lacks(event)).isEmpty();
        assertThat(BalpPatterns.claims(new Case(operation, "CLINIC", true, true, 1, true, null).event()))
                .as("the clinic looks at its own record")
                .doesNotContain("PrivacyDisclosure.Source");
    }

    @Test
    void whoIsDeniedIsToldOfByADecisionAndClaimsNoSuccess() {
        var event = new Case("read", "EHR", true, true, 0, false, null).event();

        assertThat(event.getType().getCode()).isEqualTo("110113");
        assertThat(event.getSubtypeFirstRep().getCode()).isEqualTo("AuthZ-Role");
        assertThat(event.getOutcome().toCode()).isEqualTo("8");
        assertThat(event.getAgent()).anySatisfy(agent -> assertThat(
                        agent.getType().getCodingFirstRep().getCode())
                .isEqualTo("authserver"));
        assertThat(BalpPatterns.claims(event))
                .containsExactlyInAnyOrder("OAUTHaccessTokenUse.Comprehensive", "OAUTHaccessTokenUse.Minimal");
        assertThat(BalpPatterns.lacks(event)).isEmpty();
    }

    @Test
    void theCheckFindsWhatIsMissing() {
        var event = new Case("read", "CLINIC", true, true, 1, true, null).event();
        event.getAgent().get(0).setNetwork(null);
        event.getAgent().get(2).getPolicy().clear();
        event.getEntity().remove(1);

        assertThat(BalpPatterns.lacks(event))
                .anyMatch(lack -> lack.contains("one agent 110152"))
                .anyMatch(lack -> lack.contains("has the id of the token"))
                .anyMatch(lack -> lack.contains("one patient"));
    }

    @Test
    void thePurposeIsShownOfTheEventAndOfWhoeverHadIt() {
        var event = new Case("read", "CLINIC", true, true, 1, true, null).event();

        assertThat(event.getPurposeOfEventFirstRep().getCodingFirstRep().getCode())
                .isEqualTo("TREAT");
        assertThat(event.getAgent()
                        .get(2)
                        .getPurposeOfUseFirstRep()
                        .getCodingFirstRep()
                        .getCode())
                .isEqualTo("TREAT");
    }
}
