package org.tenderpoint.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hl7.fhir.r4.model.Resource;

/** Compares a whole document with the file that somebody read and approved. */
public final class Approved {

    private Approved() {}

    /** What was made last lies beside the compiled tests, ready to be read and copied over the approved file. */
    public static void assertSame(Class<?> test, String file, Resource document) throws IOException {
        assertSame(
                test,
                file,
                InventedRecord.FHIR.newJsonParser().setPrettyPrint(true).encodeResourceToString(document) + "\n");
    }

    /** The same of a text. */
    public static void assertSame(Class<?> test, String file, String made) throws IOException {
        var received = Path.of("target", "received", file);
        Files.createDirectories(received.getParent());
        Files.writeString(received, made);

        try (var approved = test.getResourceAsStream(file)) {
            assertThat(approved)
                    .as("no approved file %s yet; read %s", file, received)
                    .isNotNull();
            assertThat(made).isEqualTo(new String(approved.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
