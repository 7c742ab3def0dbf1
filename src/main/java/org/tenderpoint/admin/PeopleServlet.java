package org.tenderpoint.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tenderpoint.access.Role;
import org.tenderpoint.admin.AdminActs.Impossible;
import org.tenderpoint.identity.SecurityEvents;
import org.tenderpoint.people.Desks;
import org.tenderpoint.people.Desks.Visitor;
import org.tenderpoint.smart.Page;

/**
 * Where an administrator opens accounts, locks and ends them, sets new passwords and says whom another provider calls so:
 * the same acts as over HTTP.
 */
final class PeopleServlet extends HttpServlet {

    static final String PATH = "/account/people";

    private static final long serialVersionUID = 1L;
    private static final String LOGIN = "login";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final transient Desks desks;
    private final transient PeopleActs acts;
    private final transient SecurityEvents events;

    PeopleServlet(Desks desks, PeopleActs acts, SecurityEvents events) {
        this.desks = desks;
        this.acts = acts;
        this.events = events;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        desks.open(request, response, List.of(Role.ADMINISTRATOR), "administration", visitor -> {
            try {
                page(visitor, request).write(response);
            } catch (Impossible nobody) {
                list(visitor, request)
                        .alert(String.valueOf(nobody.getMessage()))
                        .write(response, HttpServletResponse.SC_NOT_FOUND);
            }
        });
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        desks.open(request, response, List.of(Role.ADMINISTRATOR), "administration", visitor -> {
            var by = visitor.caller().user();
            var act = Forms.text(request, "act");
            var detail = Forms.plain(act + " person " + Forms.text(request, LOGIN));
            try {
                requireAnother(act, request, visitor);
                var answer = act(act, request, String.valueOf(by));
                events.succeeded("administration", Desks.CLIENT, by, detail);
                if (answer.isPresent()) {
                    answer.get().write(response);
                } else {
                    desks.see(response, act.equals("end") ? PATH : address(Forms.text(request, LOGIN)));
                }
            } catch (Impossible refused) {
                events.refused("administration", Desks.CLIENT, by, detail);
                (act.equals("open") ? list(visitor, request) : pageOrList(visitor, request))
                        .alert(String.valueOf(refused.getMessage()))
                        .write(response, HttpServletResponse.SC_BAD_REQUEST);
            }
        });
    }

    /** @return a page that shows what is shown once; none where the account is shown again */
    private Optional<Page> act(String act, HttpServletRequest request, String by) {
        var login = Forms.text(request, LOGIN);
        switch (act) {
            case "open":
                return Optional.of(password("The account is open", acts.register(asked(request), by)));
            case "reset":
                return Optional.of(password("The password is new", acts.reset(login)));
            case "lock":
                acts.lock(login, by);
                break;
            case "unlock":
                acts.unlock(login);
                break;
            case "link":
                acts.link(login, asked(request), by);
                break;
            case "unlink":
                acts.unlink(login);
                break;
            case "end":
                acts.end(login, by);
                break;
            default:
                throw new Impossible("there is no such act");
        }
        return Optional.empty();
    }

    private static ObjectNode asked(HttpServletRequest request) {
        var asked = JSON.createObjectNode();
        List.of(LOGIN, "name", "role", "subject", "organization", "issuer")
                .forEach(name -> asked.put(name, Forms.text(request, name)));
        return asked;
    }

    private static Page password(String title, ObjectNode made) {
        var login = made.path(LOGIN).asText();
        return new Page(title)
                .text(login + " signs in by this password once, and then sets one of her own. It is shown this once.")
                .html("<code>" + Page.escape(made.path("password").asText()) + "</code><p><a href=\""
                        + Page.escape(address(login)) + "\">Her account</a></p>");
    }

    private Page page(Visitor visitor, HttpServletRequest request) {
        var login = Forms.text(request, LOGIN);
        return login.isEmpty() ? list(visitor, request) : one(visitor, request, acts.one(login));
    }

    private Page pageOrList(Visitor visitor, HttpServletRequest request) {
        try {
            return page(visitor, request);
        } catch (Impossible nobody) {
            return list(visitor, request);
        }
    }

    /** Whoever shut herself out could not undo it. */
    private static void requireAnother(String act, HttpServletRequest request, Visitor visitor) {
        if (List.of("lock", "end").contains(act) && visitor.person().login().equals(Forms.text(request, LOGIN))) {
            throw new Impossible("another administrator locks or ends your account");
        }
    }

    private Page list(Visitor visitor, HttpServletRequest request) {
        var page = new Page("People").html("<ul class=\"apps\">");
        acts.list()
                .forEach(account -> page.html("<li><a href=\""
                        + Page.escape(address(account.path(LOGIN).asText())) + "\"><strong>"
                        + Page.escape(account.path("name").asText()) + "</strong></a>" + shown(account) + "</li>"));
        return page.html("</ul><h2>Open an account</h2>"
                        + form(
                                visitor,
                                "open",
                                Forms.field(request, "Login", LOGIN, "required")
                                        + Forms.field(request, "Name", "name", "required")
                                        + Forms.select(
                                                request,
                                                "Role",
                                                "role",
                                                Arrays.stream(Role.values())
                                                        .filter(role -> role != Role.INSURER)
                                                        .map(Role::name)
                                                        .toList())
                                        + Forms.field(
                                                request,
                                                "Who she is in the record: Practitioner/…, Patient/… or RelatedPerson/…",
                                                "subject",
                                                "")
                                        + Forms.field(request, "Organization, system|value", "organization", ""),
                                "Open",
                                ""))
                .html(Desks.back());
    }

    private static Page one(Visitor visitor, HttpServletRequest request, JsonNode account) {
        var login = Page.hidden(LOGIN, account.path(LOGIN).asText());
        var page = new Page(account.path("name").asText()).html(shown(account));
        page.html(
                account.path("locked").asBoolean()
                        ? form(visitor, "unlock", login, "Unlock", "")
                        : form(visitor, "lock", login, "Lock", "second"));
        page.html("<h2>Password</h2>")
                .text("With a new one she is signed out everywhere; her second step and her passkeys are taken away.")
                .html(form(visitor, "reset", login, "Set a new password", "second"))
                .html("<h2>Another provider</h2>");
        var links = account.path("links");
        page.html(links.isEmpty() ? "<p>Nobody signs in as her by another provider.</p>" : "<ul class=\"apps\">");
        links.forEach(link ->
                page.html("<li><strong>" + Page.escape(link.path("subject").asText()) + "</strong><p class=\"small\">"
                        + Page.escape(link.path("issuer").asText()) + "</p></li>"));
        page.html(
                links.isEmpty()
                        ? ""
                        : "</ul>" + form(visitor, "unlink", login, "Let nobody sign in by a provider", "second"));
        return page.html(form(
                        visitor,
                        "link",
                        login
                                + Forms.field(request, "Issuer, as the provider's page shows it", "issuer", "required")
                                + Forms.field(request, "Subject there", "subject", "required"),
                        "Let this subject sign in as her",
                        ""))
                .html("<h2>Ending</h2>")
                .text("What has ended does not come back, and its login is given to nobody else.")
                .html(form(visitor, "end", login, "End the account", "second"))
                .html("<p class=\"small\"><a href=\"" + PATH + "\">People</a></p>");
    }

    private static String shown(JsonNode account) {
        var of = String.join(
                ", ",
                account.path(LOGIN).asText(),
                account.path("role").asText(),
                account.path("locked").asBoolean() ? "locked" : "in use");
        return Stream.of(
                        of,
                        account.path("subject").asText(),
                        account.path("organization").asText())
                .filter(line -> !line.isEmpty())
                .map(line -> "<p class=\"small\">" + Page.escape(line) + "</p>")
                .collect(Collectors.joining());
    }

    private static String form(Visitor visitor, String act, String fields, String button, String look) {
        return "<form method=\"post\" action=\"" + PATH + "\">" + Page.hidden("form", visitor.formToken())
                + Page.hidden("act", act) + fields + "<button type=\"submit\" class=\"" + look + "\">" + button
                + "</button></form>";
    }

    /** A login has letters, digits and marks that stand in an address as they are. */
    private static String address(String login) {
        return PATH + "?login=" + login.replaceAll("[^A-Za-z0-9._@-]", "");
    }
}
