package org.tenderpoint.chart;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.springframework.stereotype.Component;
import org.tenderpoint.access.Role;
import org.tenderpoint.chart.Tables.GrantTable;
import org.tenderpoint.chart.Tables.ResourceTable;

/**
 * Which patients' records have changed, for work in the background that must not miss a change, whatever crashes. It
 * gives ids and no content: whoever looks into a record does that as a caller, through the {@link Chart}.
 */
@Component
public class ChangeFeed {

    /** A transaction may take its place in the order before another one and be seen after it; none takes this long. */
    private static final Duration SETTLED = Duration.ofSeconds(10);

    private static final int ROWS = 5000;

    private static final Table<Record> READERS = DSL.table(name("feed_reader"));
    private static final Field<String> READER = field(name("reader"), SQLDataType.VARCHAR);
    private static final Field<Long> UNTIL = field(name("until_seq"), SQLDataType.BIGINT);

    private final DSLContext sql;
    private final Clock clock;

    ChangeFeed(DSLContext sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * Changes behind the last ones that a reader has done with.
     *
     * @param patients each with the time of its last change here, in the order of the changes
     * @param until what to hand to {@link #done} once they are dealt with
     * @param more true where the next page has some already
     */
    public record Page(Map<UUID, Instant> patients, long until, boolean more) {}

    /** The next page for a reader; changes of the last seconds come with a later one. */
    public Page next(String reader, Set<String> types) {
        var changed = new ResourceTable("resource", "r");
        var patient = new ResourceTable("resource", "p");
        var from = until(reader);
        var rows = sql.select(changed.seq, changed.lastUpdated, patient.fhirId)
                .from(changed.table)
                .join(patient.table)
                .on(patient.pk.eq(changed.patientPk))
                .where(changed.seq.gt(from))
                .and(changed.type.in(types))
                .orderBy(changed.seq)
                .limit(ROWS)
                .fetch();
        var settled = clock.instant().minus(SETTLED);
        var patients = new LinkedHashMap<UUID, Instant>();
        var until = from;
        for (var row : rows) {
            var at = row.get(changed.lastUpdated).toInstant();
            if (at.isAfter(settled)) {
                return new Page(patients, until, false);
            }
            until = row.get(changed.seq);
            patients.put(row.get(patient.fhirId), at);
        }
        return new Page(patients, until, rows.size() == ROWS);
    }

    /** Remembers that a reader has dealt with everything up to here. */
    public void done(String reader, long until) {
        var updated = sql.update(READERS)
                .set(UNTIL, DSL.greatest(UNTIL, DSL.val(until)))
                .where(READER.eq(reader))
                .execute();
        if (updated == 0) {
            // Another node may have been first; both had the same start.
            sql.execute(
                    "insert into feed_reader (reader, until_seq) values (?, ?) on conflict do nothing", reader, until);
        }
    }

    /** Lets a reader begin with what is written from now on. */
    public void skip(String reader) {
        var changed = new ResourceTable("resource", "r");
        var last = sql.select(DSL.max(changed.seq))
                .from(changed.table)
                .fetchSingle()
                .value1();
        done(reader, Objects.requireNonNullElse(last, 0L));
    }

    /** The clinics that treat a patient now: those in whose name something may be written about her. */
    public List<UUID> clinicsOf(UUID patient) {
        var row = new ResourceTable("resource", "p");
        var grant = new GrantTable("g");
        var now = OffsetDateTime.ofInstant(clock.instant(), java.time.ZoneOffset.UTC);
        return sql.selectDistinct(grant.grantee)
                .from(grant.table)
                .join(row.table)
                .on(row.pk.eq(grant.patientPk))
                .where(row.fhirId.eq(patient))
                .and(grant.role.eq(Role.CLINIC.name()))
                .and(grant.validFrom.le(now))
                .and(grant.validTo.gt(now))
                .fetch(grant.grantee);
    }

    private long until(String reader) {
        return sql.select(UNTIL)
                .from(READERS)
                .where(READER.eq(reader))
                .fetchOptional(UNTIL)
                .orElse(0L);
    }
}
