package org.tenderpoint.story;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;
import org.tenderpoint.testing.Client;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;

/** What a record says never gets into the log, whichever door it comes in by and whatever becomes of it. */
class SilentLogStoryTest {

    private static final String NAME = "Zyxwcanary";
    private static final String BORN = "1903-02-27";
    private static final String NOTE = "quietly-whispered-canary";

    @EachDatabase
    void theLogKnowsNoNameNoBirthDateAndNoNote(Database database) {
        var server = Server.on(database);
        var clinic = server.as("demo-clinic");
        clinic.prepare();
        var seen = new ListAppender<ILoggingEvent>();
        seen.start();
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(seen);
        try {
            throughEveryDoor(clinic);
            // Proof that the log is listened to.
            clinic.requestToken(null).expect(200);
        } finally {
            root.detachAppender(seen);
        }

        var lines = new ArrayList<String>();
        for (var event : List.copyOf(seen.list)) {
            var thrown = event.getThrowableProxy();
            lines.add(event.getFormattedMessage() + (thrown == null ? "" : ThrowableProxyUtil.asString(thrown)));
        }
        assertThat(lines).anyMatch(line -> line.contains("token succeeded"));
        assertThat(lines)
                .noneMatch(line -> line.toLowerCase(java.util.Locale.ROOT).contains("canary"))
                .noneMatch(line -> line.contains(BORN));
    }

    private static void throughEveryDoor(Client clinic) {
        var patient =
                "{\"resourceType\":\"Patient\",\"identifier\":[{\"system\":\"urn:tenderpoint:test:silent\",\"value\":\""
                        + java.util.UUID.randomUUID()
                        + "\"}],\"name\":[{\"family\":\"" + NAME + "\",\"given\":[\"Ada\"]}],"
                        + "\"gender\":\"female\",\"birthDate\":\"" + BORN + "\"}";
        var reference = clinic.post("/Patient", patient).expect(201).reference();
        var note = "{\"resourceType\":\"Communication\",\"status\":\"completed\",\"subject\":{\"reference\":\""
                + reference + "\"},\"note\":[{\"text\":\"" + NOTE + "\"}]}";
        clinic.post("/Communication", note);
        clinic.get("/Patient?family=" + NAME + "&birthdate=" + BORN).expect(200);
        clinic.get("/Patient?family:" + NAME + "=" + NAME).expect(400);
        clinic.get("/Patient?" + NAME + "=" + BORN).expect(400);
        clinic.get("/Patient?birthdate=" + BORN + NAME).expect(400);
        clinic.get("/Patient/" + NAME).expect(404);
        clinic.get("/" + NAME + "/" + BORN);
        clinic.get("/Patient/$" + NAME);
        clinic.sendBytes(
                        "POST",
                        "/Patient/_search",
                        ("name=" + NAME + "&birthdate=" + BORN).getBytes(StandardCharsets.UTF_8),
                        Map.of("Content-Type", "application/x-www-form-urlencoded"))
                .expect(200);
        for (var broken : List.of(
                patient.substring(0, patient.length() - 1),
                patient.replace("\"gender\"", "\"" + NAME + "\""),
                patient.replace("female", NAME),
                patient.replace(BORN, BORN + NAME),
                patient.replace("Patient", NAME),
                "<Patient xmlns=\"http://hl7.org/fhir\"><name><family value=\"" + NAME + "\"/></Patient>")) {
            assertThat(clinic.post("/Patient", broken).status()).as(broken).isBetween(400, 499);
        }
        var path = "/" + reference;
        clinic.put(path, patient.replace("{\"resourceType", "{\"id\":\"x\",\"resourceType"), Map.of());
        clinic.put(path, patient, Map.of("If-Match", "W/\"77\""));
        clinic.send(
                "PATCH",
                path,
                "[{\"op\":\"replace\",\"path\":\"/name/0/" + NAME + "\",\"value\":\"" + NOTE + "\"}]",
                Map.of("Content-Type", "application/json-patch+json"));
        clinic.send("POST", "/Patient", patient, Map.of("If-None-Exist", "identifier=" + NAME + "|" + BORN));
        clinic.post(
                "/Patient/$match",
                "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"resource\",\"resource\":" + patient
                        + "}]}");
        clinic.post("/Patient/$validate", patient);
        clinic.bundle(
                "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[{\"request\":{\"method\":\"GET\",\"url\":"
                        + "\"Patient?family=" + NAME + "&x" + NAME + "=1\"}},{\"resource\":" + patient
                        + ",\"request\":{\"method\":\"PUT\",\"url\":\"Patient/" + NAME + "\"}}]}");
        clinic.get(path + "/$everything").expect(200);
        clinic.getOutside("/" + NAME);
        clinic.getOutside("/fhir//" + NAME);
    }
}
