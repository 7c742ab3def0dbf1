package org.tenderpoint.smart;

import io.github.bucket4j.TimeMeter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.tenderpoint.identity.SecurityEvents;

/** Answers 429 where an address asks for tokens, or sends sign-in forms, faster than is of use to anybody honest. */
final class PaceFilter extends HttpFilter {

    /** Whoever comes here has this server ask another one. */
    private static final String PROVIDER = "/sign-in/provider/back";

    static final List<String> PATHS = List.of(
            Discovery.TOKEN,
            Discovery.INTROSPECT,
            Discovery.REVOKE,
            "/sign-in",
            "/sign-in/code",
            "/sign-in/passkey",
            PROVIDER);

    private static final long serialVersionUID = 1L;
    private static final String SIGN_IN = "/sign-in";

    private final transient Pace tokens;
    private final transient Pace signIns;
    private final transient SecurityEvents events;
    private final transient Pace told = new Pace(1, TimeMeter.SYSTEM_NANOTIME);

    PaceFilter(Pace tokens, Pace signIns, SecurityEvents events) {
        this.tokens = tokens;
        this.signIns = signIns;
        this.events = events;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var isForm = request.getServletPath().startsWith(SIGN_IN);
        if (!request.getMethod().equals("POST") && !request.getServletPath().equals(PROVIDER)) {
            chain.doFilter(request, response);
            return;
        }
        var wait = (isForm ? signIns : tokens).toWait(request.getRemoteAddr());
        if (wait.isZero()) {
            chain.doFilter(request, response);
            return;
        }
        // One entry a minute: an audit that anybody can fill without end would be a door of its own.
        if (told.toWait(request.getRemoteAddr()).isZero()) {
            events.refused(isForm ? "sign-in" : "token", null, null, "too many requests");
        }
        response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(seconds(wait)));
        if (isForm) {
            new Page("Please wait a moment")
                    .text("There were too many tries from where you are. Try again in a minute.")
                    .write(response, HttpStatus.TOO_MANY_REQUESTS.value());
        } else {
            response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            response.setContentType(MediaType.APPLICATION_JSON_VALUE);
            response.getOutputStream()
                    .print("{\"error\":\"temporarily_unavailable\",\"error_description\":\"too many requests\"}");
        }
    }

    private static long seconds(Duration wait) {
        return wait.plusSeconds(1).minusNanos(1).toSeconds();
    }
}
