package org.tenderpoint.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server of others may do to whoever asks it: nothing but answer, shortly and soon. */
class OutboundTest {

    private static final Duration WHOLE = Duration.ofSeconds(1);
    private static final String OK = "HTTP/1.1 200 OK\r\n";

    private final Outbound outbound = new Outbound(uri -> {}, WHOLE, 100);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch hungUp = new CountDownLatch(1);
    private final CompletableFuture<String> heard = new CompletableFuture<>();
    private ServerSocket other;

    @BeforeEach
    void listen() throws IOException {
        other = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws IOException {
        other.close();
        threads.shutdownNow();
    }

    /** Answers once with what is said at once, and goes on with a byte now and then until the other side hangs up. */
    private URI saying(String atOnce, String drop) {
        threads.submit(() -> {
            try (var socket = other.accept()) {
                heard.complete(request(socket));
                var out = socket.getOutputStream();
                out.write(atOnce.getBytes(StandardCharsets.UTF_8));
                out.flush();
                for (int i = 0; i < 300 && !drop.isEmpty(); i++) {
                    Thread.sleep(50);
                    out.write(drop.getBytes(StandardCharsets.UTF_8));
                    out.flush();
                }
            } catch (IOException gone) {
                hungUp.countDown();
            }
            return null;
        });
        return URI.create("http://localhost:" + other.getLocalPort() + "/x");
    }

    private static String request(Socket socket) throws IOException {
        var text = new StringBuilder();
        var in = socket.getInputStream();
        while (text.indexOf("\r\n\r\n") < 0 || (text.indexOf("Content-Length: 3") > 0 && text.indexOf("a=b") < 0)) {
            text.append((char) in.read());
        }
        return text.toString();
    }

    @Test
    void aDocumentIsRead() throws Exception {
        assertThat(outbound.get(saying(OK + "Content-Length: 100\r\n\r\n" + "x".repeat(100), "")))
                .isEqualTo("x".repeat(100));
    }

    @Test
    void aFormIsSentWithItsHeaders() throws Exception {
        var uri = saying(OK + "Content-Length: 2\r\n\r\n{}", "");

        assertThat(outbound.post(uri, Map.of("Authorization", "Basic eA=="), "a=b"))
                .isEqualTo("{}");
        assertThat(heard.join())
                .startsWith("POST /x HTTP/1.1\r\n")
                .contains("Authorization: Basic eA==\r\n", "Accept: application/json\r\n")
                .endsWith("\r\n\r\na=b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK\r\nX-Long: ",
                "HTTP/1.1 200 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n"
            })
    void whatComesInDropsIsCutOffAndNothingGoesOnBehind(String atOnce) throws Exception {
        var begun = Instant.now();
        var uri = saying(atOnce, "x");

        assertThatThrownBy(() -> outbound.get(uri))
                .isInstanceOf(IOException.class)
                .hasMessage("took too long");

        assertThat(Duration.between(begun, Instant.now())).isLessThan(WHOLE.multipliedBy(3));
        assertThat(hungUp.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "Content-Length: 101\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\nc8\r\n"})
    void whatIsLargerIsNotRead(String headers) {
        var uri = saying(OK + headers + "x".repeat(101), "x");

        assertThatThrownBy(() -> outbound.get(uri)).hasRootCauseMessage("larger than 100 bytes");
    }

    @Test
    void aRedirectIsNotFollowedNorRead() throws Exception {
        var uri = saying("HTTP/1.1 302 Found\r\nLocation: /y\r\nContent-Length: 90\r\n\r\n", "x");

        assertThatThrownBy(() -> outbound.get(uri)).hasRootCauseMessage("answered 302");
        assertThat(hungUp.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whereTheGateIsShutNobodyIsAsked() {
        var shut = new Outbound(
                uri -> {
                    throw new IOException("not there");
                },
                WHOLE,
                100);
        var uri = saying(OK + "\r\n", "");

        assertThatThrownBy(() -> shut.get(uri)).hasRootCauseMessage("not there");
        assertThat(heard).isNotDone();
    }

    @ParameterizedTest
    @ValueSource(strings = {"file://localhost/etc/passwd", "ftp://localhost/x", "jar:file:///x.jar!/y", "x"})
    void nothingButHttpIsSpoken(String uri) {
        assertThatThrownBy(() -> outbound.get(URI.create(uri))).isInstanceOf(IOException.class);
    }
}
