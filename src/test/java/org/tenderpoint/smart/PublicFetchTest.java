package org.tenderpoint.smart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tenderpoint.identity.Client;
import org.tenderpoint.testing.SetClock;

/** Keys of clients are fetched from where they say, and nothing else can be made to be. */
class PublicFetchTest {

    private final PublicFetch inDemonstration = new PublicFetch(List.of(), true);
    private final PublicFetch fetch = new PublicFetch(List.of(), false);
    private final AtomicInteger asked = new AtomicInteger();
    private volatile String keys = "{\"keys\":[]}";
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(work -> {
            var thread = new Thread(work);
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            var path = exchange.getRequestURI().getPath();
            if (path.equals("/elsewhere")) {
                exchange.getResponseHeaders().add("Location", "/keys");
                exchange.sendResponseHeaders(302, -1);
            } else if (path.equals("/missing")) {
                exchange.sendResponseHeaders(404, -1);
            } else if (path.equals("/large")) {
                var body = new byte[70_000];
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            } else if (path.equals("/trickle")) {
                exchange.sendResponseHeaders(200, 0);
                trickle(exchange.getResponseBody());
            } else if (!path.equals("/silent")) {
                var body = keys.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
            if (!path.equals("/silent")) {
                exchange.close();
            }
        });
        server.start();
    }

    private static void trickle(java.io.OutputStream body) throws IOException {
        try {
            for (int i = 0; i < 40; i++) {
                body.write(' ');
                body.flush();
                Thread.sleep(500);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private URI at(String path) {
        return URI.create("http://localhost:" + server.getAddress().getPort() + path);
    }

    @Test
    void aDocumentIsFetched() throws Exception {
        assertThat(inDemonstration.get(at("/keys"))).isEqualTo(keys);
    }

    @Test
    void redirectsAreNotFollowed() {
        assertThatThrownBy(() -> inDemonstration.get(at("/elsewhere"))).hasRootCauseMessage("answered 302");
        assertThat(asked).hasValue(1);
        assertThatThrownBy(() -> inDemonstration.get(at("/missing"))).hasRootCauseMessage("answered 404");
    }

    @Test
    void whatIsLargeIsNotRead() {
        assertThatThrownBy(() -> inDemonstration.get(at("/large"))).hasRootCauseMessage("larger than 65536 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/silent", "/trickle"})
    void nobodyCanMakeItWait(String path) {
        var begun = Instant.now();

        assertThatThrownBy(() -> inDemonstration.get(at(path))).isInstanceOf(IOException.class);

        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(8));
    }

    /** Outside the demonstration the machine itself and its neighbours are not asked, by whatever name. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://localhost/keys",
                "https://127.0.0.1/keys",
                "https://127.1.2.3/keys",
                "https://2130706433/keys",
                "https://0x7f000001/keys",
                "https://[::1]/keys",
                "https://[::ffff:127.0.0.1]/keys",
                "https://[::ffff:10.0.0.1]/keys",
                "https://[::127.0.0.1]/keys",
                "https://[64:ff9b::7f00:1]/keys",
                "https://[2002:7f00:1::]/keys",
                "https://[2001:0:1::1]/keys",
                "https://[fd00::1]/keys",
                "https://[fe80::1]/keys",
                "https://[ff02::1]/keys",
                "https://0.0.0.0/keys",
                "https://10.1.2.3/keys",
                "https://100.64.0.1/keys",
                "https://169.254.169.254/latest/meta-data",
                "https://172.16.0.1/keys",
                "https://192.0.0.8/keys",
                "https://192.168.1.1/keys",
                "https://198.18.0.1/keys",
                "https://224.0.0.1/keys",
                "https://255.255.255.255/keys",
                "https:///keys",
                "http://93.184.216.34/keys",
                "ftp://93.184.216.34/keys",
                "file:///etc/passwd"
            })
    void whatIsNotPublicIsNotAsked(String uri) {
        assertThatThrownBy(() -> fetch.get(URI.create(uri)))
                .isInstanceOf(IOException.class)
                .cause()
                .isInstanceOf(IOException.class)
                .hasMessageMatching("an address that is not asked|not https|no host|[^ ]*:? ?.*not known");
    }

    @Test
    void thisMachineIsNotAskedOutsideTheDemonstration() {
        assertThatThrownBy(() -> fetch.get(at("/keys"))).hasRootCauseMessage("not https");
        assertThat(asked).hasValue(0);
    }

    @Test
    void whereHostsAreNamedNoOtherIsAsked() {
        var named = new PublicFetch(List.of("ehr.example.org"), false);

        assertThatThrownBy(() -> named.get(URI.create("https://93.184.216.34/keys")))
                .hasRootCauseMessage("an address that is not asked");
    }

    @Test
    void publicAddressesAre() throws Exception {
        for (var address : List.of("93.184.216.34", "8.8.8.8", "2606:2800:220:1::1", "2001:4860:4860::8888")) {
            assertThat(PublicFetch.isPublic(InetAddress.getByName(address)))
                    .as(address)
                    .isTrue();
        }
    }

    @Test
    void keysAreRememberedAndAnUnknownKeyHasThemFetchedAgainTwiceAMinuteAtMost() {
        var clock = new SetClock(Instant.parse("2026-03-02T12:00:00Z"));
        var clientKeys = new ClientKeys(inDemonstration, clock);
        var client = new Client(
                "signs",
                "",
                org.tenderpoint.access.Role.ADMINISTRATOR,
                "",
                List.of("system/*.rs"),
                "",
                "",
                at("/keys").toString(),
                List.of(),
                "",
                false);
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
        keys = "no JSON";
        clock.goOn(Duration.ofMinutes(6));
        assertThat(clientKeys.of(client, "second")).isEmpty();
        assertThat(clientKeys.of(client, "second")).isEmpty();
        assertThat(asked).as("what was not found is remembered, too").hasValue(4);
        keys = set("second");
        clock.goOn(Duration.ofSeconds(31));
        assertThat(clientKeys.of(client, "second")).hasSize(1);
    }

    private static String set(String keyId) {
        return "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"" + keyId + "\",\"e\":\"AQAB\",\"n\":\"" + "0vx7".repeat(86)
                + "\"}]}";
    }
}
