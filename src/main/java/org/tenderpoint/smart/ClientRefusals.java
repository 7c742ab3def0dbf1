package org.tenderpoint.smart;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.tenderpoint.identity.SecurityEvents;

/**
 * Answers to token requests whose client is not known, without saying which part was wrong.
 *
 * @see "RFC 6749, section 5.2"
 */
final class ClientRefusals implements AuthenticationEntryPoint, AuthenticationFailureHandler {

    private static final String BASIC = "Basic ";

    /** What a client may be called; anything else is no name, whatever somebody sends. */
    private static final Pattern NAME = Pattern.compile("[\\x21-\\x7e]{1,100}");

    private final SecurityEvents events;

    ClientRefusals(SecurityEvents events) {
        this.events = events;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException cause)
            throws IOException {
        events.refused("token", claimed(request), null, "no client");
        write(response, OAuth2ErrorCodes.INVALID_CLIENT);
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException cause)
            throws IOException {
        var error = cause instanceof OAuth2AuthenticationException oauth
                ? oauth.getError()
                : new OAuth2Error(OAuth2ErrorCodes.INVALID_CLIENT);
        var why = error.getDescription();
        events.refused(
                "token",
                claimed(request),
                null,
                why == null ? error.getErrorCode() : error.getErrorCode() + ", " + why);
        write(response, error.getErrorCode());
    }

    /** Who the request says that it comes from; nobody has proved that. */
    private static @Nullable String claimed(HttpServletRequest request) {
        var name = request.getParameter("client_id");
        var header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (name == null && header != null && header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            try {
                var pair = new String(
                        Base64.getDecoder()
                                .decode(header.substring(BASIC.length()).strip()),
                        StandardCharsets.UTF_8);
                name = URLDecoder.decode(pair.substring(0, Math.max(0, pair.indexOf(':'))), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException otherForm) {
                return null;
            }
        }
        return name != null && NAME.matcher(name).matches() ? name : null;
    }

    private static void write(HttpServletResponse response, String error) throws IOException {
        if (error.equals(OAuth2ErrorCodes.INVALID_CLIENT)) {
            // Section 5.2: the response names the scheme by which a client authenticates.
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Tenderpoint clients\"");
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        } else {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
        }
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.getOutputStream().print("{\"error\":\"" + error + "\"}");
    }
}
