package org.tenderpoint.people;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Role;
import org.tenderpoint.access.Scopes;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.identity.Person;
import org.tenderpoint.identity.Sessions.Reached;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;
import org.tenderpoint.people.Browsers.SignedIn;
import org.tenderpoint.smart.Acting;
import org.tenderpoint.smart.Page;

/**
 * How pages of other rooms know who is before them, and ask for her: with all that her role has and no more, through the
 * same doors as over FHIR.
 */
public final class Desks {

    /** What the audit calls these pages; no registered client has an id with a slash. */
    public static final String CLIENT = "/account";

    private final Browsers browsers;
    private final Chart chart;

    Desks(Browsers browsers, Chart chart) {
        this.browsers = browsers;
        this.chart = chart;
    }

    /**
     * Somebody at work on a page.
     *
     * @param formToken what a form of this page has to bring, as {@code form}
     */
    public record Visitor(Person person, Caller caller, String formToken) {}

    /** Does something for a visitor. */
    @FunctionalInterface
    public interface Work {
        /** @throws Refused where a door refuses it, or the form says what it cannot mean */
        void act(Visitor visitor) throws IOException;
    }

    /**
     * Has something done for whoever is signed in, if she is in one of the roles; otherwise she is sent to sign in, or told.
     * A refusal is shown to her, and is in the audit as every other.
     *
     * @param doing what the audit calls it
     */
    public void open(
            HttpServletRequest request, HttpServletResponse response, List<Role> roles, String doing, Work work)
            throws IOException {
        var signedIn = browsers.atHome(request, response);
        if (signedIn.isEmpty()) {
            return;
        }
        if (mustChange(signedIn.get())) {
            browsers.see(response, AccountServlet.PASSWORD);
            return;
        }
        var person = signedIn.get().person();
        var acting = Acting.of(person, chart);
        if (acting.isEmpty() || !roles.contains(person.role())) {
            chart.refused(acting.map(Desks::caller).orElse(null), doing, null, null, "not-permitted");
            new Page("This page is not for you")
                    .text("It is for people in another role.")
                    .html(back())
                    .write(response, HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        var caller = caller(acting.get());
        try {
            work.act(new Visitor(person, caller, signedIn.get().formToken()));
        } catch (Refused refused) {
            chart.refused(caller, doing, null, null, refused.issues().get(0).code());
            var page = new Page("That did not work");
            refused.issues().stream().map(Issue::diagnostics).forEach(page::text);
            page.html("<p><a href=\"" + Page.escape(request.getServletPath()) + "\">Try again</a></p>")
                    .write(response, refused.getStatusCode());
        }
    }

    /** Sends the browser on to one of our pages. */
    public void see(HttpServletResponse response, String path) {
        browsers.see(response, path);
    }

    /** The link that every such page ends with. */
    public static String back() {
        return "<p class=\"small\"><a href=\"" + AccountServlet.PATH + "\">Back to your page</a></p>";
    }

    /** Whoever was signed in elsewhere may never have had the password that was made here. */
    static boolean mustChange(SignedIn signedIn) {
        return signedIn.person().mustChange() && signedIn.session().reached() != Reached.BY_PROVIDER;
    }

    private static Caller caller(Acting acting) {
        var scope = Optional.ofNullable(acting.patient()).isPresent() ? "patient/*.cruds" : "user/*.cruds";
        return acting.caller(CLIENT, Scopes.parse(List.of(scope)));
    }
}
