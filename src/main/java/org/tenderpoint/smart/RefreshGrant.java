package org.tenderpoint.smart;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2RefreshTokenAuthenticationToken;
import org.tenderpoint.access.Scopes;
import org.tenderpoint.identity.Grants;
import org.tenderpoint.identity.Sessions;

/**
 * The grant of an app that brings a refresh token: it gets the next one besides, and this one never counts again.
 *
 * @see "RFC 6749, section 6, and RFC 9700, section 4.14.2"
 */
final class RefreshGrant implements AuthenticationProvider {

    private final Grants grants;
    private final Sessions sessions;
    private final PersonTokens tokens;

    RefreshGrant(Grants grants, Sessions sessions, PersonTokens tokens) {
        this.grants = grants;
        this.sessions = sessions;
        this.tokens = tokens;
    }

    /**
     * @throws OAuth2AuthenticationException {@code invalid_grant} where the token does not count, {@code invalid_scope}
     *     where more is asked for than was granted
     */
    @Override
    public Authentication authenticate(Authentication authentication) {
        var request = (OAuth2RefreshTokenAuthenticationToken) authentication;
        var client = SystemGrant.authenticated(request.getPrincipal());
        var standing = grants.ofRefreshToken(request.getRefreshToken())
                .filter(grant -> grant.clientId().equals(client.getClientId()))
                .orElseThrow(RefreshGrant::refused);
        // Before the token is used up: who asks for too much may ask again.
        var scopes = scopes(request.getScopes(), standing.content().scopes());
        var session = standing.content().session();
        if (session != null && !sessions.lasts(session)) {
            grants.end(standing.id());
            throw refused();
        }
        var grant = grants.useRefreshToken(client.getClientId(), request.getRefreshToken())
                .orElseThrow(RefreshGrant::refused);
        return tokens.answer(client, (Authentication) request.getPrincipal(), grant, scopes);
    }

    /** What is asked for, where all of it was granted; all that was granted where nothing is asked for. */
    static List<String> scopes(Set<String> requested, List<String> granted) {
        if (requested.isEmpty()) {
            return granted;
        }
        var scopes = new ArrayList<String>();
        for (var scope : requested) {
            if (granted.contains(scope)) {
                scopes.add(scope);
                continue;
            }
            var canonical = Scopes.intersect(List.of(scope), List.of(scope));
            var covered = Scopes.intersect(List.of(scope), granted);
            if (canonical.isEmpty() || !covered.equals(canonical)) {
                // RFC 6749, section 6: it must not include what was not originally granted.
                throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_SCOPE);
            }
            scopes.addAll(canonical);
        }
        return scopes;
    }

    private static OAuth2AuthenticationException refused() {
        return new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT);
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return OAuth2RefreshTokenAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
