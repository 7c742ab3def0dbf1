package org.tenderpoint.access;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Communication.CommunicationPayloadComponent;
import org.hl7.fhir.r4.model.Communication.CommunicationStatus;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Consent.provisionActorComponent;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.jspecify.annotations.Nullable;

/**
 * The second layer: somebody may see a patient's record, in one role, on one ground, for a time. Grants follow the
 * resources that justify them, in the same transaction, and end with the patient's {@link Consented consent}.
 *
 * @param role the capacity in which the organization sees the patient
 * @param grantee reference to the organization (or to a PractitionerRole of it), or to the patient or who acts for her;
 *     none for the organization that wrote the resource
 * @param ground why; repeated in the audit
 * @param from inclusive
 * @param to exclusive
 * @param only the one resource that it is about; none for the whole record
 */
public record Grant(
        Role role, @Nullable Reference grantee, String ground, Instant from, Instant to, @Nullable Reference only) {

    /** Far enough away, and still a timestamp that every database takes. */
    public static final Instant FOREVER = Instant.parse("9999-12-31T00:00:00Z");

    /** The beginning, for the same reason. */
    public static final Instant ALWAYS = Instant.parse("1900-01-01T00:00:00Z");

    /** Whoever acts for a patient by law (v3-RoleCode): guardian, power of attorney, that for healthcare. */
    private static final Set<String> ACTS_BY_LAW = Set.of("GUARD", "POWATT", "DPOWATT", "HPOWATT", "SPOWATT");

    private static final Set<CommunicationStatus> SENT =
            Set.of(CommunicationStatus.INPROGRESS, CommunicationStatus.COMPLETED);

    private static final Duration TIME_TO_SEND_A_REFERRAL = Duration.ofDays(1);

    private static final Set<TaskStatus> TASK_OVER_WITHOUT_CARE = Set.of(
            TaskStatus.DRAFT, TaskStatus.REJECTED, TaskStatus.CANCELLED, TaskStatus.FAILED, TaskStatus.ENTEREDINERROR);

    private static final Set<ServiceRequestStatus> REFERRAL_CLOSED =
            Set.of(ServiceRequestStatus.COMPLETED, ServiceRequestStatus.REVOKED);

    /**
     * The grants that a resource justifies as it now stands.
     *
     * @param resource any resource
     * @param writer the role of the organization that first wrote it
     * @param now time of the change
     * @param grace how long a referrer goes on seeing a patient after the referral is closed
     * @return the whole list; grants of an earlier version that are not in it end
     */
    public static List<Grant> from(Resource resource, Role writer, Instant now, Duration grace) {
        if (resource instanceof Patient) {
            var to = writer == Role.CLINIC ? FOREVER : now.plus(TIME_TO_SEND_A_REFERRAL);
            return List.of(
                    new Grant(writer, null, "registered the patient", ALWAYS, to),
                    new Grant(Role.PATIENT, to(resource), "is the patient", ALWAYS, FOREVER));
        }
        if (resource instanceof ServiceRequest referral && writer == Role.EHR) {
            return ofReferral(referral, now, grace);
        }
        if (resource instanceof Task task && writer == Role.EHR && task.hasOwner()) {
            return task.hasStatus() && TASK_OVER_WITHOUT_CARE.contains(task.getStatus())
                    ? List.of()
                    : List.of(new Grant(Role.CLINIC, task.getOwner(), "asked to treat", ALWAYS, FOREVER));
        }
        if (resource instanceof Coverage coverage) {
            return ofCoverage(coverage);
        }
        if (writer != Role.CLINIC) {
            return List.of();
        }
        if (resource instanceof RelatedPerson person) {
            return ofRelatedPerson(person);
        }
        if (resource instanceof Consent consent) {
            return ofProxies(consent);
        }
        return resource instanceof Communication message ? ofMessage(message) : List.of();
    }

    private Grant(Role role, @Nullable Reference grantee, String ground, Instant from, Instant to) {
        this(role, grantee, ground, from, to, null);
    }

    private static Reference to(Resource resource) {
        return new Reference(resource.fhirType() + "/" + resource.getIdElement().getIdPart());
    }

    /** Being named as family or friend opens nothing; acting by law does, and so does a Consent. */
    private static List<Grant> ofRelatedPerson(RelatedPerson person) {
        var acts = person.getRelationship().stream()
                .flatMap(relationship -> relationship.getCoding().stream())
                .anyMatch(relationship -> ACTS_BY_LAW.contains(relationship.getCode()));
        return !acts || (person.hasActive() && !person.getActive())
                ? List.of()
                : List.of(new Grant(
                        Role.PATIENT,
                        to(person),
                        "acts for the patient by law",
                        start(person.getPeriod()),
                        end(person.getPeriod())));
    }

    private static List<Grant> ofProxies(Consent consent) {
        var provision = consent.getProvision();
        if (consent.getStatus() != ConsentState.ACTIVE
                || provision.getType() != ConsentProvisionType.PERMIT
                || !ConsentRule.isWhole(provision)) {
            return List.of();
        }
        return provision.getActor().stream()
                .map(provisionActorComponent::getReference)
                .filter(actor -> String.valueOf(actor.getReference()).startsWith("RelatedPerson/"))
                .map(actor -> new Grant(
                        Role.PATIENT,
                        actor,
                        "acts for the patient by consent",
                        start(provision.getPeriod()),
                        end(provision.getPeriod())))
                .toList();
    }

    /** What a clinic has sent somebody, that somebody may look up again, whatever else ends. */
    private static List<Grant> ofMessage(Communication message) {
        if (message.getStatus() == null || !SENT.contains(message.getStatus())) {
            return List.of();
        }
        return message.getPayload().stream()
                .map(CommunicationPayloadComponent::getContent)
                .filter(Reference.class::isInstance)
                .flatMap(sent -> message.getRecipient().stream().flatMap(recipient -> Stream.of(Role.EHR, Role.INSURER)
                        .map(role -> new Grant(role, recipient, "was sent it", ALWAYS, FOREVER, (Reference) sent))))
                .toList();
    }

    private static List<Grant> ofReferral(ServiceRequest referral, Instant now, Duration grace) {
        if (referral.getStatus() == ServiceRequestStatus.ENTEREDINERROR) {
            return List.of();
        }
        var to = REFERRAL_CLOSED.contains(referral.getStatus()) ? now.plus(grace) : FOREVER;
        return List.of(new Grant(Role.EHR, null, "referred the patient", ALWAYS, to));
    }

    private static List<Grant> ofCoverage(Coverage coverage) {
        if (coverage.getStatus() != Coverage.CoverageStatus.ACTIVE) {
            return List.of();
        }
        var period = coverage.getPeriod();
        return coverage.getPayor().stream()
                .flatMap(payor ->
                        Stream.of(new Grant(Role.INSURER, payor, "insures the patient", start(period), end(period))))
                .toList();
    }

    static Instant start(Period period) {
        return period.hasStart() ? period.getStart().toInstant() : ALWAYS;
    }

    // A period names the last year, month, day or instant that it covers; the cover ends behind it.
    static Instant end(Period period) {
        if (!period.hasEnd()) {
            return FOREVER;
        }
        var text = period.getEndElement().getValueAsString();
        return switch (period.getEndElement().getPrecision()) {
            case YEAR -> midnight(LocalDate.of(Integer.parseInt(text) + 1, 1, 1));
            case MONTH -> midnight(YearMonth.parse(text).plusMonths(1).atDay(1));
            case DAY -> midnight(LocalDate.parse(text).plusDays(1));
            default -> period.getEnd().toInstant();
        };
    }

    private static Instant midnight(LocalDate day) {
        return day.atStartOfDay().toInstant(ZoneOffset.UTC);
    }
}
