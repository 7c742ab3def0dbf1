package org.tenderpoint.smart;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.tenderpoint.identity.TokenKeys;

/**
 * What stands in an access token, and what is checked when it comes back.
 *
 * @see "RFC 9068, JSON Web Token Profile for OAuth 2.0 Access Tokens"
 */
final class AccessTokens {

    static final String CLIENT_ID = "client_id";
    static final String SCOPE = "scope";

    /** The person before the client, as SMART names it; absent where a system acts for itself. */
    static final String FHIR_USER = "fhirUser";

    /** In what capacity that person acts; counts only beside {@link #FHIR_USER}. */
    static final String ROLE = "role";

    /** FHIR id of the Organization that person acts for. */
    static final String ORGANIZATION = "organization";

    /** FHIR id of the one patient whom the token is confined to. */
    static final String PATIENT = "patient";

    /** RFC 9068, section 2.1: the type that tells an access token from every other JWT with our signature. */
    private static final String TYPE = "at+jwt";

    static final Duration CLOCK_SKEW = Duration.ofSeconds(60);

    private final TokenKeys signing;
    private final JWKSource<SecurityContext> keys;
    private final BaseUrl baseUrl;
    private final Clock clock;
    private final Duration life;

    /** @param life how long a token counts */
    AccessTokens(TokenKeys signing, BaseUrl baseUrl, Clock clock, Duration life) {
        this.signing = signing;
        this.keys = (selector, context) -> selector.select(signing.all());
        this.baseUrl = baseUrl;
        this.clock = clock;
        this.life = life;
    }

    /**
     * Writes and signs a token.
     *
     * @param subject who acts: the client itself, or the person before it
     * @param claims what else stands in it
     */
    OAuth2AccessToken issue(String clientId, String subject, Set<String> scopes, Map<String, String> claims) {
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var until = now.plus(life);
        // RFC 9068, section 2.2: iss, exp, aud, sub, client_id, iat and jti; the scopes as one string (RFC 8693, 4.2).
        var content = new JWTClaimsSet.Builder()
                .issuer(baseUrl.issuer())
                .audience(baseUrl.fhir())
                .subject(subject)
                .claim(CLIENT_ID, clientId)
                .claim(SCOPE, String.join(" ", scopes))
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .notBeforeTime(Date.from(now))
                .expirationTime(Date.from(until));
        claims.forEach(content::claim);
        return new OAuth2AccessToken(
                OAuth2AccessToken.TokenType.BEARER, sign(signing, TYPE, content.build()), now, until, scopes);
    }

    /**
     * Signs with the key of the day: RS256, because every request verifies and only every fifth minute signs. On JDK 17
     * an RSA signature is verified about thirty times faster than one on P-256.
     */
    static String sign(TokenKeys keys, String type, JWTClaimsSet content) {
        try {
            var key = keys.signing();
            var header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                    .type(new JOSEObjectType(type))
                    .keyID(key.getKeyID())
                    .build();
            var token = new SignedJWT(header, content);
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException unusable) {
            throw new IllegalStateException("the signing key cannot sign", unusable);
        }
    }

    /**
     * Reads tokens: RS256 and nothing else, keys from our own set and never from the token's header, and the claims of
     * {@link #validator()}.
     */
    JwtDecoder decoder() {
        var processor = new DefaultJWTProcessor<SecurityContext>();
        // RFC 8725, sections 3.1 and 3.11: the algorithm and the type are ours to name, not the token's.
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, keys));
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType(TYPE)));
        // The claims are checked by our validator below.
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        var decoder = new NimbusJwtDecoder(processor);
        decoder.setJwtValidator(validator());
        return decoder;
    }

    /** The claims of a token that counts: issued here, for this FHIR base, not expired, and naming its client. */
    OAuth2TokenValidator<Jwt> validator() {
        return new DelegatingOAuth2TokenValidator<>(List.of(
                new JwtTimestampValidator(CLOCK_SKEW),
                new JwtClaimValidator<Object>("exp", Objects::nonNull),
                new JwtClaimValidator<Object>("iss", issuer -> baseUrl.issuer().equals(String.valueOf(issuer))),
                new JwtClaimValidator<List<String>>(
                        "aud", audience -> audience != null && audience.contains(baseUrl.fhir())),
                new JwtClaimValidator<Object>(CLIENT_ID, client -> client instanceof String id && !id.isEmpty())));
    }
}
