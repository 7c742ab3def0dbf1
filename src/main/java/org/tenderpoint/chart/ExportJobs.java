package org.tenderpoint.chart;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.tenderpoint.chart.OwnerColumns.CLIENT;
import static org.tenderpoint.chart.OwnerColumns.ORGANIZATION;
import static org.tenderpoint.chart.OwnerColumns.ROLE;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.springframework.transaction.support.TransactionTemplate;
import org.tenderpoint.access.AccessRule;
import org.tenderpoint.access.Caller;
import org.tenderpoint.chart.AuditTrail.Entry;
import org.tenderpoint.chart.ExportJob.State;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;

/**
 * The exports that clients have asked for, in the database: whichever node is there does the next one, and what a node has
 * left unfinished another takes up. A job is its owner's alone.
 */
public final class ExportJobs {

    /** The operation that begins an export. */
    public static final String OPERATION = "$export";

    /** How the audit calls a look at how far one is. */
    public static final String STATUS = "$export-status";

    /** How the audit calls a part of a file that was shown. */
    public static final String FILE = "$export-file";

    /** How the audit calls its end by its owner. */
    public static final String DELETION = "$export-delete";

    private static final String OWN = "an export of one's own patients";
    private static final String GROUP = "Group";

    /** A node that does not finish in this time is taken for dead. */
    private static final Duration LEASE = Duration.ofMinutes(2);

    private static final int MOST_ATTEMPTS = 5;

    private static final Table<Record> JOBS = DSL.table(name("export_job"));
    private static final Field<UUID> ID = field(name("id"), SQLDataType.UUID);
    private static final Field<String> BASE = field(name("base"), SQLDataType.VARCHAR);
    private static final Field<String> REQUEST = field(name("request"), SQLDataType.CLOB);
    private static final Field<String> TYPES = field(name("types"), SQLDataType.CLOB);
    private static final Field<OffsetDateTime> SINCE = field(name("since"), SQLDataType.TIMESTAMPWITHTIMEZONE);
    private static final Field<OffsetDateTime> UNTIL = field(name("until"), SQLDataType.TIMESTAMPWITHTIMEZONE);
    private static final Field<String> STATE = field(name("state"), SQLDataType.VARCHAR);
    private static final Field<Integer> ATTEMPTS = field(name("attempts"), SQLDataType.INTEGER);
    private static final Field<OffsetDateTime> NEXT = field(name("next_attempt"), SQLDataType.TIMESTAMPWITHTIMEZONE);
    private static final Field<String> FILES = field(name("files"), SQLDataType.CLOB);
    private static final Field<OffsetDateTime> EXPIRES = field(name("expires"), SQLDataType.TIMESTAMPWITHTIMEZONE);

    private final DSLContext sql;
    private final TransactionTemplate transaction;
    private final AuditTrail audit;
    private final Clock clock;

    ExportJobs(DSLContext sql, TransactionTemplate transaction, AuditTrail audit, Clock clock) {
        this.sql = sql;
        this.transaction = transaction;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * On what terms exports are taken.
     *
     * @param settle how long changes that are under way may take; so long a job waits, so that it misses none
     * @param keep how long a job is there
     * @param running how many of a client may be unfinished
     * @param kept how many of a client may be there
     */
    public record Terms(Duration settle, Duration keep, int running, int kept) {}

    /**
     * Takes an export of the caller's own patients on. Once this returns it is on disk.
     *
     * @param group the Group that was asked for; one's own is the one with the id of one's Organization
     * @throws Refused 403 for roles that export nothing, for people and for tokens of one patient; 404 for any other Group;
     *     429 where the client has too many
     */
    public ExportJob accept(Caller caller, UUID group, ExportJob.Ask ask, Terms terms) {
        AccessRule.requireOperation(caller, OPERATION);
        if (!isSystem(caller)) {
            throw Refused.forbidden("An export is for a system that acts for itself, by system/ scopes.");
        }
        if (!group.equals(caller.organization())) {
            throw Refused.notFound();
        }
        var now = now();
        var begins = now.plus(terms.settle);
        var job = new ExportJob(
                UUID.randomUUID(), caller, ask, now, State.ACCEPTED, 0, begins, List.of(), begins.plus(terms.keep));
        transaction.executeWithoutResult(status -> {
            lock(group);
            requireRoom(caller, now, terms);
            insert(job);
            audit.writeWith(Entry.done(caller, OPERATION, GROUP, group, OWN));
        });
        return job;
    }

    /** The organization's row, so that those who ask at the same time are counted one after the other. */
    private void lock(UUID organization) {
        sql.select(Columns.PK)
                .from(DSL.table(DSL.name("resource")))
                .where(Columns.FHIR_ID.eq(organization))
                .forUpdate()
                .fetch();
    }

    private void requireRoom(Caller caller, Instant now, Terms terms) {
        var own = CLIENT.eq(caller.clientId()).and(EXPIRES.gt(IndexRows.utc(now)));
        var unfinished = sql.fetchCount(JOBS, own.and(STATE.eq(State.ACCEPTED.name())));
        if (unfinished >= terms.running) {
            throw tooMany(
                    "So many exports of this client are under way already: " + unfinished + ".",
                    terms.settle.plusSeconds(1));
        }
        if (sql.fetchCount(JOBS, own) >= terms.kept) {
            throw tooMany(
                    "So many exports of this client are there already: " + terms.kept + "; delete those that are read.",
                    terms.keep.dividedBy(terms.kept));
        }
    }

    private static Refused tooMany(String why, Duration wait) {
        var refused = new Refused(429, List.of(new Issue(IssueType.THROTTLED, "export-too-many", null, why)));
        refused.addResponseHeader("Retry-After", Long.toString(Math.max(1, wait.toSeconds())));
        return refused;
    }

    private void insert(ExportJob job) {
        sql.insertInto(JOBS)
                .set(ID, job.id())
                .set(OwnerColumns.of(job.owner()))
                .set(BASE, job.ask().base())
                .set(REQUEST, job.ask().request())
                .set(TYPES, String.join(" ", job.ask().types()))
                .set(
                        SINCE,
                        job.ask().since() == null
                                ? null
                                : IndexRows.utc(job.ask().since()))
                .set(UNTIL, IndexRows.utc(job.until()))
                .set(STATE, job.state().name())
                .set(ATTEMPTS, job.attempt())
                .set(NEXT, IndexRows.utc(job.nextAttempt()))
                .set(FILES, "")
                .set(EXPIRES, IndexRows.utc(job.expires()))
                .execute();
    }

    /** How far a job is. @throws Refused 404 for what is not the caller's own */
    public ExportJob status(Caller caller, UUID id) {
        var job = own(caller, id);
        audit.write(Entry.done(caller, STATUS, GROUP, caller.organization(), OWN));
        return job;
    }

    /** A job whose file somebody downloads, which is written down with what is shown. @throws Refused 404 likewise */
    public ExportJob own(Caller caller, UUID id) {
        return sql.selectFrom(JOBS)
                .where(isOwn(caller, id))
                .fetchOptional(ExportJobs::read)
                .orElseThrow(Refused::notFound);
    }

    /** Ends a job, whatever its state. @throws Refused 404 likewise */
    public void delete(Caller caller, UUID id) {
        transaction.executeWithoutResult(status -> {
            if (sql.deleteFrom(JOBS).where(isOwn(caller, id)).execute() == 0) {
                throw Refused.notFound();
            }
            audit.writeWith(Entry.done(caller, DELETION, GROUP, caller.organization(), OWN));
        });
    }

    private Condition isOwn(Caller caller, UUID id) {
        return isSystem(caller)
                ? ID.eq(id)
                        .and(CLIENT.eq(caller.clientId()))
                        .and(ORGANIZATION.eq(caller.organization()))
                        .and(ROLE.eq(caller.role().name()))
                        .and(EXPIRES.gt(IndexRows.utc(now())))
                : DSL.falseCondition();
    }

    private static boolean isSystem(Caller caller) {
        return caller.organization() != null && caller.user() == null && caller.patient() == null;
    }

    /**
     * The next job that nobody has in hand. Of several nodes one gets it; where that one does not {@link #finish} it in time,
     * it is the next again.
     */
    public Optional<ExportJob> take() {
        var now = IndexRows.utc(now());
        var isDue = STATE.eq(State.ACCEPTED.name()).and(NEXT.le(now));
        var due = sql.select(ID).from(JOBS).where(isDue).orderBy(NEXT).limit(1).fetchOptional(ID);
        if (due.isEmpty()) {
            return Optional.empty();
        }
        // Asked again by the statement that takes it: whoever comes second finds it taken.
        var taken = sql.update(JOBS)
                .set(ATTEMPTS, ATTEMPTS.plus(1))
                .set(NEXT, IndexRows.utc(now().plus(LEASE)))
                .where(ID.eq(due.get()))
                .and(isDue)
                .execute();
        return taken == 0
                ? Optional.empty()
                : sql.selectFrom(JOBS).where(ID.eq(due.get())).fetchOptional(ExportJobs::read);
    }

    /** A job is done. Says nothing to a node that has lost the job meanwhile, or whose owner has ended it. */
    public void finish(ExportJob job, List<String> files) {
        end(job, State.DONE, files);
    }

    /** An attempt has failed; the job is due again after its lease, and failed for good after the last attempt. */
    public void failed(ExportJob job) {
        if (job.attempt() >= MOST_ATTEMPTS) {
            end(job, State.FAILED, List.of());
        }
    }

    private void end(ExportJob job, State state, List<String> files) {
        sql.update(JOBS)
                .set(STATE, state.name())
                .set(FILES, String.join(" ", files))
                .where(ID.eq(job.id()))
                .and(STATE.eq(State.ACCEPTED.name()))
                .and(ATTEMPTS.eq(job.attempt()))
                .execute();
    }

    /** Takes away what is over. */
    public void purge() {
        sql.deleteFrom(JOBS).where(EXPIRES.le(IndexRows.utc(now()))).execute();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static ExportJob read(Record row) {
        var since = row.get(SINCE);
        return new ExportJob(
                row.get(ID),
                OwnerColumns.read(row),
                new ExportJob.Ask(
                        row.get(BASE),
                        row.get(REQUEST),
                        words(row.get(TYPES)),
                        since == null ? null : since.toInstant()),
                row.get(UNTIL).toInstant(),
                State.valueOf(row.get(STATE)),
                row.get(ATTEMPTS),
                row.get(NEXT).toInstant(),
                words(row.get(FILES)),
                row.get(EXPIRES).toInstant());
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split(" ", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
