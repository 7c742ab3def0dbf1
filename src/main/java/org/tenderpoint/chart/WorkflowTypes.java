package org.tenderpoint.chart;

import static org.tenderpoint.chart.RecordType.dated;
import static org.tenderpoint.chart.RecordType.each;
import static org.tenderpoint.chart.RecordType.eachOf;
import static org.tenderpoint.chart.RecordType.ofType;

import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentParticipantComponent;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityComponent;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.CareTeam.CareTeamParticipantComponent;
import org.hl7.fhir.r4.model.ChargeItem;
import org.hl7.fhir.r4.model.ChargeItem.ChargeItemPerformerComponent;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Communication.CommunicationStatus;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.EpisodeOfCare;
import org.hl7.fhir.r4.model.EpisodeOfCare.DiagnosisComponent;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.hl7.fhir.r4.model.Subscription;
import org.hl7.fhir.r4.model.Task;
import org.jspecify.annotations.Nullable;

/** Referrals, plans, appointments, letters and money: what the work is organised by. */
final class WorkflowTypes {

    static final List<RecordType<?>> ALL = List.of(
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
                    .reference("requester", "Who refers", Targets.PEOPLE, ServiceRequest::getRequester)
                    .references("performer", "Who is asked", Targets.PEOPLE, ServiceRequest::getPerformer)
                    .references(
                            "based-on",
                            "What it fulfils",
                            Set.of("CarePlan", "ServiceRequest", "MedicationRequest"),
                            ServiceRequest::getBasedOn)
                    .date("occurrence", "When it is to be done", r -> dated(r.getOccurrence()))
                    .reference(
                            "encounter",
                            "The visit in which it was asked for",
                            Targets.VISIT,
                            ServiceRequest::getEncounter)
                    .references(
                            "replaces",
                            "The referral it replaces",
                            Set.of("ServiceRequest"),
                            ServiceRequest::getReplaces)
                    .token("performer-type", "Which kind of practitioner is asked", ServiceRequest::getPerformerType)
                    .token("requisition", "Number of the whole order", ServiceRequest::getRequisition)
                    .canonicals(
                            "instantiates-canonical",
                            "The protocol it follows",
                            ServiceRequest::getInstantiatesCanonical)
                    .uris("instantiates-uri", "The protocol it follows, elsewhere", ServiceRequest::getInstantiatesUri),
            RecordType.of(Task.class)
                    .patient(Task::getFor, "patient", "subject")
                    .releasedWhen(t -> t.getStatus() != Task.TaskStatus.DRAFT)
                    .happened("authored-on", "When it was created", Task::getAuthoredOnElement)
                    .tokens("identifier", "Any identifier", Task::getIdentifier)
                    .token("status", "Status", Task::getStatusElement)
                    .token("business-status", "BSeR state", Task::getBusinessStatus)
                    .token("code", "What is to be done", Task::getCode)
                    .token("intent", "Intent", Task::getIntentElement)
                    .token("priority", "Priority", Task::getPriorityElement)
                    .reference("requester", "Who asks", Targets.PEOPLE, Task::getRequester)
                    .reference("owner", "Who is to do it", Targets.PEOPLE, Task::getOwner)
                    .reference("focus", "What it is about", Targets.ANY, Task::getFocus)
                    .references("based-on", "What it fulfils", Targets.ANY, Task::getBasedOn)
                    .references("part-of", "The task it is part of", Set.of("Task"), Task::getPartOf)
                    .date("modified", "When it last changed", Task::getLastModifiedElement)
                    .date("period", "When it was done", Task::getExecutionPeriod)
                    .reference("encounter", "The visit", Set.of("Encounter"), Task::getEncounter)
                    .token("group-identifier", "Number of the whole order", Task::getGroupIdentifier)
                    .tokens("performer", "Which kind of practitioner is to do it", Task::getPerformerType),
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
                    .references("based-on", "What it fulfils", Set.of("CarePlan"), CarePlan::getBasedOn)
                    .references("part-of", "The plan it is part of", Set.of("CarePlan"), CarePlan::getPartOf)
                    .references("replaces", "The plan it replaces", Set.of("CarePlan"), CarePlan::getReplaces)
                    .reference(
                            "encounter", "The visit in which it was made", Set.of("Encounter"), CarePlan::getEncounter)
                    .tokens(
                            "activity-code",
                            "What is planned",
                            plan -> each(plan.getActivity(), activity -> activity.getDetail()
                                    .getCode()))
                    .dates(
                            "activity-date",
                            "When it is planned",
                            plan -> each(
                                    plan.getActivity(),
                                    activity -> dated(activity.getDetail().getScheduled())))
                    .references(
                            "activity-reference",
                            "What it leads to",
                            Set.of("Appointment", "MedicationRequest", "Task", "ServiceRequest"),
                            plan -> each(plan.getActivity(), CarePlanActivityComponent::getReference))
                    .references(
                            "performer",
                            "Who is to do it",
                            Targets.PEOPLE,
                            plan -> eachOf(plan.getActivity(), activity -> activity.getDetail()
                                    .getPerformer()))
                    .canonicals("instantiates-canonical", "The protocol it follows", CarePlan::getInstantiatesCanonical)
                    .uris("instantiates-uri", "The protocol it follows, elsewhere", CarePlan::getInstantiatesUri),
            RecordType.of(CareTeam.class)
                    .patient(CareTeam::getSubject, "patient", "subject")
                    .happened("date", "When the team works", CareTeam::getPeriod)
                    .tokens("identifier", "Any identifier", CareTeam::getIdentifier)
                    .token("status", "Status", CareTeam::getStatusElement)
                    .tokens("category", "Kind of team", CareTeam::getCategory)
                    .tokens(
                            "role",
                            "Role in the team (US Core)",
                            team -> eachOf(team.getParticipant(), CareTeamParticipantComponent::getRole))
                    .reference("encounter", "The visit", Set.of("Encounter"), CareTeam::getEncounter)
                    .references(
                            "participant",
                            "Who is in it",
                            Targets.PEOPLE,
                            team -> each(team.getParticipant(), CareTeamParticipantComponent::getMember)),
            RecordType.of(Goal.class)
                    .patient(Goal::getSubject, "patient", "subject")
                    .happened("start-date", "When it was set", goal -> ofType(DateType.class, goal.getStart()))
                    .tokens("identifier", "Any identifier", Goal::getIdentifier)
                    .token("lifecycle-status", "Status", Goal::getLifecycleStatusElement)
                    .token("achievement-status", "Attainment", Goal::getAchievementStatus)
                    .tokens("category", "Category", Goal::getCategory)
                    .token("description", "What is aimed at (US Core)", Goal::getDescription)
                    .dates(
                            "target-date",
                            "When it is due",
                            goal -> each(goal.getTarget(), target -> ofType(DateType.class, target.getDue()))),
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
                            EpisodeOfCare::getReferralRequest)
                    .tokens("type", "Kind of episode", EpisodeOfCare::getType)
                    .references(
                            "condition",
                            "What is treated",
                            Set.of("Condition"),
                            e -> each(e.getDiagnosis(), DiagnosisComponent::getCondition))
                    .reference("care-manager", "Who is in charge", Set.of("Practitioner"), WorkflowTypes::careManager),
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
                            appointment ->
                                    each(appointment.getParticipant(), AppointmentParticipantComponent::getActor))
                    .references("based-on", "The referral", Set.of("ServiceRequest"), Appointment::getBasedOn)
                    .pointingAt("Practitioner", "practitioner", "The practitioner who takes part", "actor")
                    .pointingAt("Location", "location", "Where", "actor")
                    .tokens(
                            "part-status",
                            "Whether somebody has accepted",
                            appointment -> each(
                                    appointment.getParticipant(), AppointmentParticipantComponent::getStatusElement))
                    .token("appointment-type", "Kind of booking", Appointment::getAppointmentType)
                    .tokens("service-type", "What is to be done", Appointment::getServiceType)
                    .tokens("service-category", "Kind of service", Appointment::getServiceCategory)
                    .tokens("specialty", "Specialty", Appointment::getSpecialty)
                    .tokens("reason-code", "Why, as a code", Appointment::getReasonCode)
                    .references("reason-reference", "Why", Targets.REASON, Appointment::getReasonReference)
                    .references(
                            "supporting-info", "What else matters", Targets.ANY, Appointment::getSupportingInformation),
            RecordType.of(Communication.class)
                    .patient(Communication::getSubject, "patient", "subject")
                    .releasedWhen(message -> message.getStatus() != CommunicationStatus.PREPARATION)
                    .happened("sent", "When it was sent", Communication::getSentElement)
                    .tokens("identifier", "Any identifier", Communication::getIdentifier)
                    .token("status", "Status", Communication::getStatusElement)
                    .tokens("category", "Category", Communication::getCategory)
                    .reference("sender", "From", Targets.PEOPLE, Communication::getSender)
                    .references("recipient", "To", Targets.PEOPLE, Communication::getRecipient)
                    .references("based-on", "What it is about", Targets.ANY, Communication::getBasedOn)
                    .references("part-of", "What it is part of", Targets.ANY, Communication::getPartOf)
                    .reference("encounter", "The visit", Set.of("Encounter"), Communication::getEncounter)
                    .date("received", "When it was received", Communication::getReceivedElement)
                    .tokens("medium", "How it was sent", Communication::getMedium)
                    .canonicals(
                            "instantiates-canonical",
                            "The protocol it follows",
                            Communication::getInstantiatesCanonical)
                    .uris("instantiates-uri", "The protocol it follows, elsewhere", Communication::getInstantiatesUri),
            RecordType.of(ChargeItem.class)
                    .patient(ChargeItem::getSubject, "patient", "subject")
                    .happened("occurrence", "When the service was given", item -> dated(item.getOccurrence()))
                    .tokens("identifier", "Any identifier", ChargeItem::getIdentifier)
                    .token("code", "What was done", ChargeItem::getCode)
                    .reference("context", "The visit", Targets.VISIT, ChargeItem::getContext)
                    .references(
                            "service",
                            "What was done, itself",
                            Set.of("Procedure", "Observation"),
                            ChargeItem::getService)
                    .date("entered-date", "When it was entered", ChargeItem::getEnteredDateElement)
                    .reference("enterer", "Who entered it", Targets.PEOPLE, ChargeItem::getEnterer)
                    .references(
                            "performer-actor",
                            "Who did it",
                            Targets.PEOPLE,
                            item -> each(item.getPerformer(), ChargeItemPerformerComponent::getActor))
                    .tokens(
                            "performer-function",
                            "In which role",
                            item -> each(item.getPerformer(), ChargeItemPerformerComponent::getFunction))
                    .reference(
                            "performing-organization",
                            "Which clinic did it",
                            Set.of("Organization"),
                            ChargeItem::getPerformingOrganization)
                    .reference(
                            "requesting-organization",
                            "Which practice asked for it",
                            Set.of("Organization"),
                            ChargeItem::getRequestingOrganization)
                    .quantity("quantity", "How many", ChargeItem::getQuantity),
            RecordType.of(Subscription.class)
                    .token("status", "Status", Subscription::getStatusElement)
                    .uri("url", "Where notifications go", s -> s.getChannel().getEndpointElement())
                    .string("criteria", "What is notified", Subscription::getCriteriaElement)
                    .tokens("contact", "Whom to call when it fails", Subscription::getContact)
                    .token("payload", "MIME type of what is sent", s -> s.getChannel()
                            .getPayloadElement())
                    .token("type", "Kind of channel", s -> s.getChannel().getTypeElement()));

    private WorkflowTypes() {}

    /** R4 finds an episode by its manager where that is a Practitioner, not by a role of one. */
    private static @Nullable Base careManager(EpisodeOfCare episode) {
        var manager = episode.getCareManager();
        return manager.hasReference() && manager.getReference().startsWith("Practitioner/") ? manager : null;
    }

    private static @Nullable Reference patientOf(Appointment appointment) {
        return appointment.getParticipant().stream()
                .map(participant -> participant.getActor())
                .filter(actor -> actor.hasReference() && actor.getReference().contains("Patient/"))
                .findFirst()
                .orElse(null);
    }
}
