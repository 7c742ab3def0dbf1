package org.tenderpoint.questionnaire;

import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.MedicationStatement.MedicationStatementStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** What the four types that come out of forms have in common and FHIR names differently. */
final class Authored {

    private Authored() {}

    /** Says whose it is, who said it, when, in which visit, and out of which response. */
    static void by(Resource resource, QuestionnaireResponse response, Reference source) {
        var when = response.hasAuthored() ? response.getAuthoredElement().copy() : new DateTimeType();
        var who = response.hasSource() ? response.getSource() : response.getAuthor();
        if (resource instanceof Observation observation) {
            observation.setSubject(response.getSubject().copy()).addDerivedFrom(source.copy());
            if (response.hasAuthored()) {
                observation.setEffective(when);
            }
            if (response.hasEncounter()) {
                observation.setEncounter(response.getEncounter().copy());
            }
            if (!who.isEmpty()) {
                observation.addPerformer(who.copy());
            }
        } else if (resource instanceof MedicationStatement statement) {
            statement.setSubject(response.getSubject().copy()).addDerivedFrom(source.copy());
            statement.setDateAssertedElement(when);
            if (!who.isEmpty()) {
                statement.setInformationSource(who.copy());
            }
        } else if (resource instanceof Condition condition) {
            condition.setSubject(response.getSubject().copy()).setRecordedDateElement(when);
            condition.addEvidence().addDetail(source.copy());
            if (!who.isEmpty()) {
                condition.setAsserter(who.copy());
            }
        } else if (resource instanceof AllergyIntolerance allergy) {
            allergy.setPatient(response.getSubject().copy()).setRecordedDateElement(when);
            if (!who.isEmpty()) {
                allergy.setAsserter(who.copy());
            }
        }
    }

    static java.util.List<Identifier> identifiers(Resource resource) {
        if (resource instanceof Observation observation) {
            return observation.getIdentifier();
        }
        if (resource instanceof MedicationStatement statement) {
            return statement.getIdentifier();
        }
        if (resource instanceof Condition condition) {
            return condition.getIdentifier();
        }
        return resource instanceof AllergyIntolerance allergy ? allergy.getIdentifier() : java.util.List.of();
    }

    /** Takes a statement back: the answer that it came from is not given any more. */
    static void takeBack(Resource resource) {
        if (resource instanceof Observation observation) {
            observation.setStatus(ObservationStatus.ENTEREDINERROR);
        } else if (resource instanceof MedicationStatement statement) {
            statement.setStatus(MedicationStatementStatus.ENTEREDINERROR);
        } else if (resource instanceof Condition condition) {
            condition.setClinicalStatus(null);
            condition.getVerificationStatus().getCodingFirstRep().setCode("entered-in-error");
        } else if (resource instanceof AllergyIntolerance allergy) {
            allergy.setClinicalStatus(null);
            allergy.getVerificationStatus().getCodingFirstRep().setCode("entered-in-error");
        }
    }
}
