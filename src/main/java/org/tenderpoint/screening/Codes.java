package org.tenderpoint.screening;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;

/** Code systems and codes that screening reads and writes. */
final class Codes {

    static final String MASSAGE = "https://tenderpoint.org/fhir/CodeSystem/massage";
    static final String ICD10 = "http://hl7.org/fhir/sid/icd-10-cm";
    static final String SNOMED = "http://snomed.info/sct";
    static final String RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm";
    static final String ATC = "http://www.whocc.no/atc";
    static final String ACT_CODE = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

    /** Names what a resource of screening is about; the value begins with the patient's id. */
    static final String IDENTIFIER = "https://tenderpoint.org/fhir/identifier/screening";

    /** On an activity of a plan: the rule that put it there. */
    static final String RESTRICTED_BY = "https://tenderpoint.org/fhir/StructureDefinition/restricted-by";

    /** On an activity of a plan: the part of the body to which it is confined. */
    static final String AVOIDED_AREA = "https://tenderpoint.org/fhir/StructureDefinition/avoided-area";

    static final String OVERRIDE = "override";
    static final String COULD_NOT_SCREEN = "could-not-screen";
    static final String SCREENING_OUTCOME = "screening-outcome";
    static final String WARNING_SIGN = "red-flag-notice";
    static final String INTAKE_NEEDED = "intake-needed";

    private Codes() {}

    static Coding massage(String code) {
        return new Coding().setSystem(MASSAGE).setCode(code);
    }

    static CodeableConcept concept(String code) {
        return new CodeableConcept().addCoding(massage(code));
    }

    static Set<String> of(CodeableConcept concept, String system) {
        return concept.getCoding().stream()
                .filter(coding -> system.equals(coding.getSystem()) && coding.hasCode())
                .map(Coding::getCode)
                .collect(Collectors.toSet());
    }

    static Set<String> all(CodeableConcept concept) {
        return concept.getCoding().stream()
                .filter(Coding::hasCode)
                .map(Coding::getCode)
                .collect(Collectors.toSet());
    }

    /** What people read: text and displays, lower case. */
    static String text(CodeableConcept concept) {
        return Stream.concat(
                        Stream.of(concept.getText()),
                        concept.getCoding().stream().map(Coding::getDisplay))
                .filter(words -> words != null && !words.isBlank())
                .distinct()
                .collect(Collectors.joining("; "))
                .toLowerCase(Locale.ROOT);
    }
}
