package org.tenderpoint.audit;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.chart.AuditBook.Reached;
import org.tenderpoint.chart.AuditEntry;
import org.tenderpoint.smart.Page;

/** Entries of the audit as a table: on a page, and as CSV. */
final class AuditTable {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private AuditTable() {}

    /**
     * @param names of people and organizations, by reference
     * @param withPatients false where all of it is about one patient, who reads it
     */
    static String html(List<AuditEntry> entries, Map<String, String> names, boolean withPatients) {
        if (entries.isEmpty()) {
            return "<p>Nothing was found.</p>";
        }
        var rows = new StringBuilder();
        for (var entry : entries) {
            rows.append("<tr>");
            cell(rows, "When (UTC)", Page.escape(TIME.format(entry.recorded())));
            cell(rows, "Who", who(entry, names, withPatients));
            cell(rows, "What", Page.escape(what(entry)));
            if (withPatients) {
                cell(
                        rows,
                        "Whose",
                        entry.patients().stream()
                                .map(patient -> linked("patient", patient.toString(), patient.toString()))
                                .collect(Collectors.joining("<br>")));
            }
            cell(rows, "Why", Page.escape((entry.succeeded() ? "" : "Refused: ") + entry.ground()));
            rows.append("</tr>");
        }
        var heads = new ArrayList<>(List.of("When (UTC)", "Who", "What"));
        if (withPatients) {
            heads.add("Whose");
        }
        heads.add("Why");
        return table(heads, rows);
    }

    static String reached(List<Reached> reached) {
        var rows = new StringBuilder();
        for (var one : reached) {
            rows.append("<tr>");
            cell(
                    rows,
                    "Patient",
                    linked("patient", one.patient().toString(), one.patient().toString()));
            cell(rows, "Requests", Long.toString(one.requests()));
            cell(rows, "First (UTC)", TIME.format(one.first()));
            cell(rows, "Last (UTC)", TIME.format(one.last()));
            rows.append("</tr>");
        }
        return reached.isEmpty() ? "" : table(List.of("Patient", "Requests", "First (UTC)", "Last (UTC)"), rows);
    }

    private static String table(List<String> heads, StringBuilder rows) {
        return "<table><thead><tr>"
                + heads.stream()
                        .map(head -> "<th scope=\"col\">" + head + "</th>")
                        .collect(Collectors.joining())
                + "</tr></thead><tbody>" + rows + "</tbody></table>";
    }

    private static void cell(StringBuilder rows, String head, String html) {
        rows.append("<td data-head=\"")
                .append(head)
                .append("\"><div>")
                .append(html.isEmpty() ? "–" : html)
                .append("</div></td>");
    }

    private static String who(AuditEntry entry, Map<String, String> names, boolean linked) {
        var parts = new ArrayList<String>();
        if (entry.person() != null) {
            parts.add(named("agent", entry.person(), names, linked));
        }
        if (entry.organization() != null) {
            parts.add(named("agent", "Organization/" + entry.organization(), names, linked));
        }
        if (entry.clientId() != null) {
            var by = "by " + entry.clientId();
            parts.add(linked ? linked("altid", entry.clientId(), by) : Page.escape(by));
        }
        return String.join("<br>", parts);
    }

    private static String named(String filter, String reference, Map<String, String> names, boolean linked) {
        var name = names.getOrDefault(reference, reference);
        return linked ? linked(filter, reference, name) : Page.escape(name);
    }

    private static String linked(String filter, String value, String text) {
        return "<a href=\"" + AuditServlet.OFFICER + Page.escape(AuditServlet.query(Map.of(filter, value))) + "\">"
                + Page.escape(text) + "</a>";
    }

    private static String what(AuditEntry entry) {
        var type = entry.type() == null ? "" : " " + entry.type();
        return entry.interaction() + type + (entry.resources() > 1 ? ", " + entry.resources() + " resources" : "");
    }

    static String csv(List<AuditEntry> entries, boolean withPatients) {
        var lines = new StringBuilder();
        var heads = new ArrayList<>(List.of(
                "recorded", "client", "organization", "person", "role", "interaction", "type", "resource", "version"));
        heads.addAll(withPatients ? List.of("patients", "query") : List.of());
        heads.addAll(List.of("resources", "outcome", "ground", "address", "request", "id"));
        line(lines, heads);
        for (var entry : entries) {
            var cells = new ArrayList<String>();
            for (var value : new Object[] {
                entry.recorded(),
                entry.clientId(),
                entry.organization(),
                entry.person(),
                entry.role(),
                entry.interaction(),
                entry.type(),
                entry.resource(),
                entry.version()
            }) {
                cells.add(text(value));
            }
            if (withPatients) {
                cells.add(entry.patients().stream().map(UUID::toString).collect(Collectors.joining(" ")));
                cells.add(text(entry.query()));
            }
            cells.addAll(List.of(
                    Integer.toString(entry.resources()),
                    entry.succeeded() ? "done" : "refused",
                    entry.ground(),
                    text(entry.address()),
                    text(entry.request()),
                    entry.id().toString()));
            line(lines, cells);
        }
        return lines.toString();
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value instanceof Instant time ? time.toString() : value.toString();
    }

    /** RFC 4180; and what a spreadsheet would take for a formula, because somebody has sent it, is text. */
    private static void line(StringBuilder lines, List<String> cells) {
        lines.append(cells.stream()
                        .map(cell -> cell.isEmpty() || "=+-@\t\r".indexOf(cell.charAt(0)) < 0 ? cell : "'" + cell)
                        .map(cell -> '"' + cell.replace("\"", "\"\"") + '"')
                        .collect(Collectors.joining(",")))
                .append("\r\n");
    }
}
