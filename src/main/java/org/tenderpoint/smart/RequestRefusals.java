package org.tenderpoint.smart;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;

/**
 * Answers to requests that never reach the FHIR server. Each status has one text: a missing, forged, expired or foreign
 * token, or one of a client that was removed, all get the same 401 to the byte.
 */
final class RequestRefusals implements AuthenticationEntryPoint, AccessDeniedHandler, RequestRejectedHandler {

    /** What the firewall lets through. */
    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    static final String LOGIN_REQUIRED =
            outcome("login", "login-required", "This needs a valid access token; get one from the token endpoint.");
    static final String ORGANIZATION_MISSING = outcome(
            "forbidden",
            "organization-missing",
            "The organization that this client acts for is not in the directory yet; an administrator enters it.");
    static final String PATH_UNKNOWN = outcome("not-found", "path-unknown", "There is nothing under this path.");
    static final String METHOD_REFUSED =
            outcome("not-supported", "method-refused", "This HTTP method is not one of the FHIR RESTful API.");
    static final String URL_REFUSED = outcome(
            "invalid",
            "url-refused",
            "The URL or a header has a form that is not accepted, such as '//', ';', '/..' or an encoded slash or dot.");

    /** Who hears of everybody that was turned away before it was known what for. */
    @FunctionalInterface
    interface Watch {
        /** @param why an issue code */
        void turnedAway(String why);
    }

    private final Watch watch;

    RequestRefusals(Watch watch) {
        this.watch = watch;
    }

    /** 401 or, for {@link OrganizationMissing}, 403. */
    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException cause)
            throws IOException {
        if (cause instanceof OrganizationMissing) {
            watch.turnedAway("organization-missing");
            write(response, HttpServletResponse.SC_FORBIDDEN, ORGANIZATION_MISSING);
            return;
        }
        // RFC 6750, section 3: a refused request is told the scheme; the error attribute is left out, because it would
        // tell a token that has expired from one that was never ours.
        watch.turnedAway("login-required");
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        write(response, HttpServletResponse.SC_UNAUTHORIZED, LOGIN_REQUIRED);
    }

    /** 404: a good token outside the paths that exist. */
    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException cause)
            throws IOException {
        watch.turnedAway("path-unknown");
        write(response, HttpServletResponse.SC_NOT_FOUND, PATH_UNKNOWN);
    }

    /** 405 for a method that HTTP servers here do not know, 400 for a URL that filter and servlet may read differently. */
    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, RequestRejectedException cause)
            throws IOException {
        if (METHODS.contains(request.getMethod())) {
            refuseUrl(response);
        } else {
            watch.turnedAway("method-refused");
            response.setHeader(HttpHeaders.ALLOW, String.join(", ", METHODS));
            write(response, HttpServletResponse.SC_METHOD_NOT_ALLOWED, METHOD_REFUSED);
        }
    }

    void refuseUrl(HttpServletResponse response) throws IOException {
        watch.turnedAway("url-refused");
        write(response, HttpServletResponse.SC_BAD_REQUEST, URL_REFUSED);
    }

    private static void write(HttpServletResponse response, int status, String outcome) throws IOException {
        var body = outcome.getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        // What the firewall rejects never comes to the filter that writes these.
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setContentType("application/fhir+json;charset=UTF-8");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** Written by hand because it never varies, and a request that is refused should not cost a FHIR encoder. */
    private static String outcome(String type, String code, String diagnostics) {
        return """
                {"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"%s",\
                "details":{"coding":[{"system":"https://tenderpoint.org/fhir/CodeSystem/issue","code":"%s"}]},\
                "diagnostics":"%s"}]}"""
                .formatted(type, code, diagnostics);
    }
}
