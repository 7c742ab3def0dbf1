package org.tenderpoint.smart;

import java.util.Map;
import java.util.Set;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationToken;
import org.tenderpoint.access.Scopes;

/**
 * Cuts the scopes of a token request to what the client holds, before the authorization server issues the token.
 *
 * @see "RFC 6749, section 3.3: the authorization server may partially ignore the scope requested, and then names the
 *     scope it issued in the response"
 */
final class ScopeNarrowing implements AuthenticationProvider {

    private final AuthenticationProvider issuing;

    /** @param issuing issues the token; its own scope check, which compares strings, is switched off */
    ScopeNarrowing(OAuth2ClientCredentialsAuthenticationProvider issuing) {
        issuing.setAuthenticationValidator(context -> {});
        this.issuing = issuing;
    }

    /** @throws OAuth2AuthenticationException {@code invalid_scope} where nothing is left of the scopes asked for */
    @Override
    public Authentication authenticate(Authentication authentication) {
        var request = (OAuth2ClientCredentialsAuthenticationToken) authentication;
        if (!(request.getPrincipal() instanceof OAuth2ClientAuthenticationToken client)
                || !client.isAuthenticated()
                || client.getRegisteredClient() == null) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT);
        }
        var granted = granted(request.getScopes(), client.getRegisteredClient().getScopes());
        // Other parameters stay behind: a DPoP proof would bind the token to a key, which nothing here checks later.
        return issuing.authenticate(new OAuth2ClientCredentialsAuthenticationToken(client, granted, Map.of()));
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return OAuth2ClientCredentialsAuthenticationToken.class.isAssignableFrom(authentication);
    }

    static Set<String> granted(Set<String> requested, Set<String> registered) {
        // RFC 6749, section 3.3: where the scope is omitted, a pre-defined default is processed. Ours is all it holds.
        var granted = Scopes.intersect(requested.isEmpty() ? registered : requested, registered);
        if (granted.isEmpty()) {
            // RFC 6749, section 5.2: invalid_scope, because the scope exceeds what could be granted.
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_SCOPE);
        }
        return granted;
    }
}
