package org.tenderpoint.chart;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.tenderpoint.access.Sealing;

/** Seals nothing: for rules that are tested without keys. */
final class OpenSealing implements Sealing {

    @Override
    public Sealing of(String name) {
        return this;
    }

    @Override
    public String seal(String purpose, byte[] plain) {
        return purpose + ":" + new String(plain, StandardCharsets.UTF_8);
    }

    @Override
    public Optional<byte[]> open(String purpose, String sealed) {
        return sealed.startsWith(purpose + ":")
                ? Optional.of(sealed.substring(purpose.length() + 1).getBytes(StandardCharsets.UTF_8))
                : Optional.empty();
    }

    @Override
    public String fingerprint(String purpose, String text) {
        return Integer.toHexString((purpose + text).hashCode());
    }
}
