package org.tenderpoint.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.security.core.context.SecurityContextHolder;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Interaction;
import org.tenderpoint.access.Role;
import org.tenderpoint.admin.AdminActs.Impossible;
import org.tenderpoint.identity.SecurityEvents;
import org.tenderpoint.identity.SecurityEvents.Event;

/** The administrator's acts over HTTP, below {@value #PATH}, for callers in that role alone. */
final class AdminServlet extends HttpServlet {

    static final String PATH = "/admin";

    private static final long serialVersionUID = 1L;
    private static final String VERIFY = "/audit/verify";
    private static final String CLIENT = "/clients/";
    private static final String PERSON = "/people/";
    private static final String ENDPOINT = "/endpoints/";
    private static final Pattern DECISION = Pattern.compile(ENDPOINT + "([^/]+)/(approve|refuse)");
    private static final Pattern RESEND = Pattern.compile("/deliveries/([^/]+)/resend");
    private static final int LARGEST = 100_000;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final transient AdminActs acts;
    private final transient PeopleActs people;
    private final transient EndpointActs endpoints;
    private final transient DeliveryActs deliveries;
    private final transient AuditActs audit;
    private final transient SecurityEvents events;

    AdminServlet(
            AdminActs acts,
            PeopleActs people,
            EndpointActs endpoints,
            DeliveryActs deliveries,
            AuditActs audit,
            SecurityEvents events) {
        this.deliveries = deliveries;
        this.endpoints = endpoints;
        this.audit = audit;
        this.events = events;
        this.acts = acts;
        this.people = people;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        var principal = SecurityContextHolder.getContext().getAuthentication().getPrincipal();
        if (!(principal instanceof Caller caller) || !mayAct(caller, request)) {
            var known = principal instanceof Caller other ? other : null;
            events.refused(
                    "administration",
                    known == null ? null : known.clientId(),
                    known == null ? null : known.user(),
                    "no administrator");
            write(response, HttpServletResponse.SC_FORBIDDEN, error("this is for administrators"));
            return;
        }
        var detail = request.getMethod() + " " + request.getPathInfo();
        try {
            var answer = act(request, caller);
            events.happened(new Event(
                    "administration", answer != null, caller.clientId(), caller.user(), plain(detail + made(answer))));
            if (answer == null) {
                write(response, HttpServletResponse.SC_NOT_FOUND, error("there is no such act"));
            } else {
                write(response, HttpServletResponse.SC_OK, answer);
            }
        } catch (Impossible refused) {
            events.refused("administration", caller.clientId(), caller.user(), plain(detail));
            write(response, HttpServletResponse.SC_BAD_REQUEST, error(String.valueOf(refused.getMessage())));
        }
    }

    /**
     * Whoever acts here holds all that her role has, by {@code user/*.cruds} or {@code system/*.cruds}: an app that was given
     * less does not act for her. A privacy officer looks whether the audit is whole, and does nothing else.
     */
    private static boolean mayAct(Caller caller, HttpServletRequest request) {
        return (caller.is(Role.ADMINISTRATOR) && caller.scopes().allowEverything())
                || (caller.is(Role.PRIVACY_OFFICER)
                        && caller.scopes().allow(Interaction.READ, "AuditEvent")
                        && "GET".equals(request.getMethod())
                        && VERIFY.equals(request.getPathInfo()));
    }

    /** Who was registered; whom another act is about stands in its path. */
    private static String made(@Nullable JsonNode answer) {
        var id = answer == null
                ? ""
                : answer.path("client_id").asText() + answer.path("login").asText();
        return id.isEmpty() ? "" : " " + id;
    }

    private @Nullable JsonNode act(HttpServletRequest request, Caller caller) throws IOException {
        var path = String.valueOf(request.getPathInfo());
        var by = caller.user() == null ? caller.clientId() : caller.user();
        switch (request.getMethod() + " " + path) {
            case "GET /clients":
                return acts.list();
            case "POST /clients":
                return acts.register(body(request), by);
            case "GET /people":
                return people.list();
            case "POST /people":
                return people.register(body(request), by);
            case "GET " + VERIFY:
                return audit.verify(request.getParameter("head"));
            case "GET /endpoints":
                return endpoints.list(caller);
            case "GET /deliveries":
                return deliveries.list(caller);
            case "POST /keys/rotate":
                acts.rotateKeys(false);
                return done();
            case "POST /keys/replace":
                acts.rotateKeys(true);
                return done();
            default:
                if (path.startsWith(ENDPOINT)) {
                    return request.getMethod().equals("POST") ? decide(caller, path) : null;
                }
                var resend = RESEND.matcher(path);
                if (resend.matches()) {
                    return request.getMethod().equals("POST") ? deliveries.resend(caller, resend.group(1)) : null;
                }
                if (path.startsWith(PERSON)) {
                    return onPerson(request, path.substring(PERSON.length()).split("/", 2), by);
                }
                if (request.getMethod().equals("DELETE") && path.startsWith(CLIENT)) {
                    acts.revoke(path.substring(CLIENT.length()), by);
                    return done();
                }
                return null;
        }
    }

    /** @param where the login, and what is to be done with her, if more than ending is */
    private @Nullable JsonNode onPerson(HttpServletRequest request, String[] where, String by) throws IOException {
        var login = where[0];
        switch (request.getMethod() + " " + (where.length > 1 ? where[1] : "")) {
            case "GET ":
                return people.one(login);
            case "DELETE ":
                people.end(login, by);
                return done();
            case "POST reset":
                return people.reset(login);
            case "POST lock":
                people.lock(login, by);
                return done();
            case "POST unlock":
                people.unlock(login);
                return done();
            case "POST link":
                return people.link(login, body(request), by);
            case "DELETE link":
                people.unlink(login);
                return done();
            default:
                return null;
        }
    }

    private @Nullable JsonNode decide(Caller caller, String path) {
        var decision = DECISION.matcher(path);
        if (!decision.matches()) {
            return null;
        }
        var id = decision.group(1);
        return decision.group(2).equals("approve") ? endpoints.approve(caller, id) : endpoints.refuse(caller, id);
    }

    private static JsonNode body(HttpServletRequest request) throws IOException {
        if (!isJson(request.getContentType())) {
            throw new Impossible("the Content-Type is application/json");
        }
        var bytes = request.getInputStream().readNBytes(LARGEST);
        try {
            return JSON.readTree(bytes);
        } catch (JsonProcessingException malformed) {
            throw new Impossible("the body is no JSON of at most " + LARGEST + " bytes");
        }
    }

    private static boolean isJson(@Nullable String type) {
        try {
            return type != null && MediaType.parseMediaType(type).isCompatibleWith(MediaType.APPLICATION_JSON);
        } catch (InvalidMediaTypeException malformed) {
            return false;
        }
    }

    /** A path may be anything, and goes into logs. */
    private static String plain(String sent) {
        return sent.replaceAll("[^A-Za-z0-9 /._@-]", "?");
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
