package org.tenderpoint.smart;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.tenderpoint.access.Origin;

/**
 * From the Authorization header of a request to the caller it speaks for. No AuthenticationManager, because Spring would ask
 * one that is a bean about clients as well.
 */
final class TokenCallers {

    private static final String SCHEME = "bearer ";

    private final JwtDecoder tokens;
    private final CallerConverter callers;
    private final Predicate<String> denied;

    /** @param denied tells of the id of a token, or of its grant, whether it was taken back */
    TokenCallers(JwtDecoder tokens, CallerConverter callers, Predicate<String> denied) {
        this.tokens = tokens;
        this.callers = callers;
        this.denied = denied;
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
    Authentication authenticate(Authentication presented) {
        var token = ((BearerTokenAuthenticationToken) presented).getToken();
        try {
            var jwt = standing(token);
            var caller = Objects.requireNonNull(callers.convert(jwt));
            Origin.with(jwt.getId());
            return caller;
        } catch (JwtException unusable) {
            throw new InvalidBearerTokenException("the token does not count", unusable);
        }
    }

    /** The access token, where it is one that would be let in. */
    Optional<Jwt> counting(String token) {
        try {
            var jwt = standing(token);
            callers.convert(jwt);
            return Optional.of(jwt);
        } catch (JwtException | AuthenticationException none) {
            return Optional.empty();
        }
    }

    private Jwt standing(String token) {
        var jwt = tokens.decode(token);
        var grant = jwt.getClaimAsString(PersonTokens.GRANT);
        if (jwt.getId() != null && denied.test(jwt.getId()) || grant != null && denied.test(grant)) {
            throw new InvalidBearerTokenException("the token was taken back");
        }
        return jwt;
    }
}
