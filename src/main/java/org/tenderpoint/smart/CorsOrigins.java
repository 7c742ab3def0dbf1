package org.tenderpoint.smart;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;
import org.tenderpoint.identity.Clients;

/** Which pages of other origins may ask here by script: those of registered apps, to the letter, and without cookies. */
final class CorsOrigins implements CorsConfigurationSource {

    private static final List<String> OPEN = List.of("/fhir/", "/oauth2/token", "/oauth2/revoke", "/oauth2/introspect");
    private static final List<String> ASKED =
            List.of("Authorization", "Content-Type", "Accept", "If-Match", "If-None-Match", "If-None-Exist", "Prefer");
    private static final List<String> SHOWN = List.of(
            "ETag", "Location", "Content-Location", "Last-Modified", "WWW-Authenticate", "Retry-After", "X-Progress");

    private final Clients clients;

    CorsOrigins(Clients clients) {
        this.clients = clients;
    }

    @Override
    public @Nullable CorsConfiguration getCorsConfiguration(HttpServletRequest request) {
        var path = request.getRequestURI();
        if (request.getHeader("Origin") == null || path.contains("/.well-known/")) {
            return null;
        }
        var open = path.equals("/fhir")
                || path.equals(UserInfoServlet.PATH)
                || path.equals(Discovery.KEYS)
                || OPEN.stream().anyMatch(path::startsWith);
        if (!open) {
            return null;
        }
        var configuration = new CorsConfiguration();
        configuration.setAllowedOrigins(List.copyOf(clients.origins()));
        configuration.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));
        configuration.setAllowedHeaders(ASKED);
        configuration.setExposedHeaders(SHOWN);
        configuration.setMaxAge(Duration.ofMinutes(10));
        return configuration;
    }
}
