package org.tenderpoint.chart;

import java.util.ArrayList;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.access.AccessRule;
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

    /**
     * How two rows belong together: by a row of an index between them, or by a patient, whose key both have.
     *
     * @param between the index; none where the patient is between them
     * @param from the key of the patient at this end
     * @param to the key of the patient at the other end
     */
    private record Link(@Nullable Table<?> between, Condition holds, Field<Long> from, Field<Long> to) {

        static Link byPatient(Field<Long> from, Field<Long> to) {
            return new Link(null, to.eq(from), from, to);
        }

        boolean isByPatient() {
            return between == null;
        }
    }

    /**
     * There is a visible row at the other end. The index is joined and not asked by {@code in (select …)}: PostgreSQL makes no
     * join of a select that looks at a row outside, and asks it for every row there is, and at two hops for every pair.
     */
    private Condition leadsTo(
            Link link, Caller caller, RecordType<?> type, ResourceTable there, Condition meetsTheCriterion) {
        if (link.isByPatient() && !AccessRule.DIRECTORY.contains(type.name())) {
            return inEachRecord(link, caller, type, there, meetsTheCriterion);
        }
        var from = link.isByPatient()
                ? DSL.selectOne().from(there.table)
                : DSL.selectOne().from(link.between(), there.table);
        return DSL.exists(from.where(link.holds())
                .and(is(type, there))
                .and(visibility.ofMany(caller, there, type.name()))
                .and(meetsTheCriterion));
    }

    /**
     * The same, asked in one record after the other of those that the caller sees. Were all rows with that value gathered
     * first, the time of an answer would tell how many others have. Leaving out none keeps the database from turning it round.
     */
    private Condition inEachRecord(
            Link link, Caller caller, RecordType<?> type, ResourceTable there, Condition meetsTheCriterion) {
        var own = visibility.patients(caller).offset(Visibility.LOOKED_UP).asTable("own_" + there.table.getName());
        var patient = own.field(0, Long.class);
        return link.from()
                .in(DSL.select(patient)
                        .from(own)
                        .where(DSL.exists(DSL.selectOne()
                                .from(there.table)
                                .where(link.to().eq(patient))
                                .and(is(type, there))
                                .and(visibility.of(caller, there, type.name()))
                                .and(meetsTheCriterion)
                                .offset(Visibility.LOOKED_UP))));
    }

    private static Condition is(RecordType<?> type, ResourceTable rows) {
        return rows.type.eq(DSL.inline(type.name())).and(DSL.not(rows.deleted));
    }

    private Link pointsAt(RecordType<?> type, String param, ResourceTable from, ResourceTable to, String alias) {
        if (type.namesThePatient(param)) {
            return Link.byPatient(from.patientPk, to.pk);
        }
        var index = indexes.open(type, param, alias);
        var holds = to.pk.eq(index.rows().targetPk).and(index.of(from));
        return new Link(index.rows().table, holds, from.patientPk, to.patientPk);
    }

    private Link pointing(RecordType<?> type, String param, ResourceTable from, ResourceTable to, String alias) {
        if (type.namesThePatient(param)) {
            return Link.byPatient(to.pk, from.patientPk);
        }
        var index = indexes.open(type, param, alias);
        var holds = from.pk
                .eq(index.rows().resourcePk)
                .and(index.rows().targetPk.eq(to.pk))
                .and(index.condition());
        return new Link(index.rows().table, holds, to.patientPk, from.patientPk);
    }
}
