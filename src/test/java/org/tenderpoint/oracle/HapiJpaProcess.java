package org.tenderpoint.oracle;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * HAPI's JPA server in a JVM of its own, with a class path that the profile {@code oracle} gathers: neither its Spring nor its
 * Hibernate meets ours. It takes a minute to start and is started once.
 */
final class HapiJpaProcess {

    private static final String READY = "ready ";
    private static @Nullable String url;

    private HapiJpaProcess() {}

    /** Its base URL; empty in a build without the profile. */
    static synchronized Optional<String> url() {
        if (url == null) {
            url = Optional.ofNullable(System.getProperty("oracle.jpa.url"))
                    .orElseGet(() -> Optional.ofNullable(System.getProperty("oracle.jpa.classpath"))
                            .map(file -> start(Path.of(file)))
                            .orElse(null));
        }
        return Optional.ofNullable(url);
    }

    private static String start(Path classPath) {
        try {
            var process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx1500m",
                            "-Duser.timezone=UTC",
                            "-cp",
                            Files.readString(classPath).strip(),
                            "org.tenderpoint.oracle.jpa.HapiJpaServer")
                    .redirectError(
                            Redirect.to(classPath.resolveSibling("hapi-jpa.log").toFile()))
                    .start();
            // It ends by itself where this JVM is killed, because its standard input ends.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process)));
            var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(READY)) {
                    return line.substring(READY.length());
                }
            }
            throw new AssertionError("HAPI's JPA server does not start; see hapi-jpa.log beside " + classPath);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void stop(Process process) {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
