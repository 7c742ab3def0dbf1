package org.tenderpoint.screening;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Communication.CommunicationPriority;
import org.hl7.fhir.r4.model.Communication.CommunicationStatus;
import org.hl7.fhir.r4.model.Flag;
import org.hl7.fhir.r4.model.Flag.FlagStatus;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskIntent;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.tenderpoint.screening.ScreeningResult.Sign;
import org.tenderpoint.server.Asked;

/**
 * Raises what cannot wait: a Flag on the patient, a message to the referrer that a person reads and sends, and a Task
 * for the practice that only a person can finish. Each is raised once for what shows it.
 */
final class SignActs {

    private static final String FLAG_CATEGORY = "http://terminology.hl7.org/CodeSystem/flag-category";

    private final Standing standing;
    private final Instant now;

    SignActs(Standing standing, Instant now) {
        this.standing = standing;
        this.now = now;
    }

    List<Asked> acts(ScreeningResult result) {
        var acts = new ArrayList<Asked>();
        for (var sign : result.signs()) {
            // What shows it names it, so that a further measurement next week raises it again and a second look does
            // not.
            var about = sign.rule().id() + "." + newest(sign.evidence());
            if (!isRaised(about)) {
                raise(sign, about, acts);
            }
        }
        return acts;
    }

    private String newest(List<String> evidence) {
        var order = standing.resources().stream().map(FactsReader::reference).toList();
        return evidence.stream()
                .max(Comparator.comparingInt(order::indexOf))
                .map(reference -> reference.substring(reference.indexOf('/') + 1))
                .orElse("");
    }

    private boolean isRaised(String about) {
        return standing.all(Flag.class).anyMatch(flag -> standing.about(flag.getIdentifier())
                .filter(about::equals)
                .isPresent());
    }

    private void raise(Sign sign, String about, List<Asked> acts) {
        var rule = sign.rule();
        var code = Codes.concept(rule.id()).setText(rule.title());
        var identifier = standing.identifier(about);
        var flagUrl = "urn:uuid:" + UUID.randomUUID();
        var flag = new Flag()
                .addIdentifier(identifier)
                .setStatus(FlagStatus.ACTIVE)
                .setCode(code)
                .setSubject(new Reference(standing.patient()))
                .setPeriod(new Period().setStart(Date.from(now)));
        flag.addCategory().addCoding().setSystem(FLAG_CATEGORY).setCode("safety");
        acts.add(Standing.create(flag, identifier, flagUrl));
        var message = Optional.<String>empty();
        if (!rule.internal()) {
            message = Optional.of("urn:uuid:" + UUID.randomUUID());
            acts.add(Standing.create(message(sign, code, identifier), identifier, message.get()));
        }
        acts.add(Standing.create(
                task(sign, code, message.orElse(flagUrl)).addIdentifier(identifier),
                identifier,
                "urn:uuid:" + UUID.randomUUID()));
    }

    /** Nobody has read it yet, so it is in preparation, which no referrer sees. */
    private Communication message(Sign sign, CodeableConcept code, org.hl7.fhir.r4.model.Identifier identifier) {
        var message = new Communication()
                .addIdentifier(identifier)
                .setStatus(CommunicationStatus.PREPARATION)
                .addCategory(Codes.concept(Codes.WARNING_SIGN))
                .setPriority(
                        CommunicationPriority.fromCode(sign.urgency().priority().toCode()))
                .setSubject(new Reference(standing.patient()))
                .setTopic(code)
                .setSender(new Reference(standing.clinic()));
        referral().ifPresent(order -> {
            message.addBasedOn(new Reference(FactsReader.reference(order)));
            if (order.getRequester().hasReference()) {
                message.addRecipient(new Reference(order.getRequester().getReference()));
            }
        });
        sign.evidence().forEach(reference -> message.addAbout(new Reference(reference)));
        message.addPayload().setContent(new StringType(text(sign)));
        return message;
    }

    private String text(Sign sign) {
        var rule = sign.rule();
        return "Automatic notice, not yet reviewed. " + rule.title() + ", seen "
                + LocalDate.ofInstant(now, ZoneOffset.UTC) + " ("
                + sign.evidence().stream().map(SignActs::kind).distinct().collect(Collectors.joining(", "))
                + "). Therapist: " + rule.message() + " " + rule.ask() + " Urgency: "
                + sign.urgency().words() + ". " + rule.basis();
    }

    /** What kind of entry shows it; the entry itself is in {@code about}, for whoever may read it. */
    private static String kind(String reference) {
        return reference.substring(0, reference.indexOf('/'));
    }

    private Optional<ServiceRequest> referral() {
        return standing.all(ServiceRequest.class)
                .filter(order -> order.getStatus() == ServiceRequestStatus.ACTIVE)
                .reduce((older, newer) -> newer);
    }

    private Task task(Sign sign, CodeableConcept code, String focus) {
        var task = new Task()
                .setStatus(TaskStatus.REQUESTED)
                .setIntent(TaskIntent.ORDER)
                .setPriority(sign.urgency().priority())
                .setCode(Codes.concept(Codes.WARNING_SIGN).setText("Read, act, send, and sign"))
                .setDescription(sign.rule().title() + ". " + sign.rule().message() + " Urgency: "
                        + sign.urgency().words() + ".")
                .setFocus(new Reference(focus))
                .setFor(new Reference(standing.patient()))
                .setOwner(new Reference(standing.clinic()))
                .setAuthoredOn(Date.from(now))
                .setReasonCode(code);
        task.setRestriction(new Task.TaskRestrictionComponent()
                .setPeriod(new Period().setEnd(Date.from(now.plus(sign.urgency().within())))));
        return task;
    }
}
