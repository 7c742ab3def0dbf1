package org.tenderpoint.smart;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.tenderpoint.identity.Assertions;
import org.tenderpoint.identity.Client;

/**
 * Verifies a client's assertion: RS384 or ES384 by a registered key, for this token endpoint, for five minutes at most, and
 * once.
 *
 * @see <a href="https://hl7.org/fhir/smart-app-launch/STU2.2/client-confidential-asymmetric.html">SMART App Launch 2.2,
 *     Client Authentication: Asymmetric</a>
 */
final class AssertionAuthentication implements AuthenticationProvider {

    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration SKEW = Duration.ofSeconds(30);
    private static final int LONGEST_ID = 255;

    private final ClientRegistry registry;
    private final ClientKeys keys;
    private final Assertions used;
    private final BaseUrl baseUrl;
    private final Clock clock;

    AssertionAuthentication(ClientRegistry registry, ClientKeys keys, Assertions used, BaseUrl baseUrl, Clock clock) {
        this.registry = registry;
        this.keys = keys;
        this.used = used;
        this.baseUrl = baseUrl;
        this.clock = clock;
    }

    /** @throws OAuth2AuthenticationException {@code invalid_client}, whatever is wrong with it; the reason is for the log */
    @Override
    public Authentication authenticate(Authentication authentication) {
        var presented = (OAuth2ClientAuthenticationToken) authentication;
        var id = presented.getPrincipal().toString();
        var client = registry.client(id).filter(Client::hasKeys).orElseThrow(() -> refused("no client with keys"));
        try {
            var assertion = SignedJWT.parse(String.valueOf(presented.getCredentials()));
            requireSignature(client, assertion);
            requireClaims(id, assertion.getJWTClaimsSet());
        } catch (ParseException | JOSEException unusable) {
            throw refused("malformed");
        }
        var registered = registry.findByClientId(id);
        if (registered == null) {
            throw refused("revoked meanwhile");
        }
        return new OAuth2ClientAuthenticationToken(registered, ClientAuthenticationMethod.PRIVATE_KEY_JWT, null);
    }

    private void requireSignature(Client client, SignedJWT assertion) throws JOSEException {
        var header = assertion.getHeader();
        var type = header.getType();
        if (header.getKeyID() == null || (type != null && !type.equals(JOSEObjectType.JWT))) {
            throw refused("no key id, or another type than JWT");
        }
        // A jku is allowed where it is the registered one; keys never come from anywhere else.
        if (header.getJWKURL() != null && !header.getJWKURL().toString().equals(client.jwksUri())) {
            throw refused("a key address that is not registered");
        }
        for (var key : keys.of(client, header.getKeyID())) {
            if (isVerified(header, key, assertion)) {
                return;
            }
        }
        throw refused("no registered key has signed it");
    }

    private static boolean isVerified(JWSHeader header, JWK key, SignedJWT assertion) throws JOSEException {
        if (key instanceof RSAKey rsa && header.getAlgorithm().equals(JWSAlgorithm.RS384)) {
            return rsa.size() >= 2048 && assertion.verify(new RSASSAVerifier(rsa.toRSAPublicKey(), Set.of()));
        }
        if (key instanceof ECKey ec && header.getAlgorithm().equals(JWSAlgorithm.ES384)) {
            return ec.size() == 384 && assertion.verify(new ECDSAVerifier(ec.toECPublicKey(), Set.of()));
        }
        return false;
    }

    private void requireClaims(String id, JWTClaimsSet claims) {
        var now = clock.instant();
        var expires = instant(claims.getExpirationTime());
        if (!id.equals(claims.getIssuer()) || !id.equals(claims.getSubject())) {
            throw refused("issuer and subject are not the client");
        }
        if (!claims.getAudience().contains(baseUrl.issuer() + Discovery.TOKEN)) {
            throw refused("not for this token endpoint");
        }
        if (expires == null
                || expires.plus(SKEW).isBefore(now)
                || expires.isAfter(now.plus(LONGEST).plus(SKEW))) {
            throw refused("expired, or good for longer than five minutes");
        }
        var from = instant(claims.getNotBeforeTime());
        var issued = instant(claims.getIssueTime());
        if (from != null && from.isAfter(now.plus(SKEW)) || issued != null && issued.isAfter(now.plus(SKEW))) {
            throw refused("from the future");
        }
        var jti = claims.getJWTID();
        if (jti == null || jti.isEmpty() || jti.length() > LONGEST_ID) {
            throw refused("no id of its own");
        }
        // Last, so that only a good one uses its id up.
        if (!used.use(id, jti, expires.plus(SKEW))) {
            throw refused("used before");
        }
    }

    private static @Nullable Instant instant(@Nullable Date date) {
        return date == null ? null : date.toInstant();
    }

    private static OAuth2AuthenticationException refused(String why) {
        return new OAuth2AuthenticationException(
                new OAuth2Error(OAuth2ErrorCodes.INVALID_CLIENT, "assertion: " + why, null));
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return OAuth2ClientAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
