package org.tenderpoint.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.tenderpoint.testing.Client;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Person;
import org.tenderpoint.testing.Server;

/** Ways past the doors: other spellings of a path, paths that other servers have, pages that carry scripts. */
class DoorsStoryTest {

    private static final List<String> ELSEWHERE = List.of(
            "/actuator",
            "/actuator/env",
            "/actuator/heapdump",
            "/actuator/health",
            "/actuator/loggers",
            "/actuator/shutdown",
            "/h2-console",
            "/h2-console/login.do",
            "/swagger-ui/index.html",
            "/v3/api-docs",
            "/mcp",
            "/sse",
            "/graphql",
            "/console",
            "/manager/html",
            "/jolokia",
            "/metrics",
            "/env",
            "/trace",
            "/dump",
            "/error",
            "/index.jsp",
            "/WEB-INF/web.xml",
            "/META-INF/MANIFEST.MF",
            "/application.yml",
            "/.env",
            "/.git/config",
            "/cdr/fhir/Patient",
            "/hapi-fhir-jpaserver/fhir/Patient",
            "/tester/home");

    private static final List<String> BELOW_FHIR = List.of(
            "/$graphql?query=x",
            "/$reindex",
            "/$expunge",
            "/$diff",
            "/$hfql-execute",
            "/$mark-all-resources-for-reindexing",
            "/$perform-reindexing-pass",
            "/$get-resource-counts",
            "/$process-message",
            "/swagger-ui/",
            "/test",
            "/loadIG",
            "/SearchParameter",
            "/StructureDefinition");

    /** The servlet path is left out of the matching, or another spelling of it is matched. */
    @EachDatabase
    void a13NoSpellingOfAPathComesPastTheDoor(Database database) throws IOException {
        var server = Server.on(database);
        server.as("demo-clinic").get("/Patient?_count=1").expect(200);
        for (var path : List.of(
                "/fhir",
                "/fhir/",
                "/fhir/Patient",
                "/fhir/Patient/",
                "//fhir/Patient",
                "/fhir//Patient",
                "///fhir/Patient",
                "/fhir;x=1/Patient",
                "/fhir/;/Patient",
                "/fhir/Patient;x=1",
                "/;/fhir/Patient",
                "/FHIR/Patient",
                "/Fhir/Patient",
                "/fhir/%2e%2e/fhir/Patient",
                "/fhir/./Patient",
                "/./fhir/Patient",
                "/fhir/.",
                "/fhir/metadata/../Patient",
                "/fhir/metadata/..;/Patient",
                "/fhir/metadata/%2e%2e/Patient",
                "/fhir/metadata%2f..%2fPatient",
                "/fhir/metadata%3b/../Patient",
                "/fhir/metadata\\..\\Patient",
                "/fhir/.well-known/smart-configuration/../../Patient",
                "/fhir/.well-known/smart-configuration/..;/..;/Patient",
                "/sign-in/../fhir/Patient",
                "/pages.css/..;/fhir/Patient",
                "/%66hir/Patient",
                "/fhir%2fPatient",
                "/fhir%252fPatient",
                "/fhir/Patient%00",
                "/fhir/Patient%0a",
                "/fhir\t/Patient",
                "http://localhost/fhir/Patient",
                "/account/../fhir/Patient",
                "/oauth2/authorize/..;/..;/fhir/Patient")) {
            var answer =
                    RawSocket.send(server, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

            assertThat(RawSocket.statuses(answer))
                    .as(path)
                    .hasSize(1)
                    .allMatch(status -> status == 400 || status == 401 || status == 404);
            assertThat(answer).as(path).doesNotContain("searchset");
        }
    }

    @EachDatabase
    void a47WhatOtherServersHaveIsNotHere(Database database) {
        var server = Server.on(database);
        assertThat(ELSEWHERE).hasSize(30);
        for (var path : ELSEWHERE) {
            assertThat(server.anonymous().getOutside(path).status()).as(path).isIn(401, 404);
            assertThat(server.as("demo-admin").getOutside(path).status())
                    .as(path)
                    .isEqualTo(404);
        }
        for (var path : BELOW_FHIR) {
            assertThat(server.anonymous().get(path).status()).as(path).isEqualTo(401);
            for (var client : List.of("demo-admin", "demo-clinic")) {
                assertThat(server.as(client).get(path).status()).as(path).isIn(400, 404);
                assertThat(server.as(client)
                                .post(path, "{\"resourceType\":\"Parameters\"}")
                                .status())
                        .as(path)
                        .isIn(400, 404);
            }
        }
    }

    @EachDatabase
    void a41NoHeaderIsAMethod(Database database) {
        var clinic = Server.on(database).as("demo-clinic");
        var patient = clinic.post("/Patient", "{\"resourceType\":\"Patient\"}")
                .expect(201)
                .reference();
        for (var header : List.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override", "_method")) {
            clinic.send("GET", "/" + patient, null, Map.of(header, "DELETE")).expect(200);
            clinic.send("POST", "/Patient?_method=DELETE", "{\"resourceType\":\"Patient\"}", Map.of(header, "PUT"))
                    .expect(201);
        }
        for (var method : List.of("TRACE", "TRACK", "PROPFIND", "MOVE", "PURGE", "LOCK", "PWN")) {
            var answer = clinic.send(method, "/" + patient, null, Map.of());
            assertThat(answer.status()).as(method).isEqualTo(405);
            assertThat(answer.text()).as(method).contains("OperationOutcome").doesNotContain("Bearer");
        }
        clinic.get("/" + patient).expect(200);
    }

    /** A page of another origin asks by script: it is let in where it is registered, to the letter, and without cookies. */
    @EachDatabase
    void a42NoOriginIsReflected(Database database) {
        var server = Server.on(database);
        for (var origin : List.of(
                "https://attacker.example.org",
                "null",
                "http://localhost:97530",
                "http://localhost:9753.attacker.example.org",
                "https://localhost:9753",
                "http://LOCALHOST:9753.example.org",
                "file://")) {
            for (var path : List.of("/Patient", "/metadata")) {
                var answer = server.as("demo-clinic").send("GET", path, null, Map.of("Origin", origin));
                assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
                        .as(origin)
                        .isEmpty();
                assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials"))
                        .as(origin)
                        .isEmpty();
            }
        }
    }

    /** What is stored is never a page of this server's own origin. */
    @EachDatabase
    void a26NothingThatIsStoredIsShownAsAPage(Database database) {
        var clinic = Server.on(database).as("demo-clinic");
        for (var type : List.of("text/html", "image/svg+xml", "application/xhtml+xml", "text/xml")) {
            var sent = "{\"resourceType\":\"Binary\",\"contentType\":\"" + type
                    + "\",\"data\":\"PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==\"}";
            var written = clinic.post("/Binary", sent);
            if (written.status() != 201) {
                assertThat(written.status()).as(type).isIn(400, 415, 422);
                continue;
            }
            for (var accept : List.of(type, "text/html", "*/*", "text/html,application/xhtml+xml,*/*;q=0.8")) {
                var answer = clinic.send("GET", "/" + written.reference(), null, Map.of("Accept", accept));
                assertHarmless(answer, type + " as " + accept);
            }
        }
        var echoed = clinic.send(
                "GET", "/Patient?%3Cscript%3Ealert(1)%3C%2Fscript%3E=1", null, Map.of("Accept", "text/html"));
        assertHarmless(echoed, "an echo");
        assertHarmless(clinic.get("/Patient/%3Cscript%3E"), "an id");
    }

    private static void assertHarmless(Client.Answer answer, String what) {
        var type = answer.headers().firstValue("Content-Type").orElse("");
        assertThat(answer.headers().firstValue("X-Content-Type-Options"))
                .as(what)
                .hasValue("nosniff");
        var isPage = type.contains("html") || type.startsWith("image/svg") || type.startsWith("text/xml");
        if (isPage) {
            assertThat(answer.headers().firstValue("Content-Disposition").orElse(""))
                    .as(what + " " + type)
                    .startsWithIgnoringCase("attachment");
        }
    }

    /** The consent page in a frame of somebody else's, and a form that somebody else sends. */
    @EachDatabase
    void a37ConsentIsGivenOnThisServersOwnPageAlone(Database database) {
        var server = Server.on(database);
        var page = server.anonymous().getOutside("/sign-in");

        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("frame-ancestors 'none'")
                .contains("default-src 'none'");
        var ana = new Person(server.url(), "ana");
        var consent = ana.ask(ana.request("demo-app", "http://localhost:9753/", "patient/*.rs"))
                .expect(200);
        var fields = new java.util.ArrayList<>(ana.hidden(consent));
        fields.addAll(List.of("scope", "patient/*.rs", "allow", "yes"));
        assertThat(ana.postFrom("https://attacker.example.org", "/oauth2/decide", fields)
                        .status())
                .isEqualTo(403);
        assertThat(ana.postFrom("null", "/oauth2/decide", fields).status()).isEqualTo(403);
    }

    /** A resource that carries another one past the rules for its type, or that is not of its type at all. */
    @EachDatabase
    void a14NoContainerCarriesAnythingPastTheRules(Database database) {
        var server = Server.on(database);
        var stranger = server.as("demo-other-clinic");
        var patient = server.as("demo-clinic")
                .post("/Patient", "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"CANARY\"}]}")
                .expect(201)
                .reference();
        var inside = "{\"resourceType\":\"Observation\",\"id\":\"o\",\"status\":\"final\",\"code\":{\"text\":\"x\"},"
                + "\"subject\":{\"reference\":\"" + patient + "\"}}";

        for (var type : List.of("collection", "message", "searchset", "history", "transaction", "batch")) {
            var bundle = "{\"resourceType\":\"Bundle\",\"type\":\"" + type + "\",\"entry\":[{\"fullUrl\":\"urn:uuid:"
                    + UUID.randomUUID() + "\",\"resource\":" + inside + "}]}";
            assertThat(stranger.post("/Bundle", bundle).status()).as(type).isBetween(400, 422);
        }
        var carrier = "{\"resourceType\":\"Procedure\",\"status\":\"completed\",\"contained\":[" + inside
                + "],\"code\":{\"text\":\"x\"},\"subject\":{\"reference\":\"" + patient
                + "\"},\"reasonReference\":[{\"reference\":\"#o\"}]}";
        assertThat(stranger.post("/Procedure", carrier).status()).isEqualTo(404);
    }
}
