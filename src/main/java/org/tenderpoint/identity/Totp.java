package org.tenderpoint.identity;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Codes of an authenticator app: six digits, a new one every thirty seconds.
 *
 * @see "RFC 6238, and RFC 4226, section 5.3"
 */
final class Totp {

    private static final int SECONDS = 30;
    private static final int DIGITS = 6;
    private static final int MODULO = 1_000_000;

    private Totp() {}

    /**
     * The time step whose code this is: the current one or one of its neighbours, because clocks differ.
     *
     * @param after the last step that was used; no code counts twice
     */
    static OptionalLong step(byte[] secret, String code, Instant now, long after) {
        var current = now.getEpochSecond() / SECONDS;
        for (var step = current - 1; step <= current + 1; step++) {
            var same = MessageDigest.isEqual(
                    code(secret, step).getBytes(java.nio.charset.StandardCharsets.UTF_8),
                    code.strip().getBytes(java.nio.charset.StandardCharsets.UTF_8));
            if (same && step > after) {
                return OptionalLong.of(step);
            }
        }
        return OptionalLong.empty();
    }

    static String code(byte[] secret, long step) {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret, "HmacSHA1"));
            var hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
            var offset = hash[hash.length - 1] & 0xf;
            var number = ByteBuffer.wrap(hash).getInt(offset) & 0x7fffffff;
            return String.format(Locale.ROOT, "%0" + DIGITS + "d", number % MODULO);
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    /** As authenticator apps take it (RFC 4648, section 6), in groups of four. */
    static String base32(byte[] secret) {
        var alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var text = new StringBuilder();
        var bits = 0;
        var held = 0;
        for (var each : secret) {
            held = held << 8 | each & 0xff;
            bits += 8;
            while (bits >= 5) {
                bits -= 5;
                text.append(alphabet.charAt(held >> bits & 31));
            }
        }
        return text.toString().replaceAll("(.{4})(?=.)", "$1 ");
    }
}
