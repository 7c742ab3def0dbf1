package org.tenderpoint.smart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.tenderpoint.identity.TokenKeys;

/** Each refused token differs from an accepted one in one thing. */
class AccessTokensTest {

    private static final String BASE = "https://fhir.example.org";

    private static RSAKey ours;
    private static RSAKey foreign;
    private static AccessTokens tokens;
    private static JwtDecoder decoder;

    @BeforeAll
    static void keys() throws JOSEException {
        ours = new RSAKeyGenerator(2048)
                .keyID("ours")
                .algorithm(JWSAlgorithm.RS256)
                .generate();
        foreign = new RSAKeyGenerator(2048).keyID("ours").generate();
        var baseUrl = new BaseUrl(new MockEnvironment().withProperty("tenderpoint.base-url", BASE + "/"));
        tokens = new AccessTokens(onlyOurs(), baseUrl, Clock.systemUTC(), Duration.ofMinutes(5));
        decoder = tokens.decoder();
    }

    @Test
    void tokenThatWasIssuedHereIsAcceptedAndNamesIssuerAudienceClientAndScopes() {
        var issued = tokens.issue("an-ehr", "an-ehr", Set.of("system/*.rs"), Map.of("patient", "p"));

        var token = decoder.decode(issued.getTokenValue());

        assertThat(token.getHeaders()).containsEntry("alg", "RS256").containsEntry("typ", "at+jwt");
        assertThat(token.getClaimAsString("iss")).isEqualTo(BASE);
        assertThat(token.getAudience()).containsExactly(BASE + "/fhir");
        assertThat(token.getClaimAsString("client_id")).isEqualTo("an-ehr");
        assertThat(token.getClaimAsString("scope")).isEqualTo("system/*.rs");
        assertThat(token.getExpiresAt()).isEqualTo(token.getIssuedAt().plusSeconds(300));
    }

    @Test
    void tokenMayHaveExpiredLessThanAMinuteAgo() {
        assertThatCode(() -> decoder.decode(signed(claims -> claims.expirationTime(in(-50)))))
                .doesNotThrowAnyException();
    }

    @Test
    void expiredTokenIsRefused() {
        refused(signed(claims -> claims.expirationTime(in(-70))));
    }

    @Test
    void tokenThatNeverExpiresIsRefused() {
        refused(signed(claims -> claims.expirationTime(null)));
    }

    @Test
    void tokenForLaterIsRefused() {
        refused(signed(claims -> claims.notBeforeTime(in(120))));
    }

    @Test
    void tokenOfAnotherIssuerIsRefused() {
        refused(signed(claims -> claims.issuer("https://other.example.org")));
        refused(signed(claims -> claims.issuer(null)));
    }

    @Test
    void tokenForAnotherAudienceIsRefused() {
        refused(signed(claims -> claims.audience(BASE)));
        refused(signed(claims -> claims.audience("an-ehr")));
        refused(signed(claims -> claims.audience((String) null)));
    }

    @Test
    void tokenThatNamesNoClientIsRefused() {
        refused(signed(claims -> claims.claim("client_id", null)));
        refused(signed(claims -> claims.claim("client_id", "")));
        refused(signed(claims -> claims.claim("client_id", Map.of("a", "b"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"JWT", "logout+jwt", "id+jwt"})
    void tokenThatIsNoAccessTokenIsRefused(String type) throws JOSEException {
        refused(sign(header().type(new JOSEObjectType(type)).build(), accepted(), new RSASSASigner(ours)));
    }

    @Test
    void tokenWithoutATypeIsRefused() throws JOSEException {
        refused(sign(header().type(null).build(), accepted(), new RSASSASigner(ours)));
    }

    @Test
    void tokenOfAForeignKeyIsRefusedUnderOurKeyId() throws JOSEException {
        refused(sign(header().build(), accepted(), new RSASSASigner(foreign)));
    }

    @Test
    void tokenThatBringsItsOwnKeyIsRefused() throws JOSEException {
        refused(sign(header().jwk(foreign.toPublicJWK()).build(), accepted(), new RSASSASigner(foreign)));
        refused(sign(
                header().jwkURL(URI.create("https://attacker.example.org/jwks"))
                        .keyID("theirs")
                        .build(),
                accepted(),
                new RSASSASigner(foreign)));
    }

    @Test
    void keyIdIsNoPath() throws JOSEException {
        refused(sign(header().keyID("../../etc/passwd").build(), accepted(), new RSASSASigner(ours)));
    }

    @Test
    void otherAlgorithmOfOurKeyIsRefused() throws JOSEException {
        var header = new JWSHeader.Builder(JWSAlgorithm.PS256)
                .type(new JOSEObjectType("at+jwt"))
                .keyID("ours")
                .build();

        refused(sign(header, accepted(), new RSASSASigner(ours)));
    }

    @Test
    void publicKeyIsNoSharedSecret() throws JOSEException {
        var header = new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(new JOSEObjectType("at+jwt"))
                .keyID("ours")
                .build();

        refused(sign(header, accepted(), new MACSigner(ours.toRSAPublicKey().getEncoded())));
    }

    @Test
    void unsignedTokenIsRefused() {
        refused(new PlainJWT(accepted()).serialize());
    }

    @Test
    void unknownCriticalHeaderIsRefused() throws JOSEException {
        var header = header().criticalParams(Set.of("b64x"))
                .customParam("b64x", true)
                .build();

        refused(sign(header, accepted(), new RSASSASigner(ours)));
    }

    @Test
    void cutOrChangedTokenIsRefused() {
        var good = signed(claims -> {});
        var parts = good.split("\\.");

        refused(parts[0] + "." + parts[1] + ".");
        refused(parts[0] + "." + parts[1] + "." + "A".repeat(parts[2].length()));
        refused(parts[0] + "." + parts[1] + "x." + parts[2]);
        refused("");
        refused("not a token");
    }

    private static TokenKeys onlyOurs() {
        return new TokenKeys() {
            @Override
            public RSAKey signing() {
                return ours;
            }

            @Override
            public JWKSet all() {
                return new JWKSet(ours);
            }
        };
    }

    private static void refused(String token) {
        assertThatThrownBy(() -> decoder.decode(token)).isInstanceOf(BadJwtException.class);
    }

    private static String signed(Consumer<JWTClaimsSet.Builder> change) {
        var claims = new JWTClaimsSet.Builder(accepted());
        change.accept(claims);
        try {
            return sign(header().build(), claims.build(), new RSASSASigner(ours));
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private static String sign(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) throws JOSEException {
        var jwt = new SignedJWT(header, claims);
        jwt.sign(signer);
        return jwt.serialize();
    }

    private static JWSHeader.Builder header() {
        return new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(new JOSEObjectType("at+jwt"))
                .keyID("ours");
    }

    private static JWTClaimsSet accepted() {
        return new JWTClaimsSet.Builder()
                .issuer(BASE)
                .audience(BASE + "/fhir")
                .subject("an-ehr")
                .claim("client_id", "an-ehr")
                .claim("scope", "system/*.rs")
                .issueTime(in(-200))
                .notBeforeTime(in(-200))
                .expirationTime(in(100))
                .build();
    }

    private static Date in(int seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }
}
