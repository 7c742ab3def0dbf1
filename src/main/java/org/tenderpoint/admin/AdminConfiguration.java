package org.tenderpoint.admin;

import java.util.Set;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.tenderpoint.access.Role;
import org.tenderpoint.chart.AuditPurge;
import org.tenderpoint.chart.AuditSeals;
import org.tenderpoint.chart.StuckSubscribers;
import org.tenderpoint.endpoint.EndpointApprovals;
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
            AdminActs acts,
            PeopleActs people,
            EndpointActs endpoints,
            StuckSubscribers subscribers,
            AuditSeals seals,
            AuditPurge purge,
            SecurityEvents events) {
        return new ServletRegistrationBean<>(
                new AdminServlet(
                        acts, people, endpoints, new DeliveryActs(subscribers), new AuditActs(seals, purge), events),
                AdminServlet.PATH + "/*");
    }

    @Bean
    ServletRegistrationBean<ClientsServlet> clientsPage(Desks desks, AdminActs acts, SecurityEvents events) {
        return new ServletRegistrationBean<>(new ClientsServlet(desks, acts, events), ClientsServlet.PATH);
    }

    @Bean
    EndpointActs endpointActs(EndpointApprovals approvals) {
        return new EndpointActs(approvals);
    }

    @Bean
    ServletRegistrationBean<EndpointsServlet> endpointsPage(Desks desks, EndpointActs acts, SecurityEvents events) {
        return new ServletRegistrationBean<>(new EndpointsServlet(desks, acts, events), EndpointsServlet.PATH);
    }

    @Bean
    ServletRegistrationBean<PeopleServlet> peoplePage(Desks desks, PeopleActs acts, SecurityEvents events) {
        return new ServletRegistrationBean<>(new PeopleServlet(desks, acts, events), PeopleServlet.PATH);
    }

    @Bean
    OwnPage peopleOwnPage() {
        return new OwnPage(Set.of(Role.ADMINISTRATOR), PeopleServlet.PATH, "People");
    }

    @Bean
    OwnPage endpointsOwnPage() {
        return new OwnPage(Set.of(Role.ADMINISTRATOR), EndpointsServlet.PATH, "Endpoints that wait");
    }

    @Bean
    OwnPage clientsOwnPage() {
        return new OwnPage(Set.of(Role.ADMINISTRATOR), ClientsServlet.PATH, "Systems and apps");
    }
}
