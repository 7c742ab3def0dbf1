package org.tenderpoint.smart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

class RememberedTokensTest {

    private final List<String> decoded = new ArrayList<>();
    private boolean counts = true;

    private final JwtDecoder decoder = token -> {
        decoded.add(token);
        if (token.startsWith("forged")) {
            throw new BadJwtException("forged");
        }
        return Jwt.withTokenValue(token)
                .header("typ", "at+jwt")
                .claim("client_id", "clinic")
                .expiresAt(Instant.parse("2026-04-01T00:00:00Z"))
                .build();
    };

    private final RememberedTokens tokens = new RememberedTokens(
            decoder,
            jwt -> counts
                    ? OAuth2TokenValidatorResult.success()
                    : OAuth2TokenValidatorResult.failure(new OAuth2Error("invalid_token")));

    @Test
    void signatureOfATokenIsVerifiedOnce() {
        tokens.decode("a");

        var again = tokens.decode("a");

        assertThat(decoded).containsExactly("a");
        assertThat(again.getClaimAsString("client_id")).isEqualTo("clinic");
    }

    @Test
    void claimsOfARememberedTokenAreCheckedEveryTime() {
        tokens.decode("a");
        counts = false;

        assertThatThrownBy(() -> tokens.decode("a")).isInstanceOf(JwtException.class);
    }

    @Test
    void forgedTokenIsRefusedEveryTime() {
        assertThatThrownBy(() -> tokens.decode("forged")).isInstanceOf(BadJwtException.class);
        assertThatThrownBy(() -> tokens.decode("forged")).isInstanceOf(BadJwtException.class);
        assertThat(decoded).hasSize(2);
    }

    @Test
    void textOfATokenIsNotKept() {
        assertThat(tokens.decode("a").getTokenValue()).isEqualTo("-");
    }
}
