package org.tenderpoint.chart;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.tenderpoint.access.Caller;
import org.tenderpoint.issue.Refused;

/**
 * Where a page of a search ended, sealed: the values it was sorted by stay out of URLs and logs, nobody can make one up,
 * and another client's is none. The key lives as long as the server, and with it the page links.
 */
final class Cursors {

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final ObjectMapper json = new ObjectMapper();
    private final SecureRandom random = new SecureRandom();
    private final SecretKey key;

    Cursors() {
        try {
            var generator = KeyGenerator.getInstance("AES");
            generator.init(256, random);
            this.key = generator.generateKey();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String seal(Caller caller, List<String> values) {
        try {
            var nonce = new byte[NONCE_BYTES];
            random.nextBytes(nonce);
            var sealed = cipher(Cipher.ENCRYPT_MODE, nonce, caller).doFinal(json.writeValueAsBytes(values));
            var cursor =
                    ByteBuffer.allocate(NONCE_BYTES + sealed.length).put(nonce).put(sealed);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(cursor.array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws Refused 404 for a cursor that this server did not give to this caller */
    List<String> open(Caller caller, String cursor) {
        try {
            var bytes = Base64.getUrlDecoder().decode(cursor);
            if (bytes.length < NONCE_BYTES + TAG_BITS / Byte.SIZE) {
                throw Refused.notFound();
            }
            var nonce = Arrays.copyOf(bytes, NONCE_BYTES);
            var values =
                    cipher(Cipher.DECRYPT_MODE, nonce, caller).doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
            return json.readValue(values, new TypeReference<List<String>>() {});
        } catch (GeneralSecurityException | IllegalArgumentException | IOException forged) {
            throw Refused.notFound();
        }
    }

    private Cipher cipher(int mode, byte[] nonce, Caller caller) throws GeneralSecurityException {
        var cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(caller.clientId().getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
