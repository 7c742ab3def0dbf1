package org.tenderpoint.chart;

import java.util.ArrayList;
import org.jooq.Condition;
import org.jooq.impl.DSL;
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
            anyOf.add(DSL.exists(DSL.selectOne()
                    .from(there.table)
                    .where(pointsAt(type, chain.param(), rows, there, "p" + depth))
                    .and(visible(caller, target, there))
                    .and(criteria.of(caller, target, hop.part(), there, depth + 1))));
        }
        return DSL.or(anyOf);
    }

    /** {@code _has:Observation:patient:code=…} */
    Condition has(Caller caller, Shape.Has has, ResourceTable rows, int depth) {
        var source = has.source();
        var there = ResourceTable.resource("h" + depth);
        return DSL.exists(DSL.selectOne()
                .from(there.table)
                .where(pointing(source, has.param(), there, rows, "p" + depth))
                .and(visible(caller, source, there))
                .and(criteria.of(caller, source, has.part(), there, depth + 1)));
    }

    private Condition visible(Caller caller, RecordType<?> type, ResourceTable rows) {
        return rows.type
                .eq(DSL.inline(type.name()))
                .and(DSL.not(rows.deleted))
                .and(visibility.of(caller, rows, type.name()));
    }

    private Condition pointsAt(RecordType<?> type, String param, ResourceTable from, ResourceTable to, String alias) {
        if (type.namesThePatient(param)) {
            return to.pk.eq(from.patientPk);
        }
        var index = indexes.open(type, param, alias);
        return to.pk.in(
                DSL.select(index.rows().targetPk).from(index.rows().table).where(index.of(from)));
    }

    private Condition pointing(RecordType<?> type, String param, ResourceTable from, ResourceTable to, String alias) {
        if (type.namesThePatient(param)) {
            return from.patientPk.eq(to.pk);
        }
        var index = indexes.open(type, param, alias);
        return from.pk.in(DSL.select(index.rows().resourcePk)
                .from(index.rows().table)
                .where(index.rows().targetPk.eq(to.pk))
                .and(index.condition()));
    }
}
