package org.tenderpoint.observation;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The measure rules and their readers, loaded once at start. */
@Configuration(proxyBeanMethods = false)
class ObservationConfiguration {

    @Bean
    MeasureRules measureRules() {
        return MeasureRules.load();
    }

    @Bean
    Measurements measurements(MeasureRules rules) {
        return new Measurements(rules);
    }

    @Bean
    ObservationChecks observationChecks(MeasureRules rules) {
        return new ObservationChecks(rules);
    }
}
