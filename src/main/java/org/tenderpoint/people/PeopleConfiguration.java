package org.tenderpoint.people;

import jakarta.servlet.http.HttpServlet;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.tenderpoint.access.Sealing;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.identity.Clients;
import org.tenderpoint.identity.Grants;
import org.tenderpoint.identity.Links;
import org.tenderpoint.identity.Passkeys;
import org.tenderpoint.identity.People;
import org.tenderpoint.identity.SecurityEvents;
import org.tenderpoint.identity.Sessions;
import org.tenderpoint.identity.SignIns;
import org.tenderpoint.smart.Authorizations;

/** Puts the pages together. */
@Configuration(proxyBeanMethods = false)
class PeopleConfiguration {

    @Bean
    Browsers browsers(Sessions sessions, People people, Authorizations authorizations) {
        return new Browsers(sessions, people, authorizations);
    }

    @Bean
    ServletRegistrationBean<HttpServlet> signIn(
            Browsers browsers,
            SignIns signIns,
            Passkeys passkeys,
            ProviderProperties provider,
            Authorizations authorizations,
            SecurityEvents events) {
        return new ServletRegistrationBean<>(
                new SignInServlet(
                        browsers, new SignInServlet.Ways(signIns, passkeys, provider), authorizations, events),
                SignInServlet.PATH,
                SignInServlet.CODE,
                SignInServlet.PASSKEY,
                SignInServlet.OUT);
    }

    @Bean
    ServletRegistrationBean<HttpServlet> provider(
            Browsers browsers,
            ProviderProperties settings,
            Links links,
            Authorizations authorizations,
            Sealing sealing,
            SecurityEvents events,
            Clock clock) {
        var desk = new ProviderServlet.Desk(new Provider(settings, clock), links, authorizations, sealing);
        var servlet = new ServletRegistrationBean<HttpServlet>(
                new ProviderServlet(browsers, desk, events, clock), ProviderServlet.PATH, ProviderServlet.BACK);
        servlet.setEnabled(settings.isSet());
        return servlet;
    }

    @Bean
    ServletRegistrationBean<HttpServlet> decide(
            Browsers browsers, Authorizations authorizations, Clients clients, Chart chart, SecurityEvents events) {
        return new ServletRegistrationBean<>(
                new DecideServlet(
                        browsers,
                        new DecideServlet.Desk(authorizations, clients, chart),
                        new PatientPicker(chart),
                        events),
                Authorizations.DECIDE);
    }

    @Bean
    ServletRegistrationBean<HttpServlet> account(
            Browsers browsers,
            Grants grants,
            Clients clients,
            People people,
            SignIns signIns,
            Sealing sealing,
            List<OwnPage> pages,
            SecurityEvents events) {
        return new ServletRegistrationBean<>(
                new AccountServlet(
                        browsers,
                        new AccountServlet.Desk(grants, clients, people, signIns, sealing, List.copyOf(pages)),
                        events),
                AccountServlet.PATH,
                AccountServlet.PATH + "/*");
    }

    @Bean
    Desks desks(Browsers browsers, Chart chart) {
        return new Desks(browsers, chart);
    }

    @Bean
    ServletRegistrationBean<HttpServlet> passkeyPage(
            Browsers browsers, Passkeys passkeys, SignIns signIns, SecurityEvents events) {
        return new ServletRegistrationBean<>(
                new PasskeyServlet(browsers, passkeys, signIns, events), PasskeyServlet.PATH);
    }

    @Bean
    ServletRegistrationBean<HttpServlet> look() {
        return new ServletRegistrationBean<>(new Look(), Look.STYLE, Look.MARK, Look.PASSKEYS);
    }
}
