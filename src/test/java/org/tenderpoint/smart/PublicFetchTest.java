package org.tenderpoint.smart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tenderpoint.access.Role;
import org.tenderpoint.identity.Client;
import org.tenderpoint.testing.SetClock;

/** Keys of clients are fetched from where they say, and this server cannot be sent to ask for anything else. */
class PublicFetchTest {

    private final PublicFetch inDemonstration = new PublicFetch(List.of(), true);
    private final PublicFetch fetch = new PublicFetch(List.of(), false);
    private final AtomicInteger asked = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile String keys = "{\"keys\":[]}";
    private HttpServer bait;

    @BeforeEach
    void listen() throws IOException {
        bait = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        bait.setExecutor(threads);
        bait.createContext("/", this::answer);
        bait.start();
    }

    @AfterEach
    void stop() {
        bait.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        switch (exchange.getRequestURI().getPath()) {
            case "/silent" -> {
                return;
            }
            case "/moved" -> {
                exchange.getResponseHeaders().add("Location", "/keys");
                exchange.sendResponseHeaders(302, -1);
            }
            case "/missing" -> exchange.sendResponseHeaders(404, -1);
            case "/endless" -> drip(exchange);
            case "/large" -> send(exchange, new byte[65_537]);
            case "/as-large-as-may-be" -> send(exchange, new byte[65_536]);
            default -> send(exchange, keys.getBytes(StandardCharsets.UTF_8));
        }
        exchange.close();
    }

    private static void send(HttpExchange exchange, byte[] body) throws IOException {
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    private static void drip(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try {
            for (int i = 0; i < 100; i++) {
                exchange.getResponseBody().write('x');
                exchange.getResponseBody().flush();
                Thread.sleep(200);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private URI here(String path) {
        return URI.create("http://localhost:" + bait.getAddress().getPort() + path);
    }

    @Test
    void aDocumentIsFetched() throws Exception {
        assertThat(inDemonstration.get(here("/keys"))).isEqualTo(keys);
        assertThat(inDemonstration.get(here("/as-large-as-may-be"))).hasSize(65_536);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:{port}/keys",
                "http://localhost:{port}/keys",
                "https://localhost:{port}/keys",
                "https://127.0.0.1:{port}/keys",
                "https://127.1.2.3:{port}/keys",
                "https://127.1:{port}/keys",
                "https://2130706433:{port}/keys",
                "https://0x7f000001:{port}/keys",
                "https://0x7f.1:{port}/keys",
                "https://0.0.0.0:{port}/keys",
                "https://[::1]:{port}/keys",
                "https://[::]:{port}/keys",
                "https://[::ffff:127.0.0.1]:{port}/keys",
                "https://[::ffff:10.0.0.1]/keys",
                "https://[::127.0.0.1]:{port}/keys",
                "https://[::7f00:1]:{port}/keys",
                "https://[64:ff9b::7f00:1]/keys",
                "https://[2002:7f00:1::]/keys",
                "https://[2001:0:7f00:1::]/keys",
                "https://[2001:0:1::1]/keys",
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
                "ftp://93.184.215.14/keys",
                "jar:file:///x.jar!/y",
                "gopher://127.0.0.1:{port}/keys",
                "data:application/json,x",
                "https:///keys",
                "keys"
            })
    void noAddressInsideIsAsked(String address) {
        var uri = URI.create(
                address.replace("{port}", Integer.toString(bait.getAddress().getPort())));

        // Refused before anything is sent: what a connection that failed says is something else.
        assertThatThrownBy(() -> fetch.get(uri))
                .isInstanceOf(IOException.class)
                .rootCause()
                .hasMessageMatching("an address that is not asked|not https|no host|Invalid IP address literal.*"
                        + "|.*not known.*|.*resolution.*");

        assertThat(asked).hasValue(0);
    }

    @Test
    void aHostThatTheSettingsDoNotNameIsNotAskedWhereTheyNameSome() {
        var named = new PublicFetch(List.of("keys.example.org"), false);

        assertThatThrownBy(() -> named.get(URI.create("https://93.184.215.14/keys")))
                .hasRootCauseMessage("an address that is not asked");
        assertThatThrownBy(() -> named.get(URI.create("https://keys.example.org.attacker.test/")))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aRedirectIsNotFollowed() {
        assertThatThrownBy(() -> inDemonstration.get(here("/moved"))).hasRootCauseMessage("answered 302");
        assertThat(asked).hasValue(1);

        assertThatThrownBy(() -> inDemonstration.get(here("/missing"))).hasRootCauseMessage("answered 404");
    }

    @Test
    void whatIsLargeIsNotRead() {
        assertThatThrownBy(() -> inDemonstration.get(here("/large"))).hasRootCauseMessage("larger than 65536 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/silent", "/endless"})
    void nobodyCanMakeItWait(String path) {
        var begun = Instant.now();

        assertThatThrownBy(() -> inDemonstration.get(here(path))).isInstanceOf(IOException.class);

        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(8));
    }

    @Test
    void keysAreRememberedAndAnUnknownKeyHasThemFetchedAgainTwiceAMinuteAtMost() {
        var clock = new SetClock(Instant.parse("2026-03-02T12:00:00Z"));
        var clientKeys = new ClientKeys(inDemonstration, clock);
        var client = signing(here("/keys"));
        keys = set("first");

        assertThat(clientKeys.of(client, "first")).hasSize(1);
        clock.goOn(Duration.ofMinutes(4));
        assertThat(clientKeys.of(client, "first")).hasSize(1);
        assertThat(asked).as("remembered").hasValue(1);

        keys = set("second");
        assertThat(clientKeys.of(client, "second"))
                .as("a new key is taken at once")
                .hasSize(1);
        assertThat(asked).hasValue(2);
        for (int i = 0; i < 20; i++) {
            assertThat(clientKeys.of(client, "made-up-" + i)).isEmpty();
        }
        assertThat(asked).as("nobody can make it ask on and on").hasValue(2);
        clock.goOn(Duration.ofSeconds(31));
        assertThat(clientKeys.of(client, "made-up")).isEmpty();
        assertThat(asked).hasValue(3);
        assertThat(clientKeys.of(client, "first"))
                .as("a key that was taken away")
                .isEmpty();
    }

    @Test
    void whatWasNotFoundIsRememberedTooButNotForLong() {
        var clock = new SetClock(Instant.parse("2026-03-02T12:00:00Z"));
        var clientKeys = new ClientKeys(inDemonstration, clock);
        var client = signing(here("/keys"));
        keys = "no JSON";

        assertThat(clientKeys.of(client, "second")).isEmpty();
        assertThat(clientKeys.of(client, "second")).isEmpty();
        assertThat(asked).hasValue(1);

        keys = set("second");
        clock.goOn(Duration.ofSeconds(31));
        assertThat(clientKeys.of(client, "second")).hasSize(1);
    }

    private static Client signing(URI jwksUri) {
        return new Client(
                "signs",
                "",
                Role.ADMINISTRATOR,
                "",
                List.of("system/*.rs"),
                "",
                "",
                jwksUri.toString(),
                List.of(),
                "",
                false);
    }

    private static String set(String keyId) {
        return "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"" + keyId + "\",\"e\":\"AQAB\",\"n\":\"" + "0vx7".repeat(86)
                + "\"}]}";
    }
}
