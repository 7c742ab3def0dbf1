package org.tenderpoint.people;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/** How the pages look: their style sheet and their mark, which is all that they load. */
final class Look extends HttpServlet {

    static final String STYLE = "/pages.css";
    static final String MARK = "/pages.svg";

    private static final long serialVersionUID = 1L;

    private final transient byte[] style = file("pages.css");
    private final transient byte[] mark = file("pages.svg");

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var isStyle = request.getServletPath().equals(STYLE);
        response.setContentType(isStyle ? "text/css;charset=UTF-8" : "image/svg+xml");
        response.setHeader("Cache-Control", "max-age=3600");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.getOutputStream().write(isStyle ? style : mark);
    }

    private static byte[] file(String name) {
        try (var file = Objects.requireNonNull(Look.class.getResourceAsStream(name))) {
            return file.readAllBytes();
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }
}
