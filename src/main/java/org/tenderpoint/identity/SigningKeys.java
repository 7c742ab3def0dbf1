package org.tenderpoint.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that sign tokens: RSA, 2048 bits, in the database, the same on all nodes. The next one is published an hour
 * before it signs, so that nobody meets a key that a cache does not know, and the last one stays published for a day after.
 */
public final class SigningKeys implements TokenKeys {

    private static final Logger log = LoggerFactory.getLogger(SigningKeys.class);

    static final Duration ANNOUNCED = Duration.ofHours(1);
    static final Duration REMEMBERED = Duration.ofDays(1);
    private static final int BITS = 2048;

    private final String purpose;
    private final KeyRows rows;
    private final Epoch epoch;
    private final Clock clock;
    private final Duration life;
    private volatile Known known;

    private record Key(int generation, Instant begins, RSAKey key) {}

    private record Known(long epoch, List<Key> keys) {}

    SigningKeys(String purpose, KeyRows rows, Epoch epoch, Clock clock, Duration life) {
        this.purpose = purpose;
        this.rows = rows;
        this.epoch = epoch;
        this.clock = clock;
        this.life = life;
        this.known = load();
    }

    /** Where there is none yet, it is made here, which takes a moment. */
    @Override
    public RSAKey signing() {
        var now = clock.instant();
        var keys = keys();
        if (keys.isEmpty()) {
            add(1, now, now);
            keys = keys();
        }
        var signing = keys.get(0);
        for (var key : keys) {
            if (!key.begins().isAfter(now)) {
                signing = key;
            }
        }
        return signing.key();
    }

    @Override
    public JWKSet all() {
        return new JWKSet(keys().stream().map(key -> (JWK) key.key()).toList());
    }

    /** Makes the next key, which signs from an hour from now. */
    public void rotate() {
        signing();
        var now = clock.instant();
        add(lastGeneration() + 1, now, now.plus(ANNOUNCED));
    }

    /** Takes all keys out of use at once, and every token with them: for when one may have become known. */
    public void replaceAll() {
        signing();
        var now = clock.instant();
        var next = lastGeneration() + 1;
        add(next, now, now);
        rows.removeBefore(purpose, next);
        reload();
    }

    /** Makes the next key when the last one is old, and removes those that have not signed for a day. */
    void tend() {
        var now = clock.instant();
        var keys = keys();
        if (keys.isEmpty()) {
            return;
        }
        if (keys.get(keys.size() - 1).begins().plus(life).isBefore(now)) {
            rotate();
        }
        keys.stream()
                .filter(key -> key.begins().plus(REMEMBERED).isBefore(now))
                .mapToInt(Key::generation)
                .max()
                .ifPresent(oldest -> {
                    if (oldest > keys.get(0).generation()) {
                        rows.removeBefore(purpose, oldest);
                        reload();
                    }
                });
    }

    private int lastGeneration() {
        var keys = keys();
        return keys.get(keys.size() - 1).generation();
    }

    private void add(int generation, Instant now, Instant begins) {
        rows.add(purpose, generation, now, begins, newKey().toJSONString().getBytes(StandardCharsets.UTF_8));
        log.info("signing key {} signs from {}", generation, begins);
        reload();
    }

    private List<Key> keys() {
        var standing = known;
        if (standing.epoch() != epoch.now()) {
            standing = load();
            known = standing;
        }
        return standing.keys();
    }

    private void reload() {
        epoch.lookAgain();
        known = load();
    }

    private Known load() {
        // The number first: what changes in between is looked at again.
        var number = epoch.now();
        var keys = new ArrayList<Key>();
        for (var row : rows.of(purpose)) {
            keys.add(new Key(row.generation(), row.begins(), parsed(row.content())));
        }
        return new Known(number, List.copyOf(keys));
    }

    private static RSAKey parsed(byte[] content) {
        try {
            return RSAKey.parse(new String(content, StandardCharsets.UTF_8));
        } catch (ParseException damaged) {
            throw new IllegalStateException("a signing key in the database is damaged", damaged);
        }
    }

    private static RSAKey newKey() {
        try {
            return new RSAKeyGenerator(BITS)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyID(UUID.randomUUID().toString())
                    .generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException("this JDK cannot make RSA keys", impossible);
        }
    }
}
