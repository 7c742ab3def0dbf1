package org.tenderpoint.people;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.ResponseCookie;
import org.tenderpoint.identity.People;
import org.tenderpoint.identity.Person;
import org.tenderpoint.identity.Secrets;
import org.tenderpoint.identity.Sessions;
import org.tenderpoint.identity.Sessions.Reached;
import org.tenderpoint.identity.Sessions.Session;
import org.tenderpoint.smart.Authorizations;
import org.tenderpoint.smart.Page;

/**
 * Whose browser it is, and whether a form came from a page of ours: by its origin, and by a token that only the page of
 * this session could show.
 */
final class Browsers {

    private static final String WAY = "-way";

    private final Sessions sessions;
    private final People people;
    private final Authorizations server;

    Browsers(Sessions sessions, People people, Authorizations server) {
        this.sessions = sessions;
        this.people = people;
        this.server = server;
    }

    private boolean overTls() {
        return server.issuer().startsWith("https:");
    }

    /** A person who is signed in, wholly or up to the second step. */
    record SignedIn(Session session, Person person, String formToken) {}

    Optional<SignedIn> signedIn(HttpServletRequest request) {
        return cookie(request).flatMap(value -> sessions.find(value).flatMap(session -> people.find(session.login())
                .map(person -> new SignedIn(session, person, Secrets.hash("form of " + value)))));
    }

    /** Signs a browser in; whatever session it had is over. */
    void begin(HttpServletRequest request, HttpServletResponse response, String login, Reached reached) {
        cookie(request).ifPresent(value -> sessions.end(Secrets.hash(value)));
        set(response, name(), sessions.begin(login, reached), -1);
    }

    void end(HttpServletRequest request, HttpServletResponse response) {
        cookie(request).ifPresent(value -> sessions.end(Secrets.hash(value)));
        set(response, name(), "", 0);
    }

    /**
     * Who is at a page of her own, with a form of hers where one was sent; empty where the browser was sent elsewhere
     * instead, or told.
     */
    Optional<SignedIn> atHome(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var signedIn = signedIn(request);
        if (signedIn.isEmpty()) {
            see(response, SignInServlet.PATH);
        } else if (!signedIn.get().session().complete()) {
            see(response, SignInServlet.CODE);
        } else if (request.getMethod().equals("POST") && !isOurs(request, signedIn.get())) {
            notOurs(response);
        } else {
            return signedIn;
        }
        return Optional.empty();
    }

    static void notOurs(HttpServletResponse response) throws IOException {
        new Page("Please start again")
                .text("This form did not come from a page of this server.")
                .write(response, HttpServletResponse.SC_FORBIDDEN);
    }

    /** True where a form was sent from a page of this server. */
    boolean isOurs(HttpServletRequest request) {
        return origin().equals(request.getHeader("Origin"));
    }

    /** The origin of our pages. */
    String origin() {
        var uri = URI.create(server.issuer());
        return uri.getScheme() + "://" + uri.getAuthority();
    }

    /** The same, for a form of somebody who is signed in. */
    boolean isOurs(HttpServletRequest request, SignedIn signedIn) {
        var token = request.getParameter("form");
        return isOurs(request)
                && token != null
                && MessageDigest.isEqual(
                        token.getBytes(StandardCharsets.UTF_8),
                        signedIn.formToken().getBytes(StandardCharsets.UTF_8));
    }

    /** Sends the browser on to one of our pages. */
    void see(HttpServletResponse response, String path) {
        elsewhere(response, server.issuer() + path);
    }

    static void elsewhere(HttpServletResponse response, String location) {
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", location);
    }

    /** What goes with a browser to another provider and back. */
    Optional<String> way(HttpServletRequest request) {
        return cookie(request, name() + WAY);
    }

    void setWay(HttpServletResponse response, String value, Duration life) {
        set(response, name() + WAY, value, life.toSeconds());
    }

    private Optional<String> cookie(HttpServletRequest request) {
        return cookie(request, name());
    }

    private static Optional<String> cookie(HttpServletRequest request, String name) {
        var cookies = request.getCookies();
        return cookies == null
                ? Optional.empty()
                : Stream.of(cookies)
                        .filter(cookie -> cookie.getName().equals(name))
                        .map(Cookie::getValue)
                        .findFirst();
    }

    /** With the prefix that keeps neighbouring hosts from setting it, where TLS allows it (RFC 6265bis, 4.1.3.2). */
    private String name() {
        return overTls() ? "__Host-tenderpoint" : "tenderpoint";
    }

    private void set(HttpServletResponse response, String name, String value, long seconds) {
        // Lax: an app sends the browser here by a link, and the session is to be known then; forms of others bring
        // none.
        response.addHeader(
                "Set-Cookie",
                ResponseCookie.from(name, value)
                        .path("/")
                        .httpOnly(true)
                        .secure(overTls())
                        .sameSite("Lax")
                        .maxAge(seconds)
                        .build()
                        .toString());
    }
}
