package org.tenderpoint.bench;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * How the jar starts in an empty folder, on embedded H2, with the demonstration: wall time from the command to the first
 * good answers, resident memory once the demonstration is loaded, size of the jar. The processor time stands beside the
 * wall time, because on a busy machine only that one can be compared.
 */
public final class StartUp {

    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Pattern TOKEN = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern TOTAL = Pattern.compile("\"total\"\\s*:\\s*(\\d+)");

    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;
    private final Process server;
    private final long begin = System.nanoTime();

    private StartUp(String base, Process server) {
        this.base = base;
        this.server = server;
    }

    public static void main(String[] args) throws Exception {
        var jar = Path.of(args[0]).toAbsolutePath();
        var folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "bench")), "start-");
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var server = new ProcessBuilder(java, "-jar", jar.toString(), "--server.port=" + port)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(new File(folder.toFile(), "server.log"))
                .start();
        try {
            new StartUp("http://127.0.0.1:" + port, server).measure(jar);
        } finally {
            server.destroy();
            if (!server.waitFor(20, TimeUnit.SECONDS)) {
                server.destroyForcibly();
            }
        }
    }

    private void measure(Path jar) throws Exception {
        until(() -> status("/fhir/metadata", "") == 200);
        var metadata = measured();
        // Before the demonstration's directory is there, the demonstration's clients get no further than 403.
        until(() -> !token().isEmpty() && status("/fhir/Patient?_count=1", token()) == 200);
        var read = measured();
        until(this::isLoaded);
        var loaded = measured();
        var text =
                """
                | java -jar, empty folder, embedded H2 | wall s | processor s |
                |---|---|---|
                | first /fhir/metadata | %s |
                | first authorised search | %s |
                | demonstration loaded | %s |
                | resident memory after the demonstration load | %d MB | |
                | jar | %d MB | |
                """
                        .formatted(metadata, read, loaded, residentMegabytes(), Files.size(jar) / 1_000_000);
        System.out.println(text);
        Files.writeString(Path.of("target", "bench", "start.md"), text);
    }

    private String measured() {
        var wall = (System.nanoTime() - begin) / 1e9;
        var processor = server.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
        return "%.1f | %.1f".formatted(wall, processor);
    }

    private interface Question {
        boolean isAnswered() throws IOException, InterruptedException;
    }

    private void until(Question question) throws Exception {
        while (true) {
            if (!server.isAlive() || System.nanoTime() - begin > LONGEST.toNanos()) {
                throw new IllegalStateException("the server did not answer; see server.log in its folder");
            }
            try {
                if (question.isAnswered()) {
                    return;
                }
            } catch (IOException notListeningYet) {
                // asked again below
            }
            Thread.sleep(50);
        }
    }

    private int status(String path, String token) throws IOException, InterruptedException {
        return send(get(path, token).build()).statusCode();
    }

    private java.net.http.HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, BodyHandlers.ofString());
    }

    private HttpRequest.Builder get(String path, String token) {
        var request = HttpRequest.newBuilder(URI.create(base + path)).header("Accept", "application/fhir+json");
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    private String token() throws IOException, InterruptedException {
        var basic =
                Base64.getEncoder().encodeToString("demo-clinic:demo-clinic-secret".getBytes(StandardCharsets.UTF_8));
        var answer = send(HttpRequest.newBuilder(URI.create(base + "/oauth2/token"))
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"))
                .build());
        var found = TOKEN.matcher(answer.body());
        return found.find() ? found.group(1) : "";
    }

    /** The demonstration is loaded when, for three seconds, no Encounter has been added to those that are there. */
    private boolean isLoaded() throws IOException, InterruptedException {
        var before = encounters();
        Thread.sleep(3_000);
        return before > 0 && before == encounters();
    }

    private int encounters() throws IOException, InterruptedException {
        var answer = send(get("/fhir/Encounter?_summary=count", token()).build());
        var found = TOTAL.matcher(answer.body());
        return found.find() ? Integer.parseInt(found.group(1)) : 0;
    }

    /** Linux says it in kilobytes; elsewhere it stays unknown. */
    private int residentMegabytes() throws IOException {
        var status = Path.of("/proc", Long.toString(server.pid()), "status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToInt(line -> Integer.parseInt(line.replaceAll("\\D", "")) / 1000)
                .findFirst()
                .orElse(0);
    }
}
