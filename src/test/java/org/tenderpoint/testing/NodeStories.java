package org.tenderpoint.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Stories that programs in Node tell, with the packages that {@code src/test/npm} names, installed once a build. */
public final class NodeStories {

    private static final Path SOURCE = Path.of("src/test/npm");
    private static final Path WORK = Path.of("target/npm");

    /** What fhir-kit-client and playwright-core ask for. */
    private static final int OLDEST_NODE = 20;

    /** What npm says where the registry is out of reach; everything else that goes wrong is a failure. */
    private static final Pattern NO_NETWORK =
            Pattern.compile("ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH");

    private NodeStories() {}

    /** A process that ended. */
    public record Ended(int code, String output) {}

    /** Installs the packages; a machine without Node or network skips the test and says so. */
    public static synchronized void install() throws IOException, InterruptedException {
        Files.createDirectories(WORK);
        assumeTrue(
                find("node").isPresent() && find("npm").isPresent() && nodeVersion() >= OLDEST_NODE,
                "The stories of Node clients were not told: install Node " + OLDEST_NODE
                        + " or later with npm (Debian: nodejs, npm).");
        for (var name : List.of("package.json", "package-lock.json", "stories.mjs", "browser.mjs")) {
            Files.copy(SOURCE.resolve(name), WORK.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        var lock = Files.readString(WORK.resolve("package-lock.json"));
        var installed = WORK.resolve("installed-lock.json");
        if (!Files.exists(installed) || !Files.readString(installed).equals(lock)) {
            var install = run(Map.of(), "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
            assumeTrue(
                    install.code() == 0 || !NO_NETWORK.matcher(install.output()).find(),
                    "The stories of Node clients were not told: npm could not reach its registry.");
            assertThat(install.code()).as(install.output()).isZero();
            Files.writeString(installed, lock);
        }
    }

    /** Where a program of one of these names is. */
    public static Optional<Path> find(String... names) {
        return Stream.of(names)
                .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Runs a program among the packages, for five minutes and not longer. */
    public static Ended run(Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        var output = Files.createTempFile(WORK, "output-", ".txt");
        var builder = new ProcessBuilder(command)
                .directory(WORK.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        var process = builder.start();
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError(String.join(" ", command) + " took longer than five minutes");
        }
        return new Ended(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }

    private static int nodeVersion() throws IOException, InterruptedException {
        var version = run(Map.of(), "node", "--version").output().strip();
        return Integer.parseInt(version.replaceFirst("^v(\\d+)\\..*", "$1"));
    }
}
