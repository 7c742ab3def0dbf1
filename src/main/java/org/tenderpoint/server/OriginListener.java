package org.tenderpoint.server;

import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.access.Origin;
import org.tenderpoint.guard.BodyGuard;

/** Notes where each request comes from, before the first filter can refuse it. */
final class OriginListener implements ServletRequestListener {

    @Override
    public void requestInitialized(ServletRequestEvent event) {
        var request = (HttpServletRequest) event.getServletRequest();
        var random = ThreadLocalRandom.current();
        // A number that tells requests apart, and that nobody need be kept from guessing.
        Origin.begin(new UUID(random.nextLong(), random.nextLong()), request.getRemoteAddr(), () -> query(request));
    }

    @Override
    public void requestDestroyed(ServletRequestEvent event) {
        Origin.end();
    }

    /** What is searched for: the query of the URL, and the form of a POST to _search. Elsewhere a query is no search. */
    private static @Nullable String query(HttpServletRequest request) {
        if (!request.getRequestURI().startsWith(FhirServer.PATH + "/")) {
            return null;
        }
        var query = request.getQueryString();
        if (!"POST".equals(request.getMethod())
                || !request.getRequestURI().endsWith("/_search")
                || !(request.getAttribute(BodyGuard.BODY) instanceof byte[] form)) {
            return query;
        }
        var text = new String(form, StandardCharsets.ISO_8859_1);
        return query == null ? text : query + "&" + text;
    }
}
