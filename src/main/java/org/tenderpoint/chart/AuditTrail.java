package org.tenderpoint.chart;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;

import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import org.tenderpoint.access.Caller;

/**
 * Who did what. A change's entry is written in the change's own transaction. A read's entry is on disk before the body
 * leaves; reads that wait at the same time share one commit, so that durability does not cost one sync a read.
 */
@Component
class AuditTrail {

    private static final int MOST_IN_ONE_COMMIT = 256;
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
     * @param caller who
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
            Caller caller,
            String interaction,
            @Nullable String type,
            @Nullable UUID id,
            @Nullable Integer version,
            @Nullable Long patientPk,
            int resources,
            String outcome,
            String ground) {}

    private record Waiting(Entry entry, OffsetDateTime recorded, CompletableFuture<Void> written) {}

    private final DSLContext sql;
    private final TransactionTemplate transaction;
    private final PkAllocator pks;
    private final Clock clock;
    private final LinkedBlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final Thread writer;

    AuditTrail(DSLContext sql, TransactionTemplate transaction, PkAllocator pks, Clock clock) {
        this.sql = sql;
        this.transaction = transaction;
        this.pks = pks;
        this.clock = clock;
        this.writer = new Thread(this::writeUntilInterrupted, "audit-writer");
        this.writer.setDaemon(true);
        this.writer.start();
    }

    /** Writes an entry in the transaction that is open. */
    void writeWith(Entry entry) {
        insert(Collections.singletonList(row(entry, IndexRows.utc(clock.instant()))));
    }

    /** Writes an entry and returns when it is on disk; throws where it cannot be written: no unaudited access. */
    void write(Entry entry) {
        var waiting = new Waiting(entry, IndexRows.utc(clock.instant()), new CompletableFuture<>());
        queue.add(waiting);
        try {
            waiting.written.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    @PreDestroy
    void stop() throws InterruptedException {
        writer.interrupt();
        writer.join(5_000);
    }

    private void writeUntilInterrupted() {
        var batch = new ArrayList<Waiting>();
        try {
            while (true) {
                batch.add(queue.take());
                queue.drainTo(batch, MOST_IN_ONE_COMMIT - 1);
                writeTogether(batch);
                batch.clear();
            }
        } catch (InterruptedException stopped) {
            var failure = new IllegalStateException("the server is stopping");
            queue.forEach(waiting -> waiting.written.completeExceptionally(failure));
        }
    }

    private void writeTogether(List<Waiting> batch) {
        try {
            transaction.executeWithoutResult(status ->
                    insert(batch.stream().map(w -> row(w.entry, w.recorded)).toList()));
            batch.forEach(waiting -> waiting.written.complete(null));
        } catch (RuntimeException failed) {
            batch.forEach(waiting -> waiting.written.completeExceptionally(failed));
        }
    }

    private void insert(List<@Nullable Object[]> rows) {
        Batches.insert(sql, AUDIT, COLUMNS, rows);
    }

    private @Nullable Object[] row(Entry entry, OffsetDateTime recorded) {
        var caller = entry.caller;
        return new @Nullable Object[] {
            pks.next(),
            recorded,
            caller.clientId(),
            caller.organization(),
            caller.role().name(),
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
