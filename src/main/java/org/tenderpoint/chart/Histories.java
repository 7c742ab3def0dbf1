package org.tenderpoint.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.SelectConditionStep;
import org.jooq.SelectField;
import org.jooq.impl.DSL;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Sealing;
import org.tenderpoint.chart.Tables.ResourceTable;
import org.tenderpoint.issue.Refused;

/** Versions, newest first, as far as the caller may see them under today's rules. */
final class Histories {

    private static final ResourceTable R = ResourceTable.RESOURCE;
    private static final ResourceTable H = ResourceTable.HISTORY;

    private final DSLContext sql;
    private final Visibility visibility;
    private final Cursors cursors;

    Histories(DSLContext sql, Visibility visibility, Sealing sealing) {
        this.cursors = new Cursors(sealing, "history");
        this.sql = sql;
        this.visibility = visibility;
    }

    /** One page; the next one begins behind the last version of this one, in the order of the commit sequence. */
    Chart.HistoryPage page(Caller caller, HistoryQuery query) {
        var before = query.cursor().map(cursor -> before(caller, query, cursor));
        var masked = Visibility.isMasked(caller);
        // Each half by itself stops at a page, so that both are read from the new end of their index.
        var standing = newest(select(caller, query, R, before), R, query);
        var older = newest(select(caller, query, H, before).and(isOfVisible(caller, query)), H, query);
        var rows = sql.selectFrom(standing.unionAll(older).asTable("versions"))
                .orderBy(DSL.field(DSL.name("seq")).desc())
                .limit(query.count() + 1)
                .fetch(row -> new Read(Lookup.stored(row, R, masked), row.get(R.seq)));
        var full = rows.size() > query.count();
        var versions = new ArrayList<Stored>();
        rows.stream().limit(query.count()).forEach(row -> versions.add(row.stored));
        var next = full
                ? Optional.of(
                        cursors.seal(caller, List.of(scope(query), Long.toString(rows.get(query.count() - 1).seq))))
                : Optional.<String>empty();
        var total = full || query.cursor().isPresent() ? Optional.<Integer>empty() : Optional.of(versions.size());
        return new Chart.HistoryPage(versions, total, next);
    }

    private static Select<Record> newest(SelectConditionStep<Record> versions, ResourceTable rows, HistoryQuery query) {
        return versions.orderBy(rows.seq.desc()).limit(query.count() + 1);
    }

    private record Read(Stored stored, long seq) {}

    /** A link goes on with the history that it was given for. */
    private static String scope(HistoryQuery query) {
        return query.type().name() + "/" + query.id();
    }

    private SelectConditionStep<Record> select(
            Caller caller, HistoryQuery query, ResourceTable rows, Optional<Long> before) {
        return sql.select(columns(rows))
                .from(rows.table)
                .where(rows.type.eq(query.type().name()))
                .and(rows.fhirId.eq(query.id()))
                .and(query.since()
                        .map(since -> rows.lastUpdated.ge(IndexRows.utc(since)))
                        .orElseGet(DSL::noCondition))
                .and(query.at().map(at -> stoodAt(rows, at)).orElseGet(DSL::noCondition))
                .and(before.map(rows.seq::lt).orElseGet(DSL::noCondition))
                .and(visibility.of(caller, rows, query.type().name()));
    }

    /** What became confidential later is so from its first version on. */
    private Condition isOfVisible(Caller caller, HistoryQuery query) {
        return DSL.exists(DSL.selectOne()
                .from(R.table)
                .where(R.pk.eq(H.pk))
                .and(visibility.of(caller, R, query.type().name())));
    }

    /** A version stands from its own time until that of the next one. */
    private static Condition stoodAt(ResourceTable rows, HistoryQuery.At at) {
        var standing = ResourceTable.resource("r2");
        var older = new ResourceTable("resource_history", "h2");
        return rows.lastUpdated
                .lt(IndexRows.utc(at.high()))
                .and(DSL.notExists(replacedBy(standing, rows, at)))
                .and(DSL.notExists(replacedBy(older, rows, at)));
    }

    private static SelectConditionStep<?> replacedBy(ResourceTable next, ResourceTable rows, HistoryQuery.At at) {
        return DSL.selectOne()
                .from(next.table)
                .where(next.pk.eq(rows.pk))
                .and(next.version.eq(rows.version.plus(1)))
                .and(next.lastUpdated.le(IndexRows.utc(at.low())));
    }

    private long before(Caller caller, HistoryQuery query, String cursor) {
        var values = cursors.open(caller, cursor);
        if (!values.get(0).equals(scope(query))) {
            throw Refused.notFound();
        }
        return Long.parseLong(values.get(1));
    }

    private static List<SelectField<?>> columns(ResourceTable from) {
        return List.of(
                from.type,
                from.fhirId,
                from.version,
                from.lastUpdated,
                from.deleted,
                from.pk,
                from.patientPk,
                from.body,
                from.payerBody,
                from.seq);
    }
}
