package org.tenderpoint.emergency;

import jakarta.servlet.http.HttpServlet;
import java.util.Set;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.tenderpoint.access.Role;
import org.tenderpoint.chart.BrokenGlass;
import org.tenderpoint.people.Desks;
import org.tenderpoint.people.OwnPage;

/** Puts the page about emergencies together. */
@Configuration(proxyBeanMethods = false)
class EmergencyConfiguration {

    @Bean
    ServletRegistrationBean<HttpServlet> emergencies(Desks desks, BrokenGlass glass) {
        return new ServletRegistrationBean<>(new EmergencyServlet(desks, glass), EmergencyServlet.PATH);
    }

    @Bean
    OwnPage emergencyPage() {
        return new OwnPage(Set.of(Role.PRIVACY_OFFICER), EmergencyServlet.PATH, "Records opened in emergencies");
    }
}
