package org.tenderpoint.smart;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeAuthenticationToken;
import org.tenderpoint.identity.Grants;
import org.tenderpoint.identity.Secrets;

/**
 * The grant of an app that brings a code: once, by the client it was made for, with the redirect URI of the request and the
 * verifier of its challenge.
 *
 * @see "RFC 6749, section 4.1.3, and RFC 7636, section 4.6"
 */
final class CodeGrant implements AuthenticationProvider {

    private final Grants grants;
    private final PersonTokens tokens;

    CodeGrant(Grants grants, PersonTokens tokens) {
        this.grants = grants;
        this.tokens = tokens;
    }

    /** @throws OAuth2AuthenticationException {@code invalid_grant}, whichever part does not fit */
    @Override
    public Authentication authenticate(Authentication authentication) {
        var request = (OAuth2AuthorizationCodeAuthenticationToken) authentication;
        var client = SystemGrant.authenticated(request.getPrincipal());
        var verifier = request.getAdditionalParameters().get("code_verifier");
        if (!(verifier instanceof String text) || !text.matches("[A-Za-z0-9._~-]{43,128}")) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT);
        }
        var grant = grants.useCode(client.getClientId(), request.getCode())
                .orElseThrow(() -> new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT));
        // RFC 7636, section 4.6: S256 is the hash of the verifier, base64url without padding.
        if (!same(Secrets.hash(text), grant.content().challenge())
                || !grant.content().redirectUri().equals(request.getRedirectUri())) {
            grants.end(grant.id());
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT);
        }
        return tokens.answer(
                client,
                (Authentication) request.getPrincipal(),
                grant,
                grant.content().scopes());
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return OAuth2AuthorizationCodeAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
