package org.tenderpoint.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nothing is kept from a judge without a reason that everybody can read. */
class DeparturesTest {

    @Test
    void eachDepartureHasARowWithASentenceOfR4() throws IOException {
        var notes = Files.readString(Path.of("docs/spec-notes.md"));

        var rows = Pattern.compile("^\\| `([A-Z_]+)` \\|.+\\|.*\".+\".*\\|$", Pattern.MULTILINE)
                .matcher(notes)
                .results()
                .map(row -> row.group(1));

        assertThat(rows)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Departures.values()).map(Enum::name).toList());
    }
}
