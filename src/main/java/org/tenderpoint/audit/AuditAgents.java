package org.tenderpoint.audit;

import java.util.ArrayList;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentNetworkType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.tenderpoint.chart.AuditEntry;

/**
 * Who took part in what an entry tells of: the client and this server, the person before the client, the organization that
 * both act for, and, where somebody was denied, who decided that. IHE's patterns know their agents by a code of the type; one
 * agent that is in several patterns bears the codes of all of them.
 */
final class AuditAgents {

    private static final String PARTICIPATION = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
    private static final String ROLE = "https://tenderpoint.org/fhir/CodeSystem/role";
    private static final String CLIENT = "https://tenderpoint.org/fhir/sid/client";
    private static final String LOGIN = "https://tenderpoint.org/fhir/sid/login";
    private static final String USER = "https://tenderpoint.org/fhir/sid/user";
    private static final String TOKEN = "urn:ietf:params:oauth:jti:";
    private static final String LOGIN_PREFIX = "Person/";

    private static final Coding SOURCE = new Coding(BasicAudit.DICOM, "110153", "Source Role ID");
    private static final Coding DESTINATION = new Coding(BasicAudit.DICOM, "110152", "Destination Role ID");
    private static final Coding APPLICATION = new Coding(BasicAudit.DICOM, "110150", "Application");
    private static final Coding CUSTODIAN =
            new Coding("http://terminology.hl7.org/CodeSystem/provenance-participant-type", "custodian", "Custodian");
    private static final Coding RECIPIENT = new Coding(PARTICIPATION, "IRCP", "information recipient");
    private static final Coding AUTHOR = new Coding(PARTICIPATION, "AUT", "author (originator)");
    private static final Coding TOKEN_USER =
            new Coding("https://profiles.ihe.net/ITI/BALP/CodeSystem/UserAgentTypes", "UserOauthAgent", null);
    private static final Coding PROVIDER =
            new Coding("http://terminology.hl7.org/CodeSystem/v3-RoleClass", "PROV", "healthcare provider");
    private static final Coding DECIDER = new Coding(
            "http://terminology.hl7.org/CodeSystem/extra-security-role-type", "authserver", "authorization server");

    private final AuditEntry entry;
    private final AuditAct act;

    AuditAgents(AuditEntry entry, AuditAct act) {
        this.entry = entry;
        this.act = act;
    }

    /** @param base URL of the FHIR server */
    void addTo(AuditEvent event, String base) {
        client(event.addAgent());
        server(event.addAgent(), base);
        if (entry.person() != null) {
            person(event.addAgent(), entry.person());
        }
        if (entry.organization() != null) {
            event.addAgent()
                    .setType(BasicAudit.concept(PROVIDER))
                    .setWho(new Reference("Organization/" + entry.organization()))
                    .setRequestor(false);
        }
        if (!entry.succeeded() && BasicAudit.isDenied(entry)) {
            event.addAgent()
                    .setType(BasicAudit.concept(DECIDER))
                    .setWho(BasicAudit.observer())
                    .setRequestor(false);
        }
    }

    private void client(AuditEventAgentComponent agent) {
        var end = act.isFromServer() ? DESTINATION : SOURCE;
        var isApplication = entry.token() != null || act == AuditAct.DELETE;
        agent.setType(isApplication ? BasicAudit.concept(end, APPLICATION) : BasicAudit.concept(end))
                .setRequestor(entry.person() == null);
        if (entry.clientId() == null) {
            agent.getWho().setDisplay("unknown");
        } else {
            agent.setAltId(entry.clientId())
                    .getWho()
                    .setIdentifier(new Identifier().setSystem(CLIENT).setValue(entry.clientId()));
        }
        if (entry.address() != null) {
            agent.getNetwork().setAddress(entry.address()).setType(AuditEventAgentNetworkType._2);
        }
        role(agent);
        token(agent);
    }

    private void server(AuditEventAgentComponent agent, String base) {
        var end = act.isFromServer() ? SOURCE : DESTINATION;
        agent.setType(act == AuditAct.DELETE ? BasicAudit.concept(end, CUSTODIAN) : BasicAudit.concept(end))
                .setWho(BasicAudit.observer())
                .setRequestor(false)
                .getNetwork()
                .setAddress(base)
                .setType(AuditEventAgentNetworkType._5);
    }

    private void person(AuditEventAgentComponent agent, String person) {
        var isLogin = person.startsWith(LOGIN_PREFIX);
        var id = isLogin ? person.substring(LOGIN_PREFIX.length()) : person;
        var who = isLogin ? new Reference() : new Reference(person);
        var types = new ArrayList<Coding>();
        if (act.isShowing() || act.pattern() == null) {
            types.add(RECIPIENT);
        } else {
            types.add(AUTHOR);
        }
        if (entry.token() != null) {
            // The pattern of a token knows its user as who receives, also where she writes.
            if (!types.contains(RECIPIENT)) {
                types.add(RECIPIENT);
            }
            types.add(TOKEN_USER);
        }
        agent.setType(BasicAudit.concept(types.toArray(Coding[]::new)))
                .setWho(who.setIdentifier(
                        new Identifier().setSystem(isLogin ? LOGIN : USER).setValue(id)))
                .setName(id)
                .setRequestor(true);
        role(agent);
        token(agent);
        if (entry.purpose() != null) {
            agent.addPurposeOfUse(BasicAudit.concept(new Coding(BasicAudit.REASON, entry.purpose(), null)));
        }
    }

    private void role(AuditEventAgentComponent agent) {
        if (entry.role() != null) {
            agent.addRole(BasicAudit.concept(new Coding(ROLE, entry.role(), null)));
        }
    }

    private void token(AuditEventAgentComponent agent) {
        if (entry.token() != null) {
            agent.addPolicy(TOKEN + entry.token());
        }
    }
}
