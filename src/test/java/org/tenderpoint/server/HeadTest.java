package org.tenderpoint.server;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.tenderpoint.issue.Refused;

/** Where somebody may look at the headers only. */
class HeadTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/fhir/Group/1/$export",
                "/fhir/Group/1/%24export",
                "/fhir/Group/1/$%65xport/",
                "/fhir/%47roup/1/$export",
                "/fhir/Group/1/_history/1/$export"
            })
    void nobodyBeginsAnExportByIt(String path) {
        assertThatThrownBy(() -> MethodsInterceptor.checkHead(new MockHttpServletRequest("HEAD", path)))
                .asInstanceOf(InstanceOfAssertFactories.type(Refused.class))
                .returns(405, Refused::getStatusCode)
                .returns(Map.of("Allow", List.of("GET, POST")), Refused::getResponseHeaders);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/fhir/Patient", "/fhir/Patient/1", "/fhir/Patient/1/$everything", "/fhir/metadata"})
    void whatChangesNothingTakesIt(String path) {
        assertThatCode(() -> MethodsInterceptor.checkHead(new MockHttpServletRequest("HEAD", path)))
                .doesNotThrowAnyException();
    }
}
