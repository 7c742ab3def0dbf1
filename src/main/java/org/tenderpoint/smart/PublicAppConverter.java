package org.tenderpoint.smart;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.web.authentication.AuthenticationConverter;
import org.tenderpoint.identity.Grants;

/**
 * Reads the {@code client_id} of an app that cannot keep a secret. What it brings besides is its code with the PKCE
 * verifier, or its refresh token; that names the app where nothing else does, as SMART App Launch 2.2 lists no
 * {@code client_id} among what is sent with it.
 *
 * @see "RFC 6749, sections 3.2.1 and 6"
 */
final class PublicAppConverter implements AuthenticationConverter {

    private final Grants grants;

    PublicAppConverter(Grants grants) {
        this.grants = grants;
    }

    @Override
    public @Nullable Authentication convert(HttpServletRequest request) {
        var ids = request.getParameterValues("client_id");
        if (request.getHeader("Authorization") != null) {
            return null;
        }
        if (ids == null) {
            return "refresh_token".equals(request.getParameter("grant_type")) ? ofToken(request) : null;
        }
        if (ids.length != 1 || request.getParameter("client_secret") != null) {
            // A secret travels in the header or not at all.
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_REQUEST);
        }
        return named(ids[0]);
    }

    private @Nullable Authentication ofToken(HttpServletRequest request) {
        var token = request.getParameter("refresh_token");
        return token == null
                ? null
                : grants.ofRefreshToken(token)
                        .map(grant -> named(grant.clientId()))
                        .orElseThrow(() -> new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT));
    }

    private static Authentication named(String clientId) {
        return new OAuth2ClientAuthenticationToken(clientId, ClientAuthenticationMethod.NONE, null, Map.of());
    }
}
