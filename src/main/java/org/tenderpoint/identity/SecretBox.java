package org.tenderpoint.identity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Encrypts and authenticates small things with AES-256-GCM, each for one purpose: what was sealed for another does not open. */
public final class SecretBox {

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final String HMAC = "HmacSHA256";
    private static final byte[] MAC_KEY = "tenderpoint fingerprints".getBytes(StandardCharsets.UTF_8);
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final SecretKey key;
    private final SecretKey macKey;

    SecretBox(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
        this.macKey = new SecretKeySpec(hmac(new SecretKeySpec(key, HMAC)).doFinal(MAC_KEY), HMAC);
    }

    /** A box whose key is drawn from a secret of enough length. */
    static SecretBox of(String secret) {
        // RFC 5869, section 2.2: the secret is random, so extracting is enough; it is not a password to be stretched.
        var salt = new SecretKeySpec("tenderpoint keys".getBytes(StandardCharsets.UTF_8), HMAC);
        return new SecretBox(hmac(salt).doFinal(secret.getBytes(StandardCharsets.UTF_8)));
    }

    /** A box whose key is drawn from this one's; the same name, the same key. */
    SecretBox derived(String name) {
        return new SecretBox(mac("derived key", name.getBytes(StandardCharsets.UTF_8)));
    }

    public byte[] seal(String purpose, byte[] plain) {
        try {
            var nonce = new byte[NONCE_BYTES];
            random.nextBytes(nonce);
            var sealed = cipher(Cipher.ENCRYPT_MODE, nonce, purpose).doFinal(plain);
            return ByteBuffer.allocate(NONCE_BYTES + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    /** What was sealed for this purpose with this key; empty for everything else. */
    public Optional<byte[]> open(String purpose, byte[] sealed) {
        if (sealed.length < NONCE_BYTES + TAG_BITS / Byte.SIZE) {
            return Optional.empty();
        }
        try {
            var nonce = Arrays.copyOf(sealed, NONCE_BYTES);
            return Optional.of(cipher(Cipher.DECRYPT_MODE, nonce, purpose)
                    .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES));
        } catch (GeneralSecurityException forged) {
            return Optional.empty();
        }
    }

    /** An authentication code over something, by a key that encrypts nothing. */
    byte[] mac(String purpose, byte[] plain) {
        var mac = hmac(macKey);
        mac.update(purpose.getBytes(StandardCharsets.UTF_8));
        mac.update((byte) 0);
        return mac.doFinal(plain);
    }

    private static Mac hmac(SecretKey key) {
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String purpose) throws GeneralSecurityException {
        var cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
