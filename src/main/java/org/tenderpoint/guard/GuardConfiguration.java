package org.tenderpoint.guard;

import ca.uhn.fhir.context.FhirContext;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Puts the guard in its place. */
@Configuration(proxyBeanMethods = false)
class GuardConfiguration {

    /** Behind Spring Security, so that a body without a good token is never read. */
    @Bean
    FilterRegistrationBean<BodyGuard> bodyGuard(
            FhirContext fhir, GuardProperties limits, Refusals refusals, RefusalWatch watch) {
        var registration = new FilterRegistrationBean<>(new BodyGuard(fhir, limits, refusals, watch));
        registration.addUrlPatterns("/fhir", "/fhir/*");
        registration.setOrder(Ordered.LOWEST_PRECEDENCE - 10);
        return registration;
    }

    @Bean
    Refusals refusals(FhirContext fhir) {
        return new Refusals(fhir);
    }

    @Bean
    ParserProblems parserProblems(FhirContext fhir) {
        return new ParserProblems(fhir);
    }

    @Bean
    ResourceCheck resourceCheck(FhirContext fhir, GuardProperties limits, ParserProblems problems) {
        return new ResourceCheck(fhir, limits, problems);
    }
}
