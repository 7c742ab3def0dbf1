package org.tenderpoint.access;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.Consent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tenderpoint.access.Consented.Rule;
import org.tenderpoint.access.Consented.Span;

class ConsentedTest {

    private static final FhirContext FHIR = FhirContext.forR4Cached();
    private static final UUID PAYER = UUID.fromString("00000000-0000-4000-8000-000000000001");
    private static final UUID OTHER = UUID.fromString("00000000-0000-4000-8000-000000000002");
    private static final UUID KEEPER = UUID.fromString("00000000-0000-4000-8000-000000000003");
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final Span ALWAYS = new Span(Grant.ALWAYS, Grant.FOREVER);

    @Test
    void nobodyHasSaidAnything() {
        assertThat(Consented.spans(List.of(), PAYER, ALWAYS, true)).containsExactly(ALWAYS);
        assertThat(Consented.spans(List.of(), PAYER, ALWAYS, false)).isEmpty();
    }

    @Test
    void aDenialEndsTheGrantOfWhomItNamesForItsPeriod() {
        var rules = rules(
                1, consent("active", "deny", PAYER, "\"period\":{\"start\":\"2026-07-01\",\"end\":\"2026-07-31\"}"));

        assertThat(Consented.spans(rules, PAYER, ALWAYS, true))
                .extracting(span -> span.from().toString().substring(0, 10) + " "
                        + span.to().toString().substring(0, 10))
                .containsExactly("1900-01-01 2026-07-01", "2026-08-01 9999-12-31");
        assertThat(Consented.spans(rules, OTHER, ALWAYS, true)).containsExactly(ALWAYS);
    }

    @Test
    void aPermissionThatIsTakenBackEndsTheGrantFromThenOn() {
        for (var status : List.of("inactive", "rejected", "entered-in-error")) {
            var rules = rules(1, consent(status, "permit", PAYER, null));

            assertThat(Consented.spans(rules, PAYER, ALWAYS, true))
                    .as(status)
                    .containsExactly(new Span(Grant.ALWAYS, NOW));
        }
    }

    @Test
    void aPermissionHoldsForItsPeriodAndNotBeyond() {
        var rules = rules(1, consent("active", "permit", PAYER, "\"period\":{\"end\":\"2026-07-31\"}"));

        assertThat(Consented.spans(rules, PAYER, ALWAYS, true))
                .containsExactly(new Span(Grant.ALWAYS, Instant.parse("2026-08-01T00:00:00Z")));
        assertThat(Consented.spans(rules, PAYER, ALWAYS, false)).hasSize(1);
    }

    @Test
    void aDraftSaysNothing() {
        assertThat(rules(1, consent("draft", "deny", PAYER, null))).isEmpty();
        assertThat(rules(1, consent("proposed", "permit", PAYER, null))).isEmpty();
    }

    @Test
    void aDenialOfOneConsentWeighsMoreThanThePermissionOfAnother() {
        var rules = new ArrayList<>(rules(1, consent("active", "permit", PAYER, null)));
        rules.addAll(rules(2, consent("active", "deny", null, null)));

        assertThat(Consented.spans(rules, PAYER, ALWAYS, true)).isEmpty();
    }

    @Test
    void anExceptionWeighsMoreThanWhatItIsAnExceptionTo() {
        var exception = "\"provision\":[{\"type\":\"permit\",\"actor\":[" + actor(PAYER) + "]}]";
        var rules = rules(1, consent("active", "deny", null, exception));

        assertThat(Consented.spans(rules, PAYER, ALWAYS, true)).containsExactly(ALWAYS);
        assertThat(Consented.spans(rules, OTHER, ALWAYS, true)).isEmpty();
    }

    @Test
    void whoKeepsTheConsentIsNotShutOutByIt() {
        assertThat(Consented.spans(rules(1, consent("active", "deny", null, null)), KEEPER, ALWAYS, true))
                .containsExactly(ALWAYS);
    }

    @Test
    void whatIsPermittedForSomeDataIsNotPermittedForTheRecord() {
        var some = "\"code\":[{\"text\":\"pain scores\"}]";

        assertThat(Consented.spans(rules(1, consent("active", "permit", PAYER, some)), PAYER, ALWAYS, false))
                .isEmpty();
        assertThat(Consented.spans(rules(1, consent("active", "deny", PAYER, some)), PAYER, ALWAYS, true))
                .isEmpty();
    }

    private static List<Rule> rules(long key, Consent consent) {
        return ConsentRule.from(consent, NOW).stream()
                .map(rule -> new Rule(
                        key,
                        rule.grantee() == null
                                ? null
                                : UUID.fromString(
                                        rule.grantee().getReferenceElement().getIdPart()),
                        KEEPER,
                        rule.decision(),
                        rule.depth(),
                        rule.from(),
                        rule.to()))
                .toList();
    }

    private static Consent consent(String status, String type, @Nullable UUID actor, @Nullable String more) {
        return FHIR.newJsonParser()
                .parseResource(
                        Consent.class,
                        "{\"resourceType\":\"Consent\",\"status\":\"" + status + "\",\"provision\":{\"type\":\"" + type
                                + "\""
                                + (actor == null ? "" : ",\"actor\":[" + actor(actor) + "]")
                                + (more == null ? "" : "," + more) + "}}");
    }

    private static String actor(UUID organization) {
        return "{\"reference\":{\"reference\":\"Organization/" + organization + "\"}}";
    }
}
