package org.tenderpoint.audit;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAction;
import org.jspecify.annotations.Nullable;

/** What was done, in the few kinds that IHE's patterns and FHIR's action codes tell apart. */
enum AuditAct {
    READ("Read", AuditEventAction.R, Set.of("read", "vread")),
    LOOK(null, AuditEventAction.R, Set.of("history", "history-instance")),
    QUERY("Query", AuditEventAction.E, Set.of("search", "search-type")),
    /** Operations that show a record, or something that is made of it. */
    HAND_OVER(
            null,
            AuditEventAction.R,
            Set.of(
                    "$document",
                    "$everything",
                    "$export-file",
                    "$lastn",
                    "$match",
                    "$medical-necessity-letter",
                    "$outcome-trend",
                    "$plan-of-care-letter",
                    "$populate",
                    "$progress-summary",
                    "$stats",
                    "$status",
                    "$summary",
                    "$treatment-summary",
                    "notification")),
    CREATE("Create", AuditEventAction.C, Set.of("create", "conditional create")),
    UPDATE("Update", AuditEventAction.U, Set.of("update", "patch")),
    DELETE("Delete", AuditEventAction.D, Set.of("delete")),
    SIGN_IN(
            null,
            AuditEventAction.E,
            Set.of(
                    "login",
                    "sign-in",
                    "token",
                    "authorize",
                    "grant",
                    "grant-ended",
                    "revocation",
                    "second-step",
                    "password",
                    "launch",
                    "introspection",
                    "userinfo")),
    ADMINISTRATION(null, AuditEventAction.E, Set.of("administration", "audit-purge", "audit-hold", "audit-journal")),
    OTHER(null, AuditEventAction.E, Set.of());

    /** Ours, where FHIR's differs. */
    private static final Map<String, String> REST =
            Map.of("search", "search-type", "history", "history-instance", "conditional create", "create");

    private static final Set<String> SAME = Set.of(
            "read",
            "vread",
            "create",
            "update",
            "patch",
            "delete",
            "search-type",
            "history-instance",
            "transaction",
            "batch");

    private final @Nullable String pattern;
    private final AuditEventAction action;
    private final Set<String> interactions;

    AuditAct(@Nullable String pattern, AuditEventAction action, Set<String> interactions) {
        this.pattern = pattern;
        this.action = action;
        this.interactions = interactions;
    }

    static AuditAct of(String interaction) {
        return Stream.of(values())
                .filter(act -> act.interactions.contains(interaction))
                .findFirst()
                .orElse(OTHER);
    }

    /** The code of an interaction in FHIR's own list, where it stands there. */
    static @Nullable String restCode(String interaction) {
        return interaction.startsWith("$")
                ? "operation"
                : SAME.contains(interaction) ? interaction : REST.get(interaction);
    }

    /** All interactions that bear an action. */
    static Set<String> interactions(AuditEventAction action) {
        return Stream.of(values())
                .filter(act -> act.action == action)
                .flatMap(act -> act.interactions.stream())
                .collect(Collectors.toSet());
    }

    /** The name of IHE's pattern, without what says whether a patient is concerned. */
    @Nullable
    String pattern() {
        return pattern;
    }

    AuditEventAction action() {
        return action;
    }

    /** True for what lets people, clients and administrators in. */
    boolean isDoor() {
        return this == SIGN_IN || this == ADMINISTRATION;
    }

    /** All interactions that let somebody in. */
    static Set<String> doors() {
        return Stream.of(values())
                .filter(AuditAct::isDoor)
                .flatMap(act -> act.interactions.stream())
                .collect(Collectors.toSet());
    }

    /** True where resources go from the server to the client; IHE has queries go the other way. */
    boolean isFromServer() {
        return this == READ || this == LOOK || this == HAND_OVER;
    }

    /** True where resources are shown, whichever way IHE has them go. */
    boolean isShowing() {
        return isFromServer() || this == QUERY;
    }
}
