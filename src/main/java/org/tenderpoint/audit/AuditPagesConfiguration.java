package org.tenderpoint.audit;

import ca.uhn.fhir.context.FhirContext;
import jakarta.servlet.http.HttpServlet;
import java.util.Set;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.tenderpoint.access.Role;
import org.tenderpoint.chart.AuditBook;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.people.Desks;
import org.tenderpoint.people.OwnPage;

/** Puts the pages of the audit together. */
@Configuration(proxyBeanMethods = false)
class AuditPagesConfiguration {

    @Bean
    ServletRegistrationBean<HttpServlet> auditPages(
            Desks desks, AuditBook book, AuditReports reports, Chart chart, FhirContext fhir) {
        return new ServletRegistrationBean<>(
                new AuditServlet(desks, book, reports, new AuditNames(chart, fhir)),
                AuditServlet.OFFICER,
                AuditServlet.REACHED,
                AuditServlet.PATIENT);
    }

    @Bean
    OwnPage auditPage() {
        return new OwnPage(Set.of(Role.PRIVACY_OFFICER), AuditServlet.OFFICER, "The audit");
    }

    @Bean
    OwnPage seenPage() {
        return new OwnPage(Set.of(Role.PATIENT), AuditServlet.PATIENT, "Who has seen my record");
    }
}
