package org.tenderpoint.attack;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Person;
import org.tenderpoint.testing.Server;

/** What is sent, and what the record holds, is in no line of the log, and no line is anybody else's to write. */
class CanaryStoryTest {

    private static final String CANARY = "CaNaRy7319";

    private static final class Kept extends AppenderBase<ILoggingEvent> {

        private final List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent event) {
            var thrown =
                    event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
            lines.add(event.getFormattedMessage());
            lines.add(CANARY_IN_TRACE + thrown);
        }
    }

    /** Marks what may have several lines, because the log's own layout writes it. */
    private static final String CANARY_IN_TRACE = "trace: ";

    @EachDatabase
    void a43a44NothingThatIsSentStandsInTheLog(Database database) throws IOException {
        var server = Server.on(database);
        server.as("demo-clinic").prepare();
        var root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        var kept = new Kept();
        kept.start();
        root.addAppender(kept);
        try {
            send(server);
            fail(server);
        } finally {
            root.detachAppender(kept);
        }

        assertThat(kept.lines).as("the log was on").anyMatch(line -> line.startsWith("error "));
        assertThat(kept.lines).noneMatch(line -> line.contains(CANARY));
        assertThat(kept.lines.stream().filter(line -> !line.startsWith(CANARY_IN_TRACE)))
                .noneMatch(line -> line.chars().anyMatch(c -> c < ' ' && c != '\t'));
    }

    private static void send(Server server) throws IOException {
        var clinic = server.as("demo-clinic");
        var forged = CANARY + "%0d%0aINFO%20forged%1b%5b31m";
        var created = clinic.post(
                        "/Patient", "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"" + CANARY + "\"}]}")
                .expect(201)
                .reference();
        clinic.get("/" + created).expect(200);
        clinic.get("/Patient?family=" + CANARY).expect(200);
        clinic.get("/Patient?family=" + forged);
        clinic.get("/Patient?" + forged + "=1");
        clinic.get("/Patient/" + forged);
        clinic.get("/" + forged);
        clinic.get("/Patient/$" + forged);
        clinic.get("/Patient?access_token=" + CANARY);
        clinic.post("/Patient", "{\"resourceType\":\"Patient\",\"birthDate\":\"" + CANARY + "\"}")
                .expect(400);
        clinic.post("/Patient", "{\"" + CANARY).expect(400);
        clinic.send(
                "GET",
                "/Patient",
                null,
                Map.of("User-Agent", CANARY, "X-Request-Id", CANARY, "X-Forwarded-For", CANARY, "Prefer", CANARY));
        server.anonymous().send("GET", "/Patient", null, Map.of("Authorization", "Bearer " + CANARY));
        RawSocket.send(
                server,
                "GET /fhir/Patient HTTP/1.1\r\nHost: localhost\r\nUser-Agent: " + CANARY + "\u001b[31m\r\n"
                        + "X-Request-Id: " + CANARY + "\rINFO forged\r\nConnection: close\r\n\r\n");
        RawSocket.send(server, CANARY + "\r\n\r\n");
        var person = new Person(server.url(), CANARY + "\r\nINFO forged");
        person.signIn("");
        person.token(
                Map.of("grant_type", "client_credentials", "client_id", CANARY + "\nforged", "client_secret", CANARY));
        person.token(Map.of("grant_type", CANARY, "client_id", "demo-app"));
        person.get("/oauth2/authorize?client_id=" + forged + "&redirect_uri=" + forged);
    }

    /** The words of a database name the values that it could not keep. */
    private static void fail(Server server) {
        server.roundTrips().failAt(1, new SQLException("duplicate key value: Key (family)=(" + CANARY + ")", "23Z99"));
        var answer = server.as("demo-clinic").get("/Patient/" + UUID.randomUUID());
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.text()).doesNotContain(CANARY);
    }
}
