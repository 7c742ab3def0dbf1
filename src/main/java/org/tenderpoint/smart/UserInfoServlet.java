package org.tenderpoint.smart;

import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.oauth2.jwt.Jwt;
import org.tenderpoint.identity.SecurityEvents;

/**
 * Says of the person before an app what the id token says of her.
 *
 * @see "OpenID Connect Core 1.0, section 5.3"
 */
final class UserInfoServlet extends HttpServlet {

    static final String PATH = "/oauth2/userinfo";

    private static final long serialVersionUID = 1L;

    private final transient TokenCallers callers;
    private final transient BaseUrl baseUrl;

    private final transient SecurityEvents events;

    UserInfoServlet(TokenCallers callers, BaseUrl baseUrl, SecurityEvents events) {
        this.callers = callers;
        this.baseUrl = baseUrl;
        this.events = events;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var token = callers.counting(String.valueOf(TokenCallers.bearer(request)));
        var scopes = token.map(jwt -> List.of(
                        String.valueOf(jwt.getClaimAsString(AccessTokens.SCOPE)).split(" ")))
                .orElse(List.of());
        if (token.isEmpty() || !scopes.contains("openid")) {
            events.refused("userinfo", client(token), null, "the token has no openid");
            response.setHeader("WWW-Authenticate", "Bearer error=\"insufficient_scope\"");
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        var user = String.valueOf(token.get().getClaimAsString(AccessTokens.FHIR_USER));
        var subject = token.get().getSubject();
        var told = scopes.contains("fhirUser") && !user.startsWith("Person/")
                ? Map.of("sub", subject, "fhirUser", baseUrl.fhir() + "/" + user)
                : Map.of("sub", subject);
        events.succeeded("userinfo", client(token), user.equals("null") ? null : user, "who the token is for");
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.getOutputStream().write(JsonMapper.builder().build().writeValueAsBytes(told));
    }

    private static @Nullable String client(Optional<Jwt> token) {
        return token.map(jwt -> jwt.getClaimAsString(AccessTokens.CLIENT_ID)).orElse(null);
    }
}
