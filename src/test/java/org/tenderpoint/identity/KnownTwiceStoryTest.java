package org.tenderpoint.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tenderpoint.access.Role;
import org.tenderpoint.issue.UnsafeSetting;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;

/** Two nodes on one database know the same keys and clients, whichever of them changed something. */
class KnownTwiceStoryTest {

    private static final Duration EFFECTIVE_WITHIN = Duration.ofSeconds(5);
    private static final String SECRET = "a secret of the test, 32 characters long or longer";

    private static Client client(String id) {
        return Client.system(
                id,
                "{bcrypt}$2a$10$l.oa1lvIbJf/7rOKSUgnAezhacimxOnB3kxZpsqKvE9zPendu5bMa",
                Role.EHR,
                "urn:test|" + id,
                List.of("system/*.rs"));
    }

    @EachDatabase
    void aClientRevokedOnOneNodeIsUnknownOnTheOtherWithinFiveSeconds(Database database) throws Exception {
        var sql = Server.on(database).bean(DSLContext.class);
        var here = new Clients(List.of(), sql, new Epoch(sql), Clock.systemUTC());
        var there = new Clients(List.of(), sql, new Epoch(sql), Clock.systemUTC());
        var id = UUID.randomUUID().toString();

        assertThat(here.register(client(id), "test")).isTrue();
        assertThat(there.find(id)).contains(client(id));
        assertThat(there.register(client(id), "test")).isFalse();
        assertThat(here.revoke(id, "test")).isTrue();
        var revoked = Instant.now();

        assertThat(here.find(id)).isEmpty();
        while (there.find(id).isPresent()) {
            assertThat(Duration.between(revoked, Instant.now())).isLessThan(EFFECTIVE_WITHIN);
            Thread.sleep(50);
        }
        assertThat(here.register(client(id), "test")).as("an id is given once").isFalse();
    }

    @EachDatabase
    void aConfiguredClientIsNeitherRegisteredAgainNorRevoked(Database database) {
        var sql = Server.on(database).bean(DSLContext.class);
        var clients = new Clients(List.of(client("fixed")), sql, new Epoch(sql), Clock.systemUTC());

        assertThat(clients.find("fixed")).isPresent();
        assertThat(clients.register(client("fixed"), "test")).isFalse();
        assertThat(clients.revoke("fixed", "test")).isFalse();
    }

    @EachDatabase
    void nodesThatStartTogetherSignWithOneKey(Database database) {
        var sql = Server.on(database).bean(DSLContext.class);
        var here = keys("started-together", sql, Clock.systemUTC());
        var there = keys("started-together", sql, Clock.systemUTC());

        var signing = here.signing();

        assertThat(there.signing().getKeyID()).isEqualTo(signing.getKeyID());
        assertThat(keys("started-together", sql, Clock.systemUTC()).signing())
                .as("after a restart")
                .isEqualTo(signing);
        assertThat(new String(
                        sql.fetchSingle("select content from identity_key where purpose = 'started-together'")
                                .get(0, byte[].class),
                        StandardCharsets.ISO_8859_1))
                .as("encrypted")
                .doesNotContain("kty");
    }

    @EachDatabase
    void theNextKeyIsPublishedBeforeItSignsAndTheLastOneAfter(Database database) {
        var sql = Server.on(database).bean(DSLContext.class);
        var first = keys("rotated", sql, at("2026-01-01T00:00:00Z")).signing();

        keys("rotated", sql, at("2026-04-02T00:00:00Z")).tend();

        var announced = keys("rotated", sql, at("2026-04-02T00:30:00Z"));
        assertThat(announced.signing()).isEqualTo(first);
        assertThat(announced.all().getKeys()).hasSize(2);
        var later = keys("rotated", sql, at("2026-04-02T02:00:00Z"));
        assertThat(later.signing()).isNotEqualTo(first);
        assertThat(later.all().getKeys()).contains(first);
        later.tend();
        assertThat(later.all().getKeys()).hasSize(2);
        var nextDay = keys("rotated", sql, at("2026-04-03T02:00:00Z"));
        nextDay.tend();
        assertThat(nextDay.all().getKeys()).hasSize(1).doesNotContain(first);
        nextDay.replaceAll();
        assertThat(nextDay.all().getKeys()).hasSize(1).doesNotContain(later.signing());
    }

    @EachDatabase
    void keysDoNotOpenWithAnotherSecret(Database database) {
        var sql = Server.on(database).bean(DSLContext.class);
        keys("other-secret", sql, Clock.systemUTC()).signing();

        var other = new KeyRows(sql, SecretBox.of("another secret, just as long as the first one was"));

        assertThatThrownBy(() -> other.of("other-secret")).isInstanceOf(UnsafeSetting.class);
    }

    @Test
    void aServerWithoutASecretForItsKeysDoesNotStart() {
        for (var secret : List.of("", "short")) {
            assertThatThrownBy(() -> KeySecret.box(
                            new IdentityProperties(secret, "", Duration.ofDays(90), Duration.ofMinutes(15))))
                    .isInstanceOf(UnsafeSetting.class)
                    .hasMessageContaining("encrypt");
        }
    }

    @Test
    void theSecretFileIsMadeOnceAndReadOnlyByItsOwner(@TempDir Path folder) throws Exception {
        var file = folder.resolve("data/key-secret");
        var properties = new IdentityProperties("", file.toString(), Duration.ofDays(90), Duration.ofMinutes(15));

        var sealed = KeySecret.box(properties).seal("test", new byte[] {1, 2, 3});

        assertThat(KeySecret.box(properties).open("test", sealed)).hasValue(new byte[] {1, 2, 3});
        assertThat(KeySecret.box(properties).open("other", sealed)).isEmpty();
        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
        try (var files = Files.list(file.getParent())) {
            assertThat(files).hasSize(1);
        }
    }

    private static SigningKeys keys(String purpose, DSLContext sql, Clock clock) {
        return new SigningKeys(
                purpose, new KeyRows(sql, SecretBox.of(SECRET)), new Epoch(sql), clock, Duration.ofDays(90));
    }

    private static Clock at(String time) {
        return Clock.fixed(Instant.parse(time), ZoneOffset.UTC);
    }
}
