package org.tenderpoint.interaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;

/** How answers look: formats, preferences, headers, and refusals that are OperationOutcomes whoever speaks. */
class PresentationStoryTest {

    @EachDatabase
    void writesReturnWhatIsPreferred(Database database) {
        var desk = new Desk(database);
        for (var method : List.of("POST", "PUT", "PATCH")) {
            for (var prefer : List.of("minimal", "representation", "OperationOutcome")) {
                var reference =
                        desk.create(desk.observation(Desk.number(), "one")).reference();
                var id = reference.split("/", 2)[1];
                var body = method.equals("PATCH")
                        ? "[{\"op\":\"replace\",\"path\":\"/valueString\",\"value\":\"two\"}]"
                        : desk.observation(Desk.number(), "two")
                                .replaceFirst("\\{", method.equals("PUT") ? "{\"id\":\"" + id + "\"," : "{");
                var answer = desk.clinic.send(
                        method,
                        method.equals("POST") ? "/Observation" : "/" + reference,
                        body,
                        Map.of(
                                "Prefer",
                                "handling=strict; return=" + prefer,
                                "Content-Type",
                                method.equals("PATCH") ? "application/json-patch+json" : "application/fhir+json"));

                assertThat(answer.status()).as(method + answer.text()).isIn(200, 201);
                Desk.assertHeaders(answer, method.equals("POST") ? 1 : 2);
                switch (prefer) {
                    case "minimal" -> assertThat(answer.text()).as(method).isEmpty();
                    case "representation" ->
                        assertThat(answer.json().path("valueString").asText()).isEqualTo("two");
                    default ->
                        assertThat(answer.json().at("/issue/0/severity").asText())
                                .isEqualTo("information");
                }
            }
        }
    }

    @EachDatabase
    void transactionsReturnWhatIsPreferred(Database database) {
        var desk = new Desk(database);
        var bundle =
                Desk.bundle("transaction", Desk.entry("POST", "Observation", desk.observation(Desk.number(), "one")));

        var minimal = desk.clinic.bundle(bundle).expect(200).json();
        var whole = desk.clinic
                .send("POST", "", bundle, Map.of("Prefer", "return=representation"))
                .expect(200)
                .json();
        var outcome = desk.clinic
                .send("POST", "", bundle, Map.of("Prefer", "return=OperationOutcome"))
                .expect(200)
                .json();

        assertThat(minimal.at("/entry/0/resource").isMissingNode()).isTrue();
        assertThat(whole.at("/entry/0/resource/valueString").asText()).isEqualTo("one");
        assertThat(outcome.at("/entry/0/response/outcome/issue/0/diagnostics").asText())
                .isEqualTo("Created.");
    }

    @EachDatabase
    void unchangedIsNotSentAgain(Database database) {
        var desk = new Desk(database);
        var path = "/" + desk.create(desk.observation(Desk.number(), "one")).reference();
        for (var form : List.of(path + "/_history/1", path + "/_history/1?_format=xml", path + "?_format=xml")) {
            var known = desk.clinic.send("GET", form, null, Map.of("If-None-Match", "W/\"1\""));
            var since =
                    desk.clinic.send("GET", form, null, Map.of("If-Modified-Since", "Fri, 31 Dec 2100 00:00:00 GMT"));
            var other = desk.clinic.send("GET", form, null, Map.of("If-None-Match", "W/\"2\""));

            assertThat(known.status()).as(form).isEqualTo(304);
            assertThat(known.text()).isEmpty();
            assertThat(since.status()).as(form).isEqualTo(304);
            Desk.assertHeaders(other.expect(200), 1);
        }
    }

    @EachDatabase
    void everyInteractionSpeaksJsonAndXml(Database database) {
        var desk = new Desk(database);
        var number = Desk.number();
        var reference = desk.create(desk.observation(number, "one")).reference();
        for (var path : List.of(
                "/" + reference,
                "/" + reference + "/_history/1",
                "/" + reference + "/_history",
                "/Observation?" + Desk.condition(number))) {
            var more = path + (path.contains("?") ? "&" : "?");

            assertThat(desk.clinic.get(more + "_format=xml").expect(200).text())
                    .as(path)
                    .contains("xmlns=\"http://hl7.org/fhir\"");
            assertThat(desk.clinic
                            .send("GET", path, null, Map.of("Accept", "application/fhir+xml"))
                            .expect(200)
                            .text())
                    .as(path)
                    .contains("xmlns=\"http://hl7.org/fhir\"");
            assertThat(desk.clinic.get(more + "_pretty=true").expect(200).text())
                    .as(path)
                    .contains("\n");
            assertThat(desk.clinic.get(more + "_summary=true").expect(200).text())
                    .as(path)
                    .contains("SUBSETTED");
            assertThat(desk.clinic.get(more + "_elements=code").expect(200).text())
                    .as(path)
                    .contains("\"code\"")
                    .doesNotContain("urn:desk\",\"value");
            desk.clinic.get(more + "_format=csv").expect(406);
        }
    }

    @EachDatabase
    void aHeadIsTheSameGetWithoutItsBody(Database database) {
        var desk = new Desk(database);
        var number = Desk.number();
        var reference = desk.create(desk.observation(number, "one")).reference();

        for (var path : List.of(
                "/" + reference,
                "/" + reference + "/_history/1",
                "/" + reference + "/_history",
                "/Observation?" + Desk.condition(number),
                "/" + desk.patient + "/Observation",
                "/" + desk.patient + "/$everything",
                "/Patient?_format=xml",
                "/metadata")) {
            var whole = desk.clinic.get(path).expect(200);
            var head = desk.clinic.send("HEAD", path, null, Map.of());

            assertThat(head.status()).as(path).isEqualTo(200);
            assertThat(head.text()).as(path).isEmpty();
            assertThat(head.headers().firstValue("Content-Type"))
                    .as(path)
                    .isEqualTo(whole.headers().firstValue("Content-Type"));
            assertThat(head.headers().firstValue("ETag"))
                    .as(path)
                    .isEqualTo(whole.headers().firstValue("ETag"));
        }
        var missing = desk.clinic.send("HEAD", "/Observation/" + number, null, Map.of());
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.text()).isEmpty();
        assertThat(desk.clinic
                        .send("HEAD", "/Observation?colour=red", null, Map.of())
                        .status())
                .isEqualTo(400);
    }

    @EachDatabase
    void methodsThatAPathDoesNotTakeAreRefusedWithThoseItTakes(Database database) {
        var desk = new Desk(database);
        var id = Desk.number();
        var patch = Map.of("Content-Type", "application/json-patch+json");

        assertAllow(desk, "DELETE", "/Observation/" + id + "/_history", null, Map.of(), "GET, HEAD");
        assertAllow(desk, "PUT", "/metadata", "{\"resourceType\":\"Patient\"}", Map.of(), "GET, HEAD");
        assertAllow(
                desk,
                "POST",
                "/Observation/" + id,
                "{\"resourceType\":\"Observation\"}",
                Map.of(),
                "GET, HEAD, PUT, PATCH, DELETE");
        assertAllow(desk, "PATCH", "/Observation/" + id + "/_history/1", "[]", patch, "GET, HEAD");
    }

    private static void assertAllow(
            Desk desk,
            String method,
            String path,
            @org.jspecify.annotations.Nullable String body,
            Map<String, String> headers,
            String allow) {
        var refused = desk.clinic.send(method, path, body, headers);

        assertThat(refused.status()).as(method + path + refused.text()).isEqualTo(405);
        assertThat(refused.headers().firstValue("Allow")).as(method + path).hasValue(allow);
        assertThat(Desk.code(refused)).isEqualTo("method");
    }

    @EachDatabase
    void theContainerRefusesWithOperationOutcomes(Database database) throws IOException {
        var server = Server.on(database);
        for (var line : List.of(
                "TRACE /fhir/Patient HTTP/1.1",
                "GET /fhir/Pat%ZZient HTTP/1.1",
                "GET /fhir//Patient HTTP/1.1",
                "GET /fhir/Patient;x=1 HTTP/1.1",
                "GET /fhir/Patient/% HTTP/1.1",
                "GET /fhir/Pat\u0001ient HTTP/1.1",
                "GET /fhir/Patient?name=<b>\"{} HTTP/1.1",
                "GET /fhir/%2e%2e/Patient HTTP/1.1",
                "GET /fhir/Patient/%00 HTTP/1.1",
                "GET /fhir/Patient?name=" + "x".repeat(9000) + " HTTP/1.1",
                "GET /fhir/Patient?name=" + "x".repeat(20000) + " HTTP/1.1",
                "PWN /fhir/Patient HTTP/1.1",
                "GET /nowhere HTTP/1.1")) {
            var answer = raw(server, line);
            var shown = line.substring(0, Math.min(60, line.length()));

            assertThat(answer).as(shown).startsWith("HTTP/1.1 4");
            assertThat(answer).as(shown).contains("application/fhir+json").contains("OperationOutcome");
            assertThat(answer)
                    .as(shown)
                    .doesNotContainIgnoringCase("<html")
                    .doesNotContain("Exception")
                    .doesNotContain("Tomcat");
        }
    }

    private static String raw(Server server, String line) throws IOException {
        var url = URI.create(server.url());
        try (var socket = new Socket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(10_000);
            var request = line + "\r\nHost: localhost\r\nAuthorization: Bearer "
                    + server.as("demo-clinic").token() + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
