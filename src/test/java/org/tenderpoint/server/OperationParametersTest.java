package org.tenderpoint.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import java.util.List;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;
import org.tenderpoint.issue.Refused;

/** What a Parameters resource may hold, for every operation. */
class OperationParametersTest {

    /** An operation with one parameter. */
    public static final class Asking implements FhirProvider {

        /** Answers with what it was asked. */
        @Operation(name = "$ask", typeName = "Patient")
        public Parameters ask(@OperationParam(name = "_since", max = 1) InstantType since) {
            var answer = new Parameters();
            answer.addParameter().setName("_since").setValue(since);
            return answer;
        }
    }

    private final OperationParametersInterceptor interceptor =
            new OperationParametersInterceptor(List.of(new Asking()), List.of());

    @Test
    void anExtensionInPlaceOfAValueIsRefused() {
        var extended = new InstantType();
        extended.addExtension("http://example.org/why", new StringType("unknown"));

        assertThatThrownBy(() -> check(extended)).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.getStatusCode()).isEqualTo(400);
            assertThat(refused.issues()).singleElement().satisfies(issue -> assertThat(issue.code())
                    .isEqualTo("operation-parameter-form"));
        });
    }

    @Test
    void aValueMayHaveAnExtension() {
        var extended = new InstantType("2026-03-31T12:00:00Z");
        extended.addExtension("http://example.org/why", new StringType("unknown"));

        assertThatCode(() -> check(extended)).doesNotThrowAnyException();
    }

    private void check(InstantType since) {
        var parameters = new Parameters();
        parameters.addParameter().setName("_since").setValue(since);
        var request = new SystemRequestDetails();
        request.setResourceName("Patient");
        request.setOperation("$ask");
        request.setResource(parameters);
        interceptor.checkBody(RestOperationTypeEnum.EXTENDED_OPERATION_TYPE, request);
    }
}
