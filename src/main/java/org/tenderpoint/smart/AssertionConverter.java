package org.tenderpoint.smart;

import com.nimbusds.jwt.SignedJWT;
import jakarta.servlet.http.HttpServletRequest;
import java.text.ParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Reads a client's assertion out of a request. Who the client is stands in the assertion: SMART Backend Services sends no
 * {@code client_id} beside it.
 *
 * @see "RFC 7521, section 4.2, and RFC 7523, section 2.2"
 */
final class AssertionConverter implements AuthenticationConverter {

    private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final int LONGEST = 8_000;

    @Override
    public @Nullable Authentication convert(HttpServletRequest request) {
        var types = request.getParameterValues("client_assertion_type");
        var assertions = request.getParameterValues("client_assertion");
        if (types == null && assertions == null) {
            return null;
        }
        if (types == null || types.length != 1 || assertions == null || assertions.length != 1) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_REQUEST);
        }
        if (!types[0].equals(TYPE) || assertions[0].length() > LONGEST || request.getHeader("Authorization") != null) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT);
        }
        var client = claimed(assertions[0]);
        var named = request.getParameter("client_id");
        // RFC 7521, section 4.2: the client_id is unnecessary, and where it stands it is the same client's.
        if (named != null && !named.equals(client)) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT);
        }
        return new OAuth2ClientAuthenticationToken(
                client, ClientAuthenticationMethod.PRIVATE_KEY_JWT, assertions[0], Map.of());
    }

    /** Who the assertion says it is; nothing is verified yet. */
    private static String claimed(String assertion) {
        try {
            var subject = SignedJWT.parse(assertion).getJWTClaimsSet().getSubject();
            if (subject != null && !subject.isEmpty()) {
                return subject;
            }
        } catch (ParseException malformed) {
            // Refused like one that names nobody.
        }
        throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT);
    }
}
