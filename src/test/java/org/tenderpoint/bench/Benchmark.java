package org.tenderpoint.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.tenderpoint.Tenderpoint;
import org.tenderpoint.bench.Bundles.Referred;
import org.tenderpoint.bench.Race.Lane;
import org.tenderpoint.bench.Race.Rate;
import org.tenderpoint.bench.Race.Step;
import org.tenderpoint.chart.OpenDoors;
import org.tenderpoint.testing.Database;

/**
 * The server on a durable PostgreSQL against its floor, in one run: {@code mvn -Pbench -DskipTests package}. Access
 * control, checks and audit are on; client, server and database share the machine.
 *
 * <p>Settings, as system properties: {@code bench.only} (works to run, by a part of their name), {@code bench.seconds}
 * (seconds a side, 12), {@code bench.patients} (100), {@code bench.sizes} (resources in the store, such as
 * {@code 10000,100000,1000000}: the table is measured at each, from small to large, with patients of all copies), {@code
 * bench.open} (true for another question: in the place of the floor stands a second server on the same database that asks for
 * no rights and writes no entry, so that the ratio says what these cost).
 */
public final class Benchmark {

    static final int CONNECTIONS = 4;

    private static final int SESSIONS_A_PATIENT = 10;
    private static final int SESSIONS_OF_THE_LONG_CASE = 50;
    private static final Duration SLICE = Duration.ofMillis(1500);
    private static final Duration SILENCE = Duration.ofSeconds(5);
    private static final Duration TOKEN_USED_FOR = Duration.ofMinutes(4);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final LocalDate FIRST_DAY = LocalDate.of(2025, 1, 6);

    private final String only = System.getProperty("bench.only", "");
    private final int rounds = Math.max(1, Integer.getInteger("bench.seconds", 12) * 1000 / (int) SLICE.toMillis());
    private final int patients = Integer.getInteger("bench.patients", 100);
    private final String database = Database.POSTGRESQL.url();
    private final String user = Database.POSTGRESQL.user();
    private final AtomicLong numbers = new AtomicLong(1);
    private final Map<String, Token> tokens = new ConcurrentHashMap<>();
    /** Whom the reads and searches are about; their records stay as long as they are. */
    private final List<Referred> referred = new ArrayList<>();
    /** Whom the transactions are about. */
    private final List<Referred> visited = new ArrayList<>();
    /** Whom the progress summary is about. */
    private final List<Referred> longCase = new ArrayList<>();

    private final List<String> observations = new ArrayList<>();
    private final List<String> report = new ArrayList<>();
    private final int port;
    /** Of the server without rights and entries; 0 where the floor is asked instead. */
    private final int openPort;

    private int warmUp = Race.COLD;
    private Bundles.Directory directory = new Bundles.Directory("", "", "", "");

    private record Token(String value, long until) {}

    private Benchmark(int port, int openPort) {
        this.port = port;
        this.openPort = openPort;
    }

    public static void main(String[] args) throws Exception {
        var secret = "{bcrypt}" + new BCryptPasswordEncoder(4).encode("bench");
        var settings = new ArrayList<String>(List.of(
                "--server.port=0",
                // One side waits for longer than a server keeps a connection while the other warms up.
                "--server.tomcat.keep-alive-timeout=10m",
                "--spring.datasource.url=" + Database.POSTGRESQL.url(),
                "--spring.datasource.username=" + Database.POSTGRESQL.user(),
                "--spring.datasource.password=",
                Database.journal(Database.folder("bench-")),
                "--tenderpoint.identity.key-secret=" + UUID.randomUUID()));
        var clients = List.of("ADMINISTRATOR", "EHR", "CLINIC", "INSURER");
        for (int i = 0; i < clients.size(); i++) {
            var key = clients.get(i).toLowerCase(Locale.ROOT);
            var property = "--tenderpoint.smart.clients[" + i + "].";
            settings.add(property + "id=" + key);
            settings.add(property + "secret=" + secret);
            settings.add(property + "role=" + clients.get(i));
            settings.add(property + "scopes=system/*.cruds");
            if (i > 0) {
                settings.add(property + "organization=" + Bundles.SYSTEM + "organization|" + key);
            }
        }
        if (Boolean.getBoolean("bench.open")) {
            // One issuer, so that the token of one server is a token of the other.
            settings.add("--tenderpoint.base-url=https://bench.example.org");
        }
        try (var server = start(settings, BenchConfiguration.class)) {
            var open = Boolean.getBoolean("bench.open") ? start(settings, OpenDoors.class) : null;
            new Benchmark(port(server), open == null ? 0 : port(open)).measure();
            if (open != null) {
                open.close();
            }
        }
        System.exit(0);
    }

    private static ConfigurableApplicationContext start(List<String> settings, Class<?> more) {
        return new SpringApplicationBuilder(Tenderpoint.class, more)
                .profiles("bench")
                .run(settings.toArray(String[]::new));
    }

    private static int port(ConfigurableApplicationContext server) {
        return ((ServletWebServerApplicationContext) server).getWebServer().getPort();
    }

    private void measure() throws Exception {
        load();
        var sizes = System.getProperty("bench.sizes", "");
        if (sizes.isEmpty()) {
            table("");
        } else {
            var growth = new Growth(database, user, referred);
            for (var size : sizes.split(",")) {
                growth.to(Long.parseLong(size));
                referred.clear();
                referred.addAll(growth.visible(directory.clinic()));
                observations.clear();
                observations.addAll(growth.observations(referred));
                table(" with " + growth.resources() + " resources");
            }
        }
        var runtime = Runtime.version();
        report.add("");
        report.add(CONNECTIONS + " connections, " + Runtime.getRuntime().availableProcessors()
                + " cores shared by client, server and database; JDK " + runtime.feature() + " (" + runtime + "), "
                + System.getProperty("os.name") + " " + System.getProperty("os.arch") + "; PostgreSQL "
                + postgresVersion() + ", fsync and synchronous_commit on; " + patients + " patients, "
                + SESSIONS_A_PATIENT + " sessions each");
        var text = String.join("\n", report) + "\n";
        System.out.println(text);
        Files.createDirectories(Path.of("target", "bench"));
        Files.writeString(Path.of("target", "bench", "rates.md"), text);
    }

    private void table(String size) throws Exception {
        report.add("");
        report.add("| work" + size + " | product/s | " + (openPort == 0 ? "floor" : "without rights and entries")
                + "/s | ratio | median ms | p95 ms | server CPU ms |");
        report.add("|---|---|---|---|---|---|---|");
        read();
        search("search observations", "search", this::observationSearch);
        search("search encounters", "encounters", Benchmark::encounterSearch);
        search("$everything", "everything", referral -> "/fhir/" + referral.patient() + "/$everything");
        progressSummary();
        session();
        referral();
        warmUp = Race.WARM;
    }

    // ---------------------------------------------------------------- data

    private void load() throws Exception {
        var begin = System.nanoTime();
        try (var wire = new Wire(port)) {
            var made = created(post(wire, "administrator", Bundles.directory()));
            directory = new Bundles.Directory(id(made.get(0)), id(made.get(1)), id(made.get(2)), id(made.get(3)));
            for (int i = 0; i < patients; i++) {
                var entries = created(post(wire, "ehr", Bundles.referral(nextNumber(), directory)));
                var patient = new Referred(entries.get(0), entries.get(3));
                (i == 0 ? longCase : i % 4 == 0 ? visited : referred).add(patient);
                var sessions = i == 0 ? SESSIONS_OF_THE_LONG_CASE : SESSIONS_A_PATIENT;
                for (int s = 0; s < sessions; s++) {
                    observations.add(
                            created(post(wire, "clinic", session(patient, s))).get(1));
                }
            }
        }
        try (var connection = java.sql.DriverManager.getConnection(database, user, "")) {
            connection.createStatement().execute("vacuum analyze");
        }
        System.out.printf("loaded %d patients in %.1f s%n", patients, (System.nanoTime() - begin) / 1e9);
    }

    private String session(Referred patient, int day) {
        return Bundles.session(nextNumber(), FIRST_DAY.plusDays(7L * day).toString(), patient, directory);
    }

    private String nextNumber() {
        return Bundles.number(numbers.getAndIncrement());
    }

    private Wire.Answer post(Wire wire, String client, String json) throws IOException {
        return wire.post("/fhir", token(client), json).expect(200);
    }

    /** The references of a transaction-response, without versions. */
    private static List<String> created(Wire.Answer answer) throws IOException {
        var references = new ArrayList<String>();
        for (JsonNode entry : JSON.readTree(answer.body()).path("entry")) {
            var location = entry.path("response").path("location").asText();
            references.add(location.substring(0, location.indexOf("/_history/")));
        }
        return references;
    }

    private static String id(String reference) {
        return reference.substring(reference.indexOf('/') + 1);
    }

    private String token(String client) {
        var held = tokens.get(client);
        return held != null && System.nanoTime() < held.until ? held.value : newToken(client);
    }

    private synchronized String newToken(String client) {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/oauth2/token"))
                .header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString((client + ":bench").getBytes(StandardCharsets.UTF_8)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"))
                .build();
        try {
            var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
            var value = JSON.readTree(answer.body()).path("access_token").asText();
            tokens.put(client, new Token(value, System.nanoTime() + TOKEN_USED_FOR.toNanos()));
            return value;
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    // ---------------------------------------------------------------- works

    private void read() throws Exception {
        if (isWanted("read")) {
            compare(
                    "read",
                    at -> gets(at, "clinic", () -> "/fhir/" + any(observations)),
                    gets(port, null, () -> "/bench/read?type=Observation&id=" + id(any(observations))));
            compare(
                    "read, floor with an audit row",
                    at -> gets(at, "clinic", () -> "/fhir/" + any(observations)),
                    gets(port, null, () -> "/bench/audited-read?type=Observation&id=" + id(any(observations))));
            ReplayedRows.remove(database, user);
        }
    }

    private interface PathOf {
        String of(Referred referred);
    }

    private void search(String name, String floor, PathOf path) throws Exception {
        if (!isWanted(name)) {
            return;
        }
        try (var wire = new Wire(port)) {
            var status = wire.get(path.of(referred.get(0)), token("clinic")).status();
            if (status != 200) {
                row(name, "not offered yet (" + status + ")");
                return;
            }
        }
        compare(
                name,
                at -> gets(at, "clinic", () -> path.of(any(referred))),
                gets(
                        port,
                        null,
                        () -> "/bench/" + floor + "?code=72514-3&id="
                                + id(any(referred).patient())));
    }

    private String observationSearch(Referred about) {
        return "/fhir/Observation?patient=" + about.patient() + "&code="
                + URLEncoder.encode("http://loinc.org|72514-3", StandardCharsets.UTF_8) + "&_sort=-date&_count=50";
    }

    private static String encounterSearch(Referred about) {
        return "/fhir/Encounter?patient=" + about.patient()
                + "&_sort=-date&_count=20&_revinclude=Observation:encounter";
    }

    private void progressSummary() throws Exception {
        var name = "$progress-summary, 50 visits, one connection";
        if (!isWanted(name)) {
            return;
        }
        var path = "/fhir/" + longCase.get(0).referral() + "/$progress-summary";
        try (var wire = new Wire(port)) {
            var status = wire.get(path, token("clinic")).status();
            if (status != 200) {
                row(name, "not offered yet (" + status + ")");
                return;
            }
        }
        var rate = new Race(1, SLICE, Math.max(1, rounds / 2), warmUp)
                .run(List.of(gets(port, "clinic", () -> path)))
                .get(0);
        row(
                name,
                "%.0f | | | %.1f | %.1f | %.2f"
                        .formatted(rate.perSecond(), rate.medianMillis(), rate.p95Millis(), rate.cpuMillis()));
    }

    private void session() throws Exception {
        if (isWanted("session transaction")) {
            var day = FIRST_DAY.plusYears(1).toString();
            write("session transaction", "clinic", number -> {
                return Bundles.session(number, day, any(visited), directory);
            });
        }
    }

    private void referral() throws Exception {
        if (isWanted("referral transaction")) {
            write("referral transaction", "ehr", number -> Bundles.referral(number, directory));
        }
    }

    private interface BundleOf {
        String of(String number);
    }

    private void write(String name, String client, BundleOf bundle) throws Exception {
        var number = nextNumber();
        var audit = ReplayedRows.lastAudit(database, user);
        Set<UUID> ids = new HashSet<>();
        try (var wire = new Wire(port)) {
            created(post(wire, client, bundle.of(number))).forEach(made -> ids.add(UUID.fromString(id(made))));
        }
        var rows = ReplayedRows.of(database, user, ids, audit, number);
        System.out.println(name + ": " + rows.description() + ", " + rows.bytes() + " bytes of JSON");
        var known = rows.outside();
        var patientKeys = ReplayedRows.keys(
                database, user, visited.stream().map(Referred::patient).toList());
        Product product = at -> thread -> onWire(at, wire -> post(wire, client, bundle.of(nextNumber())));
        Lane floor = thread -> {
            var replay = rows.connect();
            return new Step() {
                @Override
                public void run() throws Exception {
                    var patient = any(patientKeys);
                    var others = new java.util.HashMap<Long, Long>();
                    known.forEach(old -> others.put(old, patient));
                    replay.run(others);
                }

                @Override
                public void close() throws Exception {
                    replay.close();
                }
            };
        };
        compare(name, product, floor);
        ReplayedRows.remove(database, user);
    }

    // ---------------------------------------------------------------- measuring

    private interface Exchange {
        Wire.Answer on(Wire wire) throws IOException;
    }

    private interface Paths {
        String next();
    }

    /** The product's side of a work, on one server or the other. */
    private interface Product {
        Lane at(int port);
    }

    private Lane gets(int at, @Nullable String client, Paths path) {
        return thread -> onWire(at, wire -> wire.get(path.next(), client == null ? null : token(client))
                .expect(200));
    }

    private static Step onWire(int at, Exchange exchange) {
        return new Step() {
            private Wire wire = new Wire(at);
            private long used = System.nanoTime();

            @Override
            public void run() throws IOException {
                // The server closes a connection that is silent while the other side has its warm-up.
                if (System.nanoTime() - used > SILENCE.toNanos()) {
                    wire.close();
                    wire = new Wire(at);
                }
                exchange.on(wire);
                used = System.nanoTime();
            }

            @Override
            public void close() throws IOException {
                wire.close();
            }
        };
    }

    private void compare(String name, Product product, Lane floor) throws Exception {
        var other = openPort == 0 ? floor : product.at(openPort);
        var rates = new Race(CONNECTIONS, SLICE, rounds, warmUp).run(List.of(product.at(port), other));
        Rate ours = rates.get(0);
        Rate bare = rates.get(1);
        row(
                name,
                "%.0f | %.0f | **%.2f** | %.1f | %.1f | %.2f"
                        .formatted(
                                ours.perSecond(),
                                bare.perSecond(),
                                ours.perSecond() / bare.perSecond(),
                                ours.medianMillis(),
                                ours.p95Millis(),
                                ours.cpuMillis()));
    }

    private void row(String name, String cells) {
        var line = "| " + name + " | " + cells + " |";
        report.add(line);
        System.out.println(line);
    }

    private boolean isWanted(String name) {
        return name.contains(only);
    }

    private static <T> T any(List<T> list) {
        return list.get(ThreadLocalRandom.current().nextInt(list.size()));
    }

    private String postgresVersion() throws Exception {
        try (var connection = java.sql.DriverManager.getConnection(database, user, "")) {
            return connection.getMetaData().getDatabaseProductVersion();
        }
    }
}
