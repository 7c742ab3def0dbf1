package org.tenderpoint.audit;

import ca.uhn.fhir.parser.DataFormatException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.hl7.fhir.r4.model.DateTimeType;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.access.Role;
import org.tenderpoint.audit.AuditReports.Span;
import org.tenderpoint.chart.AuditAsk;
import org.tenderpoint.chart.AuditBook;
import org.tenderpoint.chart.AuditBook.AuditPage;
import org.tenderpoint.chart.AuditEntry;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;
import org.tenderpoint.people.Desks;
import org.tenderpoint.people.Desks.Visitor;
import org.tenderpoint.smart.Page;

/**
 * The audit for people: a privacy officer looks through all of it, a patient sees who has seen her record. Asked by the
 * same questions as over FHIR, which leave the same entries.
 */
final class AuditServlet extends HttpServlet {

    static final String OFFICER = "/account/audit";
    static final String REACHED = "/account/audit/reached";
    static final String PATIENT = "/account/seen";

    private static final long serialVersionUID = 1L;
    private static final int ON_A_PAGE = 50;

    /** A table of more rows than this is no longer looked at; a shorter period makes several. */
    private static final int PAGES_OF_A_TABLE = 10;

    private final transient Desks desks;
    private final transient AuditBook book;
    private final transient AuditReports reports;
    private final transient AuditNames names;

    AuditServlet(Desks desks, AuditBook book, AuditReports reports, AuditNames names) {
        this.desks = desks;
        this.book = book;
        this.reports = reports;
        this.names = names;
    }

    /** Gets a page of entries. */
    private interface Asking {
        AuditPage page(int count, Optional<String> cursor);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (request.getServletPath()) {
            case OFFICER ->
                desks.open(
                        request,
                        response,
                        List.of(Role.PRIVACY_OFFICER),
                        "search",
                        visitor -> officer(visitor, request, response));
            case REACHED ->
                desks.open(
                        request,
                        response,
                        List.of(Role.PRIVACY_OFFICER),
                        AuditReports.REACHED,
                        visitor -> reached(visitor, request, response));
            default ->
                desks.open(
                        request,
                        response,
                        List.of(Role.PATIENT),
                        AuditReports.ACCESS,
                        visitor -> patient(visitor, request, response));
        }
    }

    private void officer(Visitor visitor, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Asking asking = (count, cursor) -> {
            var asked = new LinkedHashMap<String, String[]>();
            for (var name : List.of("patient", "altid", "agent", "outcome")) {
                filter(request, name).ifPresent(value -> asked.put(name, new String[] {value}));
            }
            asked.put("date", dates(request).toArray(String[]::new));
            return book.search(visitor.caller(), AuditSearch.read(asked).page(count, cursor));
        };
        var page = new Page("The audit")
                .wide()
                .html("<form method=\"get\" class=\"filters\" action=\"" + OFFICER + "\">"
                        + field(request, "Patient", "patient", "text")
                        + field(request, "Client", "altid", "text")
                        + field(request, "Person or organization, Type/id", "agent", "text")
                        + outcomes(request)
                        + field(request, "From", "from", "date")
                        + field(request, "To", "to", "date")
                        + "<button type=\"submit\">Look</button><button type=\"submit\" class=\"second\" formaction=\""
                        + REACHED
                        + "\">Patients reached</button></form>");
        answer(asking, page, OFFICER, true, request, response);
    }

    private void patient(Visitor visitor, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var patient = Objects.requireNonNull(visitor.caller().patient());
        Asking asking = (count, cursor) -> reports.access(visitor.caller(), patient, span(request), count, cursor);
        var page = new Page("Who has seen my record")
                .wide()
                .text("Everybody who has looked at the record or changed something in it, the last one first.")
                .html("<form method=\"get\" class=\"filters\" action=\"" + PATIENT + "\">"
                        + field(request, "From", "from", "date") + field(request, "To", "to", "date")
                        + "<button type=\"submit\">Look</button></form>");
        answer(asking, page, PATIENT, false, request, response);
    }

    private void answer(
            Asking asking,
            Page page,
            String path,
            boolean withPatients,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        if (request.getParameter("csv") != null) {
            csv(asking, withPatients, response);
            return;
        }
        var found = asking.page(ON_A_PAGE, filter(request, "_cursor"));
        page.html(AuditTable.html(found.entries(), names.of(found.entries()), withPatients));
        found.next()
                .ifPresent(cursor -> page.html("<p><a href=\"" + Page.escape(again(request, path, "_cursor", cursor))
                        + "\">Older ones</a></p>"));
        page.html("<p><a href=\"" + Page.escape(again(request, path, "csv", "yes"))
                        + "\">As a table for a spreadsheet (CSV)</a></p>")
                .html(Desks.back())
                .write(response);
    }

    private void csv(Asking asking, boolean withPatients, HttpServletResponse response) throws IOException {
        var entries = new ArrayList<AuditEntry>();
        var cursor = Optional.<String>empty();
        for (int pages = 0; pages == 0 || cursor.isPresent(); pages++) {
            if (pages == PAGES_OF_A_TABLE) {
                throw Refused.unprocessable(List.of(Issue.value(
                        "audit-table-long",
                        null,
                        "There are more than " + PAGES_OF_A_TABLE * AuditAsk.LARGEST_PAGE
                                + " entries: ask for a shorter period.")));
            }
            var page = asking.page(AuditAsk.LARGEST_PAGE, cursor);
            entries.addAll(page.entries());
            cursor = page.next();
        }
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"audit.csv\"");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.getOutputStream().write(AuditTable.csv(entries, withPatients).getBytes(StandardCharsets.UTF_8));
    }

    private void reached(Visitor visitor, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var page = new Page("Patients reached").wide();
        var client = filter(request, "altid");
        var person = filter(request, "agent");
        if (client.isEmpty() && person.isEmpty()) {
            page.alert("Say who: a client, or a person or organization.")
                    .html("<p><a href=\"" + OFFICER + "\">Back to the audit</a></p>")
                    .write(response, HttpServletResponse.SC_BAD_REQUEST);
            return;
        }
        var ask = span(request).ask();
        client.ifPresent(ask::byClient);
        person.ifPresent(ask::by);
        var reached = book.reached(visitor.caller(), AuditReports.REACHED, ask);
        page.text("The records of " + reached.size() + " patients were shown to "
                        + client.orElse("") + (client.isPresent() && person.isPresent() ? " with " : "")
                        + person.orElse("") + ", or changed by them.")
                .html(AuditTable.reached(reached))
                .html("<p><a href=\"" + OFFICER + "\">Back to the audit</a></p>")
                .write(response);
    }

    private static Span span(HttpServletRequest request) {
        return new Span(time(request, "from"), time(request, "to"));
    }

    private static @Nullable DateTimeType time(HttpServletRequest request, String name) {
        try {
            return filter(request, name).map(DateTimeType::new).orElse(null);
        } catch (DataFormatException noDate) {
            throw Refused.badRequest(
                    Issue.value("search-value-invalid", null, "From and To are dates, such as 2026-11-22."));
        }
    }

    private static List<String> dates(HttpServletRequest request) {
        var dates = new ArrayList<String>();
        filter(request, "from").ifPresent(from -> dates.add("ge" + from));
        filter(request, "to").ifPresent(to -> dates.add("le" + to));
        return dates;
    }

    private static Optional<String> filter(HttpServletRequest request, String name) {
        return Optional.ofNullable(request.getParameter(name))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    private static String field(HttpServletRequest request, String label, String name, String type) {
        return "<div><label for=\"" + name + "\">" + label + "</label><input id=\"" + name + "\" name=\"" + name
                + "\" type=\"" + type + "\" value=\""
                + Page.escape(filter(request, name).orElse("")) + "\"></div>";
    }

    private static String outcomes(HttpServletRequest request) {
        var select = new StringBuilder(
                "<div><label for=\"outcome\">Outcome</label><select id=\"outcome\" name=\"outcome\">");
        var words = new LinkedHashMap<String, String>();
        words.put("", "all");
        words.put("0", "done");
        words.put("8", "refused, for want of a right");
        words.put("4", "refused, for another reason");
        words.forEach((code, word) -> select.append("<option value=\"")
                .append(code)
                .append(code.equals(filter(request, "outcome").orElse("")) ? "\" selected>" : "\">")
                .append(word)
                .append("</option>"));
        return select + "</select></div>";
    }

    /** The same question with one thing more. */
    private static String again(HttpServletRequest request, String path, String name, String value) {
        var asked = new LinkedHashMap<String, String>();
        for (var filter : List.of("patient", "altid", "agent", "outcome", "from", "to")) {
            filter(request, filter).ifPresent(given -> asked.put(filter, given));
        }
        asked.put(name, value);
        return path + query(asked);
    }

    static String query(Map<String, String> asked) {
        var query = new StringBuilder();
        asked.forEach((name, value) -> query.append(query.isEmpty() ? '?' : '&')
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return query.toString();
    }
}
