package org.tenderpoint.story;

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
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;

/** Programs in Node work with the server through the two clients that most of them use. */
class NpmClientsStoryTest {

    private static final Path SOURCE = Path.of("src/test/npm");
    private static final Path WORK = Path.of("target/npm");

    /** What fhir-kit-client asks for. */
    private static final int OLDEST_NODE = 20;

    /** What npm says where the registry is out of reach; everything else that goes wrong is a failure. */
    private static final Pattern NO_NETWORK =
            Pattern.compile("ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH");

    /** A process that ended. */
    private record Ended(int code, String output) {}

    @BeforeAll
    static void theClientsAreInstalled() throws Exception {
        Files.createDirectories(WORK);
        assumeTrue(
                isThere("node") && isThere("npm") && nodeVersion() >= OLDEST_NODE,
                "The stories of Node clients were not told: install Node " + OLDEST_NODE
                        + " or later with npm (Debian: nodejs, npm).");
        for (var name : List.of("package.json", "package-lock.json", "stories.mjs")) {
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

    @EachDatabase
    void nodeClientsDoTheirWork(Database database) throws Exception {
        var server = Server.on(database);

        var told = run(
                Map.of(
                        "FHIR_BASE", server.url() + "/fhir",
                        "CLIENT_ID", "demo-clinic",
                        "CLIENT_SECRET", "demo-clinic-secret"),
                "node",
                "stories.mjs");

        assertThat(told.code()).as(told.output()).isZero();
        assertThat(told.output().lines())
                .containsExactly(
                        "fhir-kit-client finds the token endpoint",
                        "fhir-kit-client reads the capability statement",
                        "fhir-kit-client creates and reads",
                        "fhir-kit-client sends a transaction",
                        "fhir-kit-client searches page by page",
                        "fhir-kit-client updates what it has seen and hears of a conflict",
                        "fhirclient searches through all pages",
                        "fhirclient resolves references",
                        "fhirclient creates, updates and hears of a conflict",
                        "fhirclient is told what is wrong");
    }

    private static boolean isThere(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static int nodeVersion() throws IOException, InterruptedException {
        var version = run(Map.of(), "node", "--version").output().strip();
        return Integer.parseInt(version.replaceFirst("^v(\\d+)\\..*", "$1"));
    }

    private static Ended run(Map<String, String> environment, String... command)
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
}
