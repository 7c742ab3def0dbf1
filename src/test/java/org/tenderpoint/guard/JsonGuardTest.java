package org.tenderpoint.guard;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tenderpoint.issue.Refused;

class JsonGuardTest {

    private final JsonGuard guard = new JsonGuard(GuardProperties.defaults());

    static Stream<Arguments> refusedText() {
        return Stream.of(
                Arguments.of("not json", "not json", IssueType.STRUCTURE, "json-syntax"),
                Arguments.of("array", "[]", IssueType.STRUCTURE, "json-root"),
                Arguments.of("null", "null", IssueType.STRUCTURE, "json-root"),
                Arguments.of("string", "\"Patient\"", IssueType.STRUCTURE, "json-root"),
                Arguments.of("nothing", "", IssueType.STRUCTURE, "body-empty"),
                Arguments.of("blank", " \n\t", IssueType.STRUCTURE, "body-empty"),
                Arguments.of("open end", "{\"a\":[1,", IssueType.STRUCTURE, "json-syntax"),
                Arguments.of("duplicate key", "{\"id\":\"a\",\"id\":\"b\"}", IssueType.STRUCTURE, "duplicate-key"),
                Arguments.of("comment", "{/* hello */\"a\":1}", IssueType.STRUCTURE, "json-syntax"),
                Arguments.of("trailing comma", "{\"a\":1,}", IssueType.STRUCTURE, "json-syntax"),
                Arguments.of("NaN", "{\"a\":NaN}", IssueType.STRUCTURE, "json-syntax"),
                Arguments.of("single quotes", "{'a':1}", IssueType.STRUCTURE, "json-syntax"),
                Arguments.of("leading zero", "{\"a\":01}", IssueType.STRUCTURE, "json-syntax"),
                Arguments.of("two resources", "{\"a\":1}{\"a\":1}", IssueType.STRUCTURE, "json-trailing"),
                Arguments.of("trailing word", "{\"a\":1}x", IssueType.STRUCTURE, "json-syntax"),
                Arguments.of("lone high surrogate", "{\"a\":\"\\ud800\"}", IssueType.VALUE, "character"),
                Arguments.of("lone low surrogate", "{\"a\":\"\\udc00x\"}", IssueType.VALUE, "character"),
                Arguments.of("surrogate in a name", "{\"\\ud800\":1}", IssueType.VALUE, "character"),
                Arguments.of("escaped NUL", "{\"a\":\"\\u0000\"}", IssueType.VALUE, "character"),
                Arguments.of("escaped control", "{\"a\":\"\\u0007\"}", IssueType.VALUE, "character"),
                Arguments.of("raw control", "{\"a\":\"\u0007\"}", IssueType.VALUE, "character"),
                Arguments.of("huge exponent", "{\"a\":1e1000000}", IssueType.VALUE, "number"),
                Arguments.of("huger exponent", "{\"a\":1E+100000000}", IssueType.VALUE, "number"),
                Arguments.of("tiny exponent", "{\"a\":1e-5000000}", IssueType.VALUE, "number"),
                Arguments.of("exponent 31", "{\"a\":1e31}", IssueType.VALUE, "number"),
                Arguments.of("41 digits", "{\"a\":" + "1".repeat(41) + "}", IssueType.VALUE, "number"),
                Arguments.of("1100 decimals", "{\"a\":0." + "1".repeat(1100) + "}", IssueType.VALUE, "number"),
                Arguments.of(
                        "65 deep", "{\"a\":" + "[".repeat(64) + "]".repeat(64) + "}", IssueType.STRUCTURE, "too-deep"),
                Arguments.of("100,000 deep", "{\"a\":" + "[".repeat(100_000), IssueType.STRUCTURE, "too-deep"),
                Arguments.of(
                        "long string",
                        "{\"a\":\"" + "x".repeat(1024 * 1024 + 1) + "\"}",
                        IssueType.VALUE,
                        "string-too-long"),
                Arguments.of("long name", "{\"" + "x".repeat(300) + "\":1}", IssueType.STRUCTURE, "name-too-long"),
                Arguments.of(
                        "many tokens",
                        "{\"a\":[1" + ",1".repeat(200_000) + "]}",
                        IssueType.STRUCTURE,
                        "json-too-large"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusedText")
    void bodyIsRefusedWithTheFhirIssueType(String name, String body, IssueType type, String code) {
        var refused = refusedFor(body.getBytes(UTF_8));

        assertThat(refused.getStatusCode()).isEqualTo(400);
        assertThat(refused.issues()).singleElement().satisfies(issue -> {
            assertThat(issue.type()).isEqualTo(type);
            assertThat(issue.code()).isEqualTo(code);
            assertThat(issue.diagnostics()).doesNotContain("com.fasterxml", "Exception", "xxxxxxxxxx");
        });
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        assertThat(refusedFor(new byte[] {'{', '"', (byte) 0xC3, '"', ':', '1', '}'})
                        .issues()
                        .get(0)
                        .code())
                .isEqualTo("not-utf-8");
        assertThat(refusedFor("{\"a\":1}".getBytes(UTF_16)).issues().get(0).code())
                .isEqualTo("not-utf-8");
        assertThat(refusedFor("{\"a\":1}".getBytes(UTF_16LE)).issues().get(0).code())
                .isEqualTo("not-utf-8");
        assertThat(refusedFor("\uFEFF{\"a\":1}".getBytes(UTF_8)).issues().get(0).code())
                .isEqualTo("byte-order-mark");
        assertThat(refusedFor(new byte[] {'{', '"', (byte) 0xC0, (byte) 0x80, '"', ':', '1', '}'})
                        .issues()
                        .get(0)
                        .code())
                .isEqualTo("not-utf-8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"resourceType\":\"Patient\"}",
                " {\"a\":1e30,\"b\":-1E-30,\"c\":0.1000} \n",
                "{\"a\":\"tab\\t line\\n return\\r snowman \u2603 and \uD83D\uDE00 and \\ud83d\\ude00\"}"
            })
    void bodyPasses(String body) {
        assertThatCode(() -> guard.check(body.getBytes(UTF_8))).doesNotThrowAnyException();
    }

    @Test
    void depthOf64AndStringOfOneMegabytePass() {
        assertThatCode(() -> guard.check(("{\"a\":" + "[".repeat(63) + "]".repeat(63) + "}").getBytes(UTF_8)))
                .doesNotThrowAnyException();
        assertThatCode(() -> guard.check(("{\"a\":\"" + "x".repeat(1024 * 1024) + "\"}").getBytes(UTF_8)))
                .doesNotThrowAnyException();
    }

    @Test
    void duplicateKeyIsNamedWithItsPath() {
        var refused = refusedFor(
                "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"a\"},{\"family\":\"b\",\"family\":\"c\"}]}"
                        .getBytes(UTF_8));

        assertThat(refused.issues().get(0).expression()).isEqualTo("Patient.name[1].family");
        assertThat(refused.issues().get(0).diagnostics()).contains("line 1, column");
    }

    @Test
    void numberIsNamedWithItsPath() {
        var refused = refusedFor(
                "{\"resourceType\":\"Observation\",\"valueQuantity\":{\"value\":1e1000000}}".getBytes(UTF_8));

        assertThat(refused.issues().get(0).expression()).isEqualTo("Observation.valueQuantity.value");
    }

    @Test
    void bundleOf501EntriesIsTooCostlyWhereverItsTypeStands() {
        var entries = "\"entry\":[{}" + ",{}".repeat(500) + "]";

        for (var body : new String[] {
            "{\"resourceType\":\"Bundle\"," + entries + "}", "{" + entries + ",\"resourceType\":\"Bundle\"}"
        }) {
            var refused = refusedFor(body.getBytes(UTF_8));
            assertThat(refused.getStatusCode()).isEqualTo(413);
            assertThat(refused.issues().get(0).type()).isEqualTo(IssueType.TOOCOSTLY);
            assertThat(refused.issues().get(0).expression()).isEqualTo("Bundle.entry");
        }
        assertThatCode(() -> guard.check(("{\"resourceType\":\"List\"," + entries + "}").getBytes(UTF_8)))
                .doesNotThrowAnyException();
        assertThatCode(() -> guard.check(
                        ("{\"resourceType\":\"Bundle\",\"entry\":[{}" + ",{}".repeat(499) + "]}").getBytes(UTF_8)))
                .doesNotThrowAnyException();
    }

    @Test
    void jsonPatchIsAnArray() {
        assertThatCode(() -> guard.check("[{\"op\":\"remove\",\"path\":\"/a\"}]".getBytes(UTF_8), JsonGuard.Root.ARRAY))
                .doesNotThrowAnyException();
        assertThat(Assertions.catchThrowableOfType(
                                Refused.class, () -> guard.check("{}".getBytes(UTF_8), JsonGuard.Root.ARRAY))
                        .issues()
                        .get(0)
                        .code())
                .isEqualTo("json-root");
    }

    @Test
    void numberBombCostsNoTime() {
        var bomb = "{\"resourceType\":\"Observation\",\"valueQuantity\":{\"value\":1e1000000}}".getBytes(UTF_8);
        refusedFor(bomb);

        var before = System.nanoTime();
        refusedFor(bomb);

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofMillis(500));
    }

    private Refused refusedFor(byte[] body) {
        return catchThrowableOfType(Refused.class, () -> guard.check(body));
    }
}
