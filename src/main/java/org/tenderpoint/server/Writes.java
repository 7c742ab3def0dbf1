package org.tenderpoint.server;

import ca.uhn.fhir.context.FhirContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;
import org.tenderpoint.access.AccessRule;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Interaction;
import org.tenderpoint.access.Role;
import org.tenderpoint.chart.Change;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.chart.Committed;
import org.tenderpoint.chart.RecordTypes;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;
import org.tenderpoint.server.WriteRule.Write;

/** The one path by which resources get into the chart: role and scope, then all rules, then the transaction. */
@Component
public class Writes {

    /** Everybody who meets at a resource at once gets a turn. */
    private static final int ATTEMPTS = 50;

    /** Whoever finds an identifier known that was unknown a moment ago finds the resource with it the next time. */
    private static final int CREATIONS = 3;

    private final Chart chart;
    private final FhirContext fhir;
    private final Resolver resolver;
    private final List<WriteRule> rules;
    private final List<ClaimRule> claimRules;
    private final List<LimitRule> limitRules;
    private final List<Derivation> derivations;
    private final SingletonSupplier<List<AfterWrite>> afterwards;

    Writes(
            Chart chart,
            FhirContext fhir,
            Resolver resolver,
            List<WriteRule> rules,
            List<ClaimRule> claimRules,
            List<LimitRule> limitRules,
            List<Derivation> derivations,
            ObjectProvider<AfterWrite> afterwards) {
        this.chart = chart;
        this.fhir = fhir;
        this.resolver = resolver;
        this.rules = rules;
        this.claimRules = claimRules;
        this.limitRules = limitRules;
        this.derivations = derivations;
        // Whoever listens may write too, so they are looked for when the first thing has been written.
        this.afterwards = SingletonSupplier.of(() -> afterwards.orderedStream().toList());
    }

    /**
     * Checks and carries out what one request asks for. Where somebody else changes a resource between the look at it and
     * the change, it is looked at again: a client that named no version hears nothing of that.
     *
     * @param asked in the order of the request
     * @param reason for the audit
     * @return what became of each, in the same order; empty where a conditional deletion found nothing to delete
     * @throws Refused 403 for what the role does not cover, 422 with the breaches of all rules at once, and what
     *     {@link Chart#commit} refuses
     */
    public List<Optional<Committed>> carryOut(Caller caller, List<Asked> asked, String reason) {
        Map<UUID, Integer> before = Map.of();
        for (int attempt = 1; ; attempt++) {
            var seen = new HashMap<UUID, Integer>();
            try {
                return attempt(caller, asked, reason, seen);
            } catch (Refused refused) {
                if (!isOutdated(refused, attempt, seen.equals(before))) {
                    throw refused;
                }
                if (attempt == ATTEMPTS) {
                    throw Refused.busy("Many change this at the same time; try again.");
                }
                before = seen;
            }
        }
    }

    /** Where a second look sees what the first one saw, the refusal is about what the client has sent. */
    private static boolean isOutdated(Refused refused, int attempt, boolean nothingNew) {
        return switch (refused.issues().get(0).code()) {
            case "version-conflict" -> !nothingNew;
            case "record-moved" -> true;
            case "condition-known" -> attempt < CREATIONS;
            default -> false;
        };
    }

    private List<Optional<Committed>> attempt(
            Caller caller, List<Asked> asked, String reason, Map<UUID, Integer> seen) {
        asked.forEach(one -> requireRole(caller, one));
        var resolved = resolver.resolve(caller, asked);
        var acts = resolved.acts().stream().filter(Objects::nonNull).toList();
        acts.forEach(act -> requireRole(caller, new Asked.Plain(act)));
        for (int i = 0; i < asked.size(); i++) {
            if (!(asked.get(i) instanceof Asked.Plain)) {
                note(resolved.acts().get(i), seen);
            }
        }
        check(caller, acts, seen);
        var claims = claims(caller, acts);
        var newOnly = Collections.newSetFromMap(new IdentityHashMap<Resource, Boolean>());
        resolved.newOnly().forEach(act -> newOnly.add(((Change.Create) act).resource()));
        var change = Change.by(caller).because(reason);
        limitRules.forEach(rule -> change.atMost(rule.limits(caller, acts)).expecting(rule.standing(caller, acts)));
        for (var act : derived(caller, acts)) {
            if (act instanceof Change.Create create) {
                var claimed = claims.containsKey(create.resource())
                        ? new Change.Create(
                                create.resource(),
                                create.fullUrl(),
                                create.ifNoneExist(),
                                claims.get(create.resource()),
                                create.path())
                        : create;
                if (newOnly.contains(create.resource())) {
                    change.addNewOnly(claimed);
                } else {
                    change.add(claimed);
                }
            } else if (act instanceof Change.Update update && seen.containsKey(update.id())) {
                change.add(new Change.Update(
                        update.id(), update.resource(), update.fullUrl(), seen.get(update.id()), update.path()));
            } else {
                change.add(act);
            }
        }
        var committed = acts.isEmpty()
                ? Collections.<Committed>emptyIterator()
                : chart.commit(change).iterator();
        tell(caller, change.acts());
        return resolved.acts().stream()
                .map(act -> act == null ? Optional.<Committed>empty() : Optional.of(committed.next()))
                .toList();
    }

    private List<Change.Act> derived(Caller caller, List<Change.Act> acts) {
        var all = acts;
        for (var derivation : derivations) {
            all = derivation.derive(caller, all);
        }
        return all;
    }

    private void tell(Caller caller, List<Change.Act> acts) {
        var written = acts.stream()
                .flatMap(act -> act instanceof Change.Create create
                        ? Stream.of(create.resource())
                        : act instanceof Change.Update update ? Stream.of(update.resource()) : Stream.empty())
                .toList();
        afterwards.obtain().forEach(each -> each.written(caller, written));
    }

    private void requireRole(Caller caller, Asked asked) {
        if (asked instanceof Asked.Update update) {
            AccessRule.require(caller, Interaction.UPDATE, update.where().type());
            if (caller.is(Role.EHR) && update.where().type().equals("Patient")) {
                throw Refused.forbidden("A referrer changes a Patient by its id, not by a condition.");
            }
        } else if (asked instanceof Asked.Delete delete) {
            requireDeletable(caller, delete.where().type(), null);
        } else if (asked instanceof Asked.Patch patch) {
            AccessRule.require(caller, Interaction.UPDATE, patch.type());
        } else if (((Asked.Plain) asked).act() instanceof Change.Create create) {
            AccessRule.require(caller, Interaction.CREATE, create.resource().fhirType());
        } else if (((Asked.Plain) asked).act() instanceof Change.Update update) {
            AccessRule.require(caller, Interaction.UPDATE, update.resource().fhirType());
        } else {
            var delete = (Change.Delete) ((Asked.Plain) asked).act();
            requireDeletable(caller, delete.type(), delete.id());
        }
    }

    /** A record that somebody may have acted upon is not taken out of the chart; it is marked as a mistake. */
    private void requireDeletable(Caller caller, String type, @Nullable UUID id) {
        RecordTypes.require(type);
        if (AccessRule.isOffered(Interaction.DELETE, type)) {
            AccessRule.require(caller, Interaction.DELETE, type);
            return;
        }
        AccessRule.require(caller, Interaction.UPDATE, type);
        if (id != null && !chart.knows(caller, type, id)) {
            throw Refused.notFound();
        }
        throw new Refused(
                403,
                List.of(new Issue(
                        IssueType.FORBIDDEN,
                        "delete-not-offered",
                        null,
                        "No " + type + " is deleted: mark it as a mistake by its status, entered-in-error where"
                                + " the type has that, or active false.")));
    }

    private static void note(Change.@Nullable Act act, Map<UUID, Integer> seen) {
        if (act instanceof Change.Update update && update.ifMatch() != null) {
            seen.put(update.id(), update.ifMatch());
        } else if (act instanceof Change.Delete delete && delete.ifMatch() != null) {
            seen.put(delete.id(), delete.ifMatch());
        }
    }

    /** Notes the versions that the rules went by, where the client named none. */
    private void check(Caller caller, List<Change.Act> acts, Map<UUID, Integer> seen) {
        var issues = breaches(caller, acts, seen);
        if (!issues.isEmpty()) {
            throw Refused.unprocessable(issues);
        }
    }

    /** What the rules of all rooms say against acts; nothing is written. */
    public List<Issue> breaches(Caller caller, List<Change.Act> acts) {
        return breaches(caller, acts, new HashMap<>());
    }

    private List<Issue> breaches(Caller caller, List<Change.Act> acts, Map<UUID, Integer> seen) {
        var issues = new ArrayList<Issue>();
        var writes = new ArrayList<Write>();
        for (var act : acts) {
            var write = write(caller, act, seen);
            if (write == null) {
                continue;
            }
            var first = rules.stream()
                    .filter(WriteRule::isFirst)
                    .flatMap(rule -> rule.check(write).stream())
                    .toList();
            issues.addAll(first);
            if (first.isEmpty()) {
                writes.add(write);
                rules.stream().filter(rule -> !rule.isFirst()).forEach(rule -> issues.addAll(rule.check(write)));
            }
        }
        rules.forEach(rule -> issues.addAll(rule.together(writes)));
        return issues;
    }

    private @Nullable Write write(Caller caller, Change.Act act, Map<UUID, Integer> seen) {
        if (act instanceof Change.Create create) {
            return new Write(caller, create.resource(), create.path(), true, Optional::empty);
        }
        if (act instanceof Change.Update update) {
            Supplier<Optional<Resource>> before = () -> Optional.of(standing(caller, update, seen));
            return new Write(caller, update.resource(), update.path(), false, before);
        }
        return null;
    }

    private Resource standing(Caller caller, Change.Update update, Map<UUID, Integer> seen) {
        var stored = chart.standing(caller, update.resource().fhirType(), update.id());
        if (update.ifMatch() == null) {
            seen.put(update.id(), stored.version());
        }
        return FhirJson.parse(fhir, stored.json());
    }

    private Map<Resource, String> claims(Caller caller, List<Change.Act> acts) {
        var created = acts.stream()
                .filter(Change.Create.class::isInstance)
                .map(act -> ((Change.Create) act).resource())
                .toList();
        var claims = new IdentityHashMap<Resource, String>();
        claimRules.forEach(rule -> claims.putAll(rule.claims(caller, created)));
        return claims;
    }
}
