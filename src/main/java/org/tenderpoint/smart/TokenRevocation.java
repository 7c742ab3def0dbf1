package org.tenderpoint.smart;

import java.time.Duration;
import java.util.Optional;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2TokenRevocationAuthenticationToken;
import org.tenderpoint.identity.Denied;
import org.tenderpoint.identity.Grants;

/**
 * Takes tokens back: a refresh token with all of its grant, an access token alone; on all nodes within five seconds. A
 * token that is none, or another client's, is answered alike.
 *
 * @see "RFC 7009, section 2"
 */
final class TokenRevocation implements AuthenticationProvider {

    private final TokenCallers callers;
    private final Grants grants;
    private final Denied denied;

    TokenRevocation(TokenCallers callers, Grants grants, Denied denied) {
        this.callers = callers;
        this.grants = grants;
        this.denied = denied;
    }

    @Override
    public Authentication authenticate(Authentication authentication) {
        var request = (OAuth2TokenRevocationAuthenticationToken) authentication;
        var client = SystemGrant.authenticated(request.getPrincipal());
        grants.ofRefreshToken(request.getToken())
                .filter(grant -> grant.clientId().equals(client.getClientId()))
                .ifPresent(grant -> grants.end(grant.id()));
        accessToken(request.getToken())
                .filter(token -> client.getClientId().equals(token.getClaimAsString(AccessTokens.CLIENT_ID)))
                .ifPresent(token -> denied.add(
                        token.getId(),
                        Optional.ofNullable(token.getExpiresAt())
                                .orElseThrow()
                                .plus(AccessTokens.CLOCK_SKEW)
                                .plus(Duration.ofSeconds(1))));
        // What is answered is the same for all; the token that is named here is none.
        return new OAuth2TokenRevocationAuthenticationToken(
                new OAuth2RefreshToken("-", null), (Authentication) request.getPrincipal());
    }

    private Optional<Jwt> accessToken(String text) {
        return callers.counting(text);
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return OAuth2TokenRevocationAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
