package org.tenderpoint.chart;

import static org.tenderpoint.chart.RecordType.dated;

import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.ChargeItem;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.EpisodeOfCare;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.hl7.fhir.r4.model.Subscription;
import org.hl7.fhir.r4.model.Task;
import org.jspecify.annotations.Nullable;

/** Patients, referrals, plans, appointments and money: what the work is organised by. */
final class WorkflowTypes {

    private static final Set<String> PEOPLE = Set.of(
            "Practitioner", "PractitionerRole", "Organization", "Patient", "RelatedPerson", "CareTeam", "Device");

    static final List<RecordType<?>> ALL = List.of(
            RecordType.of(Patient.class)
                    .tokens("identifier", "Any identifier, such as a record number", Patient::getIdentifier)
                    .strings("name", "Any part of the name", Patient::getName)
                    .strings("family", "Family name", p -> p.getName().stream()
                            .map(name -> name.getFamilyElement())
                            .toList())
                    .strings("given", "Given name", p -> p.getName().stream()
                            .flatMap(name -> name.getGiven().stream())
                            .toList())
                    .date("birthdate", "Date of birth", Patient::getBirthDateElement)
                    .token("gender", "Administrative gender", Patient::getGenderElement)
                    .token("active", "In use or not", Patient::getActiveElement)
                    .reference(
                            "organization",
                            "Custodian of the record",
                            Set.of("Organization"),
                            Patient::getManagingOrganization)
                    .references(
                            "general-practitioner",
                            "The patient's own physician",
                            Set.of("Practitioner", "PractitionerRole", "Organization"),
                            Patient::getGeneralPractitioner),
            RecordType.of(RelatedPerson.class)
                    .patient(RelatedPerson::getPatient, "patient")
                    .tokens("identifier", "Any identifier", RelatedPerson::getIdentifier)
                    .strings("name", "Any part of the name", RelatedPerson::getName)
                    .tokens("relationship", "Relationship to the patient", RelatedPerson::getRelationship),
            RecordType.of(Coverage.class)
                    .patient(Coverage::getBeneficiary, "patient", "beneficiary")
                    .tokens("identifier", "Any identifier", Coverage::getIdentifier)
                    .token("status", "Status", Coverage::getStatusElement)
                    .token("type", "Kind of cover", Coverage::getType)
                    .references(
                            "payor",
                            "Who pays",
                            Set.of("Organization", "Patient", "RelatedPerson"),
                            Coverage::getPayor),
            RecordType.of(ServiceRequest.class)
                    .patient(ServiceRequest::getSubject, "patient", "subject")
                    .releasedWhen(r -> r.getStatus() != ServiceRequestStatus.DRAFT)
                    .happened("authored", "When the referral was signed", ServiceRequest::getAuthoredOnElement)
                    .tokens("identifier", "Any identifier, such as the placer's", ServiceRequest::getIdentifier)
                    .token("status", "Status", ServiceRequest::getStatusElement)
                    .token("intent", "Intent", ServiceRequest::getIntentElement)
                    .tokens("category", "Category", ServiceRequest::getCategory)
                    .token("code", "What is asked for", ServiceRequest::getCode)
                    .token("priority", "Priority", ServiceRequest::getPriorityElement)
                    .tokens("body-site", "Where", ServiceRequest::getBodySite)
                    .reference("requester", "Who refers", PEOPLE, ServiceRequest::getRequester)
                    .references("performer", "Who is asked", PEOPLE, ServiceRequest::getPerformer)
                    .references(
                            "based-on",
                            "What it fulfils",
                            Set.of("CarePlan", "ServiceRequest", "MedicationRequest"),
                            ServiceRequest::getBasedOn)
                    .date("occurrence", "When it is to be done", r -> dated(r.getOccurrence())),
            RecordType.of(Task.class)
                    .patient(Task::getFor, "patient")
                    .releasedWhen(t -> t.getStatus() != Task.TaskStatus.DRAFT)
                    .happened("authored-on", "When it was created", Task::getAuthoredOnElement)
                    .tokens("identifier", "Any identifier", Task::getIdentifier)
                    .token("status", "Status", Task::getStatusElement)
                    .token("business-status", "BSeR state", Task::getBusinessStatus)
                    .token("code", "What is to be done", Task::getCode)
                    .token("intent", "Intent", Task::getIntentElement)
                    .token("priority", "Priority", Task::getPriorityElement)
                    .reference("requester", "Who asks", PEOPLE, Task::getRequester)
                    .reference("owner", "Who is to do it", PEOPLE, Task::getOwner)
                    .reference("focus", "What it is about", Set.of("ServiceRequest"), Task::getFocus)
                    .references("based-on", "What it fulfils", Set.of("ServiceRequest", "CarePlan"), Task::getBasedOn)
                    .references("part-of", "The task it is part of", Set.of("Task"), Task::getPartOf)
                    .date("modified", "When it last changed", Task::getLastModifiedElement)
                    .date("period", "When it was done", Task::getExecutionPeriod),
            RecordType.of(CarePlan.class)
                    .patient(CarePlan::getSubject, "patient", "subject")
                    .releasedWhen(plan -> plan.getStatus() != CarePlanStatus.DRAFT)
                    .happened("date", "When the plan applies", CarePlan::getPeriod)
                    .tokens("identifier", "Any identifier", CarePlan::getIdentifier)
                    .token("status", "Status", CarePlan::getStatusElement)
                    .token("intent", "Intent", CarePlan::getIntentElement)
                    .tokens("category", "Category", CarePlan::getCategory)
                    .references("goal", "What it aims at", Set.of("Goal"), CarePlan::getGoal)
                    .references("condition", "What it addresses", Set.of("Condition"), CarePlan::getAddresses)
                    .references("care-team", "Who is involved", Set.of("CareTeam"), CarePlan::getCareTeam)
                    .references("based-on", "What it fulfils", Set.of("CarePlan"), CarePlan::getBasedOn),
            RecordType.of(CareTeam.class)
                    .patient(CareTeam::getSubject, "patient", "subject")
                    .happened("date", "When the team works", CareTeam::getPeriod)
                    .tokens("identifier", "Any identifier", CareTeam::getIdentifier)
                    .token("status", "Status", CareTeam::getStatusElement)
                    .references("participant", "Who is in it", PEOPLE, team -> team.getParticipant().stream()
                            .map(p -> p.getMember())
                            .toList()),
            RecordType.of(Goal.class)
                    .patient(Goal::getSubject, "patient", "subject")
                    .happened("start-date", "When it was set", goal -> dated(goal.getStart()))
                    .tokens("identifier", "Any identifier", Goal::getIdentifier)
                    .token("lifecycle-status", "Status", Goal::getLifecycleStatusElement)
                    .token("achievement-status", "Attainment", Goal::getAchievementStatus)
                    .tokens("category", "Category", Goal::getCategory)
                    .dates("target-date", "When it is due", goal -> goal.getTarget().stream()
                            .map(target -> target.getDue())
                            .filter(due -> due instanceof org.hl7.fhir.r4.model.DateType)
                            .toList()),
            RecordType.of(EpisodeOfCare.class)
                    .patient(EpisodeOfCare::getPatient, "patient")
                    .happened("date", "From when to when", EpisodeOfCare::getPeriod)
                    .tokens("identifier", "Any identifier", EpisodeOfCare::getIdentifier)
                    .token("status", "Status", EpisodeOfCare::getStatusElement)
                    .reference(
                            "organization",
                            "Who treats",
                            Set.of("Organization"),
                            EpisodeOfCare::getManagingOrganization)
                    .references(
                            "incoming-referral",
                            "The referral",
                            Set.of("ServiceRequest"),
                            EpisodeOfCare::getReferralRequest),
            RecordType.of(Appointment.class)
                    .patient(WorkflowTypes::patientOf, "patient")
                    .happened("date", "Start", Appointment::getStartElement)
                    .tokens("identifier", "Any identifier", Appointment::getIdentifier)
                    .token("status", "Status", Appointment::getStatusElement)
                    .references(
                            "actor",
                            "Who takes part",
                            Set.of(
                                    "Patient",
                                    "Practitioner",
                                    "PractitionerRole",
                                    "Location",
                                    "RelatedPerson",
                                    "Device"),
                            appointment -> appointment.getParticipant().stream()
                                    .map(p -> p.getActor())
                                    .toList())
                    .references("based-on", "The referral", Set.of("ServiceRequest"), Appointment::getBasedOn),
            RecordType.of(Communication.class)
                    .patient(Communication::getSubject, "patient", "subject")
                    .happened("sent", "When it was sent", Communication::getSentElement)
                    .tokens("identifier", "Any identifier", Communication::getIdentifier)
                    .token("status", "Status", Communication::getStatusElement)
                    .tokens("category", "Category", Communication::getCategory)
                    .reference("sender", "From", PEOPLE, Communication::getSender)
                    .references("recipient", "To", PEOPLE, Communication::getRecipient)
                    .references(
                            "based-on",
                            "What it is about",
                            Set.of("ServiceRequest", "CarePlan", "Task"),
                            Communication::getBasedOn),
            RecordType.of(ChargeItem.class)
                    .patient(ChargeItem::getSubject, "patient", "subject")
                    .happened("occurrence", "When the service was given", item -> dated(item.getOccurrence()))
                    .tokens("identifier", "Any identifier", ChargeItem::getIdentifier)
                    .token("code", "What was done", ChargeItem::getCode)
                    .reference("context", "The visit", Set.of("Encounter", "EpisodeOfCare"), ChargeItem::getContext)
                    .references("service", "What was done", Set.of("Procedure"), ChargeItem::getService),
            RecordType.of(Group.class)
                    .tokens("identifier", "Any identifier", Group::getIdentifier)
                    .token("type", "Kind", Group::getTypeElement)
                    .token("code", "Kind of members", Group::getCode)
                    .references("member", "Who is in it", Set.of("Patient"), group -> group.getMember().stream()
                            .map(m -> m.getEntity())
                            .toList()),
            RecordType.of(Subscription.class)
                    .token("status", "Status", Subscription::getStatusElement)
                    .uri("url", "Where notifications go", s -> s.getChannel().getEndpointElement())
                    .string("criteria", "What is notified", Subscription::getCriteriaElement));

    private WorkflowTypes() {}

    private static @Nullable Reference patientOf(Appointment appointment) {
        return appointment.getParticipant().stream()
                .map(participant -> participant.getActor())
                .filter(actor -> actor.hasReference() && actor.getReference().contains("Patient/"))
                .findFirst()
                .orElse(null);
    }
}
