package org.tenderpoint.chart;

import static org.tenderpoint.chart.RecordType.dateOrPeriod;
import static org.tenderpoint.chart.RecordType.dated;
import static org.tenderpoint.chart.RecordType.each;
import static org.tenderpoint.chart.RecordType.ofType;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.DiagnosisComponent;
import org.hl7.fhir.r4.model.Encounter.EncounterLocationComponent;
import org.hl7.fhir.r4.model.Encounter.EncounterParticipantComponent;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationComponentComponent;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Procedure.ProcedurePerformerComponent;
import org.hl7.fhir.r4.model.Procedure.ProcedureStatus;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/** What happens in a visit and between visits. A draft of these stays inside the clinic that wrote it. */
final class VisitTypes {

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

    static final List<RecordType<?>> ALL = List.of(
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
                    .references(
                            "participant",
                            "Who treated",
                            Targets.PEOPLE,
                            e -> each(e.getParticipant(), EncounterParticipantComponent::getIndividual))
                    .pointingAt("Practitioner", "practitioner", "The practitioner who treated", "participant")
                    .tokens(
                            "participant-type",
                            "In which role",
                            e -> RecordType.eachOf(e.getParticipant(), EncounterParticipantComponent::getType))
                    .tokens("reason-code", "Why, as a code", Encounter::getReasonCode)
                    .references("reason-reference", "Why", Targets.REASON, Encounter::getReasonReference)
                    .references(
                            "diagnosis",
                            "A diagnosis or procedure of the visit",
                            Set.of("Condition", "Procedure"),
                            e -> each(e.getDiagnosis(), DiagnosisComponent::getCondition))
                    .references(
                            "location",
                            "Where",
                            Set.of("Location"),
                            e -> each(e.getLocation(), EncounterLocationComponent::getLocation))
                    .dates(
                            "location-period",
                            "When it was there",
                            e -> each(e.getLocation(), EncounterLocationComponent::getPeriod))
                    .quantity("length", "How long it took", Encounter::getLength)
                    .reference("part-of", "The visit it is part of", Set.of("Encounter"), Encounter::getPartOf)
                    .tokens("special-arrangement", "What was needed, such as a wheelchair", e -> e.getHospitalization()
                            .getSpecialArrangement())
                    .token("discharge-disposition", "Where the patient went then (US Core)", e -> e.getHospitalization()
                            .getDischargeDisposition())
                    .reference("service-provider", "The clinic", Set.of("Organization"), Encounter::getServiceProvider),
            RecordType.of(Observation.class)
                    .patient(Observation::getSubject, "patient", "subject")
                    .releasedWhen(o -> FINAL_OBSERVATION.contains(o.getStatus()))
                    .happened("date", "When it applies", o -> dated(o.getEffective()))
                    .tokens("identifier", "Any identifier", Observation::getIdentifier)
                    .token("status", "Status", Observation::getStatusElement)
                    .token("code", "What was observed", Observation::getCode)
                    .tokens("category", "Category", Observation::getCategory)
                    .token("method", "How it was observed", Observation::getMethod)
                    .quantity("value-quantity", "The value", o -> ofType(Quantity.class, o.getValue()))
                    .token("value-concept", "The value, if coded", o -> ofType(CodeableConcept.class, o.getValue()))
                    .date("value-date", "The value, if it is a date", o -> dateOrPeriod(o.getValue()))
                    .string("value-string", "The value, if it is a text", VisitTypes::text)
                    .token("data-absent-reason", "Why there is no value", Observation::getDataAbsentReason)
                    .ofComponents(
                            "component-code",
                            SearchParamType.TOKEN,
                            "What a part is",
                            Observation::getComponent,
                            ObservationComponentComponent::getCode)
                    .ofComponents(
                            "component-value-quantity",
                            SearchParamType.QUANTITY,
                            "The value of a part",
                            Observation::getComponent,
                            c -> ofType(Quantity.class, c.getValue()))
                    .ofComponents(
                            "component-value-concept",
                            SearchParamType.TOKEN,
                            "The value of a part, if coded",
                            Observation::getComponent,
                            c -> ofType(CodeableConcept.class, c.getValue()))
                    .ofComponents(
                            "component-data-absent-reason",
                            SearchParamType.TOKEN,
                            "Why a part has no value",
                            Observation::getComponent,
                            ObservationComponentComponent::getDataAbsentReason)
                    .anyOf("combo-code", "What it or a part of it is", "code", "component-code")
                    .anyOf(
                            "combo-value-quantity",
                            "The value, or that of a part",
                            "value-quantity",
                            "component-value-quantity")
                    .anyOf(
                            "combo-value-concept",
                            "The value, or that of a part, if coded",
                            "value-concept",
                            "component-value-concept")
                    .anyOf(
                            "combo-data-absent-reason",
                            "Why it or a part has no value",
                            "data-absent-reason",
                            "component-data-absent-reason")
                    .composite("code-value-quantity", "What was observed, with its value", "code", "value-quantity")
                    .composite("code-value-concept", "What was observed, with its coded value", "code", "value-concept")
                    .composite("code-value-date", "What was observed, with its value, a date", "code", "value-date")
                    .composite("code-value-string", "What was observed, with its value, a text", "code", "value-string")
                    .composite(
                            "component-code-value-quantity",
                            "What a part is, with its value",
                            "component-code",
                            "component-value-quantity")
                    .composite(
                            "component-code-value-concept",
                            "What a part is, with its coded value",
                            "component-code",
                            "component-value-concept")
                    .composite(
                            "combo-code-value-quantity",
                            "What it or a part is, with its value",
                            "combo-code",
                            "combo-value-quantity")
                    .composite(
                            "combo-code-value-concept",
                            "What it or a part is, with its coded value",
                            "combo-code",
                            "combo-value-concept")
                    .reference("encounter", "The visit", Targets.VISIT, Observation::getEncounter)
                    .references("performer", "Who observed", Targets.PEOPLE, Observation::getPerformer)
                    .reference("device", "What was measured with", Set.of("Device"), Observation::getDevice)
                    .references("focus", "What it is about, if not the patient", Targets.ANY, Observation::getFocus)
                    .references("based-on", "What it fulfils", Targets.BASIS, Observation::getBasedOn)
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
                    .tokens("reason-code", "Why, as a code", Procedure::getReasonCode)
                    .references("reason-reference", "Why", Targets.REASON, Procedure::getReasonReference)
                    .reference("location", "Where", Set.of("Location"), Procedure::getLocation)
                    .reference("encounter", "The visit", Targets.VISIT, Procedure::getEncounter)
                    .references("based-on", "What it fulfils", Targets.BASIS, Procedure::getBasedOn)
                    .references(
                            "part-of", "What it is part of", Set.of("Procedure", "Observation"), Procedure::getPartOf)
                    .references(
                            "performer",
                            "Who did it",
                            Targets.PEOPLE,
                            p -> each(p.getPerformer(), ProcedurePerformerComponent::getActor))
                    .canonicals(
                            "instantiates-canonical", "The protocol it follows", Procedure::getInstantiatesCanonical)
                    .uris("instantiates-uri", "The protocol it follows, elsewhere", Procedure::getInstantiatesUri),
            RecordType.of(QuestionnaireResponse.class)
                    .patient(QuestionnaireResponse::getSubject, "patient", "subject")
                    .releasedWhen(r -> r.getStatus() != QuestionnaireResponseStatus.INPROGRESS)
                    .happened("authored", "When it was answered", QuestionnaireResponse::getAuthoredElement)
                    .token("identifier", "Any identifier", QuestionnaireResponse::getIdentifier)
                    .token("status", "Status", QuestionnaireResponse::getStatusElement)
                    .canonicals("questionnaire", "The form", r -> List.of(r.getQuestionnaireElement()))
                    .reference("encounter", "The visit", Set.of("Encounter"), QuestionnaireResponse::getEncounter)
                    .reference("author", "Who wrote the answers down", Targets.PEOPLE, QuestionnaireResponse::getAuthor)
                    .reference("source", "Who answered", Targets.PEOPLE, QuestionnaireResponse::getSource)
                    .references(
                            "part-of",
                            "What it is part of",
                            Set.of("Procedure", "Observation"),
                            QuestionnaireResponse::getPartOf)
                    .references("based-on", "What it fulfils", Targets.BASIS, QuestionnaireResponse::getBasedOn));

    private VisitTypes() {}

    private static @Nullable Base text(Observation observation) {
        return observation.getValue() instanceof CodeableConcept concept
                ? concept.getTextElement()
                : ofType(StringType.class, observation.getValue());
    }
}
