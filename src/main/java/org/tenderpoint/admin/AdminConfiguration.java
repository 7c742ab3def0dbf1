package org.tenderpoint.admin;

import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.tenderpoint.identity.Clients;
import org.tenderpoint.identity.SigningKeys;

/** Puts the administrator's desk together. */
@Configuration(proxyBeanMethods = false)
class AdminConfiguration {

    @Bean
    AdminActs adminActs(Clients clients, SigningKeys keys) {
        return new AdminActs(clients, keys);
    }

    @Bean
    ServletRegistrationBean<AdminServlet> adminServlet(AdminActs acts) {
        return new ServletRegistrationBean<>(new AdminServlet(acts), AdminServlet.PATH + "/*");
    }
}
