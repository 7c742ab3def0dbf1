package org.tenderpoint.treatmentsummary;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PayerPoliciesTest {

    private final PayerPolicies policies = PayerPolicies.load();

    @Test
    void everyPolicyIsADraftWithASource() {
        assertThat(policies.policies()).hasSize(6).allSatisfy(policy -> {
            assertThat(policy.status()).isEqualTo("draft");
            assertThat(policy.source()).isNotBlank();
        });
    }

    @Test
    void laborAndIndustriesAllowsSixVisitsBeforeItAsks() {
        var policy = policies.policy("wa-lni").orElseThrow();

        assertThat(policy.unitRule()).isEqualTo(UnitRule.CMS);
        assertThat(policy.authorisedVisits()).isEqualTo(6);
        assertThat(policy.extendedVisits()).isEqualTo(12);
        assertThat(policy.reportAfterVisits()).isEqualTo(6);
        assertThat(policy.countRestartsOnNewReferral()).isFalse();
    }

    @Test
    void payerWithoutUnitsHasNoUnitRule() {
        var policy = policies.policy("access-msk").orElseThrow();

        assertThat(policy.unitRule()).isNull();
        assertThat(policy.reportAfterVisits()).isNull();
    }

    @Test
    void everyAllowedCodeHasAKnownTiming() {
        assertThat(policies.policies()).flatExtracting(PayerPolicy::allowedCpt).allSatisfy(cpt -> assertThat(
                        policies.timedCpt().contains(cpt)
                                || policies.untimedCpt().contains(cpt))
                .isTrue());
    }

    @Test
    void unknownPayerHasNoPolicy() {
        assertThat(policies.policy("unknown")).isEmpty();
    }
}
