package org.tenderpoint.chart;

import static org.tenderpoint.chart.RecordType.all;
import static org.tenderpoint.chart.RecordType.dated;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.AdverseEvent;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DetectedIssue;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Flag;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Procedure.ProcedureStatus;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus;

/** What is found, done and felt. A draft of these stays inside the clinic that wrote it. */
final class ClinicalTypes {

    private static final Set<ObservationStatus> FINAL_OBSERVATION = EnumSet.of(
            ObservationStatus.FINAL,
            ObservationStatus.AMENDED,
            ObservationStatus.CORRECTED,
            ObservationStatus.CANCELLED,
            ObservationStatus.ENTEREDINERROR);

    private static final Set<EncounterStatus> OPEN_ENCOUNTER = EnumSet.of(
            EncounterStatus.ARRIVED,
            EncounterStatus.TRIAGED,
            EncounterStatus.INPROGRESS,
            EncounterStatus.ONLEAVE,
            EncounterStatus.UNKNOWN);

    private static final Set<ProcedureStatus> OPEN_PROCEDURE =
            EnumSet.of(ProcedureStatus.PREPARATION, ProcedureStatus.INPROGRESS, ProcedureStatus.UNKNOWN);

    private static final Set<String> BASIS = Set.of("ServiceRequest", "CarePlan", "MedicationRequest");
    private static final Set<String> PEOPLE =
            Set.of("Practitioner", "PractitionerRole", "Organization", "Patient", "RelatedPerson", "CareTeam");

    static final List<RecordType<?>> ALL = List.of(
            RecordType.of(Condition.class)
                    .patient(Condition::getSubject, "patient", "subject")
                    .happened("onset-date", "When it began", c -> dated(c.getOnset()))
                    .tokens("identifier", "Any identifier", Condition::getIdentifier)
                    .token("code", "What it is", Condition::getCode)
                    .tokens("category", "Category", Condition::getCategory)
                    .token("clinical-status", "Clinical status", Condition::getClinicalStatus)
                    .token("verification-status", "How sure", Condition::getVerificationStatus)
                    .tokens("body-site", "Where", Condition::getBodySite)
                    .reference("encounter", "The visit", Set.of("Encounter"), Condition::getEncounter)
                    .date("recorded-date", "When it was written down", Condition::getRecordedDateElement),
            RecordType.of(MedicationStatement.class)
                    .patient(MedicationStatement::getSubject, "patient", "subject")
                    .happened("effective", "When it was taken", m -> dated(m.getEffective()))
                    .tokens("identifier", "Any identifier", MedicationStatement::getIdentifier)
                    .token("status", "Status", MedicationStatement::getStatusElement)
                    .token("code", "Medication", MedicationStatement::getMedication),
            RecordType.of(MedicationRequest.class)
                    .patient(MedicationRequest::getSubject, "patient", "subject")
                    .happened("authoredon", "When it was prescribed", MedicationRequest::getAuthoredOnElement)
                    .tokens("identifier", "Any identifier", MedicationRequest::getIdentifier)
                    .token("status", "Status", MedicationRequest::getStatusElement)
                    .token("intent", "Intent", MedicationRequest::getIntentElement)
                    .token("code", "Medication", MedicationRequest::getMedication)
                    .reference("requester", "Who prescribed", PEOPLE, MedicationRequest::getRequester)
                    .reference("encounter", "The visit", Set.of("Encounter"), MedicationRequest::getEncounter),
            RecordType.of(AllergyIntolerance.class)
                    .patient(AllergyIntolerance::getPatient, "patient")
                    .happened("date", "When it was written down", AllergyIntolerance::getRecordedDateElement)
                    .tokens("identifier", "Any identifier", AllergyIntolerance::getIdentifier)
                    .token("code", "Substance", AllergyIntolerance::getCode)
                    .token("clinical-status", "Clinical status", AllergyIntolerance::getClinicalStatus),
            RecordType.of(Encounter.class)
                    .patient(Encounter::getSubject, "patient", "subject")
                    .releasedWhen(e -> !OPEN_ENCOUNTER.contains(e.getStatus()))
                    .happened("date", "From when to when", Encounter::getPeriod)
                    .tokens("identifier", "Any identifier", Encounter::getIdentifier)
                    .token("status", "Status", Encounter::getStatusElement)
                    .token("class", "Class", Encounter::getClass_)
                    .tokens("type", "Type", Encounter::getType)
                    .references("based-on", "The referral", Set.of("ServiceRequest"), Encounter::getBasedOn)
                    .references("episode-of-care", "The episode", Set.of("EpisodeOfCare"), Encounter::getEpisodeOfCare)
                    .references("appointment", "The booking", Set.of("Appointment"), Encounter::getAppointment)
                    .references("participant", "Who treated", PEOPLE, e -> e.getParticipant().stream()
                            .map(p -> p.getIndividual())
                            .toList())
                    .reference("service-provider", "The clinic", Set.of("Organization"), Encounter::getServiceProvider),
            RecordType.of(Observation.class)
                    .patient(Observation::getSubject, "patient", "subject")
                    .releasedWhen(o -> FINAL_OBSERVATION.contains(o.getStatus()))
                    .happened("date", "When it applies", o -> dated(o.getEffective()))
                    .tokens("identifier", "Any identifier", Observation::getIdentifier)
                    .token("status", "Status", Observation::getStatusElement)
                    .token("code", "What was observed", Observation::getCode)
                    .tokens("category", "Category", Observation::getCategory)
                    .quantity("value-quantity", "The value", Observation::getValue)
                    .token("value-concept", "The value, if coded", Observation::getValue)
                    .tokens("component-code", "What a part is", o -> o.getComponent().stream()
                            .map(c -> c.getCode())
                            .toList())
                    .tokens(
                            "combo-code",
                            "What it or a part of it is",
                            o -> all(
                                    List.of(o.getCode()),
                                    o.getComponent().stream()
                                            .map(c -> c.getCode())
                                            .toList()))
                    .reference("encounter", "The visit", Set.of("Encounter"), Observation::getEncounter)
                    .references("performer", "Who observed", PEOPLE, Observation::getPerformer)
                    .references("based-on", "What it fulfils", BASIS, Observation::getBasedOn)
                    .references(
                            "part-of",
                            "What it is part of",
                            Set.of("Procedure", "MedicationStatement"),
                            Observation::getPartOf)
                    .references(
                            "derived-from",
                            "What it is computed from",
                            Set.of("Observation", "QuestionnaireResponse", "DocumentReference"),
                            Observation::getDerivedFrom)
                    .references(
                            "has-member",
                            "What it groups",
                            Set.of("Observation", "QuestionnaireResponse"),
                            Observation::getHasMember),
            RecordType.of(Procedure.class)
                    .patient(Procedure::getSubject, "patient", "subject")
                    .releasedWhen(p -> !OPEN_PROCEDURE.contains(p.getStatus()))
                    .happened("date", "When it was done", p -> dated(p.getPerformed()))
                    .tokens("identifier", "Any identifier", Procedure::getIdentifier)
                    .token("status", "Status", Procedure::getStatusElement)
                    .token("code", "What was done", Procedure::getCode)
                    .token("category", "Category", Procedure::getCategory)
                    .reference("encounter", "The visit", Set.of("Encounter"), Procedure::getEncounter)
                    .references("based-on", "What it fulfils", BASIS, Procedure::getBasedOn)
                    .references(
                            "part-of", "What it is part of", Set.of("Procedure", "Observation"), Procedure::getPartOf)
                    .references("performer", "Who did it", PEOPLE, p -> p.getPerformer().stream()
                            .map(performer -> performer.getActor())
                            .toList()),
            RecordType.of(QuestionnaireResponse.class)
                    .patient(QuestionnaireResponse::getSubject, "patient", "subject")
                    .releasedWhen(r -> r.getStatus() != QuestionnaireResponseStatus.INPROGRESS)
                    .happened("authored", "When it was answered", QuestionnaireResponse::getAuthoredElement)
                    .token("identifier", "Any identifier", QuestionnaireResponse::getIdentifier)
                    .token("status", "Status", QuestionnaireResponse::getStatusElement)
                    .uri("questionnaire", "The form", QuestionnaireResponse::getQuestionnaireElement)
                    .reference("encounter", "The visit", Set.of("Encounter"), QuestionnaireResponse::getEncounter)
                    .reference("author", "Who answered", PEOPLE, QuestionnaireResponse::getAuthor)
                    .references("based-on", "What it fulfils", BASIS, QuestionnaireResponse::getBasedOn),
            RecordType.of(DetectedIssue.class)
                    .patient(DetectedIssue::getPatient, "patient")
                    .happened("identified", "When it was found", d -> dated(d.getIdentified()))
                    .tokens("identifier", "Any identifier", DetectedIssue::getIdentifier)
                    .token("code", "Kind", DetectedIssue::getCode)
                    .references(
                            "implicated",
                            "What causes it",
                            Set.of("Condition", "MedicationStatement", "MedicationRequest", "Procedure", "CarePlan"),
                            DetectedIssue::getImplicated),
            RecordType.of(Flag.class)
                    .patient(Flag::getSubject, "patient", "subject")
                    .happened("date", "From when to when", Flag::getPeriod)
                    .tokens("identifier", "Any identifier", Flag::getIdentifier)
                    .reference("encounter", "The visit", Set.of("Encounter"), Flag::getEncounter),
            RecordType.of(AdverseEvent.class)
                    .patient(AdverseEvent::getSubject, "patient", "subject")
                    .happened("date", "When it happened", AdverseEvent::getDateElement)
                    .token("event", "What happened", AdverseEvent::getEvent)
                    .token("actuality", "Actual or potential", AdverseEvent::getActualityElement)
                    .tokens("category", "Category", AdverseEvent::getCategory)
                    .token("seriousness", "Seriousness", AdverseEvent::getSeriousness)
                    .references(
                            "substance",
                            "What is suspected",
                            Set.of("Procedure", "MedicationStatement"),
                            a -> a.getSuspectEntity().stream()
                                    .map(entity -> entity.getInstance())
                                    .toList()),
            RecordType.of(Device.class)
                    .patient(Device::getPatient, "patient")
                    .tokens("identifier", "Any identifier", Device::getIdentifier)
                    .token("status", "Status", Device::getStatusElement)
                    .token("type", "Kind", Device::getType)
                    .strings("device-name", "Name", d -> Stream.concat(
                                    d.getDeviceName().stream().map(name -> name.getNameElement()),
                                    Stream.of(d.getType().getTextElement()))
                            .toList()));

    private ClinicalTypes() {}
}
