package org.tenderpoint.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAction;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventEntityComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventOutcome;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.Coding;

/**
 * What IHE's patterns ask of an AuditEvent, written down from their definitions, since the package is in no registry that
 * this build uses.
 *
 * @see <a href="https://profiles.ihe.net/ITI/BALP/artifacts.html">IHE Basic Audit Log Patterns, artifacts</a>
 */
public final class BalpPatterns {

    private static final String PROFILE = "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.";
    private static final String DICOM = "http://dicom.nema.org/resources/ontology/DCM";
    private static final String ENTITY = "http://terminology.hl7.org/CodeSystem/audit-entity-type";
    private static final String OBJECT = "http://terminology.hl7.org/CodeSystem/object-role";
    private static final String PARTICIPATION = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
    private static final String INTERACTION = "http://hl7.org/fhir/restful-interaction";
    private static final String USER_AGENT = "https://profiles.ihe.net/ITI/BALP/CodeSystem/UserAgentTypes";
    private static final String JTI = "urn:ietf:params:oauth:jti:";

    private static final String SOURCE = "110153";
    private static final String DESTINATION = "110152";

    /** One thing that a pattern asks for. */
    private record Rule(String says, Predicate<AuditEvent> holds) {}

    private static final Map<String, List<Rule>> PATTERNS = patterns();

    private BalpPatterns() {}

    /** What an event lacks of the patterns that it claims; a claim of a pattern that is not written down here is a lack too. */
    public static List<String> lacks(AuditEvent event) {
        var lacks = new ArrayList<String>();
        for (CanonicalType profile : event.getMeta().getProfile()) {
            var rules = PATTERNS.get(profile.getValue());
            if (rules == null) {
                lacks.add("unknown pattern " + profile.getValue());
                continue;
            }
            rules.stream()
                    .filter(rule -> !rule.holds.test(event))
                    .forEach(rule -> lacks.add(profile.getValue() + ": " + rule.says));
        }
        return lacks;
    }

    /** The patterns an event claims, by their last names. */
    public static Set<String> claims(AuditEvent event) {
        return new java.util.TreeSet<>(event.getMeta().getProfile().stream()
                .map(profile -> profile.getValue().replace(PROFILE, ""))
                .toList());
    }

    private static Map<String, List<Rule>> patterns() {
        var patterns = new TreeMap<String, List<Rule>>();
        rest(patterns, "Read", AuditEventAction.R, Set.of("read", "vread"), DESTINATION, SOURCE, Set.of("IRCP"), true);
        rest(
                patterns,
                "Create",
                AuditEventAction.C,
                Set.of("create"),
                SOURCE,
                DESTINATION,
                Set.of("AUT", "INF", "CST"),
                true);
        rest(
                patterns,
                "Update",
                AuditEventAction.U,
                Set.of("update", "patch"),
                SOURCE,
                DESTINATION,
                Set.of("AUT", "INF", "CST"),
                true);
        rest(
                patterns,
                "Delete",
                AuditEventAction.D,
                Set.of("delete"),
                "110150",
                null,
                Set.of("AUT", "INF", "CST"),
                true);
        rest(
                patterns,
                "Query",
                AuditEventAction.E,
                Set.of("search", "search-type", "search-system"),
                SOURCE,
                DESTINATION,
                Set.of("IRCP"),
                false);
        patterns.put(
                PROFILE + "OAUTHaccessTokenUse.Minimal",
                List.of(
                        new Rule("a user of the token", event -> number(event, USER_AGENT, "UserOauthAgent") >= 1),
                        each(USER_AGENT, "UserOauthAgent", "asked", AuditEventAgentComponent::getRequestor),
                        each(USER_AGENT, "UserOauthAgent", "has the id of the token", BalpPatterns::hasToken),
                        each(USER_AGENT, "UserOauthAgent", "is no device", BalpPatterns::isNoDevice)));
        patterns.put(
                PROFILE + "OAUTHaccessTokenUse.Comprehensive",
                List.of(
                        new Rule("one application", event -> number(event, DICOM, "110150") == 1),
                        each(
                                DICOM,
                                "110150",
                                "is known by its client_id",
                                agent -> agent.getWho().getIdentifier().hasValue() && !agent.hasMedia()),
                        new Rule("one user at most", event -> number(event, PARTICIPATION, "IRCP") <= 1),
                        each(PARTICIPATION, "IRCP", "has an identifier", agent -> agent.getWho()
                                .getIdentifier()
                                .hasValue()),
                        each(PARTICIPATION, "IRCP", "asked", AuditEventAgentComponent::getRequestor),
                        each(PARTICIPATION, "IRCP", "has the id of the token", BalpPatterns::hasToken),
                        each(PARTICIPATION, "IRCP", "is no device", BalpPatterns::isNoDevice)));
        patterns.put(
                PROFILE + "PrivacyDisclosure.Source",
                List.of(
                        new Rule("type is Export", event -> is(event.getType(), DICOM, "110106")),
                        new Rule("action is R", event -> event.getAction() == AuditEventAction.R),
                        new Rule("subtype disclose", event -> event.getSubtype().stream()
                                .anyMatch(one -> is(
                                        one, "http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle", "disclose"))),
                        new Rule("an outcome", AuditEvent::hasOutcome),
                        new Rule("no modifier", event -> !event.hasModifierExtension()),
                        one(SOURCE),
                        one(DESTINATION),
                        new Rule("who sent it has written this down", event -> agents(event, DICOM, SOURCE).stream()
                                .allMatch(agent -> agent.getWho()
                                        .equalsDeep(event.getSource().getObserver()))),
                        new Rule(
                                "something besides the patient",
                                event -> event.getEntity().size() >= 2),
                        patient()));
        return patterns;
    }

    private static void rest(
            Map<String, List<Rule>> patterns,
            String name,
            AuditEventAction action,
            Set<String> interactions,
            String client,
            @org.jspecify.annotations.Nullable String server,
            Set<String> users,
            boolean data) {
        var rules = new ArrayList<Rule>();
        rules.add(new Rule(
                "type rest",
                event -> is(event.getType(), "http://terminology.hl7.org/CodeSystem/audit-event-type", "rest")));
        rules.add(new Rule("subtype of " + interactions, event -> event.getSubtype().stream()
                .anyMatch(one -> interactions.stream().anyMatch(code -> is(one, INTERACTION, code)))));
        rules.add(new Rule("action " + action, event -> event.getAction() == action));
        rules.add(new Rule("success", event -> event.getOutcome() == AuditEventOutcome._0));
        rules.add(new Rule("recorded", AuditEvent::hasRecorded));
        rules.add(one(client));
        if (server == null) {
            rules.add(new Rule(
                    "one custodian",
                    event -> number(
                                    event,
                                    "http://terminology.hl7.org/CodeSystem/provenance-participant-type",
                                    "custodian")
                            == 1));
            rules.add(new Rule("one subtype", event -> event.getSubtype().size() == 1));
        } else {
            rules.add(one(server));
        }
        for (var user : users) {
            rules.add(new Rule("one " + user + " at most", event -> number(event, PARTICIPATION, user) <= 1));
            rules.add(each(
                    PARTICIPATION,
                    user,
                    "asked and is no device",
                    agent -> agent.getRequestor() && agent.hasWho() && isNoDevice(agent)));
        }
        rules.add(new Rule("whoever stands before the client is one of " + users, event -> event.getAgent().stream()
                .filter(agent -> agent.hasName())
                .allMatch(agent -> users.stream().anyMatch(user -> has(agent, PARTICIPATION, user)))));
        rules.add(data ? new Rule("one resource", BalpPatterns::hasOneResource) : query());
        patterns.put(PROFILE + name, List.copyOf(rules));
        rules.add(patient());
        if (data) {
            rules.add(new Rule("two entities", event -> event.getEntity().size() >= 2));
        }
        patterns.put(PROFILE + "Patient" + name, List.copyOf(rules));
    }

    private static boolean hasOneResource(AuditEvent event) {
        var objects = entities(event, "2");
        return objects.size() == 1
                && objects.get(0).hasWhat()
                && Set.of("4", "3", "20").contains(objects.get(0).getRole().getCode());
    }

    private static Rule query() {
        return new Rule("one query, with its words and nothing else", event -> {
            var objects = entities(event, "2");
            return objects.size() == 1
                    && is(objects.get(0).getRole(), OBJECT, "24")
                    && objects.get(0).hasQuery()
                    && !objects.get(0).hasWhat()
                    && !objects.get(0).hasLifecycle()
                    && !objects.get(0).hasDetail();
        });
    }

    private static Rule patient() {
        return new Rule("one patient", event -> {
            var persons = entities(event, "1");
            return persons.size() == 1
                    && is(persons.get(0).getRole(), OBJECT, "1")
                    && persons.get(0).getWhat().getReference().startsWith("Patient/");
        });
    }

    private static Rule one(String code) {
        return new Rule("one agent " + code + " with name and network and without media", event -> {
            var found = agents(event, DICOM, code);
            return found.size() == 1
                    && found.get(0).hasWho()
                    && found.get(0).hasNetwork()
                    && !found.get(0).hasMedia();
        });
    }

    private static Rule each(String system, String code, String says, Predicate<AuditEventAgentComponent> holds) {
        return new Rule(
                code + " " + says, event -> agents(event, system, code).stream().allMatch(holds));
    }

    private static boolean hasToken(AuditEventAgentComponent agent) {
        return agent.getPolicy().size() == 1
                && agent.getPolicy().get(0).getValue().startsWith(JTI)
                && agent.getPolicy().get(0).getValue().length() > JTI.length();
    }

    private static boolean isNoDevice(AuditEventAgentComponent agent) {
        return !agent.hasNetwork() && !agent.hasMedia();
    }

    private static long number(AuditEvent event, String system, String code) {
        return agents(event, system, code).size();
    }

    private static List<AuditEventAgentComponent> agents(AuditEvent event, String system, String code) {
        return event.getAgent().stream()
                .filter(agent -> has(agent, system, code))
                .toList();
    }

    private static List<AuditEventEntityComponent> entities(AuditEvent event, String code) {
        return event.getEntity().stream()
                .filter(entity -> is(entity.getType(), ENTITY, code))
                .toList();
    }

    private static boolean has(AuditEventAgentComponent agent, String system, String code) {
        return agent.getType().getCoding().stream().anyMatch(coding -> is(coding, system, code));
    }

    private static boolean is(Coding coding, String system, String code) {
        return system.equals(coding.getSystem()) && code.equals(coding.getCode());
    }
}
