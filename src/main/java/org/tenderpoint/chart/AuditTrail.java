package org.tenderpoint.chart;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jooq.SQLDialect;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import org.tenderpoint.access.Caller;

/**
 * Who did what. A change's entry is written in the change's own transaction. A read's entry is on disk before the body
 * leaves; reads that wait at the same time share one commit, so that durability does not cost one sync a read. Whoever
 * comes first writes for all who wait, on its own thread: handing entries to another thread would cost a wake-up a read.
 */
@Component
class AuditTrail {

    /** Each number of entries is a statement of its own, which databases and drivers keep prepared: so not too many. */
    private static final int MOST_IN_ONE_COMMIT = 32;

    /** How many write at the same time; fewer than there are connections, since each takes one. */
    private static final int WRITERS_ON_POSTGRESQL = 4;

    private static final String NOBODY = "-";
    private static final String NAMED = "audit_";
    private static final Table<Record> AUDIT = DSL.table(name("audit"));
    private static final List<Field<?>> COLUMNS = List.of(
            field(name("id"), SQLDataType.BIGINT),
            field(name("recorded"), SQLDataType.TIMESTAMPWITHTIMEZONE),
            field(name("client_id"), SQLDataType.VARCHAR),
            field(name("organization"), SQLDataType.UUID),
            field(name("role"), SQLDataType.VARCHAR),
            field(name("interaction"), SQLDataType.VARCHAR),
            field(name("resource_type"), SQLDataType.VARCHAR),
            field(name("fhir_id"), SQLDataType.UUID),
            field(name("version"), SQLDataType.INTEGER),
            field(name("patient_pk"), SQLDataType.BIGINT),
            field(name("resources"), SQLDataType.INTEGER),
            field(name("outcome"), SQLDataType.VARCHAR),
            field(name("ground"), SQLDataType.VARCHAR));

    /**
     * One entry.
     *
     * @param caller who; none where nobody has said who it is
     * @param interaction a FHIR interaction or operation name, such as {@code read} or {@code $progress-summary}
     * @param type resource type, if one
     * @param id resource, if one
     * @param version its version
     * @param patientPk whose record; none where no patient is concerned
     * @param resources how many resources were shown or written
     * @param outcome {@code success} or {@code refused}
     * @param ground why it was allowed or refused
     */
    record Entry(
            @Nullable Caller caller,
            String interaction,
            @Nullable String type,
            @Nullable UUID id,
            @Nullable Integer version,
            @Nullable Long patientPk,
            int resources,
            String outcome,
            String ground) {

        /** The same about a version that was found, and the patient whose it is. */
        Entry about(int foundVersion, @Nullable Long foundPatient) {
            return new Entry(caller, interaction, type, id, foundVersion, foundPatient, resources, outcome, ground);
        }

        /** The same about a patient's record. */
        Entry ofPatient(long patient) {
            return new Entry(caller, interaction, type, id, version, patient, resources, outcome, ground);
        }

        /** The same about so many resources. */
        Entry about(int shown) {
            return new Entry(caller, interaction, type, id, version, patientPk, shown, outcome, ground);
        }
    }

    private static final class Waiting {
        private final Entry entry;
        private final OffsetDateTime recorded;
        private final CompletableFuture<Void> written = new CompletableFuture<>();
        private boolean taken;

        private Waiting(Entry entry, OffsetDateTime recorded) {
            this.entry = entry;
            this.recorded = recorded;
        }
    }

    private final DSLContext sql;
    private final TransactionTemplate apart;
    private final PkAllocator pks;
    private final Clock clock;
    private final ArrayDeque<Waiting> queue = new ArrayDeque<>();

    /** Held by those who write. Fair, so that nobody whose entry is written already waits for another's commit. */
    private final Semaphore writing;

    AuditTrail(DSLContext sql, PlatformTransactionManager manager, PkAllocator pks, Clock clock) {
        this.sql = sql;
        // Entries of others go along, so they must not hang on a transaction that the thread may have open.
        this.apart = new TransactionTemplate(manager);
        this.apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_NOT_SUPPORTED);
        this.pks = pks;
        this.clock = clock;
        // PostgreSQL lets commits that meet share one sync by itself; H2 syncs them one after the other.
        this.writing = new Semaphore(sql.family() == SQLDialect.POSTGRES ? WRITERS_ON_POSTGRESQL : 1, true);
    }

    /** Writes an entry in the transaction that is open. */
    void writeWith(Entry entry) {
        Batches.insert(sql, AUDIT, COLUMNS, Collections.singletonList(row(entry, IndexRows.utc(clock.instant()))));
    }

    /**
     * Writes an entry for each row of a query that shows it, within the same statement.
     *
     * @param rows what is shown
     * @param found columns of these rows that stand in the entry, in the place of the columns of their names
     */
    ResultQuery<?> noting(Table<?> rows, List<Field<?>> found) {
        return inserting(DSL.select(columns(found)).from(rows));
    }

    /** The parameter of {@link #noting} that holds a column's value. */
    static <T> Param<T> parameter(String column, Class<T> type) {
        return DSL.param(NAMED + column, type);
    }

    private static List<Field<?>> columns(List<Field<?>> found) {
        var byName = found.stream().collect(Collectors.toMap(Field::getName, column -> column));
        return COLUMNS.stream()
                .<Field<?>>map(column -> {
                    var known = byName.get(column.getName());
                    return known != null ? known : DSL.param(NAMED + column.getName(), column.getDataType());
                })
                .toList();
    }

    private ResultQuery<?> inserting(Select<?> entries) {
        return sql.insertInto(AUDIT).columns(COLUMNS).select(entries).returningResult(DSL.one());
    }

    /** Writes one entry within a statement that shows something, with what the statement finds out about it. */
    ResultQuery<?> noting(List<Field<?>> found) {
        return inserting(DSL.select(columns(found)));
    }

    /** The values of an entry's columns under the names that {@link #noting} gives them. */
    Map<String, @Nullable Object> values(Entry entry) {
        var row = row(entry, IndexRows.utc(clock.instant()));
        var values = new HashMap<String, @Nullable Object>();
        for (int i = 0; i < row.length; i++) {
            values.put(NAMED + COLUMNS.get(i).getName(), row[i]);
        }
        return values;
    }

    /** Writes an entry and returns when it is on disk; throws where it cannot be written: no unaudited access. */
    void write(Entry entry) {
        var own = new Waiting(entry, IndexRows.utc(clock.instant()));
        synchronized (queue) {
            queue.add(own);
        }
        writing.acquireUninterruptibly();
        try {
            for (var group = take(own); !group.isEmpty(); group = take(own)) {
                writeTogether(group);
            }
        } finally {
            writing.release();
        }
        try {
            own.written.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    /** The entries that have waited longest; nothing where somebody else has taken one's own. */
    private List<Waiting> take(Waiting own) {
        var group = new ArrayList<Waiting>();
        synchronized (queue) {
            while (!own.taken && group.size() < MOST_IN_ONE_COMMIT && !queue.isEmpty()) {
                group.add(queue.remove());
            }
            group.forEach(one -> one.taken = true);
        }
        return group;
    }

    private void writeTogether(List<Waiting> group) {
        RuntimeException failure = new IllegalStateException("the audit was not written");
        try {
            var rows = group.stream().map(one -> row(one.entry, one.recorded)).toList();
            // One statement, which commits by itself: one round trip.
            apart.executeWithoutResult(status -> Batches.insertAsOne(sql, AUDIT, COLUMNS, rows));
            group.forEach(one -> one.written.complete(null));
        } catch (RuntimeException failed) {
            failure = failed;
        } finally {
            for (var one : group) {
                one.written.completeExceptionally(failure);
            }
        }
    }

    private @Nullable Object[] row(Entry entry, OffsetDateTime recorded) {
        var caller = entry.caller;
        return new @Nullable Object[] {
            pks.next(),
            recorded,
            caller == null ? NOBODY : caller.clientId(),
            caller == null ? null : caller.organization(),
            caller == null ? NOBODY : caller.role().name(),
            entry.interaction,
            entry.type,
            entry.id,
            entry.version,
            entry.patientPk,
            entry.resources,
            entry.outcome,
            entry.ground
        };
    }
}
