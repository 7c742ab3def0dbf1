package org.tenderpoint.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/** Adds the floor to a server under test. No {@code @Configuration}, so that no component scan of a test finds it. */
final class BenchConfiguration {

    /** A pool of its own with auto-commit, so that the floor pays one round trip and no more. */
    @Bean
    ServletRegistrationBean<FloorServlet> floor(Environment environment) {
        var config = new HikariConfig();
        config.setJdbcUrl(environment.getProperty("spring.datasource.url"));
        config.setUsername(environment.getProperty("spring.datasource.username"));
        config.setMaximumPoolSize(Benchmark.CONNECTIONS);
        var registration =
                new ServletRegistrationBean<>(new FloorServlet(new HikariDataSource(config)), FloorServlet.PATH + "/*");
        registration.setLoadOnStartup(1);
        return registration;
    }

    /** Without a single filter: the floor is bare. */
    @Bean
    @Order(0)
    SecurityFilterChain floorChain() {
        return new DefaultSecurityFilterChain(
                PathPatternRequestMatcher.withDefaults().matcher(FloorServlet.PATH + "/**"));
    }
}
