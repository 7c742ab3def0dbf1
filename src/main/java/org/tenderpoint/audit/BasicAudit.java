package org.tenderpoint.audit;

import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentNetworkType;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventOutcome;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.chart.AuditEntry;
import org.tenderpoint.chart.BrokenGlass;

/**
 * An entry of the audit as an AuditEvent, by the patterns of IHE where there is one for it.
 *
 * @see <a href="https://profiles.ihe.net/ITI/BALP/">IHE Basic Audit Log Patterns 1.1.3</a>
 */
final class BasicAudit {

    private static final String PROFILE = "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.";
    private static final String BALP_ENTITY = "https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType";
    private static final String BALP_DECISION = "https://profiles.ihe.net/ITI/BALP/CodeSystem/AuthZsubType";
    private static final String DICOM = "http://dicom.nema.org/resources/ontology/DCM";
    private static final String EVENT_TYPE = "http://terminology.hl7.org/CodeSystem/audit-event-type";
    private static final String INTERACTION = "http://hl7.org/fhir/restful-interaction";
    private static final String PARTICIPATION = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
    private static final String ENTITY_TYPE = "http://terminology.hl7.org/CodeSystem/audit-entity-type";
    private static final String OBJECT_ROLE = "http://terminology.hl7.org/CodeSystem/object-role";
    private static final String REASON = "http://terminology.hl7.org/CodeSystem/v3-ActReason";
    private static final String ACT = "https://tenderpoint.org/fhir/CodeSystem/audit-act";
    private static final String ROLE = "https://tenderpoint.org/fhir/CodeSystem/role";
    private static final String CLIENT = "https://tenderpoint.org/fhir/sid/client";
    private static final String LOGIN = "https://tenderpoint.org/fhir/sid/login";
    private static final String TOKEN = "urn:ietf:params:oauth:jti:";
    private static final String LOGIN_PREFIX = "Person/";

    private static final Coding SOURCE = new Coding(DICOM, "110153", "Source Role ID");
    private static final Coding DESTINATION = new Coding(DICOM, "110152", "Destination Role ID");

    /** Codes of refusals that say: not for you, or not without saying who you are. */
    static final Set<String> DENIALS = Set.of(
            "not-permitted", "not-found", "login-required", "organization-missing", "path-unknown", "method-refused");

    /** Codes of what went wrong here. */
    static final Set<String> FAILURES = Set.of("internal", "try-again", "search-too-slow");

    /** What a request is for follows from who sends it. */
    private static final Map<String, String> PURPOSES = Map.of(
            "EHR", "TREAT",
            "CLINIC", "TREAT",
            "INSURER", "HPAYMT",
            "PATIENT", "PATRQT",
            "PRIVACY_OFFICER", "HCOMPL",
            "ADMINISTRATOR", "HSYSADMIN");

    private static final String BREAK_THE_GLASS = "BTG";

    private BasicAudit() {}

    /** The v3 ActReason for which a role uses the record. */
    static @Nullable String purpose(@Nullable String role) {
        return role == null ? null : PURPOSES.get(role);
    }

    /** @param base URL of the FHIR server, which is one of the agents */
    static AuditEvent of(AuditEntry entry, String base) {
        var act = AuditAct.of(entry.interaction());
        var event = new AuditEvent();
        event.setId("AuditEvent/" + entry.id());
        profile(entry, act, event);
        types(entry, act, event);
        event.setAction(act.action());
        event.setRecorded(Date.from(entry.recorded()));
        event.setOutcome(outcome(entry));
        event.setOutcomeDesc(description(entry));
        var purpose = entry.interaction().equals(BrokenGlass.OPEN) ? BREAK_THE_GLASS : purpose(entry.role());
        if (purpose != null) {
            event.addPurposeOfEvent(concept(new Coding(REASON, purpose, null)));
        }
        client(entry, act, event);
        server(act, base, event.addAgent());
        person(entry, act, event);
        if (entry.organization() != null) {
            event.addAgent()
                    .setType(concept(new Coding(
                            "http://terminology.hl7.org/CodeSystem/v3-RoleClass", "PROV", "healthcare provider")))
                    .setWho(new Reference("Organization/" + entry.organization()))
                    .setRequestor(false);
        }
        event.getSource()
                .setObserver(observer())
                .addType(new Coding(
                        "http://terminology.hl7.org/CodeSystem/security-source-type", "4", "Application Server"));
        entities(entry, act, event);
        return event;
    }

    /** A pattern is claimed where the entry has all that it asks for: what no request caused has no address. */
    private static void profile(AuditEntry entry, AuditAct act, AuditEvent event) {
        var hasQuery = act != AuditAct.QUERY || entry.query() != null;
        if (act.pattern() == null || !entry.succeeded() || entry.address() == null || !hasQuery) {
            return;
        }
        if (act != AuditAct.QUERY && entry.resource() == null) {
            return;
        }
        event.getMeta().addProfile(PROFILE + (entry.patients().size() == 1 ? "Patient" : "") + act.pattern());
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
        } else {
            event.setType(new Coding(EVENT_TYPE, "rest", "RESTful Operation"));
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
    private static boolean isDenied(AuditEntry entry) {
        return DENIALS.contains(entry.ground())
                || AuditAct.of(entry.interaction()).isDoor();
    }

    private static String description(AuditEntry entry) {
        return entry.succeeded() && entry.resources() > 0
                ? entry.ground() + "; " + entry.resources() + (entry.resources() == 1 ? " resource" : " resources")
                : entry.ground().isEmpty() ? "no ground was written down" : entry.ground();
    }

    private static void client(AuditEntry entry, AuditAct act, AuditEvent event) {
        var agent = event.addAgent()
                .setType(concept(act.isFromServer() ? DESTINATION : SOURCE))
                .setRequestor(entry.person() == null);
        if (entry.clientId() == null) {
            agent.getWho().setDisplay("unknown");
        } else {
            agent.setAltId(entry.clientId())
                    .getWho()
                    .setIdentifier(new Identifier().setSystem(CLIENT).setValue(entry.clientId()));
        }
        if (entry.role() != null) {
            agent.addRole(concept(new Coding(ROLE, entry.role(), null)));
        }
        if (entry.address() != null) {
            agent.getNetwork().setAddress(entry.address()).setType(AuditEventAgentNetworkType._2);
        }
        if (entry.token() != null) {
            agent.addPolicy(TOKEN + entry.token());
        }
    }

    private static void server(AuditAct act, String base, AuditEventAgentComponent agent) {
        agent.setType(concept(act.isFromServer() ? SOURCE : DESTINATION))
                .setWho(observer())
                .setRequestor(false)
                .getNetwork()
                .setAddress(base)
                .setType(AuditEventAgentNetworkType._5);
    }

    private static void person(AuditEntry entry, AuditAct act, AuditEvent event) {
        var person = entry.person();
        if (person == null) {
            return;
        }
        var who = person.startsWith(LOGIN_PREFIX)
                ? new Reference()
                        .setIdentifier(
                                new Identifier().setSystem(LOGIN).setValue(person.substring(LOGIN_PREFIX.length())))
                : new Reference(person);
        var agent = event.addAgent()
                .setType(concept(
                        act.isFromServer() || act == AuditAct.QUERY || act.pattern() == null
                                ? new Coding(PARTICIPATION, "IRCP", "information recipient")
                                : new Coding(PARTICIPATION, "AUT", "author (originator)")))
                .setWho(who)
                .setRequestor(true);
        if (entry.token() != null) {
            agent.addPolicy(TOKEN + entry.token());
        }
    }

    private static Reference observer() {
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
                            + (entry.version() == null ? "" : "/_history/" + entry.version())))
                    .addDetail()
                    .setType("resources")
                    .setValue(new StringType(Integer.toString(entry.resources())));
        }
    }

    private static CodeableConcept concept(Coding coding) {
        return new CodeableConcept().setCoding(List.of(coding.copy()));
    }
}
