package org.tenderpoint.testing;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

/**
 * Somebody who has a token already, signed by the server's own key.
 *
 * @param client the client before which she sits
 * @param user who she is, as a relative reference; null for a system
 * @param role a name of {@code access.Role}; null for a system
 * @param organization FHIR id of the organization she acts for
 * @param patient FHIR id of the patient whom the token names
 * @param scopes of the token
 */
public record TokenHolder(
        String client,
        @Nullable String user,
        @Nullable String role,
        @Nullable String organization,
        @Nullable String patient,
        String scopes) {

    /** The app that people use in tests. */
    public static final String APP = "test-app";

    /** A patient. */
    public static TokenHolder patient(String id, String scopes) {
        return new TokenHolder(APP, "Patient/" + id, "PATIENT", null, id, scopes);
    }

    /** A therapist or physician. */
    public static TokenHolder practitioner(String user, String role, String organization, String scopes) {
        return new TokenHolder(APP, user, role, organization, null, scopes);
    }

    String token(ApplicationContext server, String url) {
        @SuppressWarnings("unchecked")
        var keys = (JWKSource<SecurityContext>) server.getBean(JWKSource.class);
        var now = Instant.now();
        var claims = JwtClaimsSet.builder()
                .issuer(url)
                .id(UUID.randomUUID().toString())
                .audience(List.of(url + "/fhir"))
                .subject(user == null ? client : user)
                .issuedAt(now)
                .expiresAt(now.plus(Duration.ofHours(1)))
                .claim("client_id", client)
                .claim("scope", scopes);
        claim(claims, "fhirUser", user);
        claim(claims, "role", role);
        claim(claims, "organization", organization);
        claim(claims, "patient", patient);
        var header = JwsHeader.with(SignatureAlgorithm.RS256).type("at+jwt").build();
        var encoder = new NimbusJwtEncoder(keys);
        // Where a story has rotated the keys, there are two: one that signs, and one that is announced. Both count.
        encoder.setJwkSelector(published -> published.get(0));
        return encoder.encode(JwtEncoderParameters.from(header, claims.build())).getTokenValue();
    }

    private static void claim(JwtClaimsSet.Builder claims, String name, @Nullable String value) {
        if (value != null) {
            claims.claim(name, value);
        }
    }
}
