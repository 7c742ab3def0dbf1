package org.tenderpoint.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jooq.DSLContext;
import org.tenderpoint.access.Sealing;
import org.tenderpoint.identity.PasskeyRows.Kept;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;
import org.tenderpoint.testing.SetClock;

/** What is kept for passkeys; that they sign people in is told in a browser. */
class PasskeysStoryTest {

    private final SetClock clock = new SetClock(Instant.parse("2026-11-22T10:00:00Z"));

    @EachDatabase
    void aChallengeCountsOnceForItsPurposeAndForAQuarterOfAnHour(Database database) {
        var server = Server.on(database);
        var challenges =
                new Challenges(new Assertions(server.bean(DSLContext.class), clock), server.bean(Sealing.class), clock);
        var first = bytes(challenges.next("sign-in"));
        var late = bytes(challenges.next("sign-in"));

        assertThat(challenges.use("another purpose", first)).isFalse();
        assertThat(challenges.use("sign-in", first)).isTrue();
        assertThat(challenges.use("sign-in", first)).isFalse();
        assertThat(challenges.use("sign-in", bytes("made up"))).isFalse();
        clock.goOn(Duration.ofMinutes(15));
        assertThat(challenges.use("sign-in", late)).isFalse();
    }

    @EachDatabase
    void aPasskeyIsRemovedByItsOwnerAloneAndGoesWithAReset(Database database) {
        var server = Server.on(database);
        var rows = new PasskeyRows(server.bean(DSLContext.class), clock);
        var login = "keys-" + UUID.randomUUID();
        var kept = new Kept(login, new byte[] {1, 2, 3}, true, 0);
        assertThat(rows.add(login + "1", "Telephone", kept)).isTrue();
        assertThat(rows.add(login + "1", "Again", kept)).isFalse();
        rows.add(login + "2", "Key ring", kept);

        assertThat(rows.remove("somebody", login + "1")).isFalse();
        assertThat(rows.remove(login, login + "1")).isTrue();
        assertThat(rows.of(login)).singleElement().satisfies(left -> {
            assertThat(left.name()).isEqualTo("Key ring");
            assertThat(left.used()).isEmpty();
        });
        server.bean(SignIns.class).reset(login);
        assertThat(rows.of(login)).isEmpty();
    }

    private static byte[] bytes(String challenge) {
        return challenge.getBytes(StandardCharsets.US_ASCII);
    }
}
