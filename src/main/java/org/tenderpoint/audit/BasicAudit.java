package org.tenderpoint.audit;

import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventOutcome;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.tenderpoint.access.Role;
import org.tenderpoint.chart.AuditEntry;
import org.tenderpoint.chart.ExportJobs;

/**
 * An entry of the audit as an AuditEvent, by the patterns of IHE where there is one for it.
 *
 * @see <a href="https://profiles.ihe.net/ITI/BALP/">IHE Basic Audit Log Patterns 1.1.3</a>
 */
final class BasicAudit {

    private static final String PROFILE = "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.";
    private static final String BALP_ENTITY = "https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType";
    private static final String BALP_DECISION = "https://profiles.ihe.net/ITI/BALP/CodeSystem/AuthZsubType";
    private static final String LIFECYCLE = "http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle";
    static final String DICOM = "http://dicom.nema.org/resources/ontology/DCM";
    private static final String EVENT_TYPE = "http://terminology.hl7.org/CodeSystem/audit-event-type";
    private static final String INTERACTION = "http://hl7.org/fhir/restful-interaction";
    private static final String ENTITY_TYPE = "http://terminology.hl7.org/CodeSystem/audit-entity-type";
    private static final String OBJECT_ROLE = "http://terminology.hl7.org/CodeSystem/object-role";
    static final String REASON = "http://terminology.hl7.org/CodeSystem/v3-ActReason";
    private static final String ACT = "https://tenderpoint.org/fhir/CodeSystem/audit-act";

    /** Codes of refusals that say: not for you, or not without saying who you are. */
    static final Set<String> DENIALS = Set.of(
            "not-permitted", "not-found", "login-required", "organization-missing", "path-unknown", "method-refused");

    /** Codes of what went wrong here. */
    static final Set<String> FAILURES = Set.of("internal", "try-again", "search-too-slow");

    private static final Set<String> OUTSIDE = Set.of(Role.EHR.name(), Role.INSURER.name());

    private BasicAudit() {}

    /** @param base URL of the FHIR server, which is one of the agents */
    static AuditEvent of(AuditEntry entry, String base) {
        var act = AuditAct.of(entry.interaction());
        var event = new AuditEvent();
        event.setId("AuditEvent/" + entry.id());
        profiles(entry, act, event);
        types(entry, act, event);
        event.setAction(act.action());
        event.setRecorded(Date.from(entry.recorded()));
        event.setOutcome(outcome(entry));
        event.setOutcomeDesc(description(entry));
        if (entry.purpose() != null) {
            event.addPurposeOfEvent(concept(new Coding(REASON, entry.purpose(), null)));
        }
        new AuditAgents(entry, act).addTo(event, base);
        event.getSource()
                .setObserver(observer())
                .addType(new Coding(
                        "http://terminology.hl7.org/CodeSystem/security-source-type", "4", "Application Server"));
        entities(entry, act, event);
        return event;
    }

    /** A pattern is claimed where the entry has all that it asks for: what no request caused has no address. */
    private static void profiles(AuditEntry entry, AuditAct act, AuditEvent event) {
        if (isExport(entry, act)) {
            event.getMeta().addProfile(PROFILE + "PrivacyDisclosure.Source");
        } else if (isOfARestPattern(entry, act)) {
            event.getMeta().addProfile(PROFILE + (entry.patients().size() == 1 ? "Patient" : "") + act.pattern());
        }
        if (entry.token() != null && entry.clientId() != null) {
            event.getMeta().addProfile(PROFILE + "OAUTHaccessTokenUse.Comprehensive");
            if (entry.person() != null) {
                event.getMeta().addProfile(PROFILE + "OAUTHaccessTokenUse.Minimal");
            }
        }
    }

    private static boolean isOfARestPattern(AuditEntry entry, AuditAct act) {
        if (act.pattern() == null || !entry.succeeded() || entry.address() == null) {
            return false;
        }
        return act == AuditAct.QUERY ? entry.query() != null : entry.resource() != null;
    }

    /** True for what somebody outside of the practice was shown. */
    private static boolean isDisclosed(AuditEntry entry, AuditAct act) {
        return entry.succeeded() && act.isShowing() && entry.role() != null && OUTSIDE.contains(entry.role());
    }

    /** True where an operation has handed over one patient's record, for which there is no pattern of a RESTful kind. */
    private static boolean isExport(AuditEntry entry, AuditAct act) {
        return act == AuditAct.HAND_OVER
                && isDisclosed(entry, act)
                && entry.address() != null
                && entry.resource() != null
                && entry.patients().size() == 1;
    }

    private static void types(AuditEntry entry, AuditAct act, AuditEvent event) {
        if (!entry.succeeded() && isDenied(entry)) {
            event.setType(new Coding(DICOM, "110113", "Security Alert"));
            event.addSubtype(new Coding(BALP_DECISION, "AuthZ-Role", null));
        } else if (act == AuditAct.SIGN_IN) {
            event.setType(new Coding(DICOM, "110114", "User Authentication"));
        } else if (act == AuditAct.ADMINISTRATION) {
            event.setType(new Coding(DICOM, "110113", "Security Alert"));
            event.addSubtype(new Coding(DICOM, "110131", "Software Configuration"));
        } else if (isExport(entry, act) || entry.interaction().equals(ExportJobs.FILE)) {
            event.setType(new Coding(DICOM, "110106", "Export"));
        } else {
            event.setType(new Coding(EVENT_TYPE, "rest", "RESTful Operation"));
        }
        if (isDisclosed(entry, act)) {
            event.addSubtype(new Coding(LIFECYCLE, "disclose", null));
        }
        var code = AuditAct.restCode(entry.interaction());
        if (code != null) {
            event.addSubtype(new Coding(INTERACTION, code, null));
        }
        if (code == null || code.equals("operation")) {
            event.addSubtype(new Coding(ACT, entry.interaction().replace(' ', '-'), null));
        }
    }

    private static AuditEventOutcome outcome(AuditEntry entry) {
        if (entry.succeeded()) {
            return AuditEventOutcome._0;
        }
        return FAILURES.contains(entry.ground())
                ? AuditEventOutcome._12
                : isDenied(entry) ? AuditEventOutcome._8 : AuditEventOutcome._4;
    }

    /** Whoever is refused at a door that lets people and clients in is denied, whatever the reason. */
    static boolean isDenied(AuditEntry entry) {
        return DENIALS.contains(entry.ground())
                || AuditAct.of(entry.interaction()).isDoor();
    }

    private static String description(AuditEntry entry) {
        return entry.succeeded() && entry.resources() > 0
                ? entry.ground() + "; " + entry.resources() + (entry.resources() == 1 ? " resource" : " resources")
                : entry.ground().isEmpty() ? "no ground was written down" : entry.ground();
    }

    static Reference observer() {
        return new Reference().setDisplay("Tenderpoint");
    }

    private static void entities(AuditEntry entry, AuditAct act, AuditEvent event) {
        if (entry.request() != null) {
            event.addEntity()
                    .setType(new Coding(BALP_ENTITY, "XrequestId", null))
                    .getWhat()
                    .setIdentifier(
                            new Identifier().setSystem("urn:ietf:rfc:3986").setValue("urn:uuid:" + entry.request()));
        }
        for (UUID patient : entry.patients()) {
            event.addEntity()
                    .setType(new Coding(ENTITY_TYPE, "1", "Person"))
                    .setRole(new Coding(OBJECT_ROLE, "1", "Patient"))
                    .setWhat(new Reference("Patient/" + patient));
        }
        if (act == AuditAct.QUERY) {
            var asked =
                    Objects.requireNonNullElse(entry.type(), "") + (entry.query() == null ? "" : "?" + entry.query());
            event.addEntity()
                    .setType(new Coding(ENTITY_TYPE, "2", "System Object"))
                    .setRole(new Coding(OBJECT_ROLE, "24", "Query"))
                    .setQuery(asked.getBytes(StandardCharsets.UTF_8));
        } else if (entry.type() != null && entry.resource() != null) {
            event.addEntity()
                    .setType(new Coding(ENTITY_TYPE, "2", "System Object"))
                    .setRole(new Coding(OBJECT_ROLE, "4", "Domain Resource"))
                    .setWhat(new Reference(entry.type() + "/" + entry.resource()
                            + (entry.version() == null ? "" : "/_history/" + entry.version())));
        }
    }

    static CodeableConcept concept(Coding... codings) {
        return new CodeableConcept()
                .setCoding(Stream.of(codings).map(Coding::copy).toList());
    }
}
