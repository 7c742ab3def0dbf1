package org.tenderpoint.identity;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.tenderpoint.access.Sealing;

/** Seals what travels by way of a browser or a client and must come back as it was, with a key that all nodes share. */
public final class Seals implements Sealing {

    private static final String PURPOSE = "seal";
    private static final int KEY_BYTES = 32;

    private final SecretBox box;

    Seals(KeyRows rows, Clock clock) {
        var found = rows.of(PURPOSE);
        if (found.isEmpty()) {
            var key = new byte[KEY_BYTES];
            new SecureRandom().nextBytes(key);
            rows.add(PURPOSE, 1, clock.instant(), clock.instant(), key);
            found = rows.of(PURPOSE);
        }
        this.box = new SecretBox(found.get(found.size() - 1).content());
    }

    private Seals(SecretBox box) {
        this.box = box;
    }

    @Override
    public Sealing of(String name) {
        return new Seals(box.derived(name));
    }

    @Override
    public String seal(String purpose, byte[] plain) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(box.seal(purpose, plain));
    }

    @Override
    public Optional<byte[]> open(String purpose, String sealed) {
        try {
            return box.open(purpose, Base64.getUrlDecoder().decode(sealed.getBytes(StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }

    @Override
    public String fingerprint(String purpose, String text) {
        return HexFormat.of().formatHex(box.mac(purpose, text.getBytes(StandardCharsets.UTF_8)));
    }
}
