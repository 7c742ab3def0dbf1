package org.tenderpoint.guard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.DelegatingServletInputStream;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** The rows of the list of bad input that end before HAPI's server is reached. */
class BodyGuardTest {

    private static final FhirContext FHIR = FhirContext.forR4();
    private static final String JSON = "application/fhir+json";
    private static final String XML = "application/fhir+xml";
    private static final String PATIENT = "{\"resourceType\":\"Patient\",\"active\":true}";

    private final BodyGuard guard = new BodyGuard(FHIR, GuardProperties.defaults(), new Refusals(FHIR), refused -> {});

    /** HAPI builds the model of a resource type when it first meets it; the time limits below are about the guard. */
    @BeforeAll
    static void buildModels() throws Exception {
        var guard = new BodyGuard(FHIR, GuardProperties.defaults(), new Refusals(FHIR), refused -> {});
        for (var body :
                new String[] {"x", patient("\"x\":1"), quantity("1"), "{\"resourceType\":\"Bundle\",\"x\":1}"}) {
            guard.doFilter(post("/fhir/Patient", JSON, body), new MockHttpServletResponse(), new MockFilterChain());
        }
    }

    static Stream<Arguments> badBodies() {
        return Stream.of(
                row("B1 empty body", JSON, "", 400, "structure", null),
                row("B2 not json", JSON, "hello", 400, "structure", null),
                row("B4 json array", JSON, "[]", 400, "structure", null),
                row("B5 json null", JSON, "null", 400, "structure", null),
                row(
                        "B8 unknown resourceType",
                        JSON,
                        "{\"resourceType\":\"Nope\"}",
                        400,
                        "not-supported",
                        "resourceType"),
                row(
                        "B10 unknown element",
                        JSON,
                        patient("\"brithDate\":\"2000-01-01\""),
                        400,
                        "structure",
                        "Patient.brithDate"),
                row(
                        "B11 duplicate key",
                        JSON,
                        patient("\"active\":true,\"active\":false"),
                        400,
                        "structure",
                        "Patient.active"),
                row(
                        "B13 date that does not exist",
                        JSON,
                        patient("\"birthDate\":\"2026-02-30\""),
                        400,
                        "value",
                        "Patient.birthDate"),
                row(
                        "B14 year 99999",
                        JSON,
                        patient("\"birthDate\":\"99999-01-01\""),
                        400,
                        "value",
                        "Patient.birthDate"),
                row(
                        "B16 lone surrogate",
                        JSON,
                        patient("\"name\":[{\"family\":\"\\ud800\"}]"),
                        400,
                        "value",
                        "Patient.name[0].family"),
                row(
                        "B20 control characters",
                        JSON,
                        patient("\"name\":[{\"family\":\"\\u0001\"}]"),
                        400,
                        "value",
                        "Patient.name[0].family"),
                row("B22 extensions 400 deep", JSON, nestedExtensions(400), 400, "structure", null),
                row("B23 extensions 499 deep", JSON, nestedExtensions(499), 400, "structure", null),
                row("B25 extensions 50,000 deep", JSON, nestedExtensions(20_000), 400, "structure", null),
                row("B26 XML 100 deep", XML, nestedXml(100), 400, "structure", null),
                row("B28 XML 5,000 deep", XML, nestedXml(5_000), 400, "structure", null),
                row(
                        "B29 arrays 100,000 deep",
                        JSON,
                        patient("\"name\":" + "[".repeat(100_000)),
                        400,
                        "structure",
                        null),
                row(
                        "B31 number 1e100000000",
                        JSON,
                        quantity("1e100000000"),
                        400,
                        "value",
                        "Observation.valueQuantity.value"),
                row("B32 decimal with 1,100 digits", JSON, quantity("1." + "1".repeat(1100)), 400, "value", null),
                row(
                        "B35 external entity",
                        XML,
                        "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><Patient xmlns=\"http://hl7.org/fhir\"><id value=\"&e;\"/></Patient>",
                        400,
                        "structure",
                        null),
                row(
                        "B35 billion laughs",
                        XML,
                        "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><Patient xmlns=\"http://hl7.org/fhir\"/>",
                        400,
                        "structure",
                        null),
                row(
                        "B37 script narrative",
                        JSON,
                        patient("\"text\":{\"status\":\"generated\",\"div\":\"<script>x</script>\"}"),
                        400,
                        "security",
                        "Patient.text.div"),
                row(
                        "B38 narrative not XHTML",
                        JSON,
                        patient("\"text\":{\"status\":\"generated\",\"div\":\"<div>x\"}"),
                        400,
                        "structure",
                        "Patient.text.div"),
                row("B40 image", "image/png", "x", 415, "not-supported", null),
                row("B41 no content type", null, PATIENT, 415, "not-supported", null),
                row("text/json", "text/json", PATIENT, 415, "not-supported", null),
                row("latin 1", JSON + ";charset=ISO-8859-1", PATIENT, 415, "not-supported", null),
                row(
                        "B104 bundle of 5,000",
                        JSON,
                        "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[{}" + ",{}".repeat(4_999) + "]}",
                        413,
                        "too-costly",
                        "Bundle.entry"),
                row(
                        "B104 XML bundle of 5,000",
                        XML,
                        "<Bundle xmlns=\"http://hl7.org/fhir\">" + "<entry/>".repeat(5_000) + "</Bundle>",
                        413,
                        "too-costly",
                        "Bundle.entry"),
                row(
                        "B115 string over 1 MB",
                        JSON,
                        patient("\"name\":[{\"family\":\"" + "x".repeat(1_048_577) + "\"}]"),
                        400,
                        "value",
                        null),
                row(
                        "3 MB",
                        JSON,
                        patient("\"name\":[{\"family\":\"" + "x".repeat(3_000_000) + "\"}]"),
                        413,
                        "too-long",
                        null),
                row(
                        "B133 number 1e1000000",
                        JSON,
                        quantity("1e1000000"),
                        400,
                        "value",
                        "Observation.valueQuantity.value"),
                row(
                        "B133 the same as a string",
                        JSON,
                        quantity("\"1e1000000\""),
                        400,
                        "value",
                        "Observation.valueQuantity.value"),
                row(
                        "B133 the same in XML",
                        XML,
                        "<Observation xmlns=\"http://hl7.org/fhir\"><valueQuantity><value value=\"1e1000000\"/></valueQuantity></Observation>",
                        400,
                        "value",
                        null),
                row(
                        "B134 number 1e-5000000",
                        JSON,
                        quantity("1e-5000000"),
                        400,
                        "value",
                        "Observation.valueQuantity.value"),
                row("B136 comment", JSON, "{//x\n\"resourceType\":\"Patient\"}", 400, "structure", null),
                row("B136 trailing comma", JSON, "{\"resourceType\":\"Patient\",}", 400, "structure", null),
                row("B136 NaN", JSON, quantity("NaN"), 400, "structure", null),
                row("B136 single quotes", JSON, "{'resourceType':'Patient'}", 400, "structure", null),
                row("B137 two resources", JSON, PATIENT + PATIENT, 400, "structure", null),
                row(
                        "B139 contained in contained",
                        JSON,
                        "{\"resourceType\":\"Observation\",\"subject\":{\"reference\":\"#p\"},\"contained\":[{\"resourceType\":\"Patient\",\"id\":\"p\",\"contained\":[{\"resourceType\":\"Patient\",\"id\":\"q\"}]}]}",
                        400,
                        "structure",
                        "Observation.contained[0].contained"),
                row(
                        "B139 contained without id",
                        JSON,
                        "{\"resourceType\":\"Observation\",\"contained\":[{\"resourceType\":\"Patient\"}]}",
                        400,
                        "structure",
                        "Observation.contained[0].id"),
                row(
                        "B139 contained unreferenced",
                        JSON,
                        "{\"resourceType\":\"Observation\",\"contained\":[{\"resourceType\":\"Patient\",\"id\":\"p\"}]}",
                        400,
                        "structure",
                        "Observation.contained[0]"),
                row(
                        "B140 extension with both",
                        JSON,
                        patient(
                                "\"extension\":[{\"url\":\"a\",\"valueCode\":\"b\",\"extension\":[{\"url\":\"c\",\"valueCode\":\"d\"}]}]"),
                        400,
                        "structure",
                        "Patient.extension[0]"),
                row(
                        "B140 extension without url",
                        JSON,
                        patient("\"extension\":[{\"valueCode\":\"b\"}]"),
                        400,
                        "structure",
                        "Patient.extension[0].url"),
                row(
                        "B143 choice twice",
                        JSON,
                        "{\"resourceType\":\"Observation\",\"valueString\":\"a\",\"valueQuantity\":{\"value\":1}}",
                        400,
                        "structure",
                        "Observation.valueQuantity"),
                row("XML text", XML, "<Patient xmlns=\"http://hl7.org/fhir\">hello</Patient>", 400, "structure", null),
                row("XML without namespace", XML, "<Patient/>", 400, "structure", null),
                row("XML open end", XML, "<Patient", 400, "structure", null),
                row(
                        "XML in another encoding",
                        XML,
                        "<?xml version=\"1.0\" encoding=\"UTF-16\"?><Patient xmlns=\"http://hl7.org/fhir\"/>",
                        400,
                        "structure",
                        null));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badBodies")
    void badBodyIsRefused(
            String name, @Nullable String type, String body, int status, String issueType, @Nullable String expression)
            throws Exception {
        var request = post("/fhir/Patient", type, body);

        var before = System.nanoTime();
        var response = refuse(request);

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
        assertThat(response.getStatus()).isEqualTo(status);
        var issue = outcome(response).getIssueFirstRep();
        assertThat(issue.getCode().toCode()).isEqualTo(issueType);
        if (expression != null) {
            assertThat(issue.getExpression().get(0).getValue()).isEqualTo(expression);
        }
    }

    @Test
    void bytesThatAreNotUtf8OrUtf16AreRefused() throws Exception {
        var broken = PATIENT.replace("true", "tr\u00e9e").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        var wide = PATIENT.getBytes(java.nio.charset.StandardCharsets.UTF_16);

        for (var body : new byte[][] {broken, wide}) {
            var request = post("/fhir/Patient", JSON, "");
            request.setContent(body);
            assertThat(outcome(refuse(request)).getIssueFirstRep().getCode().toCode())
                    .isEqualTo("structure");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "nonsense", "gzip, identity"})
    void contentEncodingIsRefusedBeforeTheBodyIsRead(String encoding) throws Exception {
        var bomb = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bomb)) {
            var zeros = new byte[1024 * 1024];
            for (var i = 0; i < 50; i++) {
                gzip.write(zeros);
            }
        }
        var request = post("/fhir/Patient", JSON, "");
        request.setContent(bomb.toByteArray());
        request.addHeader("Content-Encoding", encoding);

        var before = System.nanoTime();
        var response = refuse(request);

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
        assertThat(response.getStatus()).isEqualTo(415);
        assertThat(response.getHeader("Accept-Encoding")).isEqualTo("identity");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "PWN", "CONNECT", "get", "PROPFIND"})
    void otherMethodsAreNotAllowed(String method) throws Exception {
        var response = refuse(new MockHttpServletRequest(method, "/fhir/Patient"));

        assertThat(response.getStatus()).isEqualTo(405);
        assertThat(response.getHeader("Allow")).contains("GET", "PATCH");
    }

    @ParameterizedTest
    @CsvSource({
        "/fhir/Patient, name=%00",
        "/fhir/Patient, name=%zz",
        "/fhir/Patient, name=%1",
        "/fhir/Patient, name=%C3",
        "/fhir/Patient, name=%07",
        "/fhir/Patient/%00, ",
        "/fhir/Patient/%0A, ",
        "/fhir/Patient/%, "
    })
    void encodingOfTheUriIsChecked(String path, @Nullable String query) throws Exception {
        var request = new MockHttpServletRequest("GET", path);
        request.setQueryString(query);

        assertThat(refuse(request).getStatus()).isEqualTo(400);
    }

    @Test
    void uriOf20KilobytesIsTooLong() throws Exception {
        var request = new MockHttpServletRequest("GET", "/fhir/Patient");
        request.setQueryString("name=" + "x".repeat(20_000));

        assertThat(refuse(request).getStatus()).isEqualTo(414);
    }

    @Test
    void goodBodyGoesOnUnchangedAndIsFoundInTheAttribute() throws Exception {
        var request = post("/fhir/Patient", JSON + "; charset=utf-8", PATIENT);
        var chain = new MockFilterChain();

        guard.doFilter(request, new MockHttpServletResponse(), chain);

        var passed = chain.getRequest();
        assertThat(passed).isNotNull();
        assertThat(passed.getInputStream().readAllBytes()).isEqualTo(PATIENT.getBytes(UTF_8));
        assertThat(passed.getAttribute(BodyGuard.BODY)).isEqualTo(PATIENT.getBytes(UTF_8));
        assertThat(passed.getAttribute(BodyGuard.MEDIA_TYPE)).isEqualTo(MediaType.JSON);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT    | /fhir/Patient/1             | application/json | {\"resourceType\":\"Patient\"}",
                "PATCH  | /fhir/Patient/1             | application/json-patch+json | [{\"op\":\"remove\",\"path\":\"/active\"}]",
                "POST   | /fhir/Patient               | application/xml  | <Patient xmlns=\"http://hl7.org/fhir\"><active value=\"true\"/></Patient>",
                "POST   | /fhir/Patient/$match        | application/json | {\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"a\",\"valueCode\":\"b\"}]}",
                "POST   | /fhir/Patient/1/$everything |                  | ",
                "POST   | /fhir/Patient/_search       |                  | ",
                "GET    | /fhir/Patient               |                  | ",
                "DELETE | /fhir/Patient/1             |                  | ",
                "OPTIONS| /fhir/metadata              |                  | "
            })
    void goodRequestPasses(String method, String path, @Nullable String type, @Nullable String body) throws Exception {
        var request = new MockHttpServletRequest(method, path);
        request.setContent(body == null ? new byte[0] : body.getBytes(UTF_8));
        if (type != null) {
            request.addHeader("Content-Type", type);
        }
        request.addHeader("X-HTTP-Method-Override", "DELETE");
        var chain = new MockFilterChain();

        guard.doFilter(request, new MockHttpServletResponse(), chain);

        assertThat(chain.getRequest()).isInstanceOf(GuardedRequest.class);
        assertThat(((GuardedRequest) chain.getRequest()).getMethod()).isEqualTo(method);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PATCH | /fhir/Patient/1       | application/fhir+json             | {\"resourceType\":\"Parameters\"} | 415",
                "PATCH | /fhir/Patient/1       | application/json-patch+json       | {\"op\":\"remove\"}               | 400",
                "POST  | /fhir/Patient         | application/json-patch+json       | []                                | 415",
                "POST  | /fhir/Patient         | application/x-www-form-urlencoded | name=a                            | 415",
                "POST  | /fhir/Patient/_search | application/fhir+json             | {}                                | 415",
                "POST  | /fhir/Patient/_search | application/x-www-form-urlencoded | name=%00                          | 400",
                "POST  | /fhir/Patient/_search | application/x-www-form-urlencoded | name=%f                           | 400",
                "POST  | /fhir/Patient/1/$everything |                             | x                                 | 415"
            })
    void bodyHasToFitMethodAndPath(String method, String path, @Nullable String type, String body, int status)
            throws Exception {
        var request = new MockHttpServletRequest(method, path);
        request.setContent(body.getBytes(UTF_8));
        if (type != null) {
            request.addHeader("Content-Type", type);
        }

        assertThat(refuse(request).getStatus()).isEqualTo(status);
    }

    @Test
    void formOfASearchIsReadOnceAndKeepsItsParameters() throws Exception {
        var request =
                post("/fhir/Patient/_search", "application/x-www-form-urlencoded", "name=M%C3%BCller+x&name=b&_id=");
        request.setQueryString("_count=5");
        var chain = new MockFilterChain();

        guard.doFilter(request, new MockHttpServletResponse(), chain);

        var parameters = chain.getRequest().getParameterMap();
        assertThat(parameters.get("name")).containsExactly("M\u00fcller x", "b");
        assertThat(parameters.get("_count")).containsExactly("5");
        assertThat(parameters.get("_id")).containsExactly("");
    }

    @Test
    void binaryMayHaveFiveMegabytesAndNotEleven() throws Exception {
        var five = "{\"resourceType\":\"Binary\",\"contentType\":\"application/pdf\",\"data\":\""
                + "AAAA".repeat(1_250_000) + "\"}";
        var eleven = "{\"resourceType\":\"Binary\",\"contentType\":\"application/pdf\",\"data\":\""
                + "AAAA".repeat(2_750_000) + "\"}";
        var chain = new MockFilterChain();

        guard.doFilter(post("/fhir/Binary", JSON, five), new MockHttpServletResponse(), chain);

        assertThat(chain.getRequest()).isNotNull();
        assertThat(refuse(post("/fhir/Binary", JSON, eleven)).getStatus()).isEqualTo(413);
        assertThat(refuse(post("/fhir/BinaryX", JSON, five)).getStatus()).isEqualTo(413);
    }

    @Test
    void bodyWithoutContentLengthIsCappedToo() throws Exception {
        var request = new MockHttpServletRequest("POST", "/fhir/Patient") {
            @Override
            public long getContentLengthLong() {
                return -1;
            }
        };
        request.addHeader("Content-Type", JSON);
        var spaces = new byte[3_000_000];
        Arrays.fill(spaces, (byte) ' ');
        request.setContent(spaces);

        assertThat(refuse(request).getStatus()).isEqualTo(413);
    }

    @Test
    void bodyThatArrivesInDripsIsRefusedWhenItsTimeIsOver() throws Exception {
        var defaults = GuardProperties.defaults();
        var limits = new GuardProperties(
                defaults.body(),
                defaults.binaryBody(),
                defaults.formBody(),
                defaults.uri(),
                defaults.string(),
                defaults.depth(),
                defaults.tokens(),
                defaults.bundleEntries(),
                Duration.ofMillis(200));
        var request = new MockHttpServletRequest("POST", "/fhir/Patient") {
            @Override
            public ServletInputStream getInputStream() {
                var drips = new Drips();
                return new DelegatingServletInputStream(drips) {
                    // As a container does, and unlike the mock, which would wait for a whole buffer.
                    @Override
                    public int read(byte[] target, int offset, int length) {
                        return drips.read(target, offset, length);
                    }
                };
            }
        };
        request.addHeader("Content-Type", "application/fhir+json");
        var response = new MockHttpServletResponse();

        new BodyGuard(FHIR, limits, new Refusals(FHIR), refused -> {})
                .doFilter(request, response, new MockFilterChain());

        assertThat(response.getStatus()).isEqualTo(408);
        assertThat(response.getContentAsString()).contains("body-too-slow");
    }

    /** A byte every twenty milliseconds, for ever. */
    private static final class Drips extends InputStream {

        @Override
        public int read() {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return ' ';
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            target[offset] = (byte) read();
            return 1;
        }
    }

    private MockHttpServletResponse refuse(MockHttpServletRequest request) throws Exception {
        var response = new MockHttpServletResponse();
        var chain = new MockFilterChain();
        guard.doFilter(request, response, chain);
        assertThat(chain.getRequest()).as("handed on").isNull();
        assertThat(response.getContentType()).startsWith("application/fhir+json");
        assertThat(response.getContentAsString()).doesNotContain("x".repeat(81), "Exception", "com.", "ca.uhn", "HAPI");
        return response;
    }

    private static OperationOutcome outcome(MockHttpServletResponse response) throws IOException {
        return FHIR.newJsonParser().parseResource(OperationOutcome.class, response.getContentAsString());
    }

    private static MockHttpServletRequest post(String path, @Nullable String type, String body) {
        var request = new MockHttpServletRequest("POST", path);
        request.setContent(body.getBytes(UTF_8));
        if (type != null) {
            request.addHeader("Content-Type", type);
        }
        return request;
    }

    private static Arguments row(
            String name,
            @Nullable String type,
            String body,
            int status,
            String issueType,
            @Nullable String expression) {
        return Arguments.of(name, type, body, status, issueType, expression);
    }

    private static String patient(String fields) {
        return "{\"resourceType\":\"Patient\"," + fields + "}";
    }

    private static String quantity(String number) {
        return "{\"resourceType\":\"Observation\",\"valueQuantity\":{\"value\":" + number + "}}";
    }

    private static String nestedExtensions(int depth) {
        return "{\"resourceType\":\"Patient\"" + ",\"extension\":[{\"url\":\"a\"".repeat(depth) + "}]".repeat(depth)
                + "}";
    }

    private static String nestedXml(int depth) {
        return "<Patient xmlns=\"http://hl7.org/fhir\">" + "<extension url=\"a\">".repeat(depth)
                + "</extension>".repeat(depth) + "</Patient>";
    }
}
