package org.tenderpoint.admin;

import java.util.Set;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.tenderpoint.access.Role;
import org.tenderpoint.chart.AuditPurge;
import org.tenderpoint.chart.AuditSeals;
import org.tenderpoint.identity.Clients;
import org.tenderpoint.identity.Grants;
import org.tenderpoint.identity.Links;
import org.tenderpoint.identity.People;
import org.tenderpoint.identity.SecurityEvents;
import org.tenderpoint.identity.Sessions;
import org.tenderpoint.identity.SignIns;
import org.tenderpoint.identity.SigningKeys;
import org.tenderpoint.people.Desks;
import org.tenderpoint.people.OwnPage;

/** Puts the administrator's desk together. */
@Configuration(proxyBeanMethods = false)
class AdminConfiguration {

    @Bean
    AdminActs adminActs(Clients clients, SigningKeys keys, Environment environment) {
        return new AdminActs(clients, keys, environment);
    }

    @Bean
    PeopleActs peopleActs(People people, SignIns signIns, Sessions sessions, Grants grants, Links links) {
        return new PeopleActs(people, signIns, sessions, grants, links);
    }

    @Bean
    ServletRegistrationBean<AdminServlet> adminServlet(
            AdminActs acts, PeopleActs people, AuditSeals seals, AuditPurge purge, SecurityEvents events) {
        return new ServletRegistrationBean<>(
                new AdminServlet(acts, people, new AuditActs(seals, purge), events), AdminServlet.PATH + "/*");
    }

    @Bean
    ServletRegistrationBean<ClientsServlet> clientsPage(Desks desks, AdminActs acts, SecurityEvents events) {
        return new ServletRegistrationBean<>(new ClientsServlet(desks, acts, events), ClientsServlet.PATH);
    }

    @Bean
    OwnPage clientsOwnPage() {
        return new OwnPage(Set.of(Role.ADMINISTRATOR), ClientsServlet.PATH, "Systems and apps");
    }
}
