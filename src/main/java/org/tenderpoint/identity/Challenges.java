package org.tenderpoint.identity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.tenderpoint.access.Sealing;

/**
 * What a passkey has to sign: the time, sealed here for one purpose. Nothing is kept of a challenge until it is used, so
 * that opening sign-in pages without end fills nothing; from then on it does not count again on any node.
 */
final class Challenges {

    private static final Duration LIFE = Duration.ofMinutes(15);

    /** No client has an id with a slash in front. */
    private static final String PASSKEYS = "/passkeys";

    private final Assertions used;
    private final Sealing sealing;
    private final Clock clock;

    Challenges(Assertions used, Sealing sealing, Clock clock) {
        this.used = used;
        this.sealing = sealing;
        this.clock = clock;
    }

    /** A new challenge, as a text for URLs. */
    String next(String purpose) {
        var now = ByteBuffer.allocate(Long.BYTES).putLong(clock.millis()).array();
        return sealing.seal("passkey " + purpose, now);
    }

    /** True where it was made here for that purpose within a quarter of an hour, and is used now for the first time. */
    boolean use(String purpose, byte[] challenge) {
        var text = new String(challenge, StandardCharsets.US_ASCII);
        return sealing.open("passkey " + purpose, text)
                .map(made ->
                        Instant.ofEpochMilli(ByteBuffer.wrap(made).getLong()).plus(LIFE))
                .filter(until -> until.isAfter(clock.instant()))
                .filter(until -> used.use(PASSKEYS, text, until))
                .isPresent();
    }
}
