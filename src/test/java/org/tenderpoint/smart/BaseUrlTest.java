package org.tenderpoint.smart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;
import org.tenderpoint.issue.UnsafeSetting;

class BaseUrlTest {

    @Test
    void configuredUrlIsTheIssuerWithoutASlashAtItsEnd() {
        var url = new BaseUrl(
                new MockEnvironment().withProperty("tenderpoint.base-url", "https://fhir.example.org/practice/"));

        assertThat(url.issuer()).isEqualTo("https://fhir.example.org/practice");
        assertThat(url.fhir()).isEqualTo("https://fhir.example.org/practice/fhir");
    }

    @Test
    void withoutAUrlThePortThatIsListenedOnCounts() {
        var environment = new MockEnvironment();
        var url = new BaseUrl(environment);

        assertThat(url.issuer()).isEqualTo("http://localhost:8080");

        environment.setProperty("server.port", "0");
        environment.setProperty("local.server.port", "41234");

        assertThat(url.issuer()).isEqualTo("http://localhost:41234");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fhir.example.org",
                "ftp://fhir.example.org",
                "https:///fhir",
                "https://user@fhir.example.org",
                "https://fhir.example.org?tenant=1",
                "https://fhir.example.org#top"
            })
    void whatCannotBeAnIssuerIsRefusedAtStart(String url) {
        assertThatThrownBy(() -> new BaseUrl(new MockEnvironment().withProperty("tenderpoint.base-url", url)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "http://fhir.example.org"})
    void withoutTlsTheProductionProfileDoesNotStart(String url) {
        var production = new MockEnvironment().withProperty("tenderpoint.base-url", url);
        production.setActiveProfiles("production");

        assertThatThrownBy(() -> new BaseUrl(production))
                .isInstanceOf(UnsafeSetting.class)
                .hasMessageContaining("Set tenderpoint.base-url to the https URL");
    }
}
