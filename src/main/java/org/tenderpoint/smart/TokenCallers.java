package org.tenderpoint.smart;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

/** From the Authorization header of a request to the caller it speaks for. */
final class TokenCallers implements AuthenticationManager {

    private static final String SCHEME = "bearer ";

    private final JwtDecoder tokens;
    private final CallerConverter callers;

    TokenCallers(JwtDecoder tokens, CallerConverter callers) {
        this.tokens = tokens;
        this.callers = callers;
    }

    /**
     * The token of a request, or null where it brings none. RFC 6750 would let it stand in a form or in the URL as well;
     * it is looked for in the header alone, because URLs get into logs. Whether it has the form of a token is for the
     * decoder to say.
     */
    static @Nullable String bearer(HttpServletRequest request) {
        var header = request.getHeader("Authorization");
        return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? header.substring(SCHEME.length())
                : null;
    }

    /** @throws InvalidBearerTokenException where the token, or the client it was issued to, does not count */
    @Override
    public Authentication authenticate(Authentication presented) {
        var token = ((BearerTokenAuthenticationToken) presented).getToken();
        try {
            return Objects.requireNonNull(callers.convert(tokens.decode(token)));
        } catch (JwtException unusable) {
            throw new InvalidBearerTokenException("the token does not count", unusable);
        }
    }
}
