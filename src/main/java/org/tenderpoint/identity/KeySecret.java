package org.tenderpoint.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import org.tenderpoint.issue.UnsafeSetting;

/** Where the secret comes from that the keys in the database are encrypted with: a setting, or a file of this machine. */
final class KeySecret {

    private static final String SETTING = "tenderpoint.identity.key-secret";
    private static final int SHORTEST = 32;

    private KeySecret() {}

    /** @throws UnsafeSetting where there is neither a secret of some length nor a file to keep one in */
    static SecretBox box(IdentityProperties properties) {
        if (properties.keySecret().length() >= SHORTEST) {
            return SecretBox.of(properties.keySecret());
        }
        if (!properties.keySecret().isEmpty() || properties.keyFile().isEmpty()) {
            throw new UnsafeSetting(
                    "Keys that sign access tokens lie encrypted in the database, and there is no secret of " + SHORTEST
                            + " characters or more to encrypt them with.",
                    "Set " + SETTING + " to a random text, the same on all nodes, such as one made by:"
                            + " openssl rand -base64 33");
        }
        return SecretBox.of(fromFile(Path.of(properties.keyFile()).toAbsolutePath()));
    }

    private static String fromFile(Path file) {
        try {
            if (!Files.exists(file)) {
                write(file);
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file) throws IOException {
        var bytes = new byte[SHORTEST];
        new SecureRandom().nextBytes(bytes);
        var folder = Files.createDirectories(file.getParent());
        var fresh = Files.createTempFile(
                folder,
                "key-",
                ".tmp",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, Base64.getEncoder().encodeToString(bytes));
        try {
            // A link appears whole or not at all, so that of two servers that start together both read the same.
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException another) {
            // The other one was first.
        } finally {
            Files.delete(fresh);
        }
    }
}
