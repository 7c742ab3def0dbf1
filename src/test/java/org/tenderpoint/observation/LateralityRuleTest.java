package org.tenderpoint.observation;

import static org.assertj.core.api.Assertions.assertThat;

import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Quantity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LateralityRuleTest {

    private static final String SNOMED = "http://snomed.info/sct";

    @ParameterizedTest(name = "{0} lacks a side: {1}")
    @CsvSource({
        "limb-girth, true",
        "rom-shoulder-flexion, true",
        "rom-ankle-dorsiflexion, true",
        "rom-cervical-rotation, true",
        "trigger-point, true",
        "rom-lumbar-lateral-flexion, true",
        "rom-cervical-rotation-left, false",
        "rom-cervical-flexion, false",
        "rom-lumbar-flexion, false",
        "rom-lumbar-schober, false",
        "relief-duration, false"
    })
    void someCodesDemandASide(String code, boolean lacking) {
        assertThat(LateralityRule.lacksSide(measured(code))).isEqualTo(lacking);
    }

    @Test
    void aComponentAnExtensionOrASidedBodySiteNamesTheSide() {
        var byComponent = measured("limb-girth");
        byComponent
                .addComponent()
                .setCode(new CodeableConcept(new Coding(SeriesReader.MASSAGE, "side", null)))
                .setValue(new CodeableConcept(new Coding(SNOMED, "7771000", "Left")));
        var byExtension = measured("limb-girth");
        byExtension
                .getBodySite()
                .addExtension(
                        "https://tenderpoint.org/fhir/StructureDefinition/side",
                        new CodeableConcept(new Coding(SNOMED, "7771000", "Left")));
        var bySite = measured("rom-knee-flexion");
        bySite.setBodySite(new CodeableConcept(new Coding(SNOMED, "82169009", "Left knee")));
        var byLoinc = measured("rom-shoulder-flexion");
        byLoinc.getCode().addCoding(new Coding("http://loinc.org", "41360-9", null));

        assertThat(LateralityRule.lacksSide(byComponent)).isFalse();
        assertThat(LateralityRule.lacksSide(byExtension)).isFalse();
        assertThat(LateralityRule.lacksSide(bySite)).isFalse();
        assertThat(LateralityRule.lacksSide(byLoinc)).isFalse();
    }

    @Test
    void aTriggerPointAndAMuscleHaveASideWhateverTheyHoldBesides() {
        var point = measured("trigger-point").setValue(null);
        point.addComponent()
                .setCode(new CodeableConcept(new Coding(SeriesReader.MASSAGE, "state", null)))
                .setValue(new CodeableConcept(new Coding(SeriesReader.MASSAGE, "active-trigger-point", null)));
        var tone = measured("tone");
        tone.setCode(new CodeableConcept(new Coding(SNOMED, "6918002", null)));

        assertThat(LateralityRule.lacksSide(point)).isTrue();
        assertThat(LateralityRule.lacksSide(tone)).isTrue();
        point.addComponent()
                .setCode(new CodeableConcept(new Coding(SeriesReader.MASSAGE, "side", null)))
                .setValue(new CodeableConcept(new Coding(SNOMED, "24028007", null)));
        assertThat(LateralityRule.lacksSide(point)).isFalse();
    }

    @Test
    void aSideComponentWithoutAValueNamesNone() {
        var empty = measured("limb-girth");
        empty.addComponent().setCode(new CodeableConcept(new Coding(SeriesReader.MASSAGE, "side", null)));

        assertThat(LateralityRule.lacksSide(empty)).isTrue();
    }

    @Test
    void whatIsTakenBackOrHasNoValueStaysWritable() {
        assertThat(LateralityRule.lacksSide(measured("limb-girth").setStatus(ObservationStatus.ENTEREDINERROR)))
                .isFalse();
        assertThat(LateralityRule.lacksSide(measured("limb-girth").setValue(null)))
                .isFalse();
    }

    private static Observation measured(String code) {
        return new Observation()
                .setStatus(ObservationStatus.FINAL)
                .setCode(new CodeableConcept(new Coding(SeriesReader.MASSAGE, code, null)))
                .setValue(new Quantity(30));
    }
}
