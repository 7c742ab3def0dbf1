package org.tenderpoint.smart;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

/**
 * A page for people: HTML written on the server, and no script but one file of ours where a device
 * has to be asked. Texts are escaped where they are put in; what is put
 * in as a form was made here.
 */
public final class Page {

    private final String title;
    private final StringBuilder body = new StringBuilder();
    private String formTargets = "'self'";
    private @Nullable String problem;
    private @Nullable String script;
    private boolean wide;

    public Page(String title) {
        this.title = title;
    }

    public static String escape(String text) {
        return HtmlUtils.htmlEscape(text, "UTF-8");
    }

    public Page text(String text) {
        body.append("<p>").append(escape(text)).append("</p>");
        return this;
    }

    /** Something that went wrong: it stands first, also in the title, which is what is read aloud first. */
    public Page alert(String text) {
        problem = text;
        return this;
    }

    /** Where a form's answer may lead besides this server: browsers hold redirects after a form against it. */
    public Page leadingTo(String redirectUri) {
        var uri = URI.create(redirectUri);
        formTargets = "'self' "
                + (uri.getHost() == null ? uri.getScheme() + ":" : uri.getScheme() + "://" + uri.getAuthority());
        return this;
    }

    /** A script of ours that the page needs, by its path; no page has one in its text. */
    public Page script(String path) {
        script = path;
        return this;
    }

    /** For tables, which need more room than a text. */
    public Page wide() {
        wide = true;
        return this;
    }

    /** HTML whose texts were escaped. */
    public Page html(String html) {
        body.append(html);
        return this;
    }

    /** A hidden field. */
    public static String hidden(String name, String value) {
        return "<input type=\"hidden\" name=\"" + name + "\" value=\"" + escape(value) + "\">";
    }

    /** A field with its label. */
    public static String field(String label, String name, String type, String autocomplete) {
        return labelled(label, name, "type=\"" + type + "\" autocomplete=\"" + autocomplete + "\"");
    }

    /** The field on which the page opens. */
    public static String firstField(String label, String name, String type, String autocomplete) {
        return labelled(label, name, "type=\"" + type + "\" autocomplete=\"" + autocomplete + "\" autofocus");
    }

    /** A field for the digits of an authenticator app. */
    public static String codeField(String label, boolean first) {
        return labelled(
                label,
                "code",
                "type=\"text\" inputmode=\"numeric\" autocomplete=\"one-time-code\" class=\"code\""
                        + (first ? " autofocus" : ""));
    }

    private static String labelled(String label, String name, String attributes) {
        return "<label for=\"" + name + "\">" + escape(label) + "</label><input id=\"" + name + "\" name=\"" + name
                + "\" " + attributes + " required>";
    }

    public void write(HttpServletResponse response, int status) throws IOException {
        response.setStatus(status);
        response.setContentType("text/html;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("X-Content-Type-Options", "nosniff");
        // With no referrer at all, browsers would send no origin with a form either.
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none';"
                        + (script == null ? "" : " script-src 'self';")
                        + " form-action " + formTargets);
        var alert = problem == null ? "" : "<p class=\"alert\" role=\"alert\">" + escape(problem) + "</p>";
        var html = "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>"
                + (problem == null ? "" : "Please check: ") + escape(title)
                + " – Tenderpoint</title><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                + "<link rel=\"icon\" href=\"/pages.svg\"><link rel=\"stylesheet\" href=\"/pages.css\">"
                + (script == null ? "" : "<script src=\"" + script + "\" defer></script>") + "</head>"
                + "<body" + (wide ? " class=\"wide\"" : "")
                + "><header><img src=\"/pages.svg\" alt=\"\" width=\"28\" height=\"28\">Tenderpoint</header><main><h1>"
                + escape(title) + "</h1>" + alert + body + "</main></body></html>";
        response.getOutputStream().write(html.getBytes(StandardCharsets.UTF_8));
    }

    public void write(HttpServletResponse response) throws IOException {
        write(response, HttpServletResponse.SC_OK);
    }
}
