package org.tenderpoint.issue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class IssueCodesTest {

    private static final Pattern CODE =
            Pattern.compile("(?:Issue\\s*\\.\\s*(?:required|value|structure|businessRule|notSupported)\\("
                    + "|new Issue\\(\\s*[\\w.]+,|new Problem\\(|invalid\\()\\s*\"([a-z0-9-]+)\"");

    @Test
    void everyCodeOfAnIssueStandsInTheTableWithWhatToChange() throws IOException {
        var table = Files.readString(Path.of("docs/issues.md"));

        var missing = codes();
        assertThat(missing).hasSizeGreaterThan(50);
        missing.removeIf(code -> table.contains("`" + code + "`"));

        assertThat(missing).isEmpty();
    }

    private static Set<String> codes() throws IOException {
        try (var files = Files.walk(Path.of("src/main/java"))) {
            var codes = new TreeSet<String>();
            files.filter(file -> file.toString().endsWith(".java"))
                    .forEach(file -> CODE.matcher(read(file)).results().forEach(match -> codes.add(match.group(1))));
            return codes;
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
