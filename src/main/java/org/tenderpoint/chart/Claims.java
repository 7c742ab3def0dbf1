package org.tenderpoint.chart;

import static org.jooq.impl.DSL.name;
import static org.tenderpoint.chart.Columns.CLAIM_KEY;
import static org.tenderpoint.chart.Columns.OWNER;
import static org.tenderpoint.chart.Columns.RESOURCE_PK;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.access.Caller;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;

/** Makes creations idempotent: one row per sender and key, and what stands under a key already is answered. */
final class Claims {

    /** Owner of claims on directory resources, which everybody shares. */
    private static final UUID EVERYBODY = new UUID(0, 0);

    private static final Table<Record> CLAIM = DSL.table(name("claim"));

    private final DSLContext sql;
    private final Lookup lookup;
    private final Namespaces namespaces;

    Claims(DSLContext sql, Lookup lookup, Namespaces namespaces) {
        this.sql = sql;
        this.lookup = lookup;
        this.namespaces = namespaces;
    }

    /** Conditional create: what the caller already knows under one of the identifiers is answered and not written again. */
    void matchExisting(Caller caller, List<Draft> drafts, List<Long> deleted) {
        for (var draft : drafts) {
            if (draft.act instanceof Change.Create create
                    && !create.ifNoneExist().isEmpty()) {
                var matches = lookup.byIdentifier(caller, draft.type.name(), create.ifNoneExist()).stream()
                        .filter(match -> !deleted.contains(match.stored().pk()))
                        .toList();
                if (matches.size() > 1) {
                    throw new Refused(
                            412,
                            List.of(new Issue(
                                    IssueType.MULTIPLEMATCHES,
                                    "if-none-exist-ambiguous",
                                    create.path(),
                                    "More than one resource has this identifier.")));
                }
                matches.forEach(draft::adopt);
                if (matches.isEmpty()) {
                    namespaces.requireOwn(caller, create);
                }
            }
        }
    }

    /** One row per key, whoever comes first: the others wait here for the first one's commit and then find its row. */
    void claim(Caller caller, List<Draft> drafts) {
        var wanted = new TreeMap<String, Draft>();
        var twins = new HashMap<Draft, Draft>();
        for (var draft : drafts) {
            if (draft.act instanceof Change.Create create && draft.isWritten()) {
                for (var key : claimKeys(create)) {
                    var first = wanted.putIfAbsent(claimOwner(caller, draft) + " " + key, draft);
                    if (first != null && first != draft) {
                        twins.put(draft, first);
                    }
                }
            }
        }
        if (wanted.isEmpty()) {
            return;
        }
        var lost = insertClaims(wanted) == wanted.size() ? Map.<Draft, Long>of() : lostClaims(wanted);
        if (!lost.isEmpty()) {
            // A draft that lost one of its keys must not keep the others: they would point at a row never written.
            release(lost.keySet().stream().map(draft -> draft.pk).toList());
            var winners = lookup.currentByPk(lost.values());
            lost.forEach((draft, pk) -> draft.adopt(Objects.requireNonNull(winners.get(pk), "claimed row vanished")));
            refuseHalfKnown(drafts, lost.keySet());
        }
        twins.forEach((draft, first) -> {
            draft.existing = first.existing;
            draft.id = first.id;
            draft.pk = first.pk;
            draft.patientPk = first.patientPk;
        });
        if (twins.values().stream().anyMatch(Draft::isWritten)) {
            throw Refused.badRequest(Issue.value(
                    "bundle-duplicate-condition",
                    "Bundle.entry",
                    "Two entries create the same resource conditionally."));
        }
    }

    /** Returns how many were new; where all were, nobody has to be asked whose they are. */
    private int insertClaims(Map<String, Draft> wanted) {
        var values = new ArrayList<@Nullable Object>();
        wanted.forEach((key, draft) -> {
            values.add(UUID.fromString(key.substring(0, 36)));
            values.add(key.substring(37));
            values.add(draft.pk);
            values.add(draft.id);
        });
        // Both databases understand this as it stands; jOOQ would rewrite it for H2 into something that can collide.
        return Statements.update(
                sql,
                "insert into claim (owner, claim_key, resource_pk, fhir_id) values (?, ?, ?, ?)"
                        + ", (?, ?, ?, ?)".repeat(wanted.size() - 1) + " on conflict do nothing",
                values.toArray());
    }

    /** The drafts of which somebody else holds a key, each with the row that the key leads to. */
    private Map<Draft, Long> lostClaims(Map<String, Draft> wanted) {
        var owners = new HashSet<UUID>();
        var keys = new HashSet<String>();
        wanted.keySet().forEach(key -> {
            owners.add(UUID.fromString(key.substring(0, 36)));
            keys.add(key.substring(37));
        });
        var standing = new HashMap<String, Long>();
        sql.select(OWNER, CLAIM_KEY, RESOURCE_PK)
                .from(CLAIM)
                .where(OWNER.in(owners))
                .and(CLAIM_KEY.in(keys))
                .forEach(row -> standing.put(row.get(OWNER) + " " + row.get(CLAIM_KEY), row.get(RESOURCE_PK)));
        var lost = new LinkedHashMap<Draft, Long>();
        wanted.forEach((key, draft) -> {
            var winner = Objects.requireNonNull(standing.get(key), "claim vanished");
            if (winner != draft.pk) {
                lost.put(draft, winner);
            }
        });
        return lost;
    }

    // Keys that share the text before # belong to one sending: it is either known as a whole or new as a whole.
    private static void refuseHalfKnown(List<Draft> drafts, Set<Draft> lost) {
        var known = new HashSet<String>();
        lost.forEach(draft -> sending(draft).ifPresent(known::add));
        for (var draft : drafts) {
            if (draft.isWritten() && sending(draft).filter(known::contains).isPresent()) {
                throw new Refused(
                        409,
                        List.of(new Issue(
                                IssueType.CONFLICT,
                                "sent-before-with-other-content",
                                draft.act.path(),
                                "This was received before under the same identifier and with other content;"
                                        + " change the resources that stand by PUT.")));
            }
        }
    }

    private static Optional<String> sending(Draft draft) {
        return draft.act instanceof Change.Create create && create.claim() != null
                ? Optional.of(create.claim().split("#", 2)[0])
                : Optional.empty();
    }

    private static List<String> claimKeys(Change.Create create) {
        var keys = new ArrayList<String>();
        create.ifNoneExist()
                .forEach(identifier -> keys.add(create.resource().fhirType() + Identifiers.CONDITION + identifier));
        if (create.claim() != null) {
            keys.add(create.claim());
        }
        return keys;
    }

    private static UUID claimOwner(Caller caller, Draft draft) {
        return draft.type.isDirectory() || caller.organization() == null ? EVERYBODY : caller.organization();
    }

    /** A changed resource keeps the keys of the identifiers that it still has: the others do not lead to it any more. */
    void keep(List<Draft> drafts) {
        var kept = new HashMap<Long, Set<String>>();
        for (var draft : drafts) {
            if (draft.before != null && draft.resource != null) {
                kept.put(draft.pk, Identifiers.keys(draft.resource));
            }
        }
        if (kept.isEmpty()) {
            return;
        }
        sql
                .select(OWNER, CLAIM_KEY, RESOURCE_PK)
                .from(CLAIM)
                .where(RESOURCE_PK.in(kept.keySet()))
                .and(CLAIM_KEY.contains(Identifiers.CONDITION))
                .fetch()
                .stream()
                .filter(row ->
                        !kept.getOrDefault(row.get(RESOURCE_PK), Set.of()).contains(row.get(CLAIM_KEY)))
                .forEach(row -> sql.deleteFrom(CLAIM)
                        .where(OWNER.eq(row.get(OWNER)))
                        .and(CLAIM_KEY.eq(row.get(CLAIM_KEY)))
                        .execute());
    }

    /** What is deleted gives its keys back. */
    void release(Collection<Long> pks) {
        if (!pks.isEmpty()) {
            sql.deleteFrom(CLAIM).where(RESOURCE_PK.in(pks)).execute();
        }
    }
}
