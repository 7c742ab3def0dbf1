package org.tenderpoint.emergency;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.tenderpoint.access.Role;
import org.tenderpoint.chart.BrokenGlass;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;
import org.tenderpoint.people.Desks;
import org.tenderpoint.people.Desks.Visitor;
import org.tenderpoint.server.RequestForms;
import org.tenderpoint.smart.Page;

/** Where a privacy officer sees which records were opened in emergencies, and says that she has looked at one. */
final class EmergencyServlet extends HttpServlet {

    static final String PATH = "/account/emergencies";

    private static final long serialVersionUID = 1L;

    private final transient Desks desks;
    private final transient BrokenGlass glass;

    EmergencyServlet(Desks desks, BrokenGlass glass) {
        this.desks = desks;
        this.glass = glass;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        desks.open(request, response, List.of(Role.PRIVACY_OFFICER), BrokenGlass.LIST, visitor -> page(visitor)
                .write(response));
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        desks.open(request, response, List.of(Role.PRIVACY_OFFICER), BrokenGlass.REVIEW, visitor -> {
            var id = RequestForms.uuidOrNull(String.valueOf(request.getParameter("case")));
            if (id == null) {
                throw Refused.badRequest(Issue.value("break-glass-case", null, "Parameter case is the id of a case."));
            }
            glass.review(visitor.caller(), id);
            desks.see(response, PATH);
        });
    }

    private Page page(Visitor visitor) {
        var page = new Page("Records opened in emergencies");
        var cases = glass.list(visitor.caller());
        page.html(cases.isEmpty() ? "<p>None was opened.</p>" : "<ul class=\"apps\">");
        cases.forEach(one -> page.html(shown(visitor, one)));
        return page.html(cases.isEmpty() ? "" : "</ul>").html(Desks.back());
    }

    private static String shown(Visitor visitor, BrokenGlass.Case one) {
        var who = one.person() == null ? one.client() : one.person() + ", by " + one.client();
        var review = one.reviewed() == null
                ? "<form method=\"post\" action=\"" + PATH + "\">" + Page.hidden("form", visitor.formToken())
                        + Page.hidden("case", one.id().toString())
                        + "<button type=\"submit\" class=\"second\">I have looked at it"
                        + "<span class=\"unseen\">: " + minute(one.opened()) + "</span></button></form>"
                : "<p class=\"small\">Reviewed " + minute(one.reviewed()) + "</p>";
        return "<li><strong>" + minute(one.opened()) + "</strong><p>" + Page.escape(one.reason())
                + "</p><p class=\"small\">" + Page.escape(who) + ", for Organization/" + one.organization()
                + "</p><p class=\"small\"><a href=\"/account/audit?patient=" + one.patient()
                + "\">Who has seen the record of Patient/" + one.patient() + "</a></p>" + review + "</li>";
    }

    private static String minute(Instant time) {
        return time.truncatedTo(ChronoUnit.MINUTES).toString().replace("T", " ").replace(":00Z", " UTC");
    }
}
