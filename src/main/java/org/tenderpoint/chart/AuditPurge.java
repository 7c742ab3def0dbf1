package org.tenderpoint.chart;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;
import org.tenderpoint.access.Sealing;

/**
 * Takes entries of the audit away when their years are over, and keeps what is held. Whole seals are purged, and stay: they
 * and a signed row that says how many entries are gone let the chain be verified as before.
 */
public final class AuditPurge {

    /** The fewest years for which entries are kept: 45 CFR 164.316(b)(2)(i). On PostgreSQL a trigger keeps to it too. */
    public static final int FEWEST_YEARS = 6;

    private static final String ACT = "audit-purge";
    private static final String HOLD_ACT = "audit-hold";
    private static final String PURPOSE = "audit purge";

    private static final Table<Record> PURGE = DSL.table(name("audit_purge"));
    private static final Field<Long> NO = field(name("no"), SQLDataType.BIGINT);
    private static final Field<OffsetDateTime> PURGED = field(name("purged"), SQLDataType.TIMESTAMPWITHTIMEZONE);
    private static final Field<Long> UP_TO = field(name("up_to"), SQLDataType.BIGINT);
    private static final Field<Long> REMOVED = field(name("removed"), SQLDataType.BIGINT);
    private static final Field<Long> HELD = field(name("held"), SQLDataType.BIGINT);
    private static final Field<String> SIGNATURE = field(name("signature"), SQLDataType.CLOB);

    private static final Table<Record> HOLD = DSL.table(name("audit_hold"));
    private static final Field<UUID> ID = field(name("id"), SQLDataType.UUID);
    private static final Field<UUID> PATIENT = field(name("patient"), SQLDataType.UUID);
    private static final Field<Long> PATIENT_PK = field(name("patient_pk"), SQLDataType.BIGINT);
    private static final Field<String> REASON = field(name("reason"), SQLDataType.VARCHAR);
    private static final Field<OffsetDateTime> SINCE = field(name("since"), SQLDataType.TIMESTAMPWITHTIMEZONE);
    private static final Field<OffsetDateTime> RELEASED = field(name("released"), SQLDataType.TIMESTAMPWITHTIMEZONE);

    private final DSLContext sql;
    private final TransactionTemplate transaction;
    private final AuditTrail audit;
    private final Sealing sealing;
    private final Clock clock;

    AuditPurge(DSLContext sql, TransactionTemplate transaction, AuditTrail audit, Sealing sealing, Clock clock) {
        this.sql = sql;
        this.transaction = transaction;
        this.audit = audit;
        this.sealing = sealing;
        this.clock = clock;
    }

    /**
     * What a purge takes away.
     *
     * @param upTo the last seal that it reaches; 0 where it reaches none
     * @param removed how many entries go
     * @param held how many stay because somebody holds them
     */
    public record Plan(long upTo, long removed, long held) {}

    /**
     * A hold.
     *
     * @param patient whose entries stay; none for all
     */
    public record Hold(UUID id, @Nullable UUID patient, String reason) {}

    /**
     * What a purge would take away now; nothing is changed.
     *
     * @param years for which entries are kept
     * @throws IllegalArgumentException for fewer than {@link #FEWEST_YEARS}
     */
    public Plan plan(int years) {
        var reached = reached(years);
        if (reached.isEmpty()) {
            return new Plan(0, 0, 0);
        }
        var before = SealedEntries.WRITTEN.lt(reached.get().get(AuditSeals.TO));
        var all = sql.fetchCount(AuditRows.AUDIT, before);
        var removed = sql.fetchCount(AuditRows.AUDIT, before.and(DSL.not(held())));
        return new Plan(reached.get().get(AuditSeals.NO), removed, all - removed);
    }

    /**
     * Takes away what {@link #plan} says, and writes that into the audit, in one transaction.
     *
     * @param by who wants it
     */
    public Plan purge(int years, String by) {
        return Objects.requireNonNull(transaction.execute(status -> {
            var plan = plan(years);
            if (plan.removed == 0) {
                return plan;
            }
            var no = sql.fetchCount(PURGE) + 1L;
            sql.insertInto(PURGE)
                    .columns(NO, PURGED, UP_TO, REMOVED, HELD, SIGNATURE)
                    .values(no, now(), plan.upTo, plan.removed, plan.held, signature(no, plan))
                    .execute();
            var to = reached(years).orElseThrow().get(AuditSeals.TO);
            var gone = sql.deleteFrom(AuditRows.AUDIT)
                    .where(SealedEntries.WRITTEN.lt(to))
                    .and(DSL.not(held()))
                    .execute();
            if (gone != plan.removed) {
                throw new IllegalStateException("entries came or went while the audit was purged; nothing was done");
            }
            written(
                    ACT,
                    by,
                    gone + " entries of up to seal " + plan.upTo + " were over after " + years + " years, " + plan.held
                            + " are held");
            return plan;
        }));
    }

    /**
     * Keeps entries whatever their age.
     *
     * @param patient whose; none for all
     * @return false where there is no such patient
     */
    public Optional<Hold> hold(@Nullable UUID patient, String reason, String by) {
        return Objects.requireNonNull(transaction.execute(status -> {
            var key = patient == null
                    ? null
                    : sql.select(Columns.PK)
                            .from(DSL.table(name("resource")))
                            .where(Columns.FHIR_ID.eq(patient))
                            .and(Columns.TYPE.eq("Patient"))
                            .fetchOne(Columns.PK);
            if (patient != null && key == null) {
                return Optional.<Hold>empty();
            }
            var hold = new Hold(UUID.randomUUID(), patient, reason);
            sql.insertInto(HOLD)
                    .columns(ID, PATIENT, PATIENT_PK, REASON, SINCE)
                    .values(hold.id, patient, key, reason, now())
                    .execute();
            written(HOLD_ACT, by, "held by " + hold.id + ": " + reason);
            return Optional.of(hold);
        }));
    }

    /** @return false where there is no such hold, or it is released already */
    public boolean release(UUID hold, String by) {
        return Objects.requireNonNull(transaction.execute(status -> {
            var released = sql.update(HOLD)
                    .set(RELEASED, now())
                    .where(ID.eq(hold))
                    .and(RELEASED.isNull())
                    .execute();
            if (released > 0) {
                written(HOLD_ACT, by, "released " + hold);
            }
            return released > 0;
        }));
    }

    /** Those that are not released. */
    public List<Hold> holds() {
        return sql.select(ID, PATIENT, REASON)
                .from(HOLD)
                .where(RELEASED.isNull())
                .orderBy(SINCE)
                .fetch(row -> new Hold(row.value1(), row.value2(), row.value3()));
    }

    /**
     * What purges say that they have taken away, as far as they are signed.
     *
     * @param upTo the last seal that they reach
     * @param removed how many entries of the seals up to it are gone
     * @param problems names what was tampered with
     */
    record Told(long upTo, long removed, List<String> problems) {}

    static Told told(DSLContext sql, Sealing sealing) {
        var upTo = 0L;
        var removed = 0L;
        var problems = new java.util.ArrayList<String>();
        for (var row : sql.select(NO, UP_TO, REMOVED, HELD, SIGNATURE)
                .from(PURGE)
                .orderBy(NO)
                .fetch()) {
            var plan = new Plan(row.get(UP_TO), row.get(REMOVED), row.get(HELD));
            var signed =
                    sealing.open(PURPOSE, row.get(SIGNATURE)).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
            if (!signed.equals(Optional.of(text(row.get(NO), plan)))) {
                problems.add("purge " + row.get(NO) + " was changed");
                continue;
            }
            upTo = Math.max(upTo, plan.upTo);
            removed += plan.removed;
        }
        return new Told(upTo, removed, problems);
    }

    /** The last seal all of whose entries are over. */
    private Optional<Record> reached(int years) {
        if (years < FEWEST_YEARS) {
            throw new IllegalArgumentException("entries of the audit are kept for six years at least");
        }
        // The database's own clock, as in the trigger: nobody who calls this can set it.
        var now = sql.select(DSL.currentOffsetDateTime()).fetchSingle().value1().withOffsetSameInstant(ZoneOffset.UTC);
        return sql.select(AuditSeals.NO, AuditSeals.TO)
                .from(AuditSeals.SEAL)
                .where(AuditSeals.TO.le(now.minusYears(years)))
                .orderBy(AuditSeals.NO.desc())
                .limit(1)
                .fetchOptional()
                .map(row -> (Record) row);
    }

    private Condition held() {
        var held = DSL.noCondition().and(DSL.falseCondition());
        for (var hold : sql.select(PATIENT, PATIENT_PK)
                .from(HOLD)
                .where(RELEASED.isNull())
                .fetch()) {
            held = held.or(
                    hold.value1() == null ? DSL.trueCondition() : AuditRows.concerns(sql.family(), hold.value2()));
        }
        return held;
    }

    private void written(String act, String by, String ground) {
        audit.writeWith(new AuditTrail.Entry(
                new AuditTrail.Who(null, null, null, "Person/" + by),
                act,
                null,
                null,
                null,
                Set.of(),
                0,
                AuditTrail.Entry.SUCCESS,
                ground));
    }

    private String signature(long no, Plan plan) {
        return sealing.seal(PURPOSE, text(no, plan).getBytes(StandardCharsets.UTF_8));
    }

    private static String text(long no, Plan plan) {
        return no + ":" + plan.upTo + ":" + plan.removed + ":" + plan.held;
    }

    private OffsetDateTime now() {
        return IndexRows.utc(clock.instant());
    }
}
