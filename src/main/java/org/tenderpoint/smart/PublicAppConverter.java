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

/**
 * Reads the {@code client_id} of an app that cannot keep a secret. What it brings besides is its code with the PKCE
 * verifier, or its refresh token.
 *
 * @see "RFC 6749, section 3.2.1"
 */
final class PublicAppConverter implements AuthenticationConverter {

    @Override
    public @Nullable Authentication convert(HttpServletRequest request) {
        var ids = request.getParameterValues("client_id");
        if (ids == null || request.getHeader("Authorization") != null) {
            return null;
        }
        if (ids.length != 1 || request.getParameter("client_secret") != null) {
            // A secret travels in the header or not at all.
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_REQUEST);
        }
        return new OAuth2ClientAuthenticationToken(ids[0], ClientAuthenticationMethod.NONE, null, Map.of());
    }
}
