package org.tenderpoint.guard;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import com.code_intelligence.jazzer.junit.FuzzTest;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Whatever bytes come as a body: the guard lets them through or refuses them, and so does the strict parser behind it. */
class BodyFuzzTest {

    private static final FhirContext FHIR = FhirContext.forR4();
    private static final Duration LONGEST = Duration.ofSeconds(2);

    static {
        FHIR.setParserErrorHandler(new StrictParsing());
        // The models that HAPI builds at first sight are not what the time limit is about.
        FHIR.newJsonParser().parseResource("{\"resourceType\":\"Bundle\",\"type\":\"batch\"}");
    }

    private final BodyGuard guard = new BodyGuard(FHIR, GuardProperties.defaults(), new Refusals(FHIR), refused -> {});
    private final ParserProblems problems = new ParserProblems(FHIR);

    @FuzzTest(maxDuration = "60s")
    void anyBodyIsReadOrRefused(byte[] body) throws ServletException, IOException {
        var isXml = body.length > 0 && body[0] == '<';
        var request = new MockHttpServletRequest("POST", "/fhir/Patient");
        request.setContentType(isXml ? "application/fhir+xml" : "application/fhir+json");
        request.setContent(body);
        var response = new MockHttpServletResponse();
        var behind = new MockFilterChain();
        var start = processorTime();

        guard.doFilter(request, response, behind);
        if (behind.getRequest() == null) {
            assertThat(response.getStatus()).isBetween(400, 499);
        } else {
            read(isXml, body);
        }

        assertThat(processorTime().minus(start)).isLessThan(LONGEST);
    }

    /** Of this thread: what others do on the machine is not the body's fault. */
    private static Duration processorTime() {
        return Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
    }

    private void read(boolean isXml, byte[] body) {
        var parser = isXml ? FHIR.newXmlParser() : FHIR.newJsonParser();
        try {
            assertThat(parser.parseResource(new String(body, StandardCharsets.UTF_8)))
                    .isNotNull();
        } catch (DataFormatException unreadable) {
            assertThat(problems.toRefused(unreadable, body).getStatusCode()).isBetween(400, 499);
        }
    }
}
