package org.tenderpoint.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.context.SecurityContextHolder;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Role;
import org.tenderpoint.admin.AdminActs.Impossible;

/** The administrator's acts over HTTP, below {@value #PATH}, for callers in that role alone. */
final class AdminServlet extends HttpServlet {

    static final String PATH = "/admin";

    private static final long serialVersionUID = 1L;
    private static final int LARGEST = 100_000;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final transient AdminActs acts;

    AdminServlet(AdminActs acts) {
        this.acts = acts;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        var principal = SecurityContextHolder.getContext().getAuthentication().getPrincipal();
        if (!(principal instanceof Caller caller) || !caller.is(Role.ADMINISTRATOR)) {
            write(response, HttpServletResponse.SC_FORBIDDEN, error("this is for administrators"));
            return;
        }
        try {
            var answer = act(request, caller.user() == null ? caller.clientId() : caller.user());
            if (answer == null) {
                write(response, HttpServletResponse.SC_NOT_FOUND, error("there is no such act"));
            } else {
                write(response, HttpServletResponse.SC_OK, answer);
            }
        } catch (Impossible refused) {
            write(response, HttpServletResponse.SC_BAD_REQUEST, error(String.valueOf(refused.getMessage())));
        }
    }

    private @Nullable JsonNode act(HttpServletRequest request, String by) throws IOException {
        var path = String.valueOf(request.getPathInfo());
        switch (request.getMethod() + " " + path) {
            case "GET /clients":
                return acts.list();
            case "POST /clients":
                return acts.register(body(request), by);
            case "POST /keys/rotate":
                acts.rotateKeys(false);
                return done();
            case "POST /keys/replace":
                acts.rotateKeys(true);
                return done();
            default:
                if (request.getMethod().equals("DELETE") && path.startsWith("/clients/")) {
                    acts.revoke(path.substring("/clients/".length()), by);
                    return done();
                }
                return null;
        }
    }

    private static JsonNode body(HttpServletRequest request) throws IOException {
        var type = request.getContentType();
        if (type == null || !MediaType.parseMediaType(type).isCompatibleWith(MediaType.APPLICATION_JSON)) {
            throw new Impossible("the Content-Type is application/json");
        }
        var bytes = request.getInputStream().readNBytes(LARGEST);
        try {
            return JSON.readTree(bytes);
        } catch (JsonProcessingException malformed) {
            throw new Impossible("the body is no JSON of at most " + LARGEST + " bytes");
        }
    }

    private static JsonNode done() {
        return JSON.valueToTree(Map.of("done", true));
    }

    private static JsonNode error(String description) {
        return JSON.valueToTree(Map.of("error", description));
    }

    private static void write(HttpServletResponse response, int status, JsonNode body) throws IOException {
        response.setStatus(status);
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.getOutputStream().write(JSON.writeValueAsBytes(body));
    }
}
