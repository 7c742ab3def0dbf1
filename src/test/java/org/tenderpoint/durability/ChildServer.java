package org.tenderpoint.durability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.tenderpoint.Tenderpoint;
import org.tenderpoint.testing.Client;

/** A server in a Java of its own, which can be killed. */
final class ChildServer implements AutoCloseable {

    private static final Duration LONGEST_START = Duration.ofMinutes(3);

    private final Process process;
    private final String url;
    private final HttpClient http = HttpClient.newHttpClient();

    private ChildServer(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /**
     * Starts a server and waits until it answers.
     *
     * @param log where its output goes
     * @param settings as {@code --name=value}
     */
    static ChildServer start(Path log, List<String> settings) throws Exception {
        var port = freePort();
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // Quick to start rather than quick in the long run.
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Tenderpoint.class.getName(),
                "--server.port=" + port));
        command.addAll(settings);
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        // Should this Java end before the test does, the child does not outlive it.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        var server = new ChildServer(process, "http://localhost:" + port);
        server.awaitAnswer(log);
        return server;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void awaitAnswer(Path log) throws InterruptedException {
        var until = Instant.now().plus(LONGEST_START);
        while (!answers()) {
            assertThat(process.isAlive()).as("the server runs; see %s", log).isTrue();
            assertThat(Instant.now()).as("the server answers; see %s", log).isBefore(until);
            Thread.sleep(50);
        }
    }

    private boolean answers() throws InterruptedException {
        try {
            var request = HttpRequest.newBuilder(URI.create(url + "/fhir/.well-known/smart-configuration"))
                    .build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    Client as(String id, String secret) {
        return Client.withSecret(http, url, id, secret);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends the process as a power cut would: no handler runs, nothing is flushed. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
