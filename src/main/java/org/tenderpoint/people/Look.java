package org.tenderpoint.people;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;

/** What the pages load, which is all from here: their style sheet, their mark, and the script that asks for a passkey. */
final class Look extends HttpServlet {

    static final String STYLE = "/pages.css";
    static final String MARK = "/pages.svg";
    static final String PASSKEYS = "/passkeys.js";

    private static final long serialVersionUID = 1L;

    private final transient Map<String, Loaded> loaded = Map.of(
            STYLE, new Loaded("text/css;charset=UTF-8", file("pages.css")),
            MARK, new Loaded("image/svg+xml", file("pages.svg")),
            PASSKEYS, new Loaded("text/javascript;charset=UTF-8", file("passkeys.js")));

    private record Loaded(String type, byte[] content) {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var asked = Objects.requireNonNull(loaded.get(request.getServletPath()));
        response.setContentType(asked.type());
        response.setHeader("Cache-Control", "max-age=3600");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.getOutputStream().write(asked.content());
    }

    private static byte[] file(String name) {
        try (var file = Objects.requireNonNull(Look.class.getResourceAsStream(name))) {
            return file.readAllBytes();
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }
}
