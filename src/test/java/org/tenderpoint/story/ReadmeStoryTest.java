package org.tenderpoint.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;

/** The README's walk, word for word, in a shell; only the server's address is another one. */
class ReadmeStoryTest {

    private static final Pattern SHELL = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);

    @EachDatabase
    void theWalkOfTheReadmeWorksWordForWord(Database database) throws IOException, InterruptedException {
        var server = Server.on(database);
        var script = SHELL.matcher(Files.readString(Path.of("README.md")))
                .results()
                .map(block -> block.group(1))
                .filter(block -> !block.startsWith("mvn "))
                .collect(Collectors.joining())
                .replace("http://localhost:8080", server.url());
        var output = Files.createTempFile(Path.of("target"), "walk-", ".txt");

        var shell = new ProcessBuilder("bash", "-euo", "pipefail", "-c", script)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        var ended = shell.waitFor(120, TimeUnit.SECONDS);
        var said = Files.readString(output);

        assertThat(ended).isTrue();
        assertThat(shell.exitValue()).as(said).isZero();
        assertThat(said)
                .startsWith("1\n")
                .contains("\"status\":\"accepted\"")
                .contains("Overall: responder")
                .contains("97140")
                .doesNotContain("OperationOutcome")
                .endsWith("404\n404\n401\n");
    }
}
