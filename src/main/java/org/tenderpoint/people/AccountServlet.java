package org.tenderpoint.people;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.tenderpoint.access.Sealing;
import org.tenderpoint.identity.Client;
import org.tenderpoint.identity.Clients;
import org.tenderpoint.identity.Grants;
import org.tenderpoint.identity.People;
import org.tenderpoint.identity.SecurityEvents;
import org.tenderpoint.identity.SignIns;
import org.tenderpoint.people.Browsers.SignedIn;
import org.tenderpoint.smart.Page;

/** A person's own page: the apps that have access, her second step, her password. */
final class AccountServlet extends HttpServlet {

    static final String PATH = "/account";
    static final String PASSWORD = "/account/password";
    static final String SECOND_STEP = "/account/second-step";

    private static final long serialVersionUID = 1L;
    private static final int SHORTEST_PASSWORD = 12;
    private static final int LONGEST_PASSWORD = 72;

    private final transient Browsers browsers;
    private final transient Desk desk;
    private final transient SecurityEvents events;
    private final transient PasswordEncoder encoder = PasswordEncoderFactories.createDelegatingPasswordEncoder();

    /** What of hers is kept. */
    record Desk(Grants grants, Clients clients, People people, SignIns signIns, Sealing sealing, List<OwnPage> pages) {

        Desk {
            pages = List.copyOf(pages);
        }
    }

    AccountServlet(Browsers browsers, Desk desk, SecurityEvents events) {
        this.browsers = browsers;
        this.desk = desk;
        this.events = events;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var signedIn = browsers.atHome(request, response);
        if (signedIn.isEmpty()) {
            return;
        }
        var post = request.getMethod().equals("POST");
        switch (request.getServletPath()
                + (request.getPathInfo() == null ? "" : request.getPathInfo())
                + (post ? " sent" : "")) {
            case PATH -> apps(signedIn.get()).write(response);
            case PATH + " sent" -> end(signedIn.get(), request, response);
            case SECOND_STEP -> secondStep(signedIn.get()).write(response);
            case SECOND_STEP + " sent" -> setUp(signedIn.get(), request, response);
            case PASSWORD -> password(signedIn.get(), request).write(response);
            case PASSWORD + " sent" -> change(signedIn.get(), request, response);
            default -> new Page("There is no such page").write(response, HttpServletResponse.SC_NOT_FOUND);
        }
    }

    private Page apps(SignedIn signedIn) {
        var login = signedIn.person().login();
        var page = new Page("Your page")
                .text("You are signed in as " + signedIn.person().name() + ".")
                .html(pages(signedIn))
                .html("<h2>Apps with access</h2>");
        var grants = desk.grants().of(login);
        if (grants.isEmpty()) {
            page.text("No app has access in your name.");
        }
        page.html(grants.isEmpty() ? "" : "<ul class=\"apps\">");
        for (var grant : grants) {
            var name = desk.clients().find(grant.clientId()).map(Client::name).orElse(grant.clientId());
            page.html("<li><strong>" + Page.escape(name) + "</strong><ul>");
            grant.content().scopes().forEach(scope -> page.html("<li>" + Page.escape(ScopeWords.of(scope)) + "</li>"));
            page.html("</ul><p class=\"small\">Allowed on " + day(grant.granted()) + ", last used on "
                    + day(grant.used()) + ", ends on " + day(grant.until()) + "</p>"
                    + form(signedIn, PATH, Page.hidden("grant", grant.id()), "Take access back", "second") + "</li>");
        }
        page.html(grants.isEmpty() ? "" : "</ul>");
        return page.html("<h2>Signing in</h2>")
                .html("<p><a href=\"" + SECOND_STEP + "\">"
                        + (desk.signIns().hasSecondStep(login) ? "Change" : "Set up")
                        + " the second step</a></p><p><a href=\"" + PasskeyServlet.PATH
                        + "\">Passkeys</a></p><p><a href=\""
                        + PASSWORD + "\">Change the password</a></p>")
                .html(form(signedIn, SignInServlet.OUT, "", "Sign out", "second"));
    }

    private String pages(SignedIn signedIn) {
        return desk.pages().stream()
                .filter(page -> page.roles().contains(signedIn.person().role()))
                .map(page -> "<p><a href=\"" + page.path() + "\">" + Page.escape(page.name()) + "</a></p>")
                .collect(Collectors.joining());
    }

    static String day(Instant time) {
        return time.atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }

    private void end(SignedIn signedIn, HttpServletRequest request, HttpServletResponse response) {
        var id = SignInServlet.text(request, "grant");
        desk.grants().of(signedIn.person().login()).stream()
                .filter(grant -> grant.id().equals(id))
                .forEach(grant -> {
                    desk.grants().end(grant.id());
                    events.succeeded(
                            "grant-ended", grant.clientId(), signedIn.person().login(), "taken back");
                });
        browsers.see(response, PATH);
    }

    private Page secondStep(SignedIn signedIn) {
        var secret = SignIns.newSecondStep();
        // The secret goes round by way of the form, sealed, and is kept once its first code was shown.
        var sealed = desk.sealing().seal(purpose(signedIn), secret);
        return new Page("Second step")
                .text("Add an account to your authenticator app by typing in this key, then type in the code it shows.")
                .html("<p><code>" + SignIns.readable(secret) + "</code></p>")
                .html("<p><a href=\"" + Page.escape(address(signedIn, secret))
                        + "\">Add it to the authenticator app on this device</a></p>")
                .html(form(
                        signedIn,
                        SECOND_STEP,
                        Page.hidden("secret", sealed)
                                + Page.field("Password", "password", "password", "current-password")
                                + Page.codeField("Code", false),
                        "Set up",
                        "first"))
                .html("<p class=\"small\"><a href=\"" + PATH + "\">Back to your page</a></p>");
    }

    /** As authenticator apps take it from a link. */
    private static String address(SignedIn signedIn, byte[] secret) {
        return "otpauth://totp/Tenderpoint:" + signedIn.person().login() + "?issuer=Tenderpoint&secret="
                + SignIns.readable(secret).replace(" ", "");
    }

    private void setUp(SignedIn signedIn, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var login = signedIn.person().login();
        var secret = desk.sealing().open(purpose(signedIn), SignInServlet.text(request, "secret"));
        // As at the door: whoever has an open browser before her may not try passwords without end either.
        var known = desk.signIns()
                .byPassword(login, SignInServlet.text(request, "password"))
                .isPresent();
        if (!known
                || secret.isEmpty()
                || !desk.signIns().setUpSecondStep(login, secret.get(), SignInServlet.text(request, "code"))) {
            events.refused("second-step", null, login, "password or code");
            secondStep(signedIn)
                    .alert("The password or the code was not right. Take the new key.")
                    .write(response, HttpServletResponse.SC_BAD_REQUEST);
            return;
        }
        events.succeeded("second-step", null, login, "set up");
        new Page("The second step is set up")
                .text("From now on signing in asks for a code.")
                .html("<p><a href=\"" + PATH + "\">Back to your page</a></p>")
                .write(response);
    }

    private static String purpose(SignedIn signedIn) {
        return "second step of " + signedIn.session().hash()
                + Base64.getUrlEncoder().encodeToString(signedIn.formToken().getBytes(StandardCharsets.UTF_8));
    }

    private Page password(SignedIn signedIn, HttpServletRequest request) {
        return new Page("Change the password")
                .text("At least " + SHORTEST_PASSWORD
                        + " characters; a few words that do not belong together are good.")
                .html(form(
                        signedIn,
                        PASSWORD,
                        Page.hidden("request", SignInServlet.safe(request))
                                + Page.firstField("Password until now", "password", "password", "current-password")
                                + Page.field("New password", "new", "password", "new-password"),
                        "Change",
                        "first"))
                .html("<p class=\"small\"><a href=\"" + PATH + "\">Back to your page</a></p>");
    }

    private void change(SignedIn signedIn, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var person = signedIn.person();
        var fresh = SignInServlet.text(request, "new");
        var old = SignInServlet.text(request, "password");
        var length = fresh.getBytes(StandardCharsets.UTF_8).length;
        if (desk.signIns().byPassword(person.login(), old).isEmpty()
                || length < SHORTEST_PASSWORD
                || length > LONGEST_PASSWORD
                || fresh.equals(old)
                || !desk.people().setPassword(person.login(), encoder.encode(fresh), false)) {
            events.refused("password", null, person.login(), "not changed");
            password(signedIn, request)
                    .alert(
                            "It was not changed: the old password is wrong, the new one is too short, too long or the same,"
                                    + " or the account stands in the settings.")
                    .write(response, HttpServletResponse.SC_BAD_REQUEST);
            return;
        }
        events.succeeded("password", null, person.login(), "changed");
        browsers.see(response, SignInServlet.next(request));
    }

    static String form(SignedIn signedIn, String action, String fields, String button, String look) {
        return "<form method=\"post\" action=\"" + action + "\">" + Page.hidden("form", signedIn.formToken()) + fields
                + "<button type=\"submit\" class=\"" + look + "\">" + button + "</button></form>";
    }
}
