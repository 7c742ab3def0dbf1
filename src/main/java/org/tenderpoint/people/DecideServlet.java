package org.tenderpoint.people;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.access.Role;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.identity.Client;
import org.tenderpoint.identity.Clients;
import org.tenderpoint.identity.SecurityEvents;
import org.tenderpoint.people.Browsers.SignedIn;
import org.tenderpoint.people.PatientPicker.Choice;
import org.tenderpoint.smart.Acting;
import org.tenderpoint.smart.AuthorizationRequest;
import org.tenderpoint.smart.Authorizations;
import org.tenderpoint.smart.Page;

/**
 * Where a person decides what an app gets: she signs in, picks a patient where the app needs one and none is open, and ticks
 * what she grants. Only that is granted.
 */
final class DecideServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient Browsers browsers;
    private final transient Desk desk;
    private final transient PatientPicker picker;
    private final transient SecurityEvents events;

    /** What the decision is about. */
    record Desk(Authorizations authorizations, Clients clients, Chart chart) {}

    /** A request, the app it comes from, and who decides. */
    private record Case(AuthorizationRequest request, Client client, SignedIn signedIn, Acting acting) {}

    DecideServlet(Browsers browsers, Desk desk, PatientPicker picker, SecurityEvents events) {
        this.browsers = browsers;
        this.desk = desk;
        this.picker = picker;
        this.events = events;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var open = open(request, response);
        if (open.isEmpty()) {
            return;
        }
        var patient = patient(open.get());
        if (patient.isEmpty() && open.get().request().needsPatient()) {
            withoutPatient(open.get(), request, response);
        } else {
            consentPage(open.get(), patient.orElse(null)).write(response);
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var found = open(request, response);
        if (found.isEmpty()) {
            return;
        }
        var open = found.get();
        if (!browsers.isOurs(request, open.signedIn())) {
            events.refused("grant", open.client().id(), open.signedIn().person().login(), "a form of another page");
            startAgain(response, HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        var picked = request.getParameter("patient");
        if (picked != null) {
            pick(open, picked, response);
        } else if (request.getParameter("allow") == null) {
            events.refused("grant", open.client().id(), open.signedIn().person().login(), "she said no");
            Browsers.elsewhere(
                    response, desk.authorizations().refuse(open.request(), "access_denied", "nothing was granted"));
        } else {
            grant(open, request, response);
        }
    }

    /** The case of a sealed request; empty where the browser was sent elsewhere instead. */
    private Optional<Case> open(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var sealed = SignInServlet.text(request, "request");
        var asked = desk.authorizations().open(sealed);
        var client = asked.flatMap(found -> desk.clients().find(found.clientId()));
        if (asked.isEmpty() || client.isEmpty()) {
            startAgain(response, HttpServletResponse.SC_BAD_REQUEST);
            return Optional.empty();
        }
        var signedIn = browsers.signedIn(request);
        if (signedIn.isEmpty() || isTooOld(asked.get(), signedIn.get())) {
            browsers.see(response, SignInServlet.PATH + "?request=" + sealed);
            return Optional.empty();
        }
        if (!signedIn.get().session().complete()) {
            browsers.see(response, SignInServlet.CODE + "?request=" + sealed);
            return Optional.empty();
        }
        if (Desks.mustChange(signedIn.get())) {
            browsers.see(response, AccountServlet.PASSWORD + "?request=" + sealed);
            return Optional.empty();
        }
        var acting = Acting.of(signedIn.get().person(), desk.chart());
        if (acting.isEmpty()) {
            new Page("You have no place in the record here")
                    .text("Your account is not joined to an entry that is in use. An administrator can change that.")
                    .write(response, HttpServletResponse.SC_FORBIDDEN);
            return Optional.empty();
        }
        if (asked.get().launch() != null
                && desk.authorizations().launch(asked.get()).isEmpty()) {
            Browsers.elsewhere(
                    response,
                    desk.authorizations().refuse(asked.get(), "invalid_request", "the launch was used or is too old"));
            return Optional.empty();
        }
        return Optional.of(new Case(asked.get(), client.get(), signedIn.get(), acting.get()));
    }

    private static boolean isTooOld(AuthorizationRequest asked, SignedIn signedIn) {
        return asked.signInAgain() && signedIn.session().begun().getEpochSecond() < asked.at();
    }

    /** The patient in context: the one who is open in the EHR, the person herself, or the one she picked. */
    private Optional<Choice> patient(Case open) {
        var request = open.request();
        var launch = desk.authorizations().launch(request);
        if (open.acting().patient() != null) {
            // Her own record, or that of whom she acts for: it is neither picked nor opened by anybody else.
            return request.needsPatient()
                    ? Optional.of(new Choice(open.acting().patient().toString(), "your record", ""))
                    : Optional.empty();
        }
        var id = launch.isPresent()
                ? launch.get().patient()
                : open.signedIn().person().login().equals(request.pickedBy()) ? request.patient() : null;
        return Optional.ofNullable(id)
                .filter(given -> request.needsPatient() || launch.isPresent())
                .flatMap(given -> picker.one(open.acting(), open.client().id(), given));
    }

    private void withoutPatient(Case open, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var picks = open.acting().role() == Role.CLINIC || open.acting().role() == Role.EHR;
        if (open.request().launch() != null || !picks) {
            Browsers.elsewhere(
                    response,
                    desk.authorizations()
                            .refuse(open.request(), "access_denied", "there is no patient to open it with"));
            return;
        }
        var name = SignInServlet.text(request, "name");
        var sealed = desk.authorizations().seal(open.request());
        var page = new Page("Which patient?")
                .leadingTo(open.request().redirectUri())
                .text(open.client().name() + " opens with one patient.")
                .html("<form method=\"get\" class=\"search\" action=\"" + Authorizations.DECIDE + "\">"
                        + Page.hidden("request", sealed)
                        + "<label for=\"name\">Name</label><input id=\"name\" name=\"name\" type=\"search\" value=\""
                        + Page.escape(name) + "\"><button type=\"submit\" class=\"second\">Search</button></form>");
        var found = picker.find(open.acting(), open.client().id(), name);
        if (found.isEmpty()) {
            page.alert("No patient of yours has that name.").write(response);
            return;
        }
        var form = new StringBuilder("<form method=\"post\" action=\"" + Authorizations.DECIDE
                + "\"><fieldset><legend>Patients</legend>" + Page.hidden("request", sealed)
                + Page.hidden("form", open.signedIn().formToken()) + "<div class=\"choices\">");
        for (var choice : found) {
            form.append("<label class=\"choice\"><input type=\"radio\" name=\"patient\" required value=\"")
                    .append(choice.id())
                    .append("\">")
                    .append(Page.escape(choice.name()))
                    .append("<span>born ")
                    .append(Page.escape(choice.birthDate()))
                    .append("</span></label>");
        }
        page.html(form + "</div></fieldset><button type=\"submit\">Continue</button></form>")
                .write(response);
    }

    private void pick(Case open, String id, HttpServletResponse response) throws IOException {
        var patient = picker.one(open.acting(), open.client().id(), id);
        if (patient.isEmpty()) {
            startAgain(response, HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        var picked = open.request()
                .picked(open.signedIn().person().login(), patient.get().id());
        browsers.see(
                response,
                Authorizations.DECIDE + "?request=" + desk.authorizations().seal(picked));
    }

    private Page consentPage(Case open, @Nullable Choice patient) {
        var form = new StringBuilder("<form method=\"post\" action=\"" + Authorizations.DECIDE
                + "\"><fieldset><legend>It may</legend>"
                + Page.hidden("request", desk.authorizations().seal(open.request()))
                + Page.hidden("form", open.signedIn().formToken()) + "<div class=\"choices\">");
        for (var scope : open.request().scopes()) {
            form.append("<label class=\"choice\"><input type=\"checkbox\" name=\"scope\" checked value=\"")
                    .append(Page.escape(scope))
                    .append("\">")
                    .append(Page.escape(ScopeWords.of(scope)))
                    .append("<span>")
                    .append(Page.escape(scope))
                    .append("</span></label>");
        }
        form.append(
                "</div></fieldset><button type=\"submit\" name=\"allow\" value=\"yes\">Allow what is ticked</button>"
                        + "<button type=\"submit\" class=\"second\" name=\"deny\" value=\"yes\">Allow nothing</button></form>");
        var page = new Page(open.client().name() + " asks for access")
                .text("You are signed in as " + open.signedIn().person().name() + ".");
        if (patient != null) {
            page.html("<div class=\"about\">")
                    .text("Patient: " + patient.name()
                            + (patient.birthDate().isEmpty() ? "." : ", born " + patient.birthDate() + "."))
                    .html("</div>");
        }
        return page.html(form.toString())
                .html(
                        "<p class=\"small\">You can take this back at any time on <a href=\"/account\">your page</a>.</p>")
                .leadingTo(open.request().redirectUri());
    }

    private void grant(Case open, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var launch = desk.authorizations().launch(open.request());
        if (launch.isPresent() && !launch.get().fhirUser().equals(open.acting().user())) {
            events.refused("grant", open.client().id(), open.signedIn().person().login(), "another's launch");
            Browsers.elsewhere(
                    response,
                    desk.authorizations().refuse(open.request(), "access_denied", "the launch is another person's"));
            return;
        }
        var patient = patient(open);
        if (patient.isEmpty() && open.request().needsPatient()) {
            startAgain(response, HttpServletResponse.SC_BAD_REQUEST);
            return;
        }
        var ticked = request.getParameterValues("scope");
        var login = open.signedIn().person().login();
        var location = desk.authorizations()
                .grant(
                        open.request(),
                        open.signedIn().session(),
                        ticked == null ? List.of() : List.of(ticked),
                        patient.map(Choice::id).orElse(null));
        events.succeeded("grant", open.client().id(), login, "decided");
        Browsers.elsewhere(response, location);
    }

    private static void startAgain(HttpServletResponse response, int status) throws IOException {
        new Page("Please start again")
                .text("This page is too old or was not made for you. Go back to the app and start there.")
                .write(response, status);
    }
}
