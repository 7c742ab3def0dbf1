package org.tenderpoint.access;

import java.util.Optional;

/** Seals what a client keeps for us and must give back unread and unchanged, such as the place where a page ended. */
public interface Sealing {

    /**
     * Seals with a key of its own, for who seals so much that one key would not do for all of it (NIST SP 800-38D, 8.3: a key
     * of AES-GCM with random nonces is good for 2^32 texts).
     *
     * @param name the same name, the same key
     */
    Sealing of(String name);

    /** @param purpose what it is for; it opens for nothing else */
    String seal(String purpose, byte[] plain);

    /** What was sealed for this purpose; empty for everything else. */
    Optional<byte[]> open(String purpose, String sealed);

    /**
     * Tells whether two texts were alike without telling what they were, to whoever has no key.
     *
     * @param purpose what it is for; the same text has another one for another purpose
     */
    String fingerprint(String purpose, String text);
}
