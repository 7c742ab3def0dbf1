package org.tenderpoint.interaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.tenderpoint.testing.Client;
import org.tenderpoint.testing.Client.Answer;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.Server;

/** A clinic's front desk: a patient of its own and small resources about her. */
final class Desk {

    final Server server;
    final Client clinic;
    final String patient;

    Desk(Database database) {
        this.server = Server.on(database);
        this.clinic = server.as("demo-clinic");
        this.patient = clinic.post("/Patient", "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"Desk\"}]}")
                .expect(201)
                .reference();
    }

    /** A value that nobody has used before. */
    static String number() {
        return UUID.randomUUID().toString();
    }

    /** Conditions go by this system. */
    static String condition(String number) {
        return "identifier=urn:desk|" + number;
    }

    String observation(String number, String note) {
        return """
                {"resourceType":"Observation","identifier":[{"system":"urn:desk","value":"%s"}],"status":"final",\
                "code":{"text":"Remark"},"subject":{"reference":"%s"},"valueString":"%s"}"""
                .formatted(number, patient, note);
    }

    String appointment(String number) {
        return """
                {"resourceType":"Appointment","identifier":[{"system":"urn:desk","value":"%s"}],"status":"booked",\
                "participant":[{"actor":{"reference":"%s"},"status":"accepted"}]}"""
                .formatted(number, patient);
    }

    Answer create(String resource) {
        var type = resource.split("\"resourceType\":\"", 2)[1].split("\"", 2)[0];
        return clinic.post("/" + type, resource).expect(201);
    }

    Answer patch(String path, String patch, Map<String, String> headers) {
        var all = new java.util.HashMap<>(headers);
        all.put("Content-Type", "application/json-patch+json");
        return clinic.send("PATCH", path, patch, all);
    }

    static String bundle(String type, String... entries) {
        return "{\"resourceType\":\"Bundle\",\"type\":\"" + type + "\",\"entry\":[" + String.join(",", entries) + "]}";
    }

    static String entry(String method, String url, String resource) {
        return "{" + (resource.isEmpty() ? "" : "\"resource\":" + resource + ",") + "\"request\":{\"method\":\""
                + method + "\",\"url\":\"" + url + "\"}}";
    }

    /** The statuses of a Bundle's answer, entry for entry, as numbers. */
    static List<Integer> statuses(Answer answer) {
        return StreamSupport.stream(answer.json().path("entry").spliterator(), false)
                .map(entry -> Integer.valueOf(
                        entry.path("response").path("status").asText().substring(0, 3)))
                .toList();
    }

    /** Our own code of the first issue. */
    static String code(Answer answer) {
        return answer.json().at("/issue/0/details/coding/0/code").asText();
    }

    static String expression(Answer answer) {
        return answer.json().at("/issue/0/expression/0").asText();
    }

    static void assertHeaders(Answer answer, int version) {
        assertThat(answer.headers().firstValue("ETag")).hasValue("W/\"" + version + "\"");
        assertThat(answer.headers().firstValue("Last-Modified")).isPresent();
    }
}
