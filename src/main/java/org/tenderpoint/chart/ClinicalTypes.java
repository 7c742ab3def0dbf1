package org.tenderpoint.chart;

import static org.tenderpoint.chart.RecordType.all;
import static org.tenderpoint.chart.RecordType.dateOrPeriod;
import static org.tenderpoint.chart.RecordType.dated;
import static org.tenderpoint.chart.RecordType.each;
import static org.tenderpoint.chart.RecordType.eachOf;
import static org.tenderpoint.chart.RecordType.ofType;

import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.AdverseEvent;
import org.hl7.fhir.r4.model.AdverseEvent.AdverseEventSuspectEntityComponent;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.AllergyIntolerance.AllergyIntoleranceReactionComponent;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Condition.ConditionEvidenceComponent;
import org.hl7.fhir.r4.model.Condition.ConditionStageComponent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DetectedIssue;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.Device.DeviceDeviceNameComponent;
import org.hl7.fhir.r4.model.Device.DeviceUdiCarrierComponent;
import org.hl7.fhir.r4.model.Flag;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/** What somebody has, takes and must not have: the findings that a treatment has to mind. */
final class ClinicalTypes {

    private static final String ASSERTED_DATE = "http://hl7.org/fhir/StructureDefinition/condition-assertedDate";

    static final List<RecordType<?>> ALL = List.of(
            RecordType.of(Condition.class)
                    .patient(Condition::getSubject, "patient", "subject")
                    .happened("onset-date", "When it began", c -> dateOrPeriod(c.getOnset()))
                    .quantity("onset-age", "At which age it began", c -> ofType(Quantity.class, c.getOnset()))
                    .string("onset-info", "When it began, in words", c -> ofType(StringType.class, c.getOnset()))
                    .date("abatement-date", "When it ended", c -> dateOrPeriod(c.getAbatement()))
                    .quantity("abatement-age", "At which age it ended", c -> ofType(Quantity.class, c.getAbatement()))
                    .string(
                            "abatement-string",
                            "When it ended, in words",
                            c -> ofType(StringType.class, c.getAbatement()))
                    .tokens("identifier", "Any identifier", Condition::getIdentifier)
                    .token("code", "What it is", Condition::getCode)
                    .tokens("category", "Category", Condition::getCategory)
                    .token("clinical-status", "Clinical status", Condition::getClinicalStatus)
                    .token("verification-status", "How sure", Condition::getVerificationStatus)
                    .token("severity", "How severe", Condition::getSeverity)
                    .tokens("stage", "Stage", c -> each(c.getStage(), ConditionStageComponent::getSummary))
                    .tokens(
                            "evidence",
                            "What it shows itself by, as a code",
                            c -> eachOf(c.getEvidence(), ConditionEvidenceComponent::getCode))
                    .references(
                            "evidence-detail",
                            "What it shows itself by",
                            Targets.ANY,
                            c -> eachOf(c.getEvidence(), ConditionEvidenceComponent::getDetail))
                    .tokens("body-site", "Where", Condition::getBodySite)
                    .reference("asserter", "Who says so", Targets.PEOPLE, Condition::getAsserter)
                    .reference("encounter", "The visit", Set.of("Encounter"), Condition::getEncounter)
                    .date("asserted-date", "When it was first said (US Core)", ClinicalTypes::assertedDate)
                    .date("recorded-date", "When it was written down", Condition::getRecordedDateElement),
            RecordType.of(MedicationStatement.class)
                    .patient(MedicationStatement::getSubject, "patient", "subject")
                    .happened("effective", "When it was taken", m -> dated(m.getEffective()))
                    .tokens("identifier", "Any identifier", MedicationStatement::getIdentifier)
                    .token("status", "Status", MedicationStatement::getStatusElement)
                    .token("category", "Category", MedicationStatement::getCategory)
                    .reference("context", "The visit", Targets.VISIT, MedicationStatement::getContext)
                    .references(
                            "part-of",
                            "What it is part of",
                            Set.of("MedicationStatement", "Procedure", "Observation"),
                            MedicationStatement::getPartOf)
                    .reference("source", "Who says so", Targets.PEOPLE, MedicationStatement::getInformationSource)
                    .token("code", "Medication", m -> ofType(CodeableConcept.class, m.getMedication())),
            RecordType.of(MedicationRequest.class)
                    .patient(MedicationRequest::getSubject, "patient", "subject")
                    .happened("authoredon", "When it was prescribed", MedicationRequest::getAuthoredOnElement)
                    .dates(
                            "date",
                            "When it is to be taken",
                            m -> eachOf(m.getDosageInstruction(), dosage -> dosage.getTiming()
                                    .getEvent()))
                    .tokens("identifier", "Any identifier", MedicationRequest::getIdentifier)
                    .token("status", "Status", MedicationRequest::getStatusElement)
                    .token("intent", "Intent", MedicationRequest::getIntentElement)
                    .token("priority", "Priority", MedicationRequest::getPriorityElement)
                    .tokens("category", "Category", MedicationRequest::getCategory)
                    .token("code", "Medication", m -> ofType(CodeableConcept.class, m.getMedication()))
                    .reference("requester", "Who prescribed", Targets.PEOPLE, MedicationRequest::getRequester)
                    .reference(
                            "intended-performer", "Who is to give it", Targets.PEOPLE, MedicationRequest::getPerformer)
                    .token("intended-performertype", "Who is to give it, by kind", MedicationRequest::getPerformerType)
                    .reference(
                            "intended-dispenser", "Which pharmacy", Set.of("Organization"), m -> m.getDispenseRequest()
                                    .getPerformer())
                    .reference("encounter", "The visit", Set.of("Encounter"), MedicationRequest::getEncounter),
            RecordType.of(AllergyIntolerance.class)
                    .patient(AllergyIntolerance::getPatient, "patient")
                    .happened("date", "When it was written down", AllergyIntolerance::getRecordedDateElement)
                    .tokens("identifier", "Any identifier", AllergyIntolerance::getIdentifier)
                    .tokens(
                            "code",
                            "Substance, also of a reaction",
                            a -> all(
                                    List.of(a.getCode()),
                                    each(a.getReaction(), AllergyIntoleranceReactionComponent::getSubstance)))
                    .token("clinical-status", "Clinical status", AllergyIntolerance::getClinicalStatus)
                    .token("verification-status", "How sure", AllergyIntolerance::getVerificationStatus)
                    .token("type", "Allergy or intolerance", AllergyIntolerance::getTypeElement)
                    .tokens("category", "Food, medication, environment", AllergyIntolerance::getCategory)
                    .token("criticality", "How dangerous", AllergyIntolerance::getCriticalityElement)
                    .date("last-date", "When it last happened", AllergyIntolerance::getLastOccurrenceElement)
                    .dates(
                            "onset",
                            "When a reaction began",
                            a -> each(a.getReaction(), AllergyIntoleranceReactionComponent::getOnsetElement))
                    .tokens(
                            "manifestation",
                            "How a reaction shows",
                            a -> eachOf(a.getReaction(), AllergyIntoleranceReactionComponent::getManifestation))
                    .tokens(
                            "severity",
                            "How severe a reaction was",
                            a -> each(a.getReaction(), AllergyIntoleranceReactionComponent::getSeverityElement))
                    .tokens(
                            "route",
                            "How the substance got in",
                            a -> each(a.getReaction(), AllergyIntoleranceReactionComponent::getExposureRoute))
                    .reference("asserter", "Who says so", Targets.PEOPLE, AllergyIntolerance::getAsserter)
                    .reference("recorder", "Who wrote it down", Targets.PEOPLE, AllergyIntolerance::getRecorder),
            RecordType.of(DetectedIssue.class)
                    .patient(DetectedIssue::getPatient, "patient")
                    .happened("identified", "When it was found", d -> dated(d.getIdentified()))
                    .tokens("identifier", "Any identifier", DetectedIssue::getIdentifier)
                    .token("code", "Kind", DetectedIssue::getCode)
                    .reference("author", "Who or what found it", Targets.PEOPLE, DetectedIssue::getAuthor)
                    .references("implicated", "What causes it", Targets.ANY, DetectedIssue::getImplicated),
            RecordType.of(Flag.class)
                    .patient(Flag::getSubject, "patient", "subject")
                    .happened("date", "From when to when", Flag::getPeriod)
                    .tokens("identifier", "Any identifier", Flag::getIdentifier)
                    .reference("author", "Who raised it", Targets.PEOPLE, Flag::getAuthor)
                    .reference("encounter", "The visit", Targets.VISIT, Flag::getEncounter),
            RecordType.of(AdverseEvent.class)
                    .patient(AdverseEvent::getSubject, "patient", "subject")
                    .happened("date", "When it happened", AdverseEvent::getDateElement)
                    .token("event", "What happened", AdverseEvent::getEvent)
                    .token("actuality", "Actual or potential", AdverseEvent::getActualityElement)
                    .tokens("category", "Category", AdverseEvent::getCategory)
                    .token("seriousness", "Seriousness", AdverseEvent::getSeriousness)
                    .token("severity", "Severity", AdverseEvent::getSeverity)
                    .reference("location", "Where", Set.of("Location"), AdverseEvent::getLocation)
                    .reference("recorder", "Who wrote it down", Targets.PEOPLE, AdverseEvent::getRecorder)
                    .references(
                            "resultingcondition",
                            "What came of it",
                            Set.of("Condition"),
                            AdverseEvent::getResultingCondition)
                    .references(
                            "substance",
                            "What is suspected",
                            Set.of("Procedure", "MedicationStatement", "Device"),
                            a -> each(a.getSuspectEntity(), AdverseEventSuspectEntityComponent::getInstance)),
            RecordType.of(Device.class)
                    .patient(Device::getPatient, "patient")
                    .tokens("identifier", "Any identifier", Device::getIdentifier)
                    .token("status", "Status", Device::getStatusElement)
                    .token("type", "Kind", Device::getType)
                    .string("manufacturer", "Who made it", Device::getManufacturerElement)
                    .string("model", "Model number", Device::getModelNumberElement)
                    .uri("url", "Network address", Device::getUrlElement)
                    .strings(
                            "udi-carrier",
                            "Barcode as people read it",
                            d -> each(d.getUdiCarrier(), DeviceUdiCarrierComponent::getCarrierHRFElement))
                    .strings(
                            "udi-di",
                            "Device identifier inside the barcode",
                            d -> each(d.getUdiCarrier(), DeviceUdiCarrierComponent::getDeviceIdentifierElement))
                    .reference("location", "Where it is", Set.of("Location"), Device::getLocation)
                    .reference("organization", "Who owns it", Set.of("Organization"), Device::getOwner)
                    .strings(
                            "device-name",
                            "Name",
                            d -> all(
                                    each(d.getDeviceName(), DeviceDeviceNameComponent::getNameElement),
                                    each(d.getType().getCoding(), Coding::getDisplayElement),
                                    List.of(d.getType().getTextElement()))));

    private ClinicalTypes() {}

    private static @Nullable Base assertedDate(Condition condition) {
        var extension = condition.getExtensionByUrl(ASSERTED_DATE);
        return extension == null ? null : ofType(DateTimeType.class, extension.getValue());
    }
}
