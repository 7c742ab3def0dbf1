package org.tenderpoint.people;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.io.IOException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.identity.Links.Subject;

/**
 * Another OpenID provider, as it describes itself, and what it says of somebody who has signed in there.
 *
 * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#CodeFlowAuth">OpenID Connect Core 1.0, section
 *     3.1</a>
 */
final class Provider {

    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    /** Those whose key is public: with a shared secret, whoever can check a token could make one. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384);

    private final ProviderProperties settings;
    private final Clock clock;
    private final ProviderAsk ask = new ProviderAsk();
    private volatile @Nullable Described described;

    private record Described(String authorize, String token, String keys, boolean namesItself, Instant at) {}

    Provider(ProviderProperties settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    String name() {
        return settings.name();
    }

    /**
     * Where somebody is sent to sign in.
     *
     * @param again true where it does not do that she is signed in there already
     */
    String address(String back, String state, String nonce, String challenge, boolean again) throws IOException {
        var asked = new LinkedHashMap<String, String>();
        asked.put("response_type", "code");
        asked.put("client_id", settings.clientId());
        asked.put("redirect_uri", back);
        asked.put("scope", "openid");
        asked.put("state", state);
        asked.put("nonce", nonce);
        asked.put("code_challenge", challenge);
        asked.put("code_challenge_method", "S256");
        if (again) {
            asked.put("prompt", "login");
        }
        var authorize = described().authorize();
        return authorize + (authorize.contains("?") ? "&" : "?") + ProviderAsk.form(asked);
    }

    /** RFC 9207: where the provider says that it names itself in its answers, one that does not is another's. */
    boolean isIts(@Nullable String issuer) throws IOException {
        return issuer == null ? !described().namesItself() : issuer.equals(settings.issuer());
    }

    /**
     * Who has signed in there.
     *
     * @throws IOException where the provider does not answer as it should, or its token is not good or not for us
     */
    Subject subject(String back, String code, String verifier, String nonce) throws IOException {
        var standing = described();
        var answer = ask.post(
                standing.token(),
                settings.clientId(),
                settings.clientSecret(),
                Map.of(
                        "grant_type", "authorization_code",
                        "code", code,
                        "redirect_uri", back,
                        "code_verifier", verifier));
        var claims = verified(answer.path("id_token").asText(), standing, nonce);
        try {
            return new Subject(settings.issuer(), claims.getSubject());
        } catch (IllegalArgumentException unusable) {
            throw new IOException("the provider's subject is too long or none", unusable);
        }
    }

    /** OpenID Connect Core 1.0, section 3.1.3.7. */
    private JWTClaimsSet verified(String token, Described standing, String nonce) throws IOException {
        try {
            var keys = JWKSet.parse(ask.get(standing.keys()).toString());
            var processor = new DefaultJWTProcessor<SecurityContext>();
            processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, new ImmutableJWKSet<>(keys)));
            processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                    settings.clientId(),
                    new JWTClaimsSet.Builder()
                            .issuer(settings.issuer())
                            .claim("nonce", nonce)
                            .build(),
                    Set.of("sub", "iat", "exp")));
            var claims = processor.process(token, null);
            var party = claims.getStringClaim("azp");
            if (party == null ? claims.getAudience().size() > 1 : !party.equals(settings.clientId())) {
                throw new IOException("the provider's token is for another party");
            }
            return claims;
        } catch (ParseException | BadJOSEException | JOSEException bad) {
            throw new IOException("the provider's token is not good", bad);
        }
    }

    private Described described() throws IOException {
        var known = described;
        if (known != null && known.at().plus(REMEMBERED).isAfter(clock.instant())) {
            return known;
        }
        var document = ask.get(settings.issuer().replaceAll("/$", "") + "/.well-known/openid-configuration");
        // OpenID Connect Discovery 1.0, section 4.3: one server must not speak for another.
        if (!settings.issuer().equals(document.path("issuer").asText())) {
            throw new IOException("the provider calls itself otherwise than the settings do");
        }
        var fresh = new Described(
                text(document, "authorization_endpoint"),
                text(document, "token_endpoint"),
                text(document, "jwks_uri"),
                document.path("authorization_response_iss_parameter_supported").asBoolean(),
                clock.instant());
        described = fresh;
        return fresh;
    }

    private static String text(JsonNode document, String name) throws IOException {
        var text = document.path(name).asText();
        if (text.isEmpty()) {
            throw new IOException("the provider names no " + name);
        }
        return text;
    }
}
