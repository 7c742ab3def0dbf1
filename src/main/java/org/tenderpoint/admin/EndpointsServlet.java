package org.tenderpoint.admin;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.tenderpoint.access.Role;
import org.tenderpoint.admin.AdminActs.Impossible;
import org.tenderpoint.identity.SecurityEvents;
import org.tenderpoint.people.Desks;
import org.tenderpoint.people.Desks.Visitor;
import org.tenderpoint.smart.Page;

/** Where an administrator sees the Endpoints that clients want to be notified at, and approves or refuses each. */
final class EndpointsServlet extends HttpServlet {

    static final String PATH = "/account/endpoints";

    private static final long serialVersionUID = 1L;
    private static final String APPROVE = "approve";
    private static final String REFUSE = "refuse";

    private final transient Desks desks;
    private final transient EndpointActs acts;
    private final transient SecurityEvents events;

    EndpointsServlet(Desks desks, EndpointActs acts, SecurityEvents events) {
        this.desks = desks;
        this.acts = acts;
        this.events = events;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        desks.open(request, response, List.of(Role.ADMINISTRATOR), "administration", visitor -> page(visitor)
                .write(response));
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        desks.open(request, response, List.of(Role.ADMINISTRATOR), "administration", visitor -> {
            var approved = request.getParameter(APPROVE);
            var id = approved == null ? String.valueOf(request.getParameter(REFUSE)) : approved;
            var detail = (approved == null ? "refuse" : "approve") + " endpoint " + id.replaceAll("[^0-9a-f-]", "?");
            try {
                if (approved == null) {
                    acts.refuse(visitor.caller(), id);
                } else {
                    acts.approve(visitor.caller(), id);
                }
                events.succeeded(
                        "administration", Desks.CLIENT, visitor.caller().user(), detail);
                desks.see(response, PATH);
            } catch (Impossible refused) {
                events.refused("administration", Desks.CLIENT, visitor.caller().user(), detail);
                page(visitor)
                        .alert(String.valueOf(refused.getMessage()))
                        .write(response, HttpServletResponse.SC_BAD_REQUEST);
            }
        });
    }

    private Page page(Visitor visitor) {
        var page = new Page("Endpoints that wait")
                .text(
                        "Clients want to be notified there. An address that is approved stands in the directory as active.");
        var waiting = acts.list(visitor.caller());
        page.html(waiting.isEmpty() ? "<p>None waits.</p>" : "<ul class=\"apps\">");
        waiting.forEach(endpoint -> page.html(shown(visitor, endpoint)));
        return page.html(waiting.isEmpty() ? "" : "</ul>").html(Desks.back());
    }

    private static String shown(Visitor visitor, JsonNode endpoint) {
        var address = endpoint.path("address").asText();
        return "<li><strong>" + Page.escape(address) + "</strong><p class=\"small\">"
                + Page.escape(endpoint.path("name").asText("")) + "</p><p class=\"small\">"
                + Page.escape(endpoint.path("organization").asText("")) + "</p>"
                + button(visitor, endpoint, APPROVE, "Approve", "first")
                + button(visitor, endpoint, REFUSE, "Refuse", "second") + "</li>";
    }

    private static String button(Visitor visitor, JsonNode endpoint, String act, String word, String look) {
        return "<form method=\"post\" action=\"" + PATH + "\">" + Page.hidden("form", visitor.formToken())
                + Page.hidden(act, endpoint.path("endpoint").asText()) + "<button type=\"submit\" class=\"" + look
                + "\">" + word + "<span class=\"unseen\"> "
                + Page.escape(endpoint.path("address").asText()) + "</span></button></form>";
    }
}
