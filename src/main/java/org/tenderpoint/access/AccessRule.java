package org.tenderpoint.access;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tenderpoint.issue.Refused;

/**
 * The first layer: which interactions a role has on which types, before the database is asked. What no rule allows is
 * refused. Which rows are seen is the second layer ({@link Grant}).
 *
 * @param reason why this role may do this; repeated in the audit
 * @param role who
 * @param types resource types
 * @param interactions what
 */
public record AccessRule(String reason, Role role, Set<String> types, Set<Interaction> interactions) {

    private static final Set<Interaction> LOOK =
            EnumSet.of(Interaction.READ, Interaction.VREAD, Interaction.SEARCH, Interaction.HISTORY);
    private static final Set<Interaction> REGISTER = EnumSet.of(Interaction.CREATE);
    private static final Set<Interaction> SUBSCRIBE = EnumSet.of(
            Interaction.CREATE,
            Interaction.DELETE,
            Interaction.READ,
            Interaction.VREAD,
            Interaction.SEARCH,
            Interaction.HISTORY);
    private static final Set<Interaction> WRITE = EnumSet.of(Interaction.CREATE, Interaction.UPDATE);
    private static final Set<Interaction> AUDIT = EnumSet.of(Interaction.READ, Interaction.SEARCH);
    private static final Set<Interaction> KEEP = EnumSet.of(Interaction.CREATE, Interaction.UPDATE, Interaction.DELETE);

    /** Types that describe the practice world and no patient: an EHR has to find the clinic it refers to. */
    public static final Set<String> DIRECTORY =
            Set.of("Organization", "Practitioner", "PractitionerRole", "Location", "Endpoint", "Questionnaire");

    private static final Set<String> PRACTITIONERS = Set.of("Practitioner", "PractitionerRole");

    private static final Set<String> ENDPOINTS = Set.of("Endpoint");

    /** Types that belong to no patient and to whoever wrote them: nobody else learns that they are there. */
    public static final Set<String> OWN = Set.of("Subscription");

    private static final Set<String> REFERRAL = Set.of("ServiceRequest", "Task");

    /** What a referrer sends along with a referral. */
    private static final Set<String> SENT_WITH_A_REFERRAL = Set.of(
            "Patient",
            "RelatedPerson",
            "Condition",
            "Coverage",
            "MedicationStatement",
            "MedicationRequest",
            "AllergyIntolerance",
            "DocumentReference",
            "Binary",
            "Communication");

    /** What a therapist writes. A diagnosis is the physician's, a referral the referrer's. */
    private static final Set<String> WRITTEN_BY_A_CLINIC = Set.of(
            "Patient",
            "RelatedPerson",
            "Coverage",
            "Condition",
            "MedicationStatement",
            "AllergyIntolerance",
            "Task",
            "CarePlan",
            "CareTeam",
            "Goal",
            "EpisodeOfCare",
            "Appointment",
            "Encounter",
            "Observation",
            "Procedure",
            "QuestionnaireResponse",
            "Composition",
            "DocumentReference",
            "Binary",
            "Bundle",
            "DetectedIssue",
            "Flag",
            "Communication",
            "AdverseEvent",
            "ChargeItem",
            "Consent",
            "Provenance",
            "Group",
            "Device");

    /** What a referrer follows: released data of the patients it referred. */
    private static final Set<String> SEEN_BY_A_REFERRER = Set.of(
            "Patient",
            "RelatedPerson",
            "Condition",
            "MedicationStatement",
            "MedicationRequest",
            "AllergyIntolerance",
            "ServiceRequest",
            "Task",
            "CarePlan",
            "CareTeam",
            "Goal",
            "EpisodeOfCare",
            "Appointment",
            "Encounter",
            "Observation",
            "Procedure",
            "QuestionnaireResponse",
            "Composition",
            "DocumentReference",
            "Binary",
            "Bundle",
            "DetectedIssue",
            "Flag",
            "Communication",
            "AdverseEvent",
            "Provenance",
            "Device");

    private static final Set<String> SEEN_BY_A_CLINIC =
            union(SEEN_BY_A_REFERRER, Set.of("Coverage", "ChargeItem", "Consent", "Group", "MedicationRequest"));

    /** A member's payer view and cover, and the treatment summaries that it was sent. */
    private static final Set<String> SEEN_BY_AN_INSURER = Set.of("Patient", "Coverage", "Bundle");

    /** The designated record set (45 CFR 164.524). A Group names other people. */
    private static final Set<String> SEEN_BY_A_PATIENT =
            union(SEEN_BY_A_REFERRER, Set.of("Coverage", "ChargeItem", "Consent"));

    /** All rules. There is no other way in. */
    public static final List<AccessRule> ALL = List.of(
            new AccessRule("the directory is open to every registered client", Role.EHR, DIRECTORY, LOOK),
            new AccessRule("the directory is open to every registered client", Role.CLINIC, DIRECTORY, LOOK),
            new AccessRule("the directory is open to every registered client", Role.INSURER, DIRECTORY, LOOK),
            new AccessRule("the directory is open to every registered client", Role.PATIENT, DIRECTORY, LOOK),
            new AccessRule("the directory is open to every registered client", Role.PRIVACY_OFFICER, DIRECTORY, LOOK),
            new AccessRule("an administrator keeps the directory", Role.ADMINISTRATOR, DIRECTORY, LOOK),
            new AccessRule("an administrator keeps the directory", Role.ADMINISTRATOR, DIRECTORY, KEEP),
            new AccessRule("a referrer names its practitioners", Role.EHR, PRACTITIONERS, WRITE),
            new AccessRule("a clinic names its practitioners", Role.CLINIC, PRACTITIONERS, WRITE),
            new AccessRule("a client says where it wants to be notified", Role.EHR, ENDPOINTS, REGISTER),
            new AccessRule("a client says where it wants to be notified", Role.INSURER, ENDPOINTS, REGISTER),
            new AccessRule("a client subscribes to what it may see", Role.EHR, OWN, SUBSCRIBE),
            new AccessRule("a client subscribes to what it may see", Role.CLINIC, OWN, SUBSCRIBE),
            new AccessRule("a client subscribes to what it may see", Role.INSURER, OWN, SUBSCRIBE),
            new AccessRule("a patient has no subscriptions to find", Role.PATIENT, OWN, EnumSet.of(Interaction.READ)),
            new AccessRule("a referrer sends a referral", Role.EHR, REFERRAL, WRITE),
            new AccessRule("a referrer sends what a referral needs", Role.EHR, SENT_WITH_A_REFERRAL, WRITE),
            new AccessRule("a referrer follows its patients", Role.EHR, SEEN_BY_A_REFERRER, LOOK),
            new AccessRule("a clinic keeps the record", Role.CLINIC, WRITTEN_BY_A_CLINIC, WRITE),
            new AccessRule("a clinic reads the record", Role.CLINIC, SEEN_BY_A_CLINIC, LOOK),
            new AccessRule(
                    "a clinic may cancel what is no clinical record",
                    Role.CLINIC,
                    Set.of("Appointment", "Group", "Device"),
                    EnumSet.of(Interaction.DELETE)),
            new AccessRule("an insurer sees its members", Role.INSURER, SEEN_BY_AN_INSURER, LOOK),
            new AccessRule("a patient reads her own record", Role.PATIENT, SEEN_BY_A_PATIENT, LOOK),
            new AccessRule("a therapist sees what she has done herself", Role.CLINIC, Set.of("AuditEvent"), AUDIT),
            new AccessRule("a privacy officer reviews the audit", Role.PRIVACY_OFFICER, Set.of("AuditEvent"), AUDIT));

    private static final Set<String> FOR_PROVIDERS = Set.of(
            "$everything", "$document", "$validate", "$lastn", "$stats", "$match", "$summary", "$populate", "$status");

    private static final Set<String> REPORTS_ON_A_RECORD = Set.of("$access-report", "$accounting-of-disclosures");

    private static final Map<Role, Set<String>> OPERATIONS = Map.of(
            Role.EHR,
                    union(
                            FOR_PROVIDERS,
                            Set.of(
                                    "$progress-summary",
                                    "$outcome-trend",
                                    "$plan-of-care-letter",
                                    "$medical-necessity-letter",
                                    "$export")),
            Role.CLINIC,
                    union(
                            FOR_PROVIDERS,
                            Set.of(
                                    "$progress-summary",
                                    "$sign-progress-summary",
                                    "$treatment-summary",
                                    "$sign-treatment-summary",
                                    "$outcome-trend",
                                    "$plan-of-care-letter",
                                    "$medical-necessity-letter",
                                    "$screen",
                                    "$override",
                                    "$break-glass")),
            Role.INSURER, Set.of("$treatment-summary", "$export", "$status"),
            Role.PATIENT,
                    Set.of(
                            "$everything",
                            "$document",
                            "$lastn",
                            "$stats",
                            "$summary",
                            "$access-report",
                            "$accounting-of-disclosures"),
            Role.PRIVACY_OFFICER,
                    Set.of(
                            "$access-report",
                            "$accounting-of-disclosures",
                            "$reached",
                            "$break-glass-list",
                            "$break-glass-review"),
            Role.ADMINISTRATOR, Set.of("$validate"));

    /** The first rule of each role for an interaction with a type; every request looks here, some for every type. */
    private static final Map<Role, Map<Interaction, Map<String, AccessRule>>> FIRST = first();

    public AccessRule {
        types = Set.copyOf(types);
        interactions = Set.copyOf(interactions);
    }

    /** The rule that lets this caller do this, if there is one and the token's scopes cover it. */
    public static Optional<AccessRule> permitting(Caller caller, Interaction interaction, String type) {
        if (!caller.scopes().allow(interaction, type)) {
            return Optional.empty();
        }
        return Optional.ofNullable(FIRST.getOrDefault(caller.role(), Map.of())
                .getOrDefault(interaction, Map.of())
                .get(type));
    }

    /** True if some role has this interaction on this type. */
    public static boolean isOffered(Interaction interaction, String type) {
        return ALL.stream().anyMatch(rule -> rule.interactions.contains(interaction) && rule.types.contains(type));
    }

    /** The refusal of a history that is not one resource's: what has changed all over is nobody's to follow. */
    public static Refused historyOfMany() {
        return Refused.forbidden("A history is read of one resource: Type/id/_history.");
    }

    /** The refusal of an export of everything or of all patients there are: an export is of one's own. */
    public static Refused exportOfAll() {
        return Refused.forbidden("An export is of one's own patients: Group/[id of your Organization]/$export.");
    }

    /**
     * Refuses what no rule permits. The database is not asked, so an id cannot be probed this way.
     *
     * @throws Refused 403
     */
    public static AccessRule require(Caller caller, Interaction interaction, String type) {
        return permitting(caller, interaction, type)
                .orElseThrow(() -> Refused.forbidden("This client's role and scopes do not cover "
                        + interaction.name().toLowerCase(java.util.Locale.ROOT) + " on " + type + "."));
    }

    /**
     * Refuses an operation that the caller's role does not have.
     *
     * @param operation the name with its dollar sign
     * @param type a type whose read scope the operation needs
     * @throws Refused 403
     */
    public static void requireOperation(Caller caller, String operation, String type) {
        requireOperation(caller, operation);
        if (!caller.scopes().allow(Interaction.READ, type)) {
            throw notCovered(operation);
        }
    }

    /**
     * Refuses an operation that the caller's role does not have, whatever it is asked about.
     *
     * @throws Refused 403
     */
    public static void requireOperation(Caller caller, String operation) {
        if (!has(caller.role(), operation)) {
            throw notCovered(operation);
        }
    }

    /** True if a role has an operation. */
    public static boolean has(Role role, String operation) {
        return OPERATIONS.getOrDefault(role, Set.of()).contains(operation);
    }

    /**
     * True if the door of the operation refuses this role, and nobody before it: a clinic learns that a report is not for it
     * where it knows the patient, with 403, and of other patients nothing, with 404.
     */
    public static boolean isRefusedByTheRecord(Role role, String operation) {
        return role == Role.CLINIC && REPORTS_ON_A_RECORD.contains(operation);
    }

    private static Refused notCovered(String operation) {
        return Refused.forbidden("This client's role and scopes do not cover " + operation + ".");
    }

    /**
     * Refuses an operation that is for those who write something, whatever it is.
     *
     * @throws Refused 403
     */
    public static void requireWriter(Caller caller, String operation) {
        var writes = ALL.stream()
                .flatMap(rule -> rule.types.stream())
                .distinct()
                .anyMatch(type -> permitting(caller, Interaction.CREATE, type).isPresent()
                        || permitting(caller, Interaction.UPDATE, type).isPresent());
        if (!writes || !has(caller.role(), operation)) {
            throw notCovered(operation);
        }
    }

    /** True if a role may read resources of a type, of some patient. */
    public static boolean isSeenBy(Role role, String type) {
        return ALL.stream()
                .anyMatch(rule ->
                        rule.role == role && rule.interactions.contains(Interaction.READ) && rule.types.contains(type));
    }

    /** All operations that some role has. */
    public static Set<String> operations() {
        return OPERATIONS.values().stream().flatMap(Set::stream).collect(java.util.stream.Collectors.toSet());
    }

    private static Map<Role, Map<Interaction, Map<String, AccessRule>>> first() {
        var first = new EnumMap<Role, Map<Interaction, Map<String, AccessRule>>>(Role.class);
        for (var rule : ALL) {
            var ofRole = first.computeIfAbsent(rule.role, role -> new EnumMap<>(Interaction.class));
            for (var interaction : rule.interactions) {
                var ofTypes = ofRole.computeIfAbsent(interaction, any -> new HashMap<>());
                rule.types.forEach(type -> ofTypes.putIfAbsent(type, rule));
            }
        }
        return first;
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        var all = new java.util.HashSet<>(one);
        all.addAll(other);
        return Set.copyOf(all);
    }
}
