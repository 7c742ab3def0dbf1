package org.tenderpoint.smart;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.tenderpoint.identity.SecurityEvents;
import org.tenderpoint.smart.AuthorizationRules.NoWayBack;
import org.tenderpoint.smart.AuthorizationRules.SentBack;

/** The authorization endpoint, by GET and by POST: checks the request and sends the browser on to where a person decides. */
final class AuthorizeServlet extends HttpServlet {

    static final String PATH = "/oauth2/authorize";

    private static final long serialVersionUID = 1L;

    private final transient AuthorizationRules rules;
    private final transient Authorizations authorizations;
    private final transient SecurityEvents events;

    AuthorizeServlet(AuthorizationRules rules, Authorizations authorizations, SecurityEvents events) {
        this.rules = rules;
        this.authorizations = authorizations;
        this.events = events;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answer(request, response);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answer(request, response);
    }

    private void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Referrer-Policy", "no-referrer");
        try {
            var checked = rules.check(request.getParameterMap());
            see(response, authorizations.issuer() + Authorizations.DECIDE + "?request=" + authorizations.seal(checked));
        } catch (SentBack refused) {
            events.refused("authorize", request.getParameter("client_id"), null, refused.error);
            see(
                    response,
                    authorizations.back(
                            refused.redirectUri,
                            "error",
                            refused.error,
                            "error_description",
                            refused.getMessage(),
                            "state",
                            refused.state));
        } catch (NoWayBack refused) {
            // RFC 6749, section 4.1.2.1: the browser must not be sent to an address that is not registered.
            events.refused("authorize", request.getParameter("client_id"), null, "no client or redirect URI");
            new Page("This app cannot be opened")
                    .text(String.valueOf(refused.getMessage()))
                    .text("Nothing of the record was shown to it. Whoever runs the app can have it registered here.")
                    .write(response, HttpServletResponse.SC_BAD_REQUEST);
        }
    }

    /** 303, so that a POST is not sent again to the next page (RFC 9700, section 2.6). */
    private static void see(HttpServletResponse response, String location) {
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", location);
    }
}
