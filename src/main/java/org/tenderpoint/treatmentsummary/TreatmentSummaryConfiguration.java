package org.tenderpoint.treatmentsummary;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The payer policies, loaded once at start. */
@Configuration(proxyBeanMethods = false)
class TreatmentSummaryConfiguration {

    @Bean
    PayerPolicies payerPolicies() {
        return PayerPolicies.load();
    }
}
