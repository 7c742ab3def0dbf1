package org.tenderpoint.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The two databases that every story is told on. */
public enum Database {
    H2 {
        @Override
        String start() throws IOException {
            var folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "h2-");
            return h2Url(folder.resolve("chart"));
        }
    },
    POSTGRESQL {
        @Override
        String start() throws IOException {
            // Closed with the JVM: the library registers a shutdown hook of its own.
            @SuppressWarnings("resource")
            var postgres = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    // As docker/compose.yaml has it.
                    .setServerConfig("wal_sync_method", "open_datasync")
                    .setServerConfig("wal_writer_delay", "10ms")
                    .start();
            return postgresUrl(postgres.getPort());
        }
    };

    private @org.jspecify.annotations.Nullable String url;

    abstract String start() throws IOException;

    /** The JDBC URL of this database, started on first use and shared by all tests of this JVM. */
    public synchronized String url() {
        if (url == null) {
            try {
                url = start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return url;
    }

    /** The account that the URL is opened with. */
    public String user() {
        return this == H2 ? "tenderpoint" : "postgres";
    }

    /** The URL of an H2 file, with the settings of {@code application.yml}. */
    public static String h2Url(Path file) {
        return "jdbc:h2:file:" + file.toAbsolutePath()
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0;LOCK_TIMEOUT=10000";
    }

    /** The URL of an embedded PostgreSQL on this machine. */
    public static String postgresUrl(int port) {
        return "jdbc:postgresql://localhost:" + port + "/postgres?reWriteBatchedInserts=true";
    }
}
