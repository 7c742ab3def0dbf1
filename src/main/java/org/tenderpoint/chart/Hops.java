package org.tenderpoint.chart;

import java.util.ArrayList;
import org.jooq.Condition;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.access.Caller;
import org.tenderpoint.chart.Tables.ResourceTable;

/**
 * Conditions on resources that a resource points at, or that point at it. A hop leads only to rows that
 * the caller may see: what is hidden must not be found out through what is not.
 */
final class Hops {

    private final Criteria criteria;
    private final Visibility visibility;
    private final Indexes indexes;

    Hops(Criteria criteria, Visibility visibility, Indexes indexes) {
        this.criteria = criteria;
        this.visibility = visibility;
        this.indexes = indexes;
    }

    /** {@code subject:Patient.identifier=…} */
    Condition chain(Caller caller, RecordType<?> type, Shape.Chain chain, ResourceTable rows, int depth) {
        var anyOf = new ArrayList<Condition>();
        for (var hop : chain.hops()) {
            var target = hop.type();
            var there = ResourceTable.resource("c" + depth + "_" + anyOf.size());
            var link = pointsAt(type, chain.param(), rows, there, "p" + depth);
            anyOf.add(leadsTo(link, caller, target, there, criteria.of(caller, target, hop.part(), there, depth + 1)));
        }
        return DSL.or(anyOf);
    }

    /** {@code _has:Observation:patient:code=…} */
    Condition has(Caller caller, Shape.Has has, ResourceTable rows, int depth) {
        var source = has.source();
        var there = ResourceTable.resource("h" + depth);
        var link = pointing(source, has.param(), there, rows, "p" + depth);
        return leadsTo(link, caller, source, there, criteria.of(caller, source, has.part(), there, depth + 1));
    }

    /** How two rows belong together: by a column alone, or by a row of an index between them. */
    private record Link(@Nullable Table<?> between, Condition holds) {}

    /**
     * There is a visible row at the other end. The index is joined and not asked by {@code in (select …)}: PostgreSQL makes no
     * join of a select that looks at a row outside, and asks it for every row there is, and at two hops for every pair.
     */
    private Condition leadsTo(
            Link link, Caller caller, RecordType<?> type, ResourceTable there, Condition meetsTheCriterion) {
        var from = link.between() == null
                ? DSL.selectOne().from(there.table)
                : DSL.selectOne().from(link.between(), there.table);
        return DSL.exists(
                from.where(link.holds()).and(visible(caller, type, there)).and(meetsTheCriterion));
    }

    private Condition visible(Caller caller, RecordType<?> type, ResourceTable rows) {
        return rows.type
                .eq(DSL.inline(type.name()))
                .and(DSL.not(rows.deleted))
                .and(visibility.ofMany(caller, rows, type.name()));
    }

    private Link pointsAt(RecordType<?> type, String param, ResourceTable from, ResourceTable to, String alias) {
        if (type.namesThePatient(param)) {
            return new Link(null, to.pk.eq(from.patientPk));
        }
        var index = indexes.open(type, param, alias);
        return new Link(index.rows().table, to.pk.eq(index.rows().targetPk).and(index.of(from)));
    }

    private Link pointing(RecordType<?> type, String param, ResourceTable from, ResourceTable to, String alias) {
        if (type.namesThePatient(param)) {
            return new Link(null, from.patientPk.eq(to.pk));
        }
        var index = indexes.open(type, param, alias);
        return new Link(
                index.rows().table,
                from.pk
                        .eq(index.rows().resourcePk)
                        .and(index.rows().targetPk.eq(to.pk))
                        .and(index.condition()));
    }
}
