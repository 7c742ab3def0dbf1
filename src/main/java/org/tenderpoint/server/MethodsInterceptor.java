package org.tenderpoint.server;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriUtils;
import org.tenderpoint.access.AccessRule;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;

/** Refuses a method that a path does not take, before HAPI looks for one that comes near it. */
@Component
@Interceptor
public class MethodsInterceptor {

    private static final Pattern HISTORY_OF_MANY = Pattern.compile("(/[A-Za-z]+)?/_history/?");
    private static final Pattern EXPORT_OF_ALL = Pattern.compile("(/Patient)?/(\\$|%24)export/?");
    private static final Set<String> LOOKS = Set.of("GET", "HEAD", "OPTIONS");

    /** Throws 405 with the methods that there are. */
    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_PROCESSED)
    public boolean check(HttpServletRequest request) {
        var method = request.getMethod();
        var path = request.getRequestURI().substring(FhirServer.PATH.length());
        if (method.equals("GET") && HISTORY_OF_MANY.matcher(path).matches()) {
            throw AccessRule.historyOfMany();
        }
        if (EXPORT_OF_ALL.matcher(path).matches()) {
            throw AccessRule.exportOfAll();
        }
        if (path.startsWith("/AuditEvent") && !LOOKS.contains(method) && !asksByPost(path)) {
            throw auditIsWrittenHere();
        }
        requireAllowed(method, path);
        return true;
    }

    /**
     * Holds a HEAD against its path as it was sent: afterwards it looks like a GET.
     *
     * @throws Refused 405 with the methods that there are
     */
    static void checkHead(HttpServletRequest request) {
        if (request.getMethod().equals("HEAD")) {
            var path = UriUtils.decode(request.getRequestURI(), StandardCharsets.UTF_8);
            requireAllowed("HEAD", path.substring(Math.min(path.length(), FhirServer.PATH.length())));
        }
    }

    private static void requireAllowed(String method, String path) {
        var allowed = AllowedMethods.of(path);
        if (allowed.isPresent() && !allowed.get().contains(method) && !method.equals("OPTIONS")) {
            throw refused(method, allowed.get());
        }
    }

    static Refused auditIsWrittenHere() {
        return Refused.forbidden("The server alone writes what it has done; nobody else writes an AuditEvent.");
    }

    private static boolean asksByPost(String path) {
        return path.endsWith("/_search") || path.startsWith("/AuditEvent/$");
    }

    private static Refused refused(String method, List<String> allowed) {
        var methods = String.join(", ", allowed);
        var refused = new Refused(
                405,
                List.of(Issue.notSupported(
                        "method", "This path does not take " + method + "; it takes " + methods + ".")));
        refused.addResponseHeader("Allow", methods);
        return refused;
    }
}
