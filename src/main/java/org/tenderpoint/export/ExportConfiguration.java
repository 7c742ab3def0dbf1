package org.tenderpoint.export;

import jakarta.servlet.http.HttpServlet;
import java.time.Clock;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.tenderpoint.chart.ExportJobs;
import org.tenderpoint.guard.Refusals;
import org.tenderpoint.server.FailureInterceptor;
import org.tenderpoint.server.FhirServer;

/** Puts the place of jobs and files beside the FHIR server, below the same base and behind the same doors. */
@Configuration(proxyBeanMethods = false)
class ExportConfiguration {

    @Bean
    ServletRegistrationBean<HttpServlet> exports(
            ExportJobs jobs, ExportFiles files, FailureInterceptor failures, Refusals refusals, Clock clock) {
        return new ServletRegistrationBean<>(
                new ExportServlet(jobs, files, failures, refusals, clock),
                FhirServer.PATH + ExportServlet.BELOW_BASE + "/*");
    }
}
