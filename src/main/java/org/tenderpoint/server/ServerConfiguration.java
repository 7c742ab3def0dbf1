package org.tenderpoint.server;

import ca.uhn.fhir.context.FhirContext;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.ServletListenerRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.chart.RecordType;
import org.tenderpoint.chart.RecordTypes;
import org.tenderpoint.guard.RefusalWatch;
import org.tenderpoint.guard.Refusals;
import org.tenderpoint.guard.StrictParsing;

/** Puts the FHIR server together from the chart's types and what the rooms bring. */
@Configuration(proxyBeanMethods = false)
class ServerConfiguration {

    @Bean
    FhirContext fhirContext() {
        var fhir = FhirContext.forR4Cached();
        fhir.setParserErrorHandler(new StrictParsing());
        // HAPI leaves the version out of references; which version was shown is what an AuditEvent is for.
        fhir.getParserOptions().setDontStripVersionsFromReferencesAtPaths("AuditEvent.entity.what");
        return fhir;
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** What the container refuses by itself is said as everything else is. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> containerErrors() {
        return factory -> factory.addContextCustomizers(context ->
                ((StandardHost) context.getParent()).setErrorReportValveClass(OutcomeErrorValve.class.getName()));
    }

    /** Tomcat would refuse a TRACE before anybody could write that down; behind it the firewall refuses it for every path. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> traceIsWrittenDown() {
        return factory -> factory.addConnectorCustomizers(connector -> connector.setAllowTrace(true));
    }

    /** What a form does not say of its characters; the filter that would say it costs each request, form or not. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> characters() {
        return factory -> factory.addContextCustomizers(
                context -> context.setRequestCharacterEncoding(StandardCharsets.UTF_8.name()));
    }

    @Bean
    ServletListenerRegistrationBean<OriginListener> origins() {
        return new ServletListenerRegistrationBean<>(new OriginListener());
    }

    @Bean
    ServletRegistrationBean<FhirServer> fhirServer(
            FhirContext fhir,
            ServerProperties properties,
            Chart chart,
            Writes writes,
            JsonPatches patches,
            SearchBundles bundles,
            HistoryBundles histories,
            List<FhirProvider> operations,
            PlainRequests reads,
            Refusals refusals,
            RefusalWatch watch,
            CompartmentInterceptor compartments,
            List<TypeProviders> ofEveryType,
            RawAnswerInterceptor rawAnswers,
            MethodsInterceptor methods,
            AccessInterceptor access,
            OperationParametersInterceptor operationParameters,
            ApiDocsInterceptor apiDocs,
            TotalsInterceptor totals,
            List<CapabilityPart> parts,
            FailureInterceptor failures) {
        var providers = new ArrayList<Object>(operations);
        for (var type : RecordTypes.all()) {
            providers.add(provider(type, chart, writes, patches, bundles, histories, fhir));
            ofEveryType.forEach(each -> providers.add(each.of(type)));
        }
        var server = new FhirServer(
                fhir,
                properties.baseUrl(),
                providers,
                List.of(methods, compartments, access, rawAnswers, operationParameters, apiDocs, totals, failures),
                parts,
                reads,
                refusals,
                watch);
        var registration = new ServletRegistrationBean<>(server, FhirServer.PATH + "/*");
        registration.setLoadOnStartup(1);
        return registration;
    }

    private static <T extends org.hl7.fhir.r4.model.Resource> RecordProvider<T> provider(
            RecordType<T> type,
            Chart chart,
            Writes writes,
            JsonPatches patches,
            SearchBundles bundles,
            HistoryBundles histories,
            FhirContext fhir) {
        return new RecordProvider<>(type, chart, writes, patches, bundles, histories, fhir);
    }
}
