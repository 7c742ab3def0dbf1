package org.tenderpoint.questionnaire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;

/** What goes from answers into the record. */
class ExtractionTest {

    @Test
    void pegIsOneObservationWithItsMeanAndItsThreeItems() throws IOException {
        var response = ResponseCheckTest.response(
                "completed",
                "{'linkId':'pain','answer':[{'valueInteger':7}]},{'linkId':'enjoyment','answer':[{'valueInteger':7}]},"
                        + "{'linkId':'activity','answer':[{'valueInteger':6}]}");

        var found = new Extraction(ResponseCheckTest.form("peg"), response, new Reference("urn:r")).all();

        assertThat(found).extracting(Extraction.Extracted::key).containsExactly("total.1");
        var peg = (Observation) found.get(0).resource();
        assertThat(peg.getCode().hasCoding("http://loinc.org", "91147-9")).isTrue();
        assertThat(peg.getValueQuantity().getValue()).isEqualByComparingTo("6.7");
        assertThat(peg.getValueQuantity().getCode()).isEqualTo("{score}");
        assertThat(peg.getComponent()).hasSize(3);
        assertThat(peg.getDerivedFromFirstRep().getReference()).isEqualTo("urn:r");
    }

    @Test
    void phq4AddsUpAndIsLabelled() throws IOException {
        var two = "'answer':[{'valueCoding':{'system':'http://loinc.org','code':'LA6570-1'}}]}";
        var response = ResponseCheckTest.response(
                "completed",
                "{'linkId':'anxious'," + two + ",{'linkId':'worrying'," + two + ",{'linkId':'interest'," + two
                        + ",{'linkId':'down'," + two);

        var found = new Extraction(ResponseCheckTest.form("phq-4"), response, new Reference("urn:r")).all();

        var score = (Observation) found.get(0).resource();
        assertThat(score.getValueQuantity().getValue()).isEqualByComparingTo("8");
        assertThat(score.getMeta().getSecurityFirstRep().getCode()).isEqualTo("PSY");
        assertThat(score.getComponent()).hasSize(4).allSatisfy(part -> assertThat(
                        part.getValueQuantity().getValue())
                .isEqualByComparingTo("2"));
    }

    @Test
    void healthHistoryBecomesConditionsMedicationAndAllergies() throws IOException {
        var response = ResponseCheckTest.response(
                "completed",
                """
                {'linkId':'conditions','item':[
                  {'linkId':'condition','item':[
                    {'linkId':'condition-name','answer':[{'valueCoding':{'system':'http://snomed.info/sct','code':'203082005','display':'Fibromyalgia'}}]},
                    {'linkId':'condition-since','answer':[{'valueDate':'2021-05'}]}]},
                  {'linkId':'condition','item':[{'linkId':'condition-name','answer':[{'valueString':'Sore knees'}]}]},
                  {'linkId':'pregnant','answer':[{'valueBoolean':true}]},
                  {'linkId':'epilepsy','answer':[{'valueBoolean':false}]}]},
                {'linkId':'medications','item':[
                  {'linkId':'takes-medication','answer':[{'valueBoolean':true}]},
                  {'linkId':'medication','item':[{'linkId':'medication-name','answer':[{'valueString':'Eliquis'}]},
                                                  {'linkId':'medication-dose','answer':[{'valueString':'5 mg twice a day'}]}]}]},
                {'linkId':'allergies','item':[
                  {'linkId':'has-allergy','answer':[{'valueBoolean':true}]},
                  {'linkId':'allergy','item':[{'linkId':'allergy-substance','answer':[{'valueString':'Tree nuts'}]}]}]}""");

        var found = new Extraction(ResponseCheckTest.form("health-history"), response, new Reference("urn:r")).all();

        assertThat(found)
                .extracting(Extraction.Extracted::key)
                .containsExactly("condition.1", "condition.2", "pregnant.1", "medication.1", "allergy.1");
        var fibromyalgia = (Condition) found.get(0).resource();
        assertThat(fibromyalgia.getOnsetDateTimeType().getValueAsString()).isEqualTo("2021-05");
        assertThat(fibromyalgia.getVerificationStatus().getCodingFirstRep().getCode())
                .isEqualTo("unconfirmed");
        assertThat(((Condition) found.get(1).resource()).getCode().getText()).isEqualTo("Sore knees");
        var medication = (MedicationStatement) found.get(3).resource();
        assertThat(medication.getMedicationCodeableConcept().getText()).isEqualTo("Eliquis");
        assertThat(medication.getDosageFirstRep().getText()).isEqualTo("5 mg twice a day");
        assertThat(((AllergyIntolerance) found.get(4).resource()).getCode().getText())
                .isEqualTo("Tree nuts");
    }
}
