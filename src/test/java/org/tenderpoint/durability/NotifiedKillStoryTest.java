package org.tenderpoint.durability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.tenderpoint.testing.Client;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Receiver;

/** A server that is killed after it has told somebody something, and before it has noted that, tells it again. */
class NotifiedKillStoryTest {

    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final String TOPIC = "http://hl7.org/fhir/us/sdoh-clinicalcare/SubscriptionTopic/Task";

    @EachDatabase
    void whatWasSentWhenTheServerWasKilledIsSentAgainAndNothingIsLost(Database database) throws Exception {
        var folder = Database.folder("notified-");
        var settings = List.of(
                "--spring.profiles.active=demonstration",
                "--server.address=127.0.0.1",
                "--spring.datasource.url=" + KillStoryTest.url(database, folder),
                "--spring.datasource.username=" + database.user(),
                "--spring.datasource.password=",
                Database.journal(folder),
                "--tenderpoint.screening.automatic=false");
        var log = folder.resolve("server.log");
        try (var receiver = new Receiver()) {
            String subscription;
            try (var server = ChildServer.start(log, settings)) {
                await(() -> hasGreeted(log), "the demonstration");
                var practice = practice(server);
                subscription = subscribed(server, practice, receiver);
                await(() -> status(practice.ehr(), subscription).equals("active"), "the handshake");
                var killed = new AtomicBoolean();
                receiver.whenReceived(event -> {
                    if (!killed.getAndSet(true)) {
                        kill(server);
                    }
                });
                practice.referredPatient("1");
                await(() -> killed.get() && !server.isAlive(), "the kill");
            }
            assertThat(receiver.events()).hasSize(1);
            receiver.whenReceived(event -> {});

            try (var server = ChildServer.start(log, settings)) {
                var practice = practice(server);
                practice.referredPatient("2");
                await(() -> receiver.events().size() >= 3, "what was still to be told");
                assertThat(status(practice.ehr(), subscription)).isEqualTo("active");
            }
            var events = receiver.events();
            assertThat(events).extracting(event -> event.event("event-number")).containsExactly("1", "1", "2");
            assertThat(path(events.get(1))).isEqualTo(path(events.get(0))).isNotEqualTo(path(events.get(2)));
        }
    }

    /** The port is another one after the restart. */
    private static String path(Receiver.Received event) {
        return event.event("focus").replaceFirst(".*/fhir/", "");
    }

    private static void kill(ChildServer server) {
        try {
            server.kill();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static Practice practice(ChildServer server) {
        var ehr = server.as("demo-ehr", "demo-ehr-secret");
        return new Practice(
                ehr,
                server.as("demo-clinic", "demo-clinic-secret"),
                organization(ehr, "north-family-medicine"),
                organization(ehr, "north-massage-clinic"));
    }

    private static String organization(Client client, String value) {
        return "Organization/"
                + client.get("/Organization?identifier=https://tenderpoint.org/demo/organization%7C" + value)
                        .expect(200)
                        .json()
                        .at("/entry/0/resource/id")
                        .asText();
    }

    /** Behind its demonstration patients, who are referrals too, the server says whom one can sign in as. */
    private static boolean hasGreeted(Path log) {
        try {
            return Files.readString(log).contains("demo-auto-insurer");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String subscribed(ChildServer server, Practice practice, Receiver receiver) {
        server.as("demo-admin", "demo-admin-secret")
                .post(
                        "/Endpoint",
                        """
                        {"resourceType":"Endpoint","status":"active",
                         "connectionType":{"system":"http://terminology.hl7.org/CodeSystem/endpoint-connection-type",
                          "code":"hl7-fhir-rest"},"managingOrganization":{"reference":"%s"},
                         "payloadType":[{"text":"Notifications"}],"address":"%s"}"""
                                .formatted(practice.ehrOrganization(), receiver.address()))
                .expect(201);
        return practice.ehr()
                .post(
                        "/Subscription",
                        """
                        {"resourceType":"Subscription","status":"requested","reason":"To follow referrals",
                         "criteria":"%s","channel":{"type":"rest-hook","endpoint":"%s",
                          "payload":"application/fhir+json","_payload":{"extension":[{"url":\
                        "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/backport-payload-content",
                           "valueCode":"id-only"}]}}}"""
                                .formatted(TOPIC, receiver.address()))
                .expect(201)
                .json()
                .path("id")
                .asText();
    }

    private static String status(Client client, String subscription) {
        return client.get("/Subscription/" + subscription)
                .expect(200)
                .json()
                .path("status")
                .asText();
    }

    private static void await(BooleanSupplier holds, String what) throws InterruptedException {
        var until = Instant.now().plus(LONGEST);
        while (!holds.getAsBoolean()) {
            assertThat(Instant.now()).as(what).isBefore(until);
            Thread.sleep(50);
        }
    }
}
