package org.tenderpoint.matrix;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.testing.Client.Answer;

/** Sends the request of a cell. */
final class Requests {

    private static final String NO_BODY = "-";

    private final Seed seed;
    private final Actors actors;
    private final Map<String, String> links;
    private final Exports exports;

    /** @param links pages that somebody was given, as paths, by name */
    Requests(Seed seed, Actors actors, Map<String, String> links, Exports exports) {
        this.exports = exports;
        this.seed = seed;
        this.actors = actors;
        this.links = links;
    }

    /** What a request says, in the end: nothing of it can be told by the answer that the actor did not know. */
    record Sent(String method, String path, @Nullable String body, Map<String, String> headers) {}

    Sent of(String request, String actor) {
        var parts = request.split(" ", 4);
        var headers = new HashMap<String, String>();
        if (parts.length > 3) {
            var equals = parts[3].indexOf('=');
            headers.put(parts[3].substring(0, equals), parts[3].substring(equals + 1));
        }
        if (parts[0].equals("PATCH")) {
            headers.put("Content-Type", "application/json-patch+json");
        }
        if (request.contains("/_search ")) {
            headers.put("Content-Type", "application/x-www-form-urlencoded");
        }
        return new Sent(
                parts[0],
                path(parts[1], actor),
                parts.length < 3 || parts[2].equals(NO_BODY) ? null : seed.filled(body(parts[2], actor)),
                headers);
    }

    Answer send(Sent sent, String actor) {
        var client = actors.client(actor);
        return sent.path.startsWith("^")
                ? client.getOutside(sent.path.substring(1))
                : client.send(sent.method, sent.path.equals("/") ? "" : sent.path, sent.body, sent.headers);
    }

    private String path(String path, String actor) {
        var filled = path.replace("{own}", "/" + Actors.own(actor))
                .replace("{other}", "/Patient/{" + Actors.otherPatient(actor) + "}");
        filled = exports.filled(filled, actor);
        for (var link : links.entrySet()) {
            filled = filled.replace("{" + link.getKey() + "}", link.getValue());
        }
        return seed.filled(filled);
    }

    private String body(String name, String actor) {
        return switch (name) {
            case "search-by-patient" -> "patient={P1}";
            case "session" ->
                Bodies.transaction(List.of(
                        Bodies.entry(urn(), "Encounter", Bodies.encounter("Patient/{P1}"), null),
                        Bodies.entry(urn(), "Observation", Bodies.observation("Patient/{P1}"), null),
                        Bodies.entry(urn(), "Observation", Bodies.observation("Patient/{P1}"), null),
                        Bodies.entry(urn(), "Observation", Bodies.observation("Patient/{P1}"), null),
                        Bodies.entry(urn(), "Procedure", Bodies.procedure("Patient/{P1}"), null)));
            case "observation-1" -> Bodies.withId(Bodies.pain("Patient/{P1}", "Encounter/{En1}", 6), "{O1}");
            case "patch" -> "[{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"amended\"}]";
            case "patient-1" -> Bodies.patient("e1", "1");
            case "referral" -> referral(actor);
            case "foreign-referral" ->
                Bodies.referral(
                        "Patient/{" + Actors.patient(actor) + "}",
                        Actors.patient(actor).equals("P1") ? "{e2}" : "{e1}");
            case "own-moved" -> moved(actor);
            case "batch" ->
                Bodies.bundle(
                        "batch",
                        List.of(
                                "{\"request\":{\"method\":\"GET\",\"url\":\"Patient/{" + Actors.patient(actor)
                                        + "}\"}}",
                                Bodies.entry(
                                        urn(),
                                        "Observation",
                                        Bodies.observation("Patient/{" + Actors.otherPatient(actor) + "}"),
                                        null)));
            case "endpoint" ->
                Bodies.endpoint(
                        "Organization/{" + Actors.organization(actor) + "}", "https://" + actor + ".example.org");
            case "subscription" -> "{\"resourceType\":\"Subscription\",\"criteria\":\"Observation?\"}";
            case "audit-event" -> "{\"resourceType\":\"AuditEvent\",\"id\":\"{O2}\"}";
            case "parameters" -> "{\"resourceType\":\"Parameters\"}";
            case "break-glass" ->
                "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"reason\","
                        + "\"valueString\":\"Collapsed at our desk\"}]}";
            case "search-parameter" -> "{\"resourceType\":\"SearchParameter\"}";
            case "structure" -> "{\"resourceType\":\"StructureDefinition\"}";
            case "value-set" -> "{\"resourceType\":\"ValueSet\"}";
            default -> throw new AssertionError("no such body: " + name);
        };
    }

    /** E2 does not know P1 and sends its own patient along, who has the same name and birth date. */
    private static String referral(String actor) {
        if (!actor.equals("E2")) {
            return Bodies.transaction(
                    List.of(Bodies.entry(urn(), "ServiceRequest", Bodies.referral("Patient/{P1}", "{e1}"), null)));
        }
        var patient = urn();
        return Bodies.transaction(List.of(
                Bodies.entry(patient, "Patient", Bodies.patient("e2", "unmatched"), null),
                Bodies.entry(urn(), "ServiceRequest", Bodies.referral(patient, "{e2}"), null)));
    }

    private static String moved(String actor) {
        var own = Actors.own(actor);
        var patient = "Patient/{" + (own.equals("Observation/{O3}") ? "P1" : Actors.otherPatient(actor)) + "}";
        var body = own.startsWith("Condition/")
                ? "{\"resourceType\":\"Condition\",\"subject\":{\"reference\":\"" + patient
                        + "\"},\"clinicalStatus\":{\"coding\":[{\"system\":"
                        + "\"http://terminology.hl7.org/CodeSystem/condition-clinical\",\"code\":\"active\"}]}}"
                : Bodies.observation(patient);
        return Bodies.withId(body, own.substring(own.indexOf('/') + 1));
    }

    private static String urn() {
        return "urn:uuid:" + UUID.randomUUID();
    }
}
