package org.tenderpoint.smart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.context.SecurityContextHolder;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Role;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.identity.Client;
import org.tenderpoint.identity.Clients;
import org.tenderpoint.identity.Launches;
import org.tenderpoint.identity.Launches.Launch;
import org.tenderpoint.identity.SecurityEvents;
import org.tenderpoint.issue.Refused;

/**
 * Begins an EHR launch: whoever has a patient open tells which one, for which app and which person, and gets a handle that
 * the app brings along. The patient has to be one that the caller may see, by a token that may read it.
 */
final class LaunchServlet extends HttpServlet {

    static final String PATH = "/launch-context";

    private static final long serialVersionUID = 1L;
    private static final int LARGEST = 10_000;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final transient Clients clients;
    private final transient Launches launches;
    private final transient Chart chart;
    private final transient BaseUrl baseUrl;
    private final transient SecurityEvents events;

    LaunchServlet(Clients clients, Launches launches, Chart chart, BaseUrl baseUrl, SecurityEvents events) {
        this.events = events;
        this.clients = clients;
        this.launches = launches;
        this.chart = chart;
        this.baseUrl = baseUrl;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        var caller =
                (Caller) SecurityContextHolder.getContext().getAuthentication().getPrincipal();
        if (!caller.is(Role.CLINIC) && !caller.is(Role.EHR)) {
            refuse(caller, response, HttpServletResponse.SC_FORBIDDEN, "this is for EHRs and clinics");
            return;
        }
        try {
            var asked = JSON.readTree(request.getInputStream().readNBytes(LARGEST));
            var begun = begin(caller, asked);
            events.succeeded("launch", caller.clientId(), caller.user(), "a launch was begun");
            write(response, HttpServletResponse.SC_CREATED, begun);
        } catch (JsonProcessingException malformed) {
            refuse(caller, response, HttpServletResponse.SC_BAD_REQUEST, "the body is JSON");
        } catch (IllegalArgumentException incomplete) {
            refuse(caller, response, HttpServletResponse.SC_BAD_REQUEST, String.valueOf(incomplete.getMessage()));
        } catch (Refused notTheirs) {
            refuse(caller, response, notTheirs.getStatusCode(), "no such patient or encounter");
        }
    }

    private Map<String, String> begin(Caller caller, JsonNode asked) {
        var client = clients.find(asked.path("client_id").asText())
                .filter(Client::isApp)
                .orElseThrow(() -> new IllegalArgumentException("client_id names no registered app"));
        // A person opens apps for herself; a system says for whom.
        var user = caller.user() == null ? asked.path("fhirUser").asText() : caller.user();
        if (!user.matches("Practitioner/[A-Za-z0-9.-]{1,64}")) {
            throw new IllegalArgumentException("fhirUser is of the form Practitioner/id");
        }
        var patient = id(asked, "patient");
        if (patient == null) {
            throw new IllegalArgumentException("patient is the id of a Patient here");
        }
        var shown = chart.read(caller, "Patient", UUID.fromString(patient));
        var encounter = id(asked, "encounter");
        if (encounter != null) {
            var visit = chart.read(caller, "Encounter", UUID.fromString(encounter));
            if (!Objects.equals(visit.patientPk(), shown.pk())) {
                throw new IllegalArgumentException("encounter is one of the patient's");
            }
        }
        var intent = asked.path("intent").asText();
        var handle = launches.begin(new Launch(
                client.id(),
                user,
                patient,
                encounter,
                asked.path("need_patient_banner").asBoolean(true),
                intent.matches("[A-Za-z0-9_-]{1,100}") ? intent : null));
        return client.launchUri().isEmpty()
                ? Map.of("launch", handle)
                : Map.of(
                        "launch",
                        handle,
                        "url",
                        client.launchUri() + (client.launchUri().contains("?") ? '&' : '?') + "iss="
                                + URLEncoder.encode(baseUrl.fhir(), StandardCharsets.UTF_8) + "&launch=" + handle);
    }

    private static @Nullable String id(JsonNode asked, String name) {
        var text = asked.path(name).asText();
        try {
            return text.isEmpty() ? null : UUID.fromString(text).toString();
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(name + " is the id of a resource here", malformed);
        }
    }

    private void refuse(Caller caller, HttpServletResponse response, int status, String why) throws IOException {
        events.refused("launch", caller.clientId(), caller.user(), why);
        write(response, status, Map.of("error", why));
    }

    private static void write(HttpServletResponse response, int status, Map<String, String> body) throws IOException {
        response.setStatus(status);
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.getOutputStream().write(JSON.writeValueAsBytes(body));
    }
}
