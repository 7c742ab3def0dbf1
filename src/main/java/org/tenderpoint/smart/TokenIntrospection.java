package org.tenderpoint.smart;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenIntrospection;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2TokenIntrospectionAuthenticationToken;
import org.tenderpoint.identity.Client;
import org.tenderpoint.identity.Grants;
import org.tenderpoint.identity.SecurityEvents;

/**
 * Says what a token means, to resource servers that are registered as such, and to everybody else of their own tokens. Any
 * other token is not active, as one is that never was.
 *
 * @see "RFC 7662, and SMART App Launch 2.2, Token Introspection: it SHALL be possible to authorize by an access token"
 */
final class TokenIntrospection implements AuthenticationProvider {

    private final TokenCallers callers;
    private final ClientRegistry registry;
    private final Grants grants;
    private final BaseUrl baseUrl;
    private final SecurityEvents events;

    TokenIntrospection(
            TokenCallers callers, ClientRegistry registry, Grants grants, BaseUrl baseUrl, SecurityEvents events) {
        this.callers = callers;
        this.registry = registry;
        this.grants = grants;
        this.baseUrl = baseUrl;
        this.events = events;
    }

    @Override
    public Authentication authenticate(Authentication authentication) {
        var request = (OAuth2TokenIntrospectionAuthenticationToken) authentication;
        var principal = (Authentication) request.getPrincipal();
        var asking = asking(principal);
        var claims = claims(request.getToken())
                .filter(found ->
                        asking.introspects() || asking.id().equals(String.valueOf(found.get(AccessTokens.CLIENT_ID))))
                .map(OAuth2TokenIntrospection::withClaims)
                .orElseGet(() -> OAuth2TokenIntrospection.builder(false))
                .build();
        events.succeeded(
                "introspection", asking.id(), null, claims.isActive() ? "active" : "not active for this client");
        return new OAuth2TokenIntrospectionAuthenticationToken(request.getToken(), principal, claims);
    }

    private Client asking(Authentication principal) {
        var id = principal instanceof OAuth2ClientAuthenticationToken client && client.isAuthenticated()
                ? SystemGrant.authenticated(client).getClientId()
                : principal instanceof CallerAuthentication caller
                        ? caller.getPrincipal().clientId()
                        : "";
        return registry.client(id)
                .orElseThrow(() -> new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT));
    }

    private Optional<Map<String, Object>> claims(String token) {
        var access = callers.counting(token).map(jwt -> {
            var claims = new LinkedHashMap<String, Object>(jwt.getClaims());
            claims.put("active", true);
            claims.put("token_type", "Bearer");
            claims.remove(PersonTokens.GRANT);
            claims.computeIfPresent(
                    AccessTokens.FHIR_USER,
                    (name, user) -> String.valueOf(user).startsWith("Person/") ? null : baseUrl.fhir() + "/" + user);
            var scope = String.valueOf(claims.get(AccessTokens.SCOPE));
            claims.put(AccessTokens.SCOPE, java.util.List.of(scope.split(" ")));
            return (Map<String, Object>) claims;
        });
        return access.isPresent()
                ? access
                : grants.ofRefreshToken(token)
                        .filter(grant -> grants.isUnused(token))
                        .map(grant -> Map.of(
                                "active",
                                true,
                                AccessTokens.CLIENT_ID,
                                grant.clientId(),
                                "sub",
                                PersonTokens.subject(grant.login()),
                                "exp",
                                grant.until(),
                                AccessTokens.SCOPE,
                                grant.content().scopes()));
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return OAuth2TokenIntrospectionAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
