package org.tenderpoint.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;

/** Requests that two servers in a row would cut apart differently, and requests that never end. */
class WireStoryTest {

    private static final Set<Integer> REFUSED = Set.of(400, 401, 404, 405, 413, 431, 501, 505);

    private static final Duration CLOSED_WITHIN = Duration.ofSeconds(30);

    @EachDatabase
    void a46ARequestIsCutInOneWayOrRefused(Database database) throws IOException {
        var server = Server.on(database);
        var start = "POST /fhir/Patient HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/fhir+json\r\n"
                + "Authorization: Bearer " + server.as("demo-clinic").token() + "\r\n";
        var hidden = "GET /fhir/metadata HTTP/1.1\r\nHost: localhost\r\n\r\n";
        var cases = new LinkedHashMap<String, String>();
        cases.put(
                "length and chunks",
                start + "Content-Length: " + (hidden.length() + 5) + "\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                        + hidden);
        cases.put("two lengths", start + "Content-Length: 2\r\nContent-Length: 60\r\n\r\n{}" + hidden);
        cases.put("lengths in a list", start + "Content-Length: 2, 60\r\n\r\n{}" + hidden);
        cases.put("length with a sign", start + "Content-Length: +2\r\n\r\n{}" + hidden);
        cases.put("length below zero", start + "Content-Length: -1\r\n\r\n" + hidden);
        cases.put("unknown coding", start + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + hidden);
        cases.put("chunked not last", start + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" + hidden);
        cases.put("chunked twice", start + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n" + hidden);
        cases.put("space before the colon", start + "Content-Length : 2\r\n\r\n{}" + hidden);
        cases.put("folded header", start + "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n" + hidden);
        cases.put("chunk length that is none", start + "Transfer-Encoding: chunked\r\n\r\nZZ\r\n" + hidden);
        cases.put(
                "chunk length beyond all numbers",
                start + "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n" + hidden);
        cases.put("two hosts", "GET /fhir/metadata HTTP/1.1\r\nHost: localhost\r\nHost: attacker\r\n\r\n");
        cases.put("no host", "GET /fhir/metadata HTTP/1.1\r\n\r\n");
        cases.put("NUL in a header", "GET /fhir/metadata HTTP/1.1\r\nHost: localhost\r\nX: a\u0000b\r\n\r\n");
        cases.put("ten thousand headers", start + "X: y\r\n".repeat(10_000) + "\r\n");
        cases.put("a header of 40 kB", start + "X: " + "y".repeat(40_000) + "\r\n\r\n");

        for (var entry : cases.entrySet()) {
            var statuses = RawSocket.statuses(RawSocket.send(server, entry.getValue()));

            assertThat(statuses).as(entry.getKey()).hasSizeLessThanOrEqualTo(1).allMatch(REFUSED::contains);
        }
        server.as("demo-clinic").get("/Patient?_count=1").expect(200);
    }

    /** Half a header, and half a body: both are closed, and neither keeps others waiting. */
    @Test
    void a46WhoStopsInTheMiddleIsClosed() throws IOException {
        var server = Server.on(Database.H2);
        var token = server.as("demo-clinic").token();
        var url = URI.create(server.url());
        var begun = Instant.now();
        try (var header = new Socket(url.getHost(), url.getPort());
                var body = new Socket(url.getHost(), url.getPort());
                var silent = new Socket(url.getHost(), url.getPort())) {
            write(header, "GET /fhir/metadata HTTP/1.1\r\nHost: loc");
            write(
                    body,
                    "POST /fhir/Patient HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/fhir+json\r\n"
                            + "Authorization: Bearer " + token + "\r\nContent-Length: 1000\r\n\r\n{\"resourceType\":");
            server.as("demo-clinic").get("/Patient?_count=1").expect(200);

            assertThat(end(header)).doesNotContain(" 200", " 201");
            assertThat(end(body)).doesNotContain(" 200", " 201");
            assertThat(end(silent)).isEmpty();
        }
        assertThat(Duration.between(begun, Instant.now())).isLessThan(CLOSED_WITHIN);
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    private static String end(Socket socket) throws IOException {
        socket.setSoTimeout((int) CLOSED_WITHIN.toMillis());
        try {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (SocketTimeoutException stillOpen) {
            throw new AssertionError("still open", stillOpen);
        }
    }
}
