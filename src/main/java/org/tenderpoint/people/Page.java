package org.tenderpoint.people;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.web.util.HtmlUtils;

/**
 * A page: HTML written on the server, without any script. Texts are escaped where they are put in; what is put in as a form
 * was made here.
 */
final class Page {

    private final String title;
    private final StringBuilder body = new StringBuilder();
    private String formTargets = "'self'";

    Page(String title) {
        this.title = title;
        body.append("<h1>").append(escape(title)).append("</h1>");
    }

    static String escape(String text) {
        return HtmlUtils.htmlEscape(text, "UTF-8");
    }

    Page text(String text) {
        body.append("<p>").append(escape(text)).append("</p>");
        return this;
    }

    /** Something that went wrong; read aloud at once. */
    Page alert(String text) {
        body.append("<p class=\"alert\" role=\"alert\">").append(escape(text)).append("</p>");
        return this;
    }

    /** Where a form's answer may lead besides this server: browsers hold redirects after a form against it. */
    Page leadingTo(String source) {
        formTargets = "'self' " + source;
        return this;
    }

    /** HTML whose texts were escaped. */
    Page html(String html) {
        body.append(html);
        return this;
    }

    /** A hidden field. */
    static String hidden(String name, String value) {
        return "<input type=\"hidden\" name=\"" + name + "\" value=\"" + escape(value) + "\">";
    }

    /** A field with its label. */
    static String field(String label, String name, String type, String autocomplete) {
        return "<label for=\"" + name + "\">" + escape(label) + "</label><input id=\"" + name + "\" name=\"" + name
                + "\" type=\"" + type + "\" autocomplete=\"" + autocomplete + "\" required>";
    }

    void write(HttpServletResponse response, int status) throws IOException {
        response.setStatus(status);
        response.setContentType("text/html;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("X-Content-Type-Options", "nosniff");
        // With no referrer at all, browsers would send no origin with a form either.
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action "
                        + formTargets);
        var html = "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + escape(title)
                + " – Tenderpoint</title><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                + "<link rel=\"stylesheet\" href=\"/pages.css\"></head><body><header>Tenderpoint</header><main>" + body
                + "</main></body></html>";
        response.getOutputStream().write(html.getBytes(StandardCharsets.UTF_8));
    }

    void write(HttpServletResponse response) throws IOException {
        write(response, HttpServletResponse.SC_OK);
    }
}
