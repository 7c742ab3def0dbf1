package org.tenderpoint.profile;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tenderpoint.chart.RecordTypes;

/** What is said of massage has its place in the record, and the table in the docs says the right one. */
class WhatIsSaidTest {

    private static final FhirContext FHIR = FhirContext.forR4Cached();
    private static final ProfileRule RULE = new ProfileRule(FHIR);
    private static final Path COMPILED = Path.of("profiles/fsh-generated/resources");
    private static final String PROFILES = "https://tenderpoint.org/fhir/StructureDefinition/";
    private static final String NONE = "–";
    private static final int STATEMENTS = 33;
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| (\\d+) \\| [^|]+ \\| `?([^|`]+)`? \\| `([^|`]+)` \\| `?([^|`]+)`? \\|$");

    private record Said(int number, String profile, String element, String example) {
        String type() {
            return element.substring(0, element.indexOf('.'));
        }

        @Override
        public String toString() {
            return number + " " + profile;
        }
    }

    @Test
    void everyStatementHasOneRow() throws IOException {
        assertThat(rows().map(Said::number))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, STATEMENTS).boxed().toList());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void itsPlaceIsThere(Said said) throws IOException {
        assertThat(RecordTypes.find(said.type())).isPresent();
        if (said.example().equals(NONE)) {
            assertThat(said.profile()).isEqualTo(NONE);
            return;
        }
        var example = (Resource) FHIR.newJsonParser()
                .parseResource(Files.readString(COMPILED.resolve(said.type() + "-" + said.example() + ".json")));

        assertThat(FHIR.newFhirPath().evaluate(example, said.element(), IBase.class))
                .isNotEmpty();
        assertThat(RULE.check(example, said.type())).isEmpty();
        if (!said.profile().equals(NONE)) {
            assertThat(COMPILED.resolve("StructureDefinition-" + said.profile() + ".json"))
                    .exists();
            assertThat(example.getMeta().hasProfile(PROFILES + said.profile())).isTrue();
        }
    }

    private static Stream<Said> rows() throws IOException {
        var docs = Files.readString(Path.of("docs/clinical.md"));
        var table = docs.substring(docs.indexOf("## What is said of massage"));
        List<Said> rows = ROW.matcher(table)
                .results()
                .map(row -> new Said(Integer.parseInt(row.group(1)), row.group(2), row.group(3), row.group(4)))
                .toList();
        return rows.stream();
    }
}
