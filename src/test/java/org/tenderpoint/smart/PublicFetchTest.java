package org.tenderpoint.smart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses that a client may not send this server to. */
class PublicFetchTest {

    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer bait;

    @BeforeEach
    void listen() throws IOException {
        bait = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        bait.createContext("/", this::count);
        bait.start();
    }

    @AfterEach
    void stop() {
        bait.stop(0);
    }

    private void count(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        var path = exchange.getRequestURI().getPath();
        if (path.equals("/moved")) {
            exchange.getResponseHeaders().add("Location", "/keys");
            exchange.sendResponseHeaders(302, -1);
        } else if (path.equals("/endless")) {
            exchange.sendResponseHeaders(200, 0);
            drip(exchange);
        } else {
            var body = new byte[path.equals("/large") ? 100_000 : 2];
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private static void drip(HttpExchange exchange) {
        try {
            for (int i = 0; i < 100; i++) {
                exchange.getResponseBody().write('x');
                exchange.getResponseBody().flush();
                Thread.sleep(200);
            }
        } catch (IOException | InterruptedException readerHasGone) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:{port}/keys",
                "http://localhost:{port}/keys",
                "https://localhost:{port}/keys",
                "https://127.0.0.1:{port}/keys",
                "https://127.1:{port}/keys",
                "https://2130706433:{port}/keys",
                "https://0x7f.1:{port}/keys",
                "https://0177.0.0.1:{port}/keys",
                "https://0.0.0.0:{port}/keys",
                "https://[::1]:{port}/keys",
                "https://[::]:{port}/keys",
                "https://[::ffff:127.0.0.1]:{port}/keys",
                "https://[::7f00:1]:{port}/keys",
                "https://[64:ff9b::7f00:1]/keys",
                "https://[2002:7f00:1::]/keys",
                "https://[2001:0:7f00:1::]/keys",
                "https://[fd00::1]/keys",
                "https://[fe80::1]/keys",
                "https://[ff02::1]/keys",
                "https://169.254.169.254/latest/meta-data/",
                "https://10.0.0.1/keys",
                "https://172.16.0.1/keys",
                "https://192.168.0.1/keys",
                "https://100.64.0.1/keys",
                "https://198.18.0.1/keys",
                "https://192.0.0.192/keys",
                "https://224.0.0.1/keys",
                "https://255.255.255.255/keys",
                "https://attacker.example.org@127.0.0.1:{port}/keys",
                "http://93.184.215.14/keys",
                "file:///etc/passwd",
                "file://localhost/etc/passwd",
                "ftp://127.0.0.1/keys",
                "jar:file:///x.jar!/y",
                "gopher://127.0.0.1:{port}/keys",
                "data:application/json,x",
                "https:///keys",
                "keys"
            })
    void noAddressInsideIsAsked(String address) {
        var fetch = new PublicFetch(List.of(), false);
        var uri = URI.create(
                address.replace("{port}", Integer.toString(bait.getAddress().getPort())));

        assertThatThrownBy(() -> fetch.get(uri)).isInstanceOf(IOException.class);

        assertThat(asked).hasValue(0);
    }

    @Test
    void aHostThatTheSettingsDoNotNameIsNotAskedWhereTheyNameSome() {
        var fetch = new PublicFetch(List.of("keys.example.org"), false);

        for (var other : List.of("https://keys.example.org.attacker.test/", "https://93.184.215.14/keys")) {
            assertThatThrownBy(() -> fetch.get(URI.create(other))).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aRedirectIsNotFollowed() {
        var fetch = new PublicFetch(List.of(), true);

        assertThatThrownBy(() -> fetch.get(here("/moved"))).isInstanceOf(IOException.class);

        assertThat(asked).hasValue(1);
    }

    @Test
    void whatIsLargeOrEndlessIsNotRead() {
        var fetch = new PublicFetch(List.of(), true);
        var begun = Instant.now();

        assertThatThrownBy(() -> fetch.get(here("/large"))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> fetch.get(here("/endless"))).isInstanceOf(IOException.class);

        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(8));
    }

    private URI here(String path) {
        return URI.create("http://localhost:" + bait.getAddress().getPort() + path);
    }
}
