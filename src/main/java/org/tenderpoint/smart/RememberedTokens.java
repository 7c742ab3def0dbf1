package org.tenderpoint.smart;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidationException;

/**
 * Verifies the signature of a token once and not at every request that brings it: a client uses one for five minutes.
 * The claims, its expiry among them, are checked every time, and {@link CallerConverter} asks the registry every time.
 * Tokens are remembered by their hash, so that none lies about in memory.
 */
final class RememberedTokens implements JwtDecoder {

    private static final int MOST = 10_000;

    /** Stands in the place of the token's text. */
    private static final String FORGOTTEN = "-";

    private final JwtDecoder decoder;
    private final OAuth2TokenValidator<Jwt> validator;
    private final Map<String, Jwt> verified = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Jwt> eldest) {
            return size() > MOST;
        }
    });

    /**
     * @param decoder verifies signature and claims
     * @param validator verifies the claims again
     */
    RememberedTokens(JwtDecoder decoder, OAuth2TokenValidator<Jwt> validator) {
        this.decoder = decoder;
        this.validator = validator;
    }

    /** @throws JwtException where the token does not count, or does not count any more */
    @Override
    public Jwt decode(String token) {
        var hash = hash(token);
        var known = verified.get(hash);
        if (known == null) {
            var fresh = decoder.decode(token);
            known = Jwt.withTokenValue(FORGOTTEN)
                    .headers(headers -> headers.putAll(fresh.getHeaders()))
                    .claims(claims -> claims.putAll(fresh.getClaims()))
                    .build();
            verified.put(hash, known);
            return known;
        }
        var result = validator.validate(known);
        if (result.hasErrors()) {
            verified.remove(hash);
            throw new JwtValidationException("the token does not count any more", result.getErrors());
        }
        return known;
    }

    private static String hash(String token) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
