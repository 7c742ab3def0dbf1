package org.tenderpoint.server;

import ca.uhn.fhir.context.FhirContext;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.chart.RecordType;
import org.tenderpoint.chart.RecordTypes;
import org.tenderpoint.guard.StrictParsing;

/** Puts the FHIR server together from the chart's types and what the rooms bring. */
@Configuration(proxyBeanMethods = false)
class ServerConfiguration {

    @Bean
    FhirContext fhirContext() {
        var fhir = FhirContext.forR4Cached();
        fhir.setParserErrorHandler(new StrictParsing());
        return fhir;
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    ServletRegistrationBean<FhirServer> fhirServer(
            FhirContext fhir,
            ServerProperties properties,
            Chart chart,
            Writes writes,
            SearchBundles bundles,
            List<FhirProvider> operations,
            PlainReads reads,
            CompartmentInterceptor compartments,
            RawAnswerInterceptor rawAnswers,
            FailureInterceptor failures) {
        var providers = new ArrayList<Object>(operations);
        for (var type : RecordTypes.all()) {
            providers.add(provider(type, chart, writes, bundles, fhir));
        }
        var server = new FhirServer(
                fhir, properties.baseUrl(), providers, List.of(compartments, rawAnswers, failures), reads);
        var registration = new ServletRegistrationBean<>(server, FhirServer.PATH + "/*");
        registration.setLoadOnStartup(1);
        return registration;
    }

    private static <T extends org.hl7.fhir.r4.model.Resource> RecordProvider<T> provider(
            RecordType<T> type, Chart chart, Writes writes, SearchBundles bundles, FhirContext fhir) {
        return new RecordProvider<>(type, chart, writes, bundles, fhir);
    }
}
