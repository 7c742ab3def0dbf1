package org.tenderpoint.smart;

import java.util.Map;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AccessTokenAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;

/**
 * The grant of a system that acts for itself: an access token, and no refresh token beside it. Other parameters of the
 * request stay behind: a DPoP proof would bind the token to a key, which nothing here checks later.
 *
 * @see "RFC 6749, section 4.4"
 */
final class SystemGrant implements AuthenticationProvider {

    private final ClientRegistry registry;
    private final AccessTokens tokens;

    SystemGrant(ClientRegistry registry, AccessTokens tokens) {
        this.registry = registry;
        this.tokens = tokens;
    }

    /** @throws OAuth2AuthenticationException where the client is an app, or holds nothing of what it asks for */
    @Override
    public Authentication authenticate(Authentication authentication) {
        var request = (OAuth2ClientCredentialsAuthenticationToken) authentication;
        var registered = authenticated(request.getPrincipal());
        var client = registry.client(registered.getClientId())
                .orElseThrow(() -> new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT));
        if (client.isApp()) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.UNAUTHORIZED_CLIENT);
        }
        var scopes = ScopeNarrowing.granted(request.getScopes(), client.scopes());
        var token = tokens.issue(client.id(), client.id(), scopes, Map.of());
        return new OAuth2AccessTokenAuthenticationToken(
                registered, (Authentication) request.getPrincipal(), token, null, Map.of());
    }

    /** The client that a token request comes from. */
    static RegisteredClient authenticated(Object principal) {
        if (principal instanceof OAuth2ClientAuthenticationToken client
                && client.isAuthenticated()
                && client.getRegisteredClient() != null) {
            return client.getRegisteredClient();
        }
        throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT);
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return OAuth2ClientCredentialsAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
