package org.tenderpoint.chart;

import ca.uhn.fhir.context.FhirContext;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.transaction.support.TransactionTemplate;
import org.tenderpoint.access.AccessRule;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Interaction;
import org.tenderpoint.access.Sealing;
import org.tenderpoint.chart.AuditTrail.Entry;
import org.tenderpoint.chart.Tables.ResourceTable;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;

/**
 * The record. Every door takes the {@link Caller} who asks; what the caller may not see is not found. A change is
 * carried out wholly or not at all, and is on disk when {@link #commit} returns.
 */
public class Chart {

    private static final String FOR_A_SUMMARY = "summary for the caller";
    private static final String AS_SEEN = "the record as the caller may see it";

    private static final ResourceTable R = ResourceTable.RESOURCE;
    private static final ResourceTable H = ResourceTable.HISTORY;
    private static final int ATTEMPTS = 3;

    private final DSLContext sql;
    private final TransactionTemplate transaction;
    private final Turns writes;
    private final AuditTrail audit;
    private final AuditJournal journal;
    private final Visibility visibility;
    private final Lookup lookup;
    private final Search search;
    private final Histories histories;
    private final WholeRecord wholeRecord;
    private final Writer writer;
    private final Persons persons;
    private final Limits limits;

    Chart(
            DSLContext sql,
            TransactionTemplate transaction,
            AuditTrail audit,
            AuditJournal journal,
            PkAllocator pks,
            FhirContext fhir,
            Clock clock,
            ChartProperties properties,
            Sealing sealing) {
        this(
                sql,
                transaction,
                audit,
                journal,
                pks,
                fhir,
                clock,
                properties,
                sealing,
                ids -> new Visibility(clock, ids, properties));
    }

    /** @param seen makes the conditions that say which rows a caller sees, for whoever measures what they cost */
    Chart(
            DSLContext sql,
            TransactionTemplate transaction,
            AuditTrail audit,
            AuditJournal journal,
            PkAllocator pks,
            FhirContext fhir,
            Clock clock,
            ChartProperties properties,
            Sealing sealing,
            Function<ParamIds, Visibility> seen) {
        this.sql = sql;
        this.transaction = transaction;
        this.writes = new Turns(sql);
        this.audit = audit;
        this.journal = journal;
        // In a transaction, because what a connection writes outside of one is undone when it goes back to the pool.
        var paramIds = Objects.requireNonNull(transaction.execute(status -> ParamIds.load(sql)));
        this.visibility = seen.apply(paramIds);
        this.lookup = new Lookup(sql, visibility, paramIds);
        this.search = new Search(sql, visibility, lookup, paramIds, journal, properties, sealing);
        this.histories = new Histories(sql, visibility, sealing);
        this.wholeRecord = new WholeRecord(sql, visibility, paramIds, journal, sealing);
        this.persons = new Persons(sql, paramIds, clock);
        this.limits = new Limits(lookup, search);
        this.writer = new Writer(sql, fhir, paramIds, pks, lookup, clock, properties, sealing);
    }

    /**
     * Carries out a change.
     *
     * @return what became of each act, in the order of the acts
     * @throws Refused 404 for what the caller may not see, 412 for a version that is not current, 422 for references
     *     that lead nowhere and for limits that are exceeded; nothing is written then
     */
    public List<Committed> commit(Change change) {
        for (int attempt = 1; ; attempt++) {
            try {
                return writes.inTurn(() -> transaction.execute(status -> {
                    var before = limits.before(change);
                    var result = writer.write(change);
                    limits.check(change, before);
                    audit.writeWith(written(change, result));
                    return result.committed();
                }));
            } catch (PessimisticLockingFailureException | DataIntegrityViolationException collision) {
                // Two changes met at one row. The loser starts again and then sees the winner's.
                if (attempt == ATTEMPTS) {
                    throw collision;
                }
                change.undoRewriting();
            } catch (Refused refused) {
                // Whoever changes what was wrong may send the same resources again.
                change.undoRewriting();
                throw refused;
            }
        }
    }

    /** @throws Refused 404 or, for somebody who may know, 410 */
    public Stored read(Caller caller, String type, UUID id) {
        var rule = AccessRule.require(caller, Interaction.READ, type);
        RecordTypes.require(type);
        return shown(caller, "read", type, id, rule.reason(), lookup.current(caller, type, id));
    }

    /** One version, under today's rules. */
    public Stored vread(Caller caller, String type, UUID id, int version) {
        var rule = AccessRule.require(caller, Interaction.VREAD, type);
        var standing = current(caller, type, id);
        if (standing.isPresent() && standing.get().stored().version() == version) {
            return shown(caller, "vread", type, id, rule.reason(), standing);
        }
        var older = standing.isEmpty()
                ? Optional.<Lookup.Current>empty()
                : sql.select(
                                H.type,
                                H.fhirId,
                                H.version,
                                H.lastUpdated,
                                H.deleted,
                                H.pk,
                                H.patientPk,
                                H.body,
                                H.payerBody)
                        .from(H.table)
                        .where(H.fhirId.eq(id))
                        .and(H.version.eq(version))
                        .and(visibility.of(caller, H, type))
                        .fetchOptional(row -> new Lookup.Current(
                                Lookup.stored(row, H, Visibility.isMasked(caller)), row.get(H.patientPk)));
        return shown(caller, "vread", type, id, rule.reason(), older);
    }

    /**
     * One page of the versions of a resource that the caller may see, newest first.
     *
     * @throws Refused 404 for a resource that the caller may not know of
     */
    public HistoryPage history(Caller caller, HistoryQuery query) {
        var type = query.type().name();
        var rule = AccessRule.require(caller, Interaction.HISTORY, type);
        var standing = current(caller, type, query.id()).orElseThrow(Refused::notFound);
        var page = histories.page(caller, query);
        journal.note(Entry.done(caller, "history", type, query.id(), rule.reason())
                .ofPatient(standing.patientPk())
                .about(page.versions().size()));
        return page;
    }

    /**
     * All matches of searches, for an operation that looks at them together: without doubles, in the order of the
     * searches.
     *
     * @param operation with its dollar sign
     * @param searches parameters as in a search URL
     * @param most how many the operation takes
     * @throws Refused 403 where role or scopes do not cover the operation or searching the type; 422 where there are more
     */
    public List<Stored> matches(
            Caller caller, String operation, RecordType<?> type, List<Map<String, String[]>> searches, int most) {
        AccessRule.requireOperation(caller, operation, type.name());
        var rule = AccessRule.require(caller, Interaction.SEARCH, type.name());
        var found = new LinkedHashMap<Long, Stored>();
        for (var parameters : searches) {
            var asked = new HashMap<>(parameters);
            asked.put("_count", new String[] {Integer.toString(Query.LARGEST_PAGE)});
            for (var more = true; more; ) {
                var page = search.run(caller, QueryReader.read(type, asked));
                page.matches().forEach(stored -> found.putIfAbsent(stored.pk(), stored));
                if (found.size() > most) {
                    throw Refused.unprocessable(List.of(new Issue(
                            IssueType.TOOCOSTLY,
                            "too-many-matches",
                            null,
                            operation + " looks at up to " + most + " resources at once; narrow the question.")));
                }
                page.next().ifPresent(cursor -> asked.put("_cursor", new String[] {cursor}));
                more = page.next().isPresent();
            }
        }
        journal.note(Entry.done(caller, operation, type.name(), null, rule.reason())
                .ofPatients(AuditRows.patients(found.values()))
                .about(found.size()));
        return List.copyOf(found.values());
    }

    /**
     * One page of a history.
     *
     * @param versions newest first; a deleted one has no content
     * @param total all of them, where that is known
     * @param next the cursor of the next page
     */
    public record HistoryPage(List<Stored> versions, Optional<Integer> total, Optional<String> next) {}

    /** One page of a search, and what it includes. */
    public SearchPage search(Caller caller, Query query) {
        var rule = AccessRule.require(caller, Interaction.SEARCH, query.type().name());
        requireCompartment(caller, query);
        return search.shown(
                caller, query, Entry.done(caller, "search", query.type().name(), null, rule.reason()));
    }

    /** The compartment of a patient who is not there for the caller is none, and not an empty one. */
    private void requireCompartment(Caller caller, Query query) {
        for (var criterion : query.criteria()) {
            if (criterion instanceof Query.InCompartment compartment
                    && lookup.patientOf(caller, "Patient", compartment.patient())
                            .isEmpty()) {
                throw Refused.notFound();
            }
        }
    }

    /**
     * One page of a patient's whole record, and the people and places that it names.
     *
     * @throws Refused 403 where the caller's role or scopes do not cover the operation; 404 where there is no such
     *     patient or the caller may not know of it
     */
    public SearchPage everything(Caller caller, RecordAsk ask) {
        AccessRule.requireOperation(caller, "$everything", "Patient");
        var page = wholeRecord.shown(caller, ask, Entry.done(caller, "$everything", "Patient", ask.patient(), AS_SEEN));
        return new SearchPage(page.rows(), page.named(), Optional.empty(), page.next(), List.of());
    }

    /**
     * A patient's record for a summary: the released, unlabelled resources of the given types, oldest first.
     *
     * @param operation the operation that asks, with its dollar sign
     * @param type the type on which it was called, {@code Patient} or one that belongs to a patient
     * @param id FHIR id of that resource
     * @param types resource types that the summary reads
     * @throws Refused 403 where the caller's role or scopes do not cover the operation; 404 where there is no such
     *     resource or the caller may not know of it
     */
    public List<Stored> record(Caller caller, String operation, String type, UUID id, Set<String> types) {
        return record(caller, operation, type, id, () -> visibility.ofSummary(caller, R, types, false), FOR_A_SUMMARY);
    }

    /**
     * What is made of the same record. Where nothing comes of it, nothing was shown: the refusal is the only entry then.
     *
     * @param made reads the record, and throws where nothing can be made of it
     */
    public <T> T record(
            Caller caller, String operation, String type, UUID id, Set<String> types, Function<List<Stored>, T> made) {
        AccessRule.requireOperation(caller, operation, type);
        var key = patient(caller, type, id);
        var rows = rows(caller, key, visibility.ofSummary(caller, R, types, false));
        var whole = made.apply(rows);
        journal.note(Entry.done(caller, operation, type, id, FOR_A_SUMMARY)
                .ofPatient(key)
                .about(rows.size()));
        return whole;
    }

    /** The same without what the patient has paid in full and keeps from payers. */
    public List<Stored> recordForPayers(Caller caller, String operation, String type, UUID id, Set<String> types) {
        return record(caller, operation, type, id, () -> visibility.ofSummary(caller, R, types, true), FOR_A_SUMMARY);
    }

    /** The same with drafts and labelled resources, as far as the caller wrote them: for those who treat the patient. */
    public List<Stored> ownRecord(Caller caller, String operation, String type, UUID id, Set<String> types) {
        return record(
                caller,
                operation,
                type,
                id,
                () -> visibility.ofRecord(caller, R).and(R.type.in(types)),
                AS_SEEN);
    }

    /**
     * The same as {@link #record(Caller, String, String, UUID, Set)} for an operation that keeps in the same request what it
     * makes of it, or refuses to: {@link #commit} or {@link #refused} writes its entry.
     */
    public List<Stored> recordToKeep(Caller caller, String operation, String type, UUID id, Set<String> types) {
        AccessRule.requireOperation(caller, operation, type);
        return rows(caller, patient(caller, type, id), visibility.ofSummary(caller, R, types, false));
    }

    /** The same without what the patient has paid in full and keeps from payers. */
    public List<Stored> recordToKeepForPayers(
            Caller caller, String operation, String type, UUID id, Set<String> types) {
        AccessRule.requireOperation(caller, operation, type);
        return rows(caller, patient(caller, type, id), visibility.ofSummary(caller, R, types, true));
    }

    // The condition is composed when it is known that the caller's role has the operation.
    private List<Stored> record(
            Caller caller, String operation, String type, UUID id, Supplier<Condition> visible, String ground) {
        AccessRule.requireOperation(caller, operation, type);
        var key = patient(caller, type, id);
        var rows = rows(caller, key, visible.get());
        journal.note(
                Entry.done(caller, operation, type, id, ground).ofPatient(key).about(rows.size()));
        return rows;
    }

    private long patient(Caller caller, String type, UUID id) {
        return lookup.patientOf(caller, type, id).orElseThrow(Refused::notFound);
    }

    private List<Stored> rows(Caller caller, long patient, Condition visible) {
        return sql.select(Lookup.current())
                .from(R.table)
                .where(R.patientPk.eq(patient))
                .and(DSL.not(R.deleted))
                .and(visible)
                .orderBy(R.happened.asc().nullsFirst(), R.pk)
                .fetch(row -> Lookup.stored(row, R, Visibility.isMasked(caller)));
    }

    /**
     * A Composition and what it points at, as far as the caller may see it.
     *
     * @param pointsAt reads the ids out of the Composition
     * @param shared true for a document that others will read: nothing may be in it then that is a draft, is labelled, or
     *     is of a type that referrers do not see
     * @throws Refused 403, 404 and 410 as {@link #read} does; 422 where something may not be shared
     */
    public DocumentRows document(Caller caller, UUID id, Function<Stored, Set<UUID>> pointsAt, boolean shared) {
        AccessRule.requireOperation(caller, "$document", "Composition");
        var found = current(caller, "Composition", id).orElseThrow(Refused::notFound);
        var composition = found.stored();
        if (composition.deleted()) {
            throw Refused.gone();
        }
        var ids = new HashSet<>(pointsAt.apply(composition));
        ids.add(id);
        var rows = lookup.readable(caller, ids, shared);
        var shown = new ArrayList<>(rows);
        shown.add(composition);
        journal.note(Entry.done(caller, "$document", "Composition", id, AS_SEEN)
                .ofVersion(composition.version())
                .ofPatients(AuditRows.patients(shown))
                .about(rows.size()));
        return new DocumentRows(
                composition,
                rows.stream().filter(row -> row.pk() != composition.pk()).toList());
    }

    /**
     * What a document is made from.
     *
     * @param composition what it says
     * @param referenced what the Composition points at, oldest first
     */
    public record DocumentRows(Stored composition, List<Stored> referenced) {}

    /**
     * Directory resources by reference, for documents that name people and places. Read without an audit entry of its
     * own: the directory is open to every registered client and says nothing about a patient.
     */
    public List<Stored> directory(Set<UUID> ids) {
        return ids.isEmpty()
                ? List.of()
                : sql.select(Lookup.current())
                        .from(R.table)
                        .where(R.fhirId.in(ids))
                        .and(R.type.in(AccessRule.DIRECTORY))
                        .and(DSL.not(R.deleted))
                        .fetch(row -> Lookup.stored(row, R, false));
    }

    /** The organization that has an identifier, if there is exactly one: how a registered client is bound to it. */
    public Optional<UUID> organizationWith(@Nullable String system, String value) {
        return Optional.ofNullable(lookup.organizationWith(system, value));
    }

    /** Who may see whom. */
    GrantRows grants() {
        return writer.grants();
    }

    /** Which rows who sees. */
    Visibility visibility() {
        return visibility;
    }

    /** Who somebody with an account is in the record. */
    public Persons persons() {
        return persons;
    }

    /** Writes down that an operation ran that read and wrote nothing; whoever answers a request calls it once. */
    public void ran(Caller caller, String operation, String type) {
        journal.note(Entry.done(caller, operation, type, null, "nothing of the record"));
    }

    /**
     * Writes down that somebody was turned away; whoever answers a request calls it once.
     *
     * @param caller who; none where nobody has said so
     * @param ground the code of the issue that was answered
     */
    public void refused(
            @Nullable Caller caller, String interaction, @Nullable String type, @Nullable UUID id, String ground) {
        audit.write(Entry.refused(caller, interaction, type, id, ground));
    }

    /**
     * What stands before a change of the same request, which writes its own entry; to be shown to nobody.
     *
     * @throws Refused 404 or 410 as {@link #read} does
     */
    public Stored standing(Caller caller, String type, UUID id) {
        var found = current(caller, type, id).orElseThrow(Refused::notFound).stored();
        if (found.deleted()) {
            throw Refused.gone();
        }
        return found;
    }

    /** What a condition of a change finds; the same holds as for {@link #standing}. */
    public List<Stored> matches(Caller caller, Query query) {
        AccessRule.require(caller, Interaction.SEARCH, query.type().name());
        return search.run(caller, query).matches();
    }

    /** Whether a resource is there for the caller. Nothing of it is shown, so nothing is written down. */
    public boolean knows(Caller caller, String type, UUID id) {
        return current(caller, type, id).isPresent();
    }

    private Optional<Lookup.Current> current(Caller caller, String type, UUID id) {
        RecordTypes.require(type);
        return lookup.current(caller, type, id);
    }

    private Stored shown(
            Caller caller, String interaction, String type, UUID id, String ground, Optional<Lookup.Current> found) {
        if (found.isEmpty()) {
            throw Refused.notFound();
        }
        var stored = found.get().stored();
        journal.note(Entry.done(caller, interaction, type, id, ground)
                .ofVersion(stored.version())
                .ofPatient(found.get().patientPk())
                .about(1));
        if (stored.deleted()) {
            throw Refused.gone();
        }
        return stored;
    }

    private static Entry written(Change change, Writer.Result result) {
        var committed = result.committed();
        var single = committed.size() == 1 ? committed.get(0).stored() : null;
        return Entry.done(
                        change.caller(),
                        single == null ? "transaction" : interaction(committed.get(0)),
                        single == null ? null : single.type(),
                        single == null ? null : single.id(),
                        change.reason())
                .ofVersion(single == null ? null : single.version())
                .ofPatients(result.patients())
                .about(committed.size());
    }

    private static String interaction(Committed committed) {
        return switch (committed.outcome()) {
            case CREATED -> "create";
            case EXISTING -> "conditional create";
            case UPDATED -> "update";
            case DELETED -> "delete";
        };
    }
}
