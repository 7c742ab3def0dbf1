package org.tenderpoint.chart;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;

import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.OrderField;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.access.Caller;
import org.tenderpoint.chart.Tables.ResourceTable;

/** Composes the statements of searches. What they need is in their {@link Key}, so that each is composed once. */
final class SearchTexts {

    /** Columns of a found row: those of {@link Lookup#current}, whether it is included, and its place in the order. */
    static final int IS_INCLUDED = Lookup.current().size() + 1;

    static final int COLUMNS_BEFORE_KEYS = IS_INCLUDED;

    private static final ResourceTable R = ResourceTable.RESOURCE;
    private static final String PAGE = "page";
    private static final String SHOWN = "shown";
    private static final String INCLUDED = "included";

    private final DSLContext sql;
    private final Visibility visibility;
    private final Indexes indexes;
    private final Criteria criteria;
    private final Includes includes;

    /**
     * What decides the text of a statement.
     *
     * @param purpose which statement
     * @param caller {@link Visibility#kind}
     * @param after true where the page goes on behind another
     * @param step what the page includes in the same statement
     */
    record Key(String purpose, String caller, Shape shape, boolean after, Includes.@Nullable Step step) {

        static Key count(Caller caller, Shape shape) {
            return new Key("count", Visibility.kind(caller), shape, false, null);
        }

        static Key page(Caller caller, Shape shape, boolean after) {
            return new Key(PAGE, Visibility.kind(caller), shape, after, null);
        }

        static Key together(Caller caller, Shape shape, boolean after, Includes.Step step) {
            return new Key("together", Visibility.kind(caller), shape, after, step);
        }
    }

    SearchTexts(DSLContext sql, Visibility visibility, Indexes indexes, Includes includes, ValueSets valueSets) {
        this.sql = sql;
        this.visibility = visibility;
        this.indexes = indexes;
        this.includes = includes;
        this.criteria = new Criteria(visibility, indexes, valueSets);
    }

    /** How many match. */
    ResultQuery<?> count(Caller caller, Shape shape) {
        return sql.selectCount().from(R.table).where(where(caller, shape));
    }

    /** The page, and one row more if there is one. */
    ResultQuery<?> page(Caller caller, Shape shape, boolean after) {
        return found(caller, shape, after, List.of(DSL.inline(false).as(INCLUDED)));
    }

    /** The page and what it includes; included rows come last, in no order. */
    ResultQuery<?> together(Caller caller, Shape shape, boolean after, Includes.Step step) {
        var keys = keys(shape);
        var parts = List.of(
                name(PAGE).as(found(caller, shape, after, List.of())),
                name(SHOWN)
                        .as(DSL.select(copied(PAGE, R.pk), copied(PAGE, R.patientPk))
                                .from(table(PAGE))
                                .orderBy(keys.orderOfCopies())
                                .limit(DSL.inline(shape.count()))),
                name(INCLUDED).as(included(caller, shape, step)));
        var order = new ArrayList<OrderField<?>>(keys.orderOfCopies());
        order.add(0, field(name(INCLUDED)));
        var rows = DSL.select(columns(PAGE, false))
                .select(keys.copied(PAGE))
                .from(table(PAGE))
                .unionAll(
                        DSL.select(columns(INCLUDED, true)).select(keys.none()).from(table(INCLUDED)));
        return sql.with(parts).selectFrom(rows.asTable("row")).orderBy(order);
    }

    private Select<?> found(Caller caller, Shape shape, boolean after, List<Field<?>> more) {
        var keys = keys(shape);
        return sql.select(Lookup.current())
                .select(more)
                .select(keys.fields())
                .from(R.table)
                .where(where(caller, shape))
                .and(after ? keys.after() : DSL.noCondition())
                .orderBy(keys.order())
                .limit(DSL.inline(shape.count() + 1));
    }

    /** How many values say where in the order of a search a row stands. */
    int valuesOfAPlace(Shape shape) {
        return keys(shape).size();
    }

    private SortKeys keys(Shape shape) {
        return new SortKeys(shape.type(), shape.sort(), R, indexes);
    }

    private Condition where(Caller caller, Shape shape) {
        var type = shape.type();
        var where = R.type.eq(DSL.inline(type.name())).and(DSL.not(R.deleted)).and(visible(caller, shape));
        for (var part : shape.parts()) {
            where = where.and(criteria.of(caller, type, part, R, 0));
        }
        return where;
    }

    private Condition visible(Caller caller, Shape shape) {
        var type = shape.type();
        if (shape.parts().stream().anyMatch(part -> Criteria.namesPatients(type, part))) {
            return visibility.within(caller, R, type.name());
        }
        return shape.parts().stream().anyMatch(Criteria::namesRows)
                ? visibility.of(caller, R, type.name())
                : visibility.ofMany(caller, R, type.name());
    }

    private Select<?> included(Caller caller, Shape shape, Includes.Step step) {
        var visible = visibility.beside(
                caller,
                R,
                shape.type().name(),
                DSL.select(copied(SHOWN, R.patientPk)).from(table(SHOWN)),
                step.permitted());
        return includes.query(
                step,
                pk -> pk.in(DSL.select(copied(SHOWN, R.pk)).from(table(SHOWN))),
                visible.and(R.pk.notIn(DSL.select(copied(SHOWN, R.pk)).from(table(SHOWN)))));
    }

    private static List<Field<?>> columns(String from, boolean included) {
        var columns = new ArrayList<Field<?>>();
        Lookup.current().forEach(column -> columns.add(copied(from, column)));
        columns.add(DSL.inline(included).as(INCLUDED));
        return columns;
    }

    private static Table<Record> table(String name) {
        return DSL.table(name(name));
    }

    private static <T> Field<T> copied(String table, Field<T> column) {
        return field(name(table, column.getName()), column.getDataType());
    }
}
