package org.tenderpoint.chart;

import static org.tenderpoint.chart.Columns.FHIR_ID;
import static org.tenderpoint.chart.Columns.PK;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.access.AccessRule;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Interaction;
import org.tenderpoint.access.Role;
import org.tenderpoint.access.Sealing;
import org.tenderpoint.chart.AuditTrail.Entry;
import org.tenderpoint.issue.Refused;

/**
 * The audit, read: a privacy officer reads all of it, a therapist what she has done herself, a patient what concerns her.
 * Every look at it is an entry of its own.
 */
public final class AuditBook {

    private static final String TYPE = "AuditEvent";

    /** What a client gets back is what it has sent. */
    private static final List<String> DISCLOSE_NOTHING =
            List.of("create", "conditional create", "update", "delete", "transaction", "$validate");

    private static final int LOOKED_UP_AT_ONCE = 1000;

    private final DSLContext sql;
    private final AuditTrail audit;
    private final AuditJournal journal;
    private final Chart chart;
    private final Sealing sealing;
    private final Cursors cursors;

    AuditBook(DSLContext sql, AuditTrail audit, AuditJournal journal, Chart chart, Sealing sealing) {
        this.sql = sql;
        this.audit = audit;
        this.journal = journal;
        this.chart = chart;
        this.sealing = sealing;
        this.cursors = new Cursors(sealing, "audit");
    }

    /**
     * Some entries.
     *
     * @param entries newest first
     * @param next the cursor of the next page
     */
    public record AuditPage(List<AuditEntry> entries, Optional<String> next) {}

    /** @throws Refused 403 where the role does not read the audit, 404 for an entry that is not the caller's to see */
    public AuditEntry read(Caller caller, UUID id) {
        var rule = covering(caller, Interaction.READ);
        var found = entries(own(caller).and(AuditRows.ID.eq(AuditRows.number(id))), 1);
        if (found.isEmpty()) {
            throw Refused.notFound();
        }
        audit.write(Entry.done(caller, "read", TYPE, id, rule.reason()).about(found.size()));
        return found.get(0);
    }

    /** @throws Refused 403 where the role does not read the audit */
    public AuditPage search(Caller caller, AuditAsk ask) {
        var rule = covering(caller, Interaction.SEARCH);
        var about = ask.patient()
                .map(patient -> AuditRows.concerns(sql.family(), key(patient).orElse(-1L)));
        var page = page(caller, own(caller).and(about.orElseGet(DSL::noCondition)), ask);
        audit.write(Entry.done(caller, "search", TYPE, null, rule.reason()).about(page.entries.size()));
        return page;
    }

    /**
     * What was done with one patient's record. What was searched for stays out: it may tell of others.
     *
     * @param operation that asks, with its dollar sign
     * @throws Refused 403 where the operation is not for the caller; 404 where the patient is not the caller's to know
     */
    public AuditPage about(Caller caller, String operation, UUID patient, AuditAsk ask) {
        var key = require(caller, operation, patient);
        var page = page(caller, AuditRows.concerns(sql.family(), key), ask);
        audit.write(Entry.done(caller, operation, "Patient", patient, "who has seen this record")
                .ofPatient(key)
                .about(page.entries.size()));
        return new AuditPage(
                page.entries.stream().map(entry -> entry.only(patient)).toList(), page.next);
    }

    /**
     * What was shown to an organization outside of the practice, all of one kind together.
     *
     * @param organization FHIR id of who received it
     * @param clientId through which client
     * @param role in which capacity
     * @param type of the resources; none where several were shown at once
     * @param first when first
     * @param last when last
     * @param times how often
     */
    public record Disclosure(
            @Nullable UUID organization,
            String clientId,
            String role,
            @Nullable String type,
            Instant first,
            Instant last,
            long times) {}

    /**
     * To whom a patient's record was disclosed.
     *
     * @param operation that asks, with its dollar sign
     * @param ask when
     * @throws Refused as {@link #about} does
     * @see "45 CFR 164.528(b)(3): of disclosures to the same recipient for one purpose, the first, the last and how many"
     */
    public List<Disclosure> disclosures(Caller caller, String operation, UUID patient, AuditAsk ask) {
        var key = require(caller, operation, patient);
        journal.settle();
        var last = DSL.max(AuditRows.RECORDED);
        var found = sql.select(
                        AuditRows.ORGANIZATION,
                        AuditRows.CLIENT,
                        AuditRows.ROLE,
                        AuditRows.RESOURCE_TYPE,
                        DSL.min(AuditRows.RECORDED),
                        last,
                        DSL.count())
                .from(AuditRows.AUDIT)
                .where(AuditRows.concerns(sql.family(), key))
                .and(DSL.and(ask.conditions()))
                .and(AuditRows.ROLE.in(Role.EHR.name(), Role.INSURER.name()))
                .and(AuditRows.OUTCOME.eq(Entry.SUCCESS))
                .and(AuditRows.INTERACTION.notIn(DISCLOSE_NOTHING))
                .groupBy(AuditRows.ORGANIZATION, AuditRows.CLIENT, AuditRows.ROLE, AuditRows.RESOURCE_TYPE)
                .orderBy(last.desc())
                .fetch(row -> new Disclosure(
                        row.value1(),
                        row.value2(),
                        row.value3(),
                        row.value4(),
                        row.value5().toInstant(),
                        row.value6().toInstant(),
                        row.value7()));
        audit.write(Entry.done(caller, operation, "Patient", patient, "to whom this record was disclosed")
                .ofPatient(key)
                .about(found.size()));
        return found;
    }

    /** The patient's key, for the patient, who acts for her, and the privacy officer. */
    private long require(Caller caller, String operation, UUID patient) {
        // A clinic learns that this is not for it where it knows the patient, and of others nothing.
        if (caller.is(Role.CLINIC) && !chart.knows(caller, "Patient", patient)) {
            throw Refused.notFound();
        }
        AccessRule.requireOperation(caller, operation, "Patient");
        return key(patient)
                .filter(known -> caller.is(Role.PRIVACY_OFFICER) || chart.knows(caller, "Patient", patient))
                .orElseThrow(Refused::notFound);
    }

    /**
     * A patient whom somebody has reached.
     *
     * @param patient FHIR id
     * @param requests in how many requests
     * @param first when first
     * @param last when last
     */
    public record Reached(UUID patient, long requests, Instant first, Instant last) {}

    private record Times(long number, Instant first, Instant last) {

        Times with(Times other) {
            return new Times(
                    number + other.number,
                    first.isBefore(other.first) ? first : other.first,
                    last.isAfter(other.last) ? last : other.last);
        }
    }

    /**
     * The patients whose records were shown to somebody or changed by her: who is told after a breach.
     *
     * @param ask by whom and when
     * @throws Refused 403 where the operation is not for the caller
     */
    public List<Reached> reached(Caller caller, String operation, AuditAsk ask) {
        AccessRule.requireOperation(caller, operation, TYPE);
        journal.settle();
        var times = new HashMap<Long, Times>();
        sql.select(AuditRows.PATIENT, DSL.count(), DSL.min(AuditRows.RECORDED), DSL.max(AuditRows.RECORDED))
                .from(AuditRows.AUDIT)
                .where(ask.conditions())
                .and(AuditRows.OUTCOME.eq(Entry.SUCCESS))
                .and(AuditRows.PATIENT.isNotNull())
                .groupBy(AuditRows.PATIENT)
                .forEach(row -> times.put(
                        row.value1(),
                        new Times(
                                row.value2(),
                                row.value3().toInstant(),
                                row.value4().toInstant())));
        // Entries about several patients are few, and the two databases take a list apart in different ways.
        sql.select(AuditRows.PATIENTS, AuditRows.RECORDED)
                .from(AuditRows.AUDIT)
                .where(ask.conditions())
                .and(AuditRows.OUTCOME.eq(Entry.SUCCESS))
                .and(AuditRows.PATIENTS.isNotNull())
                .forEach(row -> {
                    var time = row.value2().toInstant();
                    for (var patient : row.value1()) {
                        times.merge(patient, new Times(1, time, time), Times::with);
                    }
                });
        var ids = ids(times.keySet());
        var reached = ids.entrySet().stream()
                .map(one -> {
                    var when = Objects.requireNonNull(times.get(one.getKey()));
                    return new Reached(one.getValue(), when.number, when.first, when.last);
                })
                .sorted((one, other) -> other.last.compareTo(one.last))
                .toList();
        audit.write(Entry.done(caller, operation, TYPE, null, "whom somebody has reached")
                .about(reached.size()));
        return reached;
    }

    /** A therapist sees what she has done herself, through whichever client; a system what it has done itself. */
    /** An entry tells of several patients and of all that was done: it is in no part that a token may be confined to. */
    private static AccessRule covering(Caller caller, Interaction interaction) {
        var rule = AccessRule.require(caller, interaction, TYPE);
        if (caller.patient() != null || caller.scopes().confinement(TYPE).isPresent()) {
            throw Refused.forbidden(
                    "This token is confined to one patient or to a part of the record; the audit is of all.");
        }
        return rule;
    }

    private static Condition own(Caller caller) {
        if (caller.is(Role.PRIVACY_OFFICER)) {
            return DSL.noCondition();
        }
        var organization = AuditRows.ORGANIZATION.eq(caller.organization());
        return organization.and(
                caller.user() == null
                        ? AuditRows.CLIENT.eq(caller.clientId()).and(AuditRows.PERSON.isNull())
                        : AuditRows.PERSON.eq(caller.user()));
    }

    private AuditPage page(Caller caller, Condition which, AuditAsk ask) {
        var place = ask.cursor().map(cursor -> cursors.open(caller, cursor)).map(values -> DSL.row(
                        AuditRows.RECORDED, AuditRows.ID)
                .lt(IndexRows.utc(Instant.parse(values.get(0))), Long.parseLong(values.get(1))));
        var found =
                entries(which.and(DSL.and(ask.conditions())).and(place.orElseGet(DSL::noCondition)), ask.count() + 1);
        if (found.size() <= ask.count()) {
            return new AuditPage(found, Optional.empty());
        }
        var page = found.subList(0, ask.count());
        var last = page.get(page.size() - 1);
        return new AuditPage(
                page,
                Optional.of(cursors.seal(
                        caller, List.of(last.recorded().toString(), Long.toString(AuditRows.number(last.id()))))));
    }

    private List<AuditEntry> entries(Condition which, int most) {
        journal.settle();
        var rows = sql.select(AuditRows.COLUMNS)
                .from(AuditRows.AUDIT)
                .where(which)
                .orderBy(AuditRows.RECORDED.desc(), AuditRows.ID.desc())
                .limit(most)
                .fetch();
        var ids = ids(rows.stream().flatMap(row -> keys(row).stream()).toList());
        return rows.map(row -> entry(row, ids));
    }

    private AuditEntry entry(Record row, Map<Long, UUID> ids) {
        var sealed = row.get(AuditRows.QUERY);
        var query = sealed == null
                ? null
                : sealing.open(AuditRows.QUERY_PURPOSE, sealed)
                        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                        .orElse(null);
        return new AuditEntry(
                AuditRows.id(row.get(AuditRows.ID)),
                row.get(AuditRows.RECORDED).toInstant(),
                AuditRows.known(row.get(AuditRows.CLIENT)),
                row.get(AuditRows.ORGANIZATION),
                row.get(AuditRows.PERSON),
                AuditRows.known(row.get(AuditRows.ROLE)),
                row.get(AuditRows.INTERACTION),
                row.get(AuditRows.RESOURCE_TYPE),
                row.get(AuditRows.RESOURCE),
                row.get(AuditRows.VERSION),
                keys(row).stream().map(ids::get).filter(Objects::nonNull).toList(),
                row.get(AuditRows.RESOURCES),
                row.get(AuditRows.OUTCOME).equals(Entry.SUCCESS),
                row.get(AuditRows.GROUND) == null ? "" : row.get(AuditRows.GROUND),
                row.get(AuditRows.TOKEN),
                row.get(AuditRows.ADDRESS),
                row.get(AuditRows.REQUEST),
                query,
                row.get(AuditRows.PURPOSE));
    }

    private static List<Long> keys(Record row) {
        var keys = new ArrayList<Long>();
        if (row.get(AuditRows.PATIENT) != null) {
            keys.add(row.get(AuditRows.PATIENT));
        }
        if (row.get(AuditRows.PATIENTS) != null) {
            keys.addAll(List.of(row.get(AuditRows.PATIENTS)));
        }
        return keys;
    }

    private Optional<Long> key(UUID patient) {
        return sql.select(PK)
                .from(DSL.table(DSL.name("resource")))
                .where(FHIR_ID.eq(patient))
                .and(Columns.TYPE.eq("Patient"))
                .fetchOptional(PK);
    }

    private Map<Long, UUID> ids(Collection<Long> keys) {
        var ids = new HashMap<Long, UUID>();
        var distinct = List.copyOf(new HashSet<>(keys));
        for (int i = 0; i < distinct.size(); i += LOOKED_UP_AT_ONCE) {
            sql.select(PK, FHIR_ID)
                    .from(DSL.table(DSL.name("resource")))
                    .where(PK.in(distinct.subList(i, Math.min(distinct.size(), i + LOOKED_UP_AT_ONCE))))
                    .forEach(row -> ids.put(row.value1(), row.value2()));
        }
        return ids;
    }
}
