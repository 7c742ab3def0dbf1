package org.tenderpoint.durability;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.tenderpoint.testing.Client;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;

/**
 * The server is killed with kill -9 while four clients write visits and read, twice on each database. What was acknowledged
 * is whole afterwards, what was not is whole or absent, index and audit agree with what is there, and the audit knows every
 * read that was answered.
 */
class KillStoryTest {

    private static final Logger log = LoggerFactory.getLogger(KillStoryTest.class);

    private static final int VISITS = 1000;
    private static final int WRITERS = 4;
    private static final Duration LONGEST_WRITING = Duration.ofMinutes(3);
    private static final String ORGANIZATIONS = "https://example.org/organization";

    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicInteger shown = new AtomicInteger();

    @EachDatabase
    void whatWasAcknowledgedOutlivesAKillAndNothingIsHalfThere(Database database) throws Exception {
        var seed = System.nanoTime();
        log.info("{}: seed {}", database, seed);
        var random = new Random(seed);
        var firstKill = VISITS / 4 + random.nextInt(VISITS / 2);
        var folder = Database.folder("kill-");
        var journal = new Journal(folder.resolve("journal.txt"));
        var url = url(database, folder);
        var settings = settings(database, url, folder);
        String patient;

        try (var server = ChildServer.start(folder.resolve("server.log"), settings)) {
            patient = newPractice(server).referredPatient("1");
            killWhileWriting(server, patient, journal, firstKill, random);
        }
        try (var server = ChildServer.start(folder.resolve("server.log"), settings)) {
            killWhileWriting(server, patient, journal, VISITS, random);
        }
        int stored;
        try (var server = ChildServer.start(folder.resolve("server.log"), settings)) {
            stored = new StoredVisits(clinic(server)).check(journal);
        }

        var lines = journal.lines();
        log.info("{}: {} sent, {} acknowledged, {} stored", database, lines.size(), acknowledged.get(), stored);
        assertThat(acknowledged.get()).isGreaterThanOrEqualTo(VISITS);
        try (var connection = DriverManager.getConnection(url, database.user(), "")) {
            var rows = new StoredRows(connection);
            rows.check(stored);
            rows.checkReads(shown.get());
        }
    }

    private void killWhileWriting(ChildServer server, String patient, Journal journal, int after, Random random)
            throws Exception {
        var threads = Executors.newFixedThreadPool(WRITERS);
        var clinic = clinic(server);
        clinic.token();
        Callable<Void> writer = () -> {
            writeUntilNobodyAnswers(clinic, patient, journal);
            return null;
        };
        try {
            var writers = IntStream.range(0, WRITERS)
                    .mapToObj(i -> threads.submit(writer))
                    .toList();
            var until = Instant.now().plus(LONGEST_WRITING);
            while (acknowledged.get() < after && Instant.now().isBefore(until)) {
                Thread.sleep(1);
            }
            Thread.sleep(random.nextInt(40));
            server.kill();
            for (var ended : writers) {
                ended.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private void writeUntilNobodyAnswers(Client clinic, String patient, Journal journal) {
        while (true) {
            var number = "visit-" + numbers.incrementAndGet();
            var bundle = Practice.session(patient, number);
            journal.sending(number, bundle);
            try {
                var answer = clinic.bundle(bundle);
                journal.acknowledged(number, Practice.ids(answer.expect(200)));
                acknowledged.incrementAndGet();
                clinic.get("/" + patient).expect(200);
                shown.incrementAndGet();
            } catch (java.io.UncheckedIOException killed) {
                return;
            }
        }
    }

    private static Practice newPractice(ChildServer server) {
        var administrator = server.as("administrator", "administrator-secret");
        return new Practice(
                server.as("ehr", "ehr-secret"),
                clinic(server),
                organization(administrator, "ehr"),
                organization(administrator, "clinic"));
    }

    private static Client clinic(ChildServer server) {
        return server.as("clinic", "clinic-secret");
    }

    private static String organization(Client administrator, String key) {
        return administrator
                .post(
                        "/Organization",
                        """
                        {"resourceType": "Organization", "active": true, "name": "%s",
                         "identifier": [{"system": "%s", "value": "%s"}]}"""
                                .formatted(key, ORGANIZATIONS, key))
                .expect(201)
                .reference();
    }

    /** A database of its own. */
    static String url(Database database, Path folder) throws SQLException {
        if (database == Database.H2) {
            return Database.h2Url(folder.resolve("chart"));
        }
        var name = "kill_" + UUID.randomUUID().toString().replace('-', '_');
        try (var connection = DriverManager.getConnection(database.url(), database.user(), "");
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        return database.url().replace("/postgres?", "/" + name + "?");
    }

    private static List<String> settings(Database database, String url, Path folder) {
        var settings = new ArrayList<>(List.of(
                "--spring.profiles.active=kill-test",
                "--server.address=127.0.0.1",
                "--spring.datasource.url=" + url,
                "--spring.datasource.username=" + database.user(),
                "--spring.datasource.password=",
                Database.journal(folder),
                "--tenderpoint.identity.key-secret=" + UUID.randomUUID()));
        var roles = List.of("ADMINISTRATOR", "EHR", "CLINIC");
        for (int i = 0; i < roles.size(); i++) {
            var id = roles.get(i).toLowerCase(java.util.Locale.ROOT);
            var client = "--tenderpoint.smart.clients[" + i + "].";
            settings.add(client + "id=" + id);
            settings.add(client + "secret={bcrypt}" + new BCryptPasswordEncoder(4).encode(id + "-secret"));
            settings.add(client + "role=" + roles.get(i));
            settings.add(client + "scopes=system/*.cruds");
            if (!roles.get(i).equals("ADMINISTRATOR")) {
                settings.add(client + "organization=" + ORGANIZATIONS + "|" + id);
            }
        }
        return settings;
    }
}
