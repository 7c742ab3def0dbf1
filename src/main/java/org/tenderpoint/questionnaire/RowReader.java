package org.tenderpoint.questionnaire;

import java.util.Optional;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Dosage;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.MedicationStatement.MedicationStatementStatus;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Type;

/**
 * One row of a form, such as a medication with its dose, as a resource; each question names the element that it fills
 * by its definition. A question answered with yes is a row, too: a condition with the question's code.
 */
final class RowReader {

    private static final String CLINICAL = "http://terminology.hl7.org/CodeSystem/condition-clinical";
    private static final String VERIFICATION = "http://terminology.hl7.org/CodeSystem/condition-ver-status";
    private static final String CATEGORY = "http://terminology.hl7.org/CodeSystem/condition-category";
    private static final String ALLERGY_CLINICAL = "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical";
    private static final String ALLERGY_VERIFICATION =
            "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification";

    private RowReader() {}

    /** @return empty where the row has nothing to say, such as a question answered with no */
    static Optional<Resource> read(
            String type, QuestionnaireItemComponent question, QuestionnaireResponseItemComponent item) {
        var resource =
                switch (type) {
                    case "Condition" -> condition();
                    case "MedicationStatement" -> new MedicationStatement().setStatus(MedicationStatementStatus.ACTIVE);
                    case "AllergyIntolerance" -> allergy();
                    default -> throw new IllegalStateException("no form extracts " + type);
                };
        if (resource instanceof Condition condition && item.hasAnswer()) {
            var yes = item.getAnswerFirstRep().getValue() instanceof BooleanType flag && flag.booleanValue();
            condition.setCode(Extraction.concept(question.getCode()).setText(question.getText()));
            return yes ? Optional.of(condition) : Optional.empty();
        }
        var isFilled = false;
        for (var part : item.getItem()) {
            var asked = question.getItem().stream()
                    .filter(one -> one.getLinkId().equals(part.getLinkId()))
                    .findFirst();
            if (asked.isPresent()
                    && part.hasAnswer()
                    && part.getAnswerFirstRep().hasValue()) {
                var definition = asked.get().getDefinition();
                fill(
                        resource,
                        definition.substring(definition.indexOf('#') + 1),
                        part.getAnswerFirstRep().getValue());
                isFilled = true;
            }
        }
        return isFilled ? Optional.of(resource) : Optional.empty();
    }

    private static void fill(Resource resource, String element, Type value) {
        switch (element) {
            case "Condition.code" -> ((Condition) resource).setCode(concept(value));
            case "Condition.onset[x]" ->
                ((Condition) resource).setOnset(new DateTimeType(((DateType) value).getValueAsString()));
            case "MedicationStatement.medication[x]" -> ((MedicationStatement) resource).setMedication(concept(value));
            case "MedicationStatement.dosage.text" ->
                ((MedicationStatement) resource).addDosage(new Dosage().setText(value.primitiveValue()));
            case "AllergyIntolerance.code" -> ((AllergyIntolerance) resource).setCode(concept(value));
            case "AllergyIntolerance.note.text" ->
                ((AllergyIntolerance) resource).addNote(new Annotation().setText(value.primitiveValue()));
            default -> throw new IllegalStateException("no form fills " + element);
        }
    }

    private static CodeableConcept concept(Type value) {
        return value instanceof Coding coding
                ? new CodeableConcept().addCoding(coding.copy()).setText(coding.getDisplay())
                : new CodeableConcept().setText(value.primitiveValue());
    }

    /** What a patient says is no diagnosis until somebody who may make one confirms it. */
    private static Condition condition() {
        var condition = new Condition();
        condition.getClinicalStatus().addCoding().setSystem(CLINICAL).setCode("active");
        condition.getVerificationStatus().addCoding().setSystem(VERIFICATION).setCode("unconfirmed");
        condition.addCategory().addCoding().setSystem(CATEGORY).setCode("problem-list-item");
        return condition;
    }

    private static AllergyIntolerance allergy() {
        var allergy = new AllergyIntolerance();
        allergy.getClinicalStatus().addCoding().setSystem(ALLERGY_CLINICAL).setCode("active");
        allergy.getVerificationStatus()
                .addCoding()
                .setSystem(ALLERGY_VERIFICATION)
                .setCode("unconfirmed");
        return allergy;
    }
}
