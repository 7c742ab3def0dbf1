package org.tenderpoint.guard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;

class StrictParsingTest {

    private static final FhirContext FHIR = FhirContext.forR4();

    private final ElementWalk elements = new ElementWalk(FHIR);
    private final ParserProblems problems = new ParserProblems(FHIR);

    @BeforeAll
    static void strict() {
        FHIR.setParserErrorHandler(new StrictParsing());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
        {}                                                                              | resource-type         | resourceType
        {"resourceType":7}                                                              | resource-type         | resourceType
        {"resourceType":"Nope"}                                                         | resource-type-unknown | resourceType
        {"resourceType":"patient"}                                                      | resource-type-unknown | resourceType
        {"resourceType":"Patient","brithDate":"2000-01-01"}                             | unknown-element | Patient.brithDate
        {"resourceType":"Patient","name":[{"family":"a"},{"famly":"b"}]}                | unknown-element | Patient.name[1].famly
        {"resourceType":"Patient","meta":{"vlaue":"x"}}                                 | unknown-element | Patient.meta.vlaue
        {"resourceType":"Patient","fhir_comments":["x"]}                                | unknown-element | Patient
        {"resourceType":"Patient","_nope":{"id":"1"}}                                   | unknown-element | Patient._nope
        {"resourceType":"Patient","_name":[{"id":"1"}]}                                 | unknown-element | Patient._name
        {"resourceType":"Patient","_birthDate":{"foo":1}}                               | unknown-element | Patient.birthDate.foo
        {"resourceType":"Observation","valueQuantity":{"vlaue":1}}                      | unknown-element | Observation.valueQuantity.vlaue
        {"resourceType":"Observation","valueBase64Binary":"eA=="}                       | unknown-element | Observation.valueBase64Binary
        {"resourceType":"Observation","extension":[{"url":"x","valueStrin":"x"}]}       | unknown-element | Observation.extension[0].valueStrin
        {"resourceType":"Bundle","entry":[{"fullUrl":"urn:x"},{"resource":{"resourceType":"Patient","x":1}}]} | unknown-element | Bundle.entry[1].resource.x
        {"resourceType":"Bundle","entry":[{"resource":[]}]}                             | not-repeatable  | Bundle.entry[0].resource
        {"resourceType":"Bundle","entry":[{"resource":"x"}]}                            | not-a-resource  | Bundle.entry[0].resource
        {"resourceType":"Bundle","entry":[{"resource":{"birthDate":"2000"}}]}           | resource-type   | Bundle.entry[0].resource.resourceType
        {"resourceType":"Patient","birthDate":"2026-02-30"}                             | value | Patient.birthDate
        {"resourceType":"Patient","birthDate":"99999-02-20"}                            | value | Patient.birthDate
        {"resourceType":"Patient","birthDate":20000101}                                 | value | Patient.birthDate
        {"resourceType":"Patient","birthDate":""}                                       | value | Patient.birthDate
        {"resourceType":"Patient","birthDate":{}}                                       | value | Patient.birthDate
        {"resourceType":"Patient","birthDate":["2020-01-01"]}                           | not-repeatable | Patient.birthDate
        {"resourceType":"Patient","gender":"mael"}                                      | value | Patient.gender
        {"resourceType":"Patient","active":"true"}                                      | value | Patient.active
        {"resourceType":"Patient","id":"a b/?"}                                         | value | Patient.id
        {"resourceType":"Patient","id":5}                                               | value | Patient.id
        {"resourceType":"Patient","multipleBirthInteger":5.5}                           | value | Patient.multipleBirthInteger
        {"resourceType":"Patient","multipleBirthInteger":50000000000}                   | value | Patient.multipleBirthInteger
        {"resourceType":"Patient","identifier":[{"system":"a b"}]}                      | value | Patient.identifier[0].system
        {"resourceType":"Patient","meta":{"lastUpdated":"x"}}                           | value | Patient.meta.lastUpdated
        {"resourceType":"Observation","valueQuantity":{"value":"1e1000000"}}            | value | Observation.valueQuantity.value
        {"resourceType":"Observation","valueDateTime":"2020-01-01T25:00:00Z"}           | value | Observation.valueDateTime
        {"resourceType":"Observation","valueDateTime":"2020-01-01T10:00:00"}            | value | Observation.valueDateTime
        {"resourceType":"Observation","effectiveInstant":"2020-01-01"}                  | value | Observation.effectiveInstant
        {"resourceType":"Observation","valueTime":"25:00"}                              | value | Observation.valueTime
        {"resourceType":"Binary","contentType":"text/plain","data":"***"}               | value | Binary.data
        {"resourceType":"Patient","name":{"family":"x"}}                                | not-an-array  | Patient.name
        {"resourceType":"Patient","name":"x"}                                           | not-an-array  | Patient.name
        {"resourceType":"Patient","name":["x"]}                                         | not-an-object | Patient.name[0]
        {"resourceType":"Patient","name":[[{"family":"x"}]]}                            | not-an-object | Patient.name[0]
        {"resourceType":"Patient","name":[]}                                            | empty | Patient.name
        {"resourceType":"Patient","name":[{}]}                                          | empty | Patient.name[0]
        {"resourceType":"Patient","name":null}                                          | not-an-array | Patient.name
        {"resourceType":"Patient","birthDate":null}                                     | null  | Patient.birthDate
        {"resourceType":"Patient","name":[null]}                                        | null  | Patient.name[0]
        {"resourceType":"Patient","name":[{"given":[null]}]}                            | null  | Patient.name[0].given[0]
        {"resourceType":"Patient","name":[{"given":["a"],"_given":[{"id":"a"},{"id":"b"}]}]} | sibling | Patient.name[0].given
        {"resourceType":"Observation","valueString":"x","valueQuantity":{"value":1}}    | choice-twice | Observation.valueQuantity
        {"resourceType":"Observation","extension":[{"url":"x","valueString":"x","valueCode":"y"}]} | choice-twice | Observation.extension[0].valueCode
        {"resourceType":"Observation","extension":[{"valueString":"x"}]}                | extension-url   | Observation.extension[0].url
        {"resourceType":"Observation","extension":[{"url":"x"}]}                        | extension-empty | Observation.extension[0]
        {"resourceType":"Observation","extension":["x"]}                                | not-an-object   | Observation.extension[0]
        {"resourceType":"Observation","extension":[{"url":"x","valueString":"x","extension":[{"url":"b","valueString":"x"}]}]} | extension-both | Observation.extension[0]
        {"resourceType":"Observation","subject":{"reference":"#p"},"contained":[{"resourceType":"Patient"}]} | contained-id | Observation.contained[0].id
        {"resourceType":"Observation","contained":[{"resourceType":"Patient","id":"p"}]} | contained-unused | Observation.contained[0]
        {"resourceType":"Observation","subject":{"reference":"#nope"}}                  | reference-local  | Observation.subject.reference
        {"resourceType":"Observation","subject":{"reference":"#p"},"contained":[{"resourceType":"Patient","id":"p","contained":[{"resourceType":"Patient","id":"q","link":[{"other":{"reference":"#p"}}]}]}]} | contained-nested | Observation.contained[0].contained
        {"resourceType":"Patient","text":{"status":"generated","div":"<div>x"}}          | narrative | Patient.text.div
        {"resourceType":"Patient","text":{"status":"generated","div":"<script>x</script>"}} | narrative-unsafe | Patient.text.div
        """)
    void elementIsNamedWithItsFullPath(String body, String code, String expression) {
        var issues = elements.problems(body.getBytes(UTF_8));

        assertThat(issues).first().satisfies(issue -> {
            assertThat(issue.code()).isEqualTo(code);
            assertThat(issue.expression()).isEqualTo(expression);
            assertThat(issue.diagnostics()).doesNotContain("HAPI", "Exception", "java.");
        });
    }

    @Test
    void allFaultsAreNamedAtOnceUpToTwenty() {
        var two = "{\"resourceType\":\"Patient\",\"brith\":1,\"gender\":\"mael\"}".getBytes(UTF_8);
        var many = new StringBuilder("{\"resourceType\":\"Patient\"");
        for (var i = 0; i < 50; i++) {
            many.append(",\"x").append(i).append("\":1");
        }

        assertThat(elements.problems(two)).extracting(Issue::code).containsExactly("unknown-element", "value");
        assertThat(elements.problems(many.append('}').toString().getBytes(UTF_8)))
                .hasSize(20);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<div><script>alert(1)</script></div>",
                "<div onclick='x()'>a</div>",
                "<div><a href='javascript:x()'>a</a></div>",
                "<div><a href=' javascript:x()'>a</a></div>",
                "<div><img src='https://example.org/beacon.png'/></div>",
                "<div><img src='data:image/svg+xml,x'/></div>",
                "<div style='background:URL(https://example.org)'>a</div>",
                "<div><iframe src='#a'/></div>",
                "<div><form action='#'/></div>",
                "<div><svg xmlns='http://www.w3.org/2000/svg'/></div>",
                "<div><object data='x'/></div>",
                "<p>no div</p>"
            })
    void narrativeThatRunsOrLoadsSomethingIsRefused(String div) {
        assertThat(Narrative.fault(div)).isEqualTo(Narrative.Fault.UNSAFE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text",
                "<div>",
                "<div>&undefined;</div>",
                "<?xml version='1.0'?><div>a</div>",
                "<div></div><div></div>"
            })
    void narrativeThatIsNotOneDivIsMalformed(String div) {
        assertThat(Narrative.fault(div)).isEqualTo(Narrative.Fault.MALFORMED);
    }

    @Test
    void narrativeWithFormattingAndLinksPasses() {
        assertThat(
                        Narrative.fault(
                                "<div xmlns='http://www.w3.org/1999/xhtml' xml:lang='en'><p style='color: red'>"
                                        + "A &nbsp;<a href='https://example.org'>b</a> <a href='#n'>c</a><img src='#p' alt='p'/></p></div>"))
                .isNull();
    }

    @Test
    void longUnknownNameIsNotRepeated() {
        var body = "{\"resourceType\":\"Patient\",\"" + "x".repeat(200) + "\":1}";

        var issue = elements.problems(body.getBytes(UTF_8)).get(0);

        assertThat(issue.expression()).isEqualTo("Patient");
        assertThat(issue.diagnostics()).doesNotContain("x".repeat(81));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"resourceType\":\"Patient\",\"birthDate\":\"2024-02-29\",\"_birthDate\":{\"extension\":[{\"url\":\"x\",\"valueDateTime\":\"2024-02-29T10:00:00.123+02:00\"}]}}",
                "{\"resourceType\":\"Patient\",\"id\":\"a.b-c\",\"language\":\"en-US\",\"name\":[{\"id\":\"n\",\"given\":[null,\"a\"],\"_given\":[{\"id\":\"a\"},null]}]}",
                "{\"resourceType\":\"Patient\",\"_birthDate\":{\"extension\":[{\"url\":\"x\",\"valueCode\":\"unknown\"}]}}",
                "{\"resourceType\":\"Observation\",\"status\":\"final\",\"valueInteger\":5,\"subject\":{\"reference\":\"#p\"},\"contained\":[{\"resourceType\":\"Patient\",\"id\":\"p\"}]}",
                "{\"resourceType\":\"Observation\",\"hasMember\":[{\"reference\":\"#q\"}],\"contained\":[{\"resourceType\":\"Observation\",\"id\":\"q\",\"focus\":[{\"reference\":\"#\"}]}]}",
                "{\"resourceType\":\"Provenance\",\"target\":[{\"reference\":\"Patient/1\"}],\"recorded\":\"2024-01-01T00:00:00Z\"}",
                "{\"resourceType\":\"Observation\",\"extension\":[{\"url\":\"a\",\"extension\":[{\"url\":\"b\",\"valueReference\":{\"reference\":\"Patient/1\"}}]}],\"modifierExtension\":[{\"url\":\"c\",\"valueBoolean\":true}]}",
                "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"x\",\"valueUri\":\"http://x\"},{\"name\":\"y\",\"resource\":{\"resourceType\":\"Patient\"}},{\"name\":\"z\",\"part\":[{\"name\":\"a\",\"valueDecimal\":1.50}]}]}",
                "{\"resourceType\":\"Binary\",\"contentType\":\"text/plain\",\"data\":\"aGVsbG8=\"}",
                "{\"resourceType\":\"QuestionnaireResponse\",\"status\":\"completed\",\"item\":[{\"linkId\":\"1\",\"answer\":[{\"valueCoding\":{\"code\":\"a\"},\"item\":[{\"linkId\":\"2\"}]}]}]}",
                "{\"resourceType\":\"Questionnaire\",\"status\":\"active\",\"item\":[{\"linkId\":\"1\",\"type\":\"group\",\"item\":[{\"linkId\":\"2\",\"type\":\"boolean\"}]}]}",
                "{\"resourceType\":\"Patient\",\"text\":{\"status\":\"generated\",\"div\":\"<div xmlns=\\\"http://www.w3.org/1999/xhtml\\\"><p>A &amp; B</p></div>\"}}"
            })
    void validContentPassesTheWalkAndTheParser(String body) {
        assertThat(elements.problems(body.getBytes(UTF_8))).isEmpty();
        assertThat(catchThrowable(() -> FHIR.newJsonParser().parseResource(body)))
                .isNull();
    }

    static Stream<Path> synthea() throws IOException {
        try (var files = Files.list(Path.of("src/test/resources/synthea"))) {
            return files.filter(file -> file.toString().endsWith(".json")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("synthea")
    void recordsOfAnotherSystemPass(Path file) throws IOException {
        var body = Files.readAllBytes(file);

        new JsonGuard(GuardProperties.defaults()).check(body);

        assertThat(elements.problems(body)).isEmpty();
    }

    static Stream<Arguments> parserOnly() {
        return Stream.of(
                Arguments.of("<Patient xmlns=\"http://hl7.org/fhir\"><vlaue value=\"1\"/></Patient>", "vlaue"),
                Arguments.of(
                        "<Patient xmlns=\"http://hl7.org/fhir\"><birthDate value=\"2026-02-30\"/></Patient>",
                        "birthDate"),
                Arguments.of("<Patient xmlns=\"http://hl7.org/fhir\"><birthDate valu=\"2026\"/></Patient>", "valu"),
                Arguments.of(
                        "<Patient xmlns=\"http://hl7.org/fhir\"><birthDate value=\"2026\"/><birthDate value=\"2026\"/></Patient>",
                        "birthDate"));
    }

    @ParameterizedTest
    @MethodSource("parserOnly")
    void xmlFaultsNameTheElement(String body, String element) {
        var thrown = catchThrowable(() -> FHIR.newXmlParser().parseResource(body));

        var refused = problems.read(thrown, body.getBytes(UTF_8)).orElseThrow();

        assertThat(refused.getStatusCode()).isEqualTo(400);
        assertThat(refused.issues().get(0).expression()).endsWith(element);
        assertThat(refused.issues().get(0).diagnostics()).doesNotContain("HAPI", "Exception", "row,col");
    }

    @Test
    void parserItselfRefusesAnUnknownElement() {
        var refused = catchThrowableOfType(Refused.class, () -> FHIR.newJsonParser()
                .parseResource("{\"resourceType\":\"Patient\",\"brithDate\":\"2000\"}"));

        assertThat(refused.getStatusCode()).isEqualTo(400);
        assertThat(refused.issues().get(0).expression()).endsWith("brithDate");
    }

    @Test
    void parserProblemIsRetoldWithTheFullPath() {
        var body = "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":{\"resourceType\":\"Patient\",\"x\":1}}]}";
        var thrown = catchThrowable(() -> FHIR.newJsonParser().parseResource(body));

        var refused = problems.read(thrown, body.getBytes(UTF_8)).orElseThrow();

        assertThat(refused.issues().get(0).expression()).isEqualTo("Bundle.entry[0].resource.x");
    }

    @Test
    void wordsOfTheParserAreNotRepeated() {
        var message =
                "HAPI-0450: Failed to parse request body as JSON resource. Error was: HAPI-1821: [element=\"birthDate\"]"
                        + " Invalid attribute value \"secret\": java.lang.NumberFormatException";

        var wrapped = problems.read(new InvalidRequestException(message), null).orElseThrow();
        var plain = problems.toRefused(new DataFormatException("HAPI-9999: ca.uhn.Foo secret"), null);

        assertThat(wrapped.issues().get(0).expression()).isEqualTo("birthDate");
        assertThat(wrapped.issues().get(0).diagnostics()).doesNotContain("HAPI", "secret", "java.");
        assertThat(plain.issues().get(0).diagnostics()).doesNotContain("HAPI", "secret", "ca.uhn");
        assertThat(problems.read(new IllegalStateException("other"), null)).isEmpty();
        assertThat(problems.read(Refused.notFound(), null)).isEmpty();
    }
}
