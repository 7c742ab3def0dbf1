package org.tenderpoint.people;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.tenderpoint.identity.Passkeys;
import org.tenderpoint.identity.SecurityEvents;
import org.tenderpoint.identity.Sessions.Reached;
import org.tenderpoint.identity.SignIns;
import org.tenderpoint.people.Browsers.SignedIn;
import org.tenderpoint.smart.Authorizations;
import org.tenderpoint.smart.Page;

/** Signing in by password and, where somebody has set one up, by a code; by a passkey; and signing out. */
final class SignInServlet extends HttpServlet {

    static final String PATH = "/sign-in";
    static final String CODE = "/sign-in/code";
    static final String PASSKEY = "/sign-in/passkey";
    static final String OUT = "/sign-out";

    private static final long serialVersionUID = 1L;

    private final transient Browsers browsers;
    private final transient SignIns signIns;
    private final transient Passkeys passkeys;
    private final transient ProviderProperties provider;
    private final transient Authorizations authorizations;
    private final transient SecurityEvents events;

    /** The ways to sign in. */
    record Ways(SignIns signIns, Passkeys passkeys, ProviderProperties provider) {}

    SignInServlet(Browsers browsers, Ways ways, Authorizations authorizations, SecurityEvents events) {
        this.browsers = browsers;
        this.signIns = ways.signIns();
        this.passkeys = ways.passkeys();
        this.provider = ways.provider();
        this.authorizations = authorizations;
        this.events = events;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (request.getServletPath()) {
            case PATH -> passwordPage(request).write(response);
            case CODE -> codePage(request).write(response);
            case PASSKEY -> browsers.see(response, PATH);
            default -> browsers.see(response, "/account");
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!browsers.isOurs(request)) {
            events.refused("sign-in", null, null, "a form of another page");
            Browsers.notOurs(response);
            return;
        }
        switch (request.getServletPath()) {
            case PATH -> byPassword(request, response);
            case CODE -> byCode(request, response);
            case PASSKEY -> byPasskey(request, response);
            default -> {
                browsers.end(request, response);
                new Page("You are signed out")
                        .text("You can close this window.")
                        .html("<p><a href=\"" + PATH + "\">Sign in again</a></p>")
                        .write(response);
            }
        }
    }

    private void byPassword(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var login = text(request, "login").strip();
        var person = signIns.byPassword(login, text(request, "password"));
        if (person.isEmpty()) {
            events.refused("sign-in", null, login, "password");
            passwordPage(request)
                    .alert("Name and password do not go together, or there were too many tries. Try again in a minute.")
                    .write(response, HttpServletResponse.SC_UNAUTHORIZED);
            return;
        }
        var more = signIns.hasSecondStep(login);
        browsers.begin(request, response, login, more ? Reached.BEFORE_SECOND_STEP : Reached.BY_PASSWORD);
        if (more) {
            browsers.see(response, CODE + "?request=" + safe(request));
        } else {
            events.succeeded("sign-in", null, login, "password");
            browsers.see(response, next(request));
        }
    }

    private void byCode(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var login = browsers.signedIn(request).map(SignedIn::session);
        if (login.isEmpty()) {
            browsers.see(response, PATH);
            return;
        }
        if (!signIns.bySecondStep(login.get().login(), text(request, "code"))) {
            events.refused("sign-in", null, login.get().login(), "code");
            codePage(request)
                    .alert("This is not the code of now, or there were too many tries.")
                    .write(response, HttpServletResponse.SC_UNAUTHORIZED);
            return;
        }
        browsers.begin(request, response, login.get().login(), Reached.BY_BOTH);
        events.succeeded("sign-in", null, login.get().login(), "password and code");
        browsers.see(response, next(request));
    }

    private void byPasskey(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var person = passkeys.signIn(browsers.origin(), text(request, "credential"));
        if (person.isEmpty()) {
            events.refused("sign-in", null, null, "passkey");
            passwordPage(request)
                    .alert("This passkey is not known here, or it took too long. Try again, or sign in by password.")
                    .write(response, HttpServletResponse.SC_UNAUTHORIZED);
            return;
        }
        var login = person.get().login();
        browsers.begin(request, response, login, Reached.BY_PASSKEY);
        events.succeeded("sign-in", null, login, "passkey");
        browsers.see(response, next(request));
    }

    private Page passwordPage(HttpServletRequest request) {
        var byProvider = provider.isSet()
                ? "<p class=\"or\"><a class=\"second\" href=\"" + ProviderServlet.PATH + "?request=" + safe(request)
                        + "\">Sign in with " + Page.escape(provider.name()) + "</a></p>"
                : "";
        return onTheWay(new Page("Sign in"), request)
                .html("<form method=\"post\" action=\"" + PATH + "\">"
                        + Page.hidden("request", safe(request))
                        + Page.firstField("Name", "login", "text", "username")
                        + Page.field("Password", "password", "password", "current-password")
                        + "<button type=\"submit\">Sign in</button></form>")
                .html(PasskeyServlet.toSignIn(browsers.origin(), passkeys.challenge(), safe(request)))
                .html(byProvider)
                .script(Look.PASSKEYS);
    }

    private Page codePage(HttpServletRequest request) {
        return onTheWay(new Page("One more step"), request)
                .text("Open your authenticator app and type in the six digits that it shows for Tenderpoint.")
                .html("<form method=\"post\" action=\"" + CODE + "\">"
                        + Page.hidden("request", safe(request))
                        + Page.codeField("Code", true)
                        + "<button type=\"submit\">Continue</button></form>");
    }

    /** Where there is nothing to decide, signing in leads straight back to the app. */
    private Page onTheWay(Page page, HttpServletRequest request) {
        authorizations.open(safe(request)).ifPresent(asked -> page.leadingTo(asked.redirectUri()));
        return page;
    }

    /** Where somebody was going who had to sign in first: to a request that was sealed here, or to her own page. */
    static String next(HttpServletRequest request) {
        return next(safe(request));
    }

    static String next(String sealed) {
        return sealed.isEmpty() ? "/account" : Authorizations.DECIDE + "?request=" + sealed;
    }

    static String safe(HttpServletRequest request) {
        var sealed = text(request, "request");
        return sealed.matches("[A-Za-z0-9_-]{1,8000}") ? sealed : "";
    }

    static String text(HttpServletRequest request, String name) {
        var text = request.getParameter(name);
        return text == null ? "" : text;
    }
}
