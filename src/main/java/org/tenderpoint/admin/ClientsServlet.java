package org.tenderpoint.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.tenderpoint.access.Role;
import org.tenderpoint.admin.AdminActs.Impossible;
import org.tenderpoint.identity.SecurityEvents;
import org.tenderpoint.people.Desks;
import org.tenderpoint.people.Desks.Visitor;
import org.tenderpoint.smart.Page;

/** Where an administrator registers systems and apps and revokes them: the same acts as over HTTP and by command. */
final class ClientsServlet extends HttpServlet {

    static final String PATH = "/account/clients";

    private static final long serialVersionUID = 1L;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final transient Desks desks;
    private final transient AdminActs acts;
    private final transient SecurityEvents events;

    ClientsServlet(Desks desks, AdminActs acts, SecurityEvents events) {
        this.desks = desks;
        this.acts = acts;
        this.events = events;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        desks.open(request, response, List.of(Role.ADMINISTRATOR), "administration", visitor -> page(visitor, request)
                .write(response));
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        desks.open(request, response, List.of(Role.ADMINISTRATOR), "administration", visitor -> {
            var by = visitor.caller().user();
            var revoked = request.getParameter("revoke");
            var detail = Forms.plain(
                    revoked == null
                            ? "register client " + Forms.text(request, "client_id")
                            : "revoke client " + revoked);
            try {
                if (revoked != null) {
                    acts.revoke(revoked, String.valueOf(by));
                    events.succeeded("administration", Desks.CLIENT, by, detail);
                    desks.see(response, PATH);
                } else {
                    var made = acts.register(asked(request), String.valueOf(by));
                    events.succeeded("administration", Desks.CLIENT, by, detail);
                    registered(made).write(response);
                }
            } catch (Impossible refused) {
                events.refused("administration", Desks.CLIENT, by, detail);
                page(visitor, request)
                        .alert(String.valueOf(refused.getMessage()))
                        .write(response, HttpServletResponse.SC_BAD_REQUEST);
            }
        });
    }

    private Page page(Visitor visitor, HttpServletRequest request) {
        var page = new Page("Systems and apps").html("<ul class=\"apps\">");
        acts.list().forEach(client -> page.html(shown(visitor, client)));
        return page.html("</ul><h2>Register one</h2><form method=\"post\" action=\"" + PATH + "\">"
                        + Page.hidden("form", visitor.formToken())
                        + Forms.field(request, "Id", "client_id", "required")
                        + Forms.field(request, "Name", "client_name", "")
                        + Forms.select(
                                request,
                                "How it says who it is",
                                "token_endpoint_auth_method",
                                List.of("private_key_jwt", "client_secret_basic", "none"))
                        + Forms.select(request, "Role of a system; none for an app", "role", roles())
                        + Forms.field(request, "Organization of a system, system|value", "organization", "")
                        + Forms.field(request, "Scopes", "scope", "required")
                        + Forms.area(request, "Public keys (JWKS)", "jwks")
                        + Forms.field(request, "Address of its public keys", "jwks_uri", "")
                        + Forms.area(request, "Redirect URIs of an app, one a line", "redirect_uris")
                        + Forms.field(request, "Address by which an EHR opens the app", "initiate_login_uri", "")
                        + "<button type=\"submit\">Register</button></form>")
                .html(Desks.back());
    }

    private static String shown(Visitor visitor, JsonNode client) {
        var id = client.path("client_id").asText();
        return "<li><strong>" + Page.escape(client.path("client_name").asText()) + "</strong><p class=\"small\">"
                + Page.escape(String.join(
                        ", ",
                        List.of(
                                id,
                                client.path("role").asText("app"),
                                client.path("token_endpoint_auth_method").asText())))
                + "</p><p class=\"small\">"
                + Page.escape(client.path("organization").asText()) + "</p><p class=\"small\">"
                + Page.escape(client.path("scope").asText()) + "</p><form method=\"post\" action=\"" + PATH + "\">"
                + Page.hidden("form", visitor.formToken()) + Page.hidden("revoke", id)
                + "<button type=\"submit\" class=\"second\">Revoke<span class=\"unseen\"> " + Page.escape(id)
                + "</span></button></form></li>";
    }

    private static Page registered(ObjectNode made) {
        var page = new Page("It is registered").text(made.path("client_id").asText() + " can connect now.");
        if (made.has("client_secret")) {
            page.text("Its secret is shown this once; what is kept is a hash of it.")
                    .html("<code>" + Page.escape(made.path("client_secret").asText()) + "</code>");
        }
        return page.html("<p><a href=\"" + PATH + "\">Systems and apps</a></p>");
    }

    private static ObjectNode asked(HttpServletRequest request) {
        var asked = JSON.createObjectNode();
        for (var name : List.of(
                "client_id",
                "client_name",
                "token_endpoint_auth_method",
                "role",
                "organization",
                "scope",
                "jwks_uri",
                "initiate_login_uri")) {
            asked.put(name, Forms.text(request, name));
        }
        var redirects = asked.putArray("redirect_uris");
        Forms.text(request, "redirect_uris")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .forEach(redirects::add);
        if (!Forms.text(request, "jwks").isEmpty()) {
            try {
                asked.set("jwks", JSON.readTree(Forms.text(request, "jwks")));
            } catch (JsonProcessingException malformed) {
                throw new Impossible("jwks is no JSON");
            }
        }
        return asked;
    }

    private static List<String> roles() {
        return Stream.concat(Stream.of(""), Arrays.stream(Role.values()).map(Role::name))
                .toList();
    }
}
