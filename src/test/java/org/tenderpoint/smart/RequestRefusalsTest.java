package org.tenderpoint.smart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.tenderpoint.issue.Issue;

class RequestRefusalsTest {

    private final List<String> turnedAway = new ArrayList<>();
    private final RequestRefusals refusals = new RequestRefusals(why -> turnedAway.add(why));
    private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/fhir/Patient");

    @Test
    void missingAndBadTokensGetTheSameAnswer() throws IOException {
        var missing = new MockHttpServletResponse();
        var bad = new MockHttpServletResponse();

        refusals.commence(request, missing, new InsufficientAuthenticationException("none"));
        refusals.commence(request, bad, new InvalidBearerTokenException("expired"));

        assertThat(missing.getStatus()).isEqualTo(401);
        assertThat(missing.getHeader("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(missing.getContentType()).startsWith("application/fhir+json");
        assertThat(missing.getContentAsString()).contains("\"login-required\"").contains(Issue.SYSTEM);
        assertThat(bad.getContentAsByteArray()).isEqualTo(missing.getContentAsByteArray());
        assertThat(bad.getHeaderNames()).isEqualTo(missing.getHeaderNames());
        assertThat(turnedAway).containsExactly("login-required", "login-required");
    }

    @Test
    void clientWhoseOrganizationIsMissingIsToldSo() throws IOException {
        var response = new MockHttpServletResponse();

        refusals.commence(request, response, new OrganizationMissing());

        assertThat(response.getStatus()).isEqualTo(403);
        assertThat(response.getContentAsString()).contains("\"organization-missing\"");
    }

    @Test
    void aPathThatIsNoneIsNotFound() throws IOException {
        var response = new MockHttpServletResponse();

        refusals.handle(request, response, new AccessDeniedException("denied"));

        assertThat(response.getStatus()).isEqualTo(404);
        assertThat(turnedAway).containsExactly("path-unknown");
    }

    @ParameterizedTest
    @CsvSource({"GET, 400, url-refused", "TRACE, 405, method-refused", "PWN, 405, method-refused"})
    void rejectedRequestIsToldWhetherItsMethodOrItsUrlWasWrong(String method, int status, String code)
            throws IOException {
        var response = new MockHttpServletResponse();

        refusals.handle(
                new MockHttpServletRequest(method, "/fhir//"), response, new RequestRejectedException("rejected"));

        assertThat(response.getStatus()).isEqualTo(status);
        assertThat(response.getContentAsString()).contains("\"" + code + "\"");
        assertThat(response.getHeader("Cache-Control")).isEqualTo("no-store");
        assertThat(response.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(response.getHeader("X-Frame-Options")).isEqualTo("DENY");
    }

    @ParameterizedTest
    @CsvSource({
        "/fhir, /fhir, true",
        "/fhir/Patient, /fhir, true",
        "/fhir/, /fhir, true",
        "/oauth2/token, /oauth2/token, true",
        "//fhir, /fhir, false",
        "/fhir;x=1/Patient, /fhir, false",
        "/%66hir/Patient, /fhir, false",
        "/./fhir/Patient, /fhir, false",
        "/x/../fhir, /fhir, false",
        "/oauth2/tok%65n, /oauth2/token, false"
    })
    void servletIsReachedByThePlainSpellingOfItsPathOnly(String uri, String servlet, boolean plain) {
        assertThat(PlainPathFilter.isPlain(uri, servlet)).isEqualTo(plain);
    }
}
