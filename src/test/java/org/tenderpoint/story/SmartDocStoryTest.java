package org.tenderpoint.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.tenderpoint.admin.AdminCommands;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;

/**
 * The commands by which EHRs, apps and people are connected, word for word, in a shell. Only the server's address is another
 * one, and the names that are given once.
 */
class SmartDocStoryTest {

    private static final Pattern SHELL = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);
    private static final String COMMAND = "java -jar tenderpoint.jar ";

    @EachDatabase
    void theCommandsOfTheDocumentWork(Database database) throws IOException, InterruptedException {
        var server = Server.on(database);
        var run = "-" + UUID.randomUUID().toString().substring(0, 8);
        var script = blocks().stream()
                .filter(block -> !block.startsWith(COMMAND))
                .collect(Collectors.joining())
                .replace("http://localhost:8080", server.url())
                .replace("my-ehr", "my-ehr" + run)
                .replace("my-app", "my-app" + run)
                .replace("tomas", "tomas" + run)
                .replace("248289761001", "248289761001" + run);
        var output = Files.createTempFile(Path.of("target"), "smart-", ".txt");

        var shell = new ProcessBuilder("bash", "-euo", "pipefail", "-c", script)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        var ended = shell.waitFor(120, TimeUnit.SECONDS);
        var said = Files.readString(output);

        assertThat(ended).isTrue();
        assertThat(shell.exitValue()).as(said).isZero();
        assertThat(said).contains("\"client_id\":\"my-ehr" + run, "\"client_id\":\"my-app" + run);
        assertThat(said).as("the assertion brings a token").contains("\"access_token\"", "\"scope\":\"system/*.rs\"");
        assertThat(said).as("the launch").contains("\"launch\":", "\"url\":\"http://localhost:9000/launch?");
        assertThat(said).as("the Endpoint").contains("\"status\":\"test\"", "\"status\":\"active\"");
        assertThat(said).as("the person").contains("\"login\":\"tomas" + run, "\"password\":");
        assertThat(said.split("\\{\"done\":true}", -1))
                .as("lock, unlock, the person's end, unlink, the client's end, and the keys")
                .hasSize(7);
        assertThat(said).doesNotContain("\"error\"", "OperationOutcome");
    }

    @Test
    void thereIsEachCommandThatIsNamed() throws IOException {
        var named = blocks().stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith(COMMAND))
                .map(line -> line.substring(COMMAND.length()).split(" "))
                .toList();

        assertThat(named).hasSizeGreaterThan(8).allMatch(AdminCommands::isCommand);
    }

    private static List<String> blocks() throws IOException {
        return SHELL.matcher(Files.readString(Path.of("docs/smart.md")))
                .results()
                .map(block -> block.group(1))
                .toList();
    }
}
