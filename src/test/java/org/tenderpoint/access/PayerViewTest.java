package org.tenderpoint.access;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;

class PayerViewTest {

    private static final FhirContext FHIR = FhirContext.forR4Cached();

    @Test
    void insurerSeesNameBirthDateSexAndMemberNumberAndNothingThatHangsOnThem() {
        var patient = FHIR.newJsonParser()
                .parseResource(
                        Patient.class,
                        """
                        {"resourceType":"Patient","id":"1","meta":{"tag":[{"code":"canary"}]},
                         "extension":[{"url":"urn:canary","valueString":"canary"}],
                         "identifier":[
                          {"system":"urn:mrn","value":"canary"},
                          {"type":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v2-0203","code":"MB"}]},
                           "system":"urn:member","value":"M-1","assigner":{"display":"canary"}}],
                         "name":[{"family":"Quist","_family":{"extension":[{"url":"urn:canary","valueString":"canary"}]},
                           "given":["Nora"],"extension":[{"url":"urn:canary","valueString":"canary"}]}],
                         "telecom":[{"system":"phone","value":"canary"}],
                         "gender":"female","birthDate":"1979-05-14",
                         "_birthDate":{"extension":[{"url":"urn:canary","valueString":"canary"}]},
                         "address":[{"city":"canary"}],"contact":[{"name":{"text":"canary"}}]}
                        """);

        var view = FHIR.newJsonParser()
                .encodeResourceToString(PayerView.of(patient).orElseThrow());

        assertThat(view)
                .contains("Quist", "Nora", "1979-05-14", "female", "M-1")
                .doesNotContain("canary");
    }

    @Test
    void otherTypesAreNoMatterOfProjection() {
        assertThat(PayerView.of(new Observation())).isEmpty();
    }
}
