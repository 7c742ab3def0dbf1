package org.tenderpoint.people;

import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tenderpoint.access.Sealing;
import org.tenderpoint.identity.Links;
import org.tenderpoint.identity.Links.Subject;
import org.tenderpoint.identity.Secrets;
import org.tenderpoint.identity.SecurityEvents;
import org.tenderpoint.identity.Sessions.Reached;
import org.tenderpoint.smart.AuthorizationRequest;
import org.tenderpoint.smart.Authorizations;
import org.tenderpoint.smart.Page;

/** Signing in by another OpenID provider: the way there, and the way back. */
final class ProviderServlet extends HttpServlet {

    static final String PATH = "/sign-in/provider";
    static final String BACK = "/sign-in/provider/back";

    private static final long serialVersionUID = 1L;
    private static final Logger log = LoggerFactory.getLogger(ProviderServlet.class);

    private static final String PURPOSE = "provider";
    private static final Duration TIME_TO_SIGN_IN = Duration.ofMinutes(10);

    /** Browsers keep cookies of 4096 bytes; sealing makes a text a third longer. */
    private static final int LONGEST_REQUEST = 2500;

    private final transient Browsers browsers;
    private final transient Desk desk;
    private final transient SecurityEvents events;
    private final transient Clock clock;
    private final transient JsonMapper json = JsonMapper.builder().build();

    /** Who is asked, and who is known. */
    record Desk(Provider provider, Links links, Authorizations authorizations, Sealing sealing) {}

    /**
     * What goes round with the browser, sealed in a cookie of its own.
     *
     * @param state what the provider gives back: only the browser that was sent there comes back with both
     * @param request the app's request on whose way this is
     * @param at seconds since 1970
     */
    record Way(String state, String nonce, String verifier, String request, long at) {}

    ProviderServlet(Browsers browsers, Desk desk, SecurityEvents events, Clock clock) {
        this.browsers = browsers;
        this.desk = desk;
        this.events = events;
        this.clock = clock;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getServletPath().equals(PATH)) {
            there(request, response);
        } else {
            back(request, response);
        }
    }

    private void there(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var sealed = SignInServlet.safe(request);
        // One that is longer is left behind: she is signed in and opens the app once more.
        var way = new Way(
                Secrets.random(),
                Secrets.random(),
                Secrets.random(),
                sealed.length() > LONGEST_REQUEST ? "" : sealed,
                clock.instant().getEpochSecond());
        var again = desk.authorizations()
                .open(sealed)
                .filter(AuthorizationRequest::signInAgain)
                .isPresent();
        try {
            var address =
                    desk.provider().address(back(), way.state(), way.nonce(), Secrets.hash(way.verifier()), again);
            browsers.setWay(response, desk.sealing().seal(PURPOSE, json.writeValueAsBytes(way)), TIME_TO_SIGN_IN);
            Browsers.elsewhere(response, address);
        } catch (IOException unreachable) {
            log.warn("the OpenID provider could not be asked: {}", unreachable.getMessage());
            refuse(request, response, "provider not reached");
        }
    }

    private void back(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var way = way(request);
        browsers.setWay(response, "", Duration.ZERO);
        var code = SignInServlet.text(request, "code");
        if (way.isEmpty()
                || code.isEmpty()
                || !MessageDigest.isEqual(bytes(way.get().state()), bytes(SignInServlet.text(request, "state")))) {
            refuse(request, response, "provider");
            return;
        }
        Subject subject;
        try {
            if (!desk.provider().isIts(request.getParameter("iss"))) {
                throw new IOException("another provider's answer");
            }
            subject = desk.provider()
                    .subject(back(), code, way.get().verifier(), way.get().nonce());
        } catch (IOException bad) {
            log.warn("a sign-in by the OpenID provider failed: {}", bad.getMessage());
            refuse(request, response, "provider");
            return;
        }
        var person = desk.links().find(subject);
        if (person.isEmpty()) {
            events.refused("sign-in", null, null, "provider, nobody here");
            new Page("You have no account here")
                    .text("You are signed in at " + desk.provider().name()
                            + ", but nobody here is joined to that. An administrator can do it with these two:")
                    .html("<code>" + Page.escape(subject.issuer()) + "</code><code>" + Page.escape(subject.subject())
                            + "</code><p class=\"small\"><a href=\"" + SignInServlet.PATH
                            + "\">Sign in another way</a></p>")
                    .write(response, HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        browsers.begin(request, response, person.get().login(), Reached.BY_PROVIDER);
        events.succeeded("sign-in", null, person.get().login(), "provider");
        browsers.see(response, SignInServlet.next(way.get().request()));
    }

    private Optional<Way> way(HttpServletRequest request) throws IOException {
        var opened = browsers.way(request).flatMap(cookie -> desk.sealing().open(PURPOSE, cookie));
        if (opened.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(json.readValue(opened.get(), Way.class))
                .filter(way -> way.at() + TIME_TO_SIGN_IN.toSeconds()
                        >= clock.instant().getEpochSecond());
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, String why) throws IOException {
        events.refused("sign-in", null, null, why);
        new Page("That did not work")
                .text("You are not signed in. " + desk.provider().name()
                        + " did not answer, or its answer was not for this browser, or came too late.")
                .html("<p><a href=\"" + SignInServlet.PATH + "?request=" + SignInServlet.safe(request)
                        + "\">Try again</a></p>")
                .write(response, HttpServletResponse.SC_UNAUTHORIZED);
    }

    private String back() {
        return desk.authorizations().issuer() + BACK;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
