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
            return h2Url(folder("h2-").resolve("chart"));
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
                    // 128 MB are PostgreSQL's default; a database of gigabytes has more.
                    .setServerConfig("shared_buffers", System.getProperty("database.buffers", "128MB"))
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

    /** A new folder for what a server keeps in files. */
    public static Path folder(String prefix) throws IOException {
        return Files.createTempDirectory(Files.createDirectories(Path.of("target")), prefix);
    }

    /** The setting by which a server has the folder of its audit's journal to itself. */
    public static String journal(Path folder) {
        return "--tenderpoint.chart.audit-journal="
                + folder.resolve("audit-journal").toAbsolutePath();
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
