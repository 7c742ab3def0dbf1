package org.tenderpoint.chart;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Role;
import org.tenderpoint.access.Sealing;

/**
 * Who did what, in the database. A change's entry is written in the change's own transaction, and what was shown comes by
 * way of the {@link AuditJournal}. Everything else has its entry on disk before the answer leaves; entries that wait at the
 * same time share one commit. Whoever comes first writes for all who wait, on its own thread: handing entries to another
 * thread would cost a wake-up an entry.
 */
class AuditTrail {

    /** Each number of entries is a statement of its own, which databases and drivers keep prepared: so not too many. */
    private static final int MOST_IN_ONE_COMMIT = 32;

    /** How many write at the same time; fewer than there are connections, since each takes one. */
    private static final int WRITERS_ON_POSTGRESQL = 4;

    /**
     * Who did something.
     *
     * @param clientId the client; none where nobody has said who it is
     * @param organization FHIR id of the Organization it acts for
     * @param role in which capacity
     * @param person who stands before the client: a relative reference, or a login
     */
    record Who(@Nullable String clientId, @Nullable UUID organization, @Nullable Role role, @Nullable String person) {

        static Who of(@Nullable Caller caller) {
            return caller == null
                    ? new Who(null, null, null, null)
                    : new Who(caller.clientId(), caller.organization(), caller.role(), caller.user());
        }
    }

    /**
     * One entry.
     *
     * @param who did it
     * @param interaction a FHIR interaction or operation name, such as {@code read} or {@code $progress-summary}
     * @param type resource type, if one
     * @param id resource, if one
     * @param version its version
     * @param patients whose records, by their internal keys
     * @param resources how many resources were shown or written
     * @param outcome {@code success} or {@code refused}
     * @param ground why it was allowed or refused
     */
    record Entry(
            Who who,
            String interaction,
            @Nullable String type,
            @Nullable UUID id,
            @Nullable Integer version,
            Set<Long> patients,
            int resources,
            String outcome,
            String ground) {

        static final String SUCCESS = "success";
        static final String REFUSED = "refused";

        /** Something that was done, about no patient yet. */
        static Entry done(Caller caller, String interaction, @Nullable String type, @Nullable UUID id, String ground) {
            return new Entry(Who.of(caller), interaction, type, id, null, Set.of(), 0, SUCCESS, ground);
        }

        /** Something that was turned down. */
        static Entry refused(
                @Nullable Caller caller, String interaction, @Nullable String type, @Nullable UUID id, String ground) {
            return new Entry(Who.of(caller), interaction, type, id, null, Set.of(), 0, REFUSED, ground);
        }

        /** The same about one version. */
        Entry ofVersion(@Nullable Integer found) {
            return new Entry(who, interaction, type, id, found, patients, resources, outcome, ground);
        }

        /** The same about a patient's record, or nobody's. */
        Entry ofPatient(@Nullable Long patient) {
            return ofPatients(patient == null ? Set.of() : Set.of(patient));
        }

        /** The same about these patients' records. */
        Entry ofPatients(Set<Long> some) {
            return new Entry(who, interaction, type, id, version, some, resources, outcome, ground);
        }

        /** The same about so many resources. */
        Entry about(int shown) {
            return new Entry(who, interaction, type, id, version, patients, shown, outcome, ground);
        }
    }

    private static final class Waiting {
        private final @Nullable Object[] row;
        private final CompletableFuture<Void> written = new CompletableFuture<>();
        private boolean taken;

        private Waiting(@Nullable Object[] row) {
            this.row = row;
        }
    }

    private final DSLContext sql;
    private final TransactionTemplate apart;
    private final AuditRows rows;
    private final Clock clock;
    private final ArrayDeque<Waiting> queue = new ArrayDeque<>();

    /** Held by those who write. Fair, so that nobody whose entry is written already waits for another's commit. */
    private final Semaphore writing;

    AuditTrail(DSLContext sql, PlatformTransactionManager manager, PkAllocator pks, Clock clock, Sealing sealing) {
        this.sql = sql;
        // Entries of others go along, so they must not hang on a transaction that the thread may have open.
        this.apart = new TransactionTemplate(manager);
        this.apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_NOT_SUPPORTED);
        this.rows = new AuditRows(pks, sealing);
        this.clock = clock;
        // PostgreSQL lets commits that meet share one sync by itself; H2 syncs them one after the other.
        this.writing = new Semaphore(sql.family() == SQLDialect.POSTGRES ? WRITERS_ON_POSTGRESQL : 1, true);
    }

    /** Writes an entry in the transaction that is open. */
    void writeWith(Entry entry) {
        Batches.insert(sql, AuditRows.AUDIT, AuditRows.COLUMNS, Collections.singletonList(row(entry)));
    }

    /** Writes many entries, which were shown already. */
    void bring(List<@Nullable Object[]> rows) {
        Batches.insert(sql, AuditRows.AUDIT, AuditRows.COLUMNS, rows);
    }

    /**
     * Writes those of many entries that are not there yet, as far as the database takes them.
     *
     * @return those that it refuses for what is in them; the others do not stay away because of these
     */
    List<@Nullable Object[]> bringWhatIsTaken(List<@Nullable Object[]> rows) {
        var refused = new ArrayList<@Nullable Object[]>();
        try {
            bringMissing(rows);
        } catch (DataIntegrityViolationException someAreRefused) {
            for (var row : rows) {
                try {
                    bringMissing(Collections.singletonList(row));
                } catch (DataIntegrityViolationException thisOne) {
                    refused.add(row);
                }
            }
        }
        return refused;
    }

    private void bringMissing(List<@Nullable Object[]> rows) {
        var id = AuditRows.COLUMNS.indexOf(AuditRows.ID);
        var recorded = AuditRows.COLUMNS.indexOf(AuditRows.RECORDED);
        var values = rows.stream()
                .map(row -> {
                    var asked = Arrays.copyOf(row, row.length + 2);
                    asked[row.length] = row[id];
                    asked[row.length + 1] = row[recorded];
                    return asked;
                })
                .toList();
        Batches.run(sql, "insert missing audit", () -> missing(sql), values);
    }

    private static String missing(DSLContext sql) {
        var values = AuditRows.COLUMNS.stream()
                .<Field<?>>map(column -> DSL.val(null, column.getDataType()))
                .toList();
        return sql.insertInto(AuditRows.AUDIT)
                .columns(AuditRows.COLUMNS)
                .select(DSL.select(values)
                        .whereNotExists(DSL.selectOne()
                                .from(AuditRows.AUDIT)
                                // The same number of another time is another entry, of a database that was set back.
                                .where(AuditRows.ID.eq(DSL.val(null, AuditRows.ID)))
                                .and(AuditRows.RECORDED.eq(DSL.val(null, AuditRows.RECORDED)))))
                .getSQL();
    }

    /** Writes an entry and returns when it is on disk; throws where it cannot be written: no unaudited access. */
    void write(Entry entry) {
        write(row(entry));
    }

    /** The same for the values of an entry. */
    void write(@Nullable Object[] row) {
        var own = new Waiting(row);
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
            var together = group.stream().map(one -> one.row).toList();
            // One statement, which commits by itself: one round trip.
            apart.executeWithoutResult(
                    status -> Batches.insertAsOne(sql, AuditRows.AUDIT, AuditRows.COLUMNS, together));
            group.forEach(one -> one.written.complete(null));
        } catch (RuntimeException failed) {
            failure = failed;
        } finally {
            for (var one : group) {
                one.written.completeExceptionally(failure);
            }
        }
    }

    /** The values of an entry, made by the thread that answers the request: it knows where the request came from. */
    @Nullable
    Object[] row(Entry entry) {
        return rows.row(entry, IndexRows.utc(clock.instant().truncatedTo(ChronoUnit.MILLIS)));
    }
}
