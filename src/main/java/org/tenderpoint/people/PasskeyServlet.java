package org.tenderpoint.people;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.tenderpoint.identity.Passkeys;
import org.tenderpoint.identity.Passkeys.Passkey;
import org.tenderpoint.identity.SecurityEvents;
import org.tenderpoint.identity.SignIns;
import org.tenderpoint.people.Browsers.SignedIn;
import org.tenderpoint.smart.Page;

/** Where somebody adds a passkey, gives it a name, and takes one away. */
final class PasskeyServlet extends HttpServlet {

    static final String PATH = "/account/passkeys";

    private static final long serialVersionUID = 1L;

    private final transient Browsers browsers;
    private final transient Passkeys passkeys;
    private final transient SignIns signIns;
    private final transient SecurityEvents events;

    PasskeyServlet(Browsers browsers, Passkeys passkeys, SignIns signIns, SecurityEvents events) {
        this.browsers = browsers;
        this.passkeys = passkeys;
        this.signIns = signIns;
        this.events = events;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var signedIn = browsers.atHome(request, response);
        if (signedIn.isEmpty()) {
            return;
        }
        if (Desks.mustChange(signedIn.get())) {
            // Whoever knows the first password could stay by a passkey after it was changed.
            browsers.see(response, AccountServlet.PASSWORD);
        } else if (!request.getMethod().equals("POST")) {
            page(signedIn.get()).write(response);
        } else if (request.getParameter("remove") != null) {
            remove(signedIn.get(), request, response);
        } else {
            add(signedIn.get(), request, response);
        }
    }

    private Page page(SignedIn signedIn) {
        var page = new Page("Passkeys")
                .text("A passkey signs you in without a password: your device keeps it and asks for your finger, your"
                        + " face or its number.")
                .script(Look.PASSKEYS);
        var hers = passkeys.of(signedIn.person().login());
        if (hers.isEmpty()) {
            page.text("You have none yet.");
        }
        page.html(hers.isEmpty() ? "" : "<ul class=\"apps\">");
        hers.forEach(passkey -> page.html(shown(signedIn, passkey)));
        return page.html(hers.isEmpty() ? "" : "</ul>")
                .html("<h2>Add a passkey</h2><noscript><p>This needs JavaScript.</p></noscript>")
                .html(toAdd(signedIn))
                .html("<p class=\"small\"><a href=\"" + AccountServlet.PATH + "\">Back to your page</a></p>");
    }

    private static String shown(SignedIn signedIn, Passkey passkey) {
        return "<li><strong>" + Page.escape(passkey.name()) + "</strong><p class=\"small\">Added on "
                + AccountServlet.day(passkey.added())
                + passkey.used()
                        .map(used -> ", last used on " + AccountServlet.day(used))
                        .orElse(", not used yet")
                + (passkey.synced() ? ", on all devices of its account" : ", on one device") + "</p>"
                + AccountServlet.form(
                        signedIn,
                        PATH,
                        Page.hidden("remove", passkey.id()),
                        "Remove <span class=\"unseen\">" + Page.escape(passkey.name()) + "</span>",
                        "second")
                + "</li>";
    }

    /** The form that a script shows where the browser knows passkeys, and that brings what the device has made. */
    private String toAdd(SignedIn signedIn) {
        var person = signedIn.person();
        return "<form method=\"post\" action=\"" + PATH + "\" hidden data-passkey=\"create\""
                + data("host", Passkeys.host(browsers.origin()))
                + data("challenge", passkeys.challenge(signedIn.session()))
                + data("handle", Passkeys.handle(person.login())) + data("login", person.login())
                + data("person", person.name()) + ">" + Page.hidden("form", signedIn.formToken())
                + Page.hidden("credential", "") + Page.field("What to call it", "name", "text", "off")
                + Page.field("Password", "password", "password", "current-password")
                + "<button type=\"submit\">Add a passkey</button>" + refusedByDevice() + "</form>";
    }

    /** The same for signing in. */
    static String toSignIn(String origin, String challenge, String request) {
        return "<form method=\"post\" action=\"" + SignInServlet.PASSKEY
                + "\" class=\"or\" hidden data-passkey=\"get\"" + data("host", Passkeys.host(origin))
                + data("challenge", challenge) + ">" + Page.hidden("request", request) + Page.hidden("credential", "")
                + "<button type=\"submit\" class=\"second\">Sign in with a passkey</button>" + refusedByDevice()
                + "</form>";
    }

    private static String refusedByDevice() {
        return "<p class=\"alert\" role=\"alert\" hidden>The device did not give a passkey. Nothing was changed.</p>";
    }

    private static String data(String name, String value) {
        return " data-" + name + "=\"" + Page.escape(value) + "\"";
    }

    private void add(SignedIn signedIn, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var login = signedIn.person().login();
        // As for a second step: an open browser is not enough.
        var known = signIns.byPassword(login, SignInServlet.text(request, "password"))
                .isPresent();
        if (!known
                || !passkeys.add(
                        signedIn.session(),
                        SignInServlet.text(request, "name"),
                        browsers.origin(),
                        SignInServlet.text(request, "credential"))) {
            events.refused("passkey", null, login, known ? "not added" : "password");
            page(signedIn)
                    .alert("It was not added: the password was not right, the passkey has no name or one that is too"
                            + " long, there are twenty already, or it took too long.")
                    .write(response, HttpServletResponse.SC_BAD_REQUEST);
            return;
        }
        events.succeeded("passkey", null, login, "added");
        browsers.see(response, PATH);
    }

    private void remove(SignedIn signedIn, HttpServletRequest request, HttpServletResponse response) {
        var login = signedIn.person().login();
        if (passkeys.remove(login, SignInServlet.text(request, "remove"))) {
            events.succeeded("passkey", null, login, "removed");
        }
        browsers.see(response, PATH);
    }
}
