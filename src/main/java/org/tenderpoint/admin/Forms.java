package org.tenderpoint.admin;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.tenderpoint.smart.Page;

/** Fields of a form in which what was typed stays, where the form comes again. */
final class Forms {

    private Forms() {}

    /** What was sent in a field; empty where nothing was. */
    static String text(HttpServletRequest request, String name) {
        var text = request.getParameter(name);
        return text == null ? "" : text.strip();
    }

    /** For the audit and the log, into which whatever was typed goes. */
    static String plain(String typed) {
        return typed.replaceAll("[^A-Za-z0-9 ._@-]", "?");
    }

    static String field(HttpServletRequest request, String label, String name, String more) {
        return label(label, name) + "<input id=\"" + name + "\" name=\"" + name
                + "\" type=\"text\" autocomplete=\"off\" " + more + " value=\"" + Page.escape(text(request, name))
                + "\">";
    }

    static String area(HttpServletRequest request, String label, String name) {
        return label(label, name) + "<textarea id=\"" + name + "\" name=\"" + name + "\" rows=\"3\">"
                + Page.escape(text(request, name)) + "</textarea>";
    }

    static String select(HttpServletRequest request, String label, String name, List<String> choices) {
        var select = new StringBuilder(label(label, name)).append("<select id=\"" + name + "\" name=\"" + name + "\">");
        for (var choice : choices) {
            select.append("<option value=\"" + choice + "\"")
                    .append(choice.equals(text(request, name)) ? " selected>" : ">")
                    .append(choice.isEmpty() ? "none" : choice)
                    .append("</option>");
        }
        return select + "</select>";
    }

    private static String label(String label, String name) {
        return "<label for=\"" + name + "\">" + label + "</label>";
    }
}
