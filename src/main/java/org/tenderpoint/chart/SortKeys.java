package org.tenderpoint.chart;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.OrderField;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.tenderpoint.chart.Tables.ResourceTable;
import org.tenderpoint.issue.Refused;

/**
 * The order of a search, and where in it a page ended. The last key is the row's own, so no two rows are equal and the
 * next page begins exactly behind the last row seen.
 */
final class SortKeys {

    private record Key(Field<?> field, boolean descending) {
        OrderField<?> order() {
            return descending ? field.desc() : field.asc();
        }

        @SuppressWarnings({"unchecked", "rawtypes"})
        Condition equal(String value) {
            return ((Field) field).eq(bound(value));
        }

        @SuppressWarnings({"unchecked", "rawtypes"})
        Condition beyond(String value) {
            return descending ? ((Field) field).lt(bound(value)) : ((Field) field).gt(bound(value));
        }

        private Field<?> bound(String value) {
            return DSL.val(value).cast(field.getDataType());
        }
    }

    private final List<Key> keys = new ArrayList<>();
    private final ResourceTable rows;
    private final Indexes indexes;

    SortKeys(Query query, ResourceTable rows, Indexes indexes) {
        this.rows = rows;
        this.indexes = indexes;
        query.sort().forEach(sort -> add(query.type(), sort));
        keys.add(new Key(rows.pk, !query.sort().isEmpty() && query.sort().get(0).descending()));
    }

    /** The columns to select, so that the next page can be found. */
    List<Field<?>> fields() {
        return keys.stream().<Field<?>>map(Key::field).toList();
    }

    List<OrderField<?>> order() {
        return keys.stream().<OrderField<?>>map(Key::order).toList();
    }

    /** The place of a row as text, for a cursor. */
    List<String> values(ResultSet row, int columnsBefore) throws SQLException {
        var values = new ArrayList<String>(keys.size());
        for (int i = 0; i < keys.size(); i++) {
            values.add(String.valueOf(
                    row.getObject(columnsBefore + i + 1, keys.get(i).field().getType())));
        }
        return values;
    }

    /** The rows behind a place. */
    Condition after(List<String> values) {
        if (values.size() != keys.size()) {
            throw Refused.notFound();
        }
        Condition beyond = DSL.falseCondition();
        Condition equalSoFar = DSL.noCondition();
        for (int i = 0; i < keys.size(); i++) {
            beyond = beyond.or(equalSoFar.and(keys.get(i).beyond(values.get(i))));
            equalSoFar = equalSoFar.and(keys.get(i).equal(values.get(i)));
        }
        return beyond;
    }

    private void add(RecordType<?> type, Query.Sort sort) {
        switch (sort.param()) {
            case "_id" -> keys.add(new Key(rows.fhirId.cast(SQLDataType.VARCHAR(36)), sort.descending()));
            case "_lastUpdated" -> keys.add(new Key(rows.lastUpdated, sort.descending()));
            default -> declared(type, sort);
        }
    }

    private void declared(RecordType<?> type, Query.Sort sort) {
        var param = type.param(sort.param()).orElseThrow();
        var index = indexes.open(type, param.name(), "s");
        var i = index.rows();
        switch (param.kind()) {
            case DATE -> {
                // What has no date comes last either way.
                var last = IndexRows.utc(sort.descending() ? FhirDates.BEGINNING : FhirDates.END);
                var date = type.isMainDate(param.name()) ? rows.happened : outermost(index, i.low, sort.descending());
                keys.add(new Key(DSL.coalesce(date, DSL.val(last)), sort.descending()));
            }
            case TOKEN -> lastIfNone(outermost(index, i.code, sort.descending()), "", sort);
            case STRING -> lastIfNone(outermost(index, i.folded, sort.descending()), "", sort);
            case QUANTITY -> lastIfNone(outermost(index, i.amount, sort.descending()), BigDecimal.ZERO, sort);
            default -> lastIfNone(outermost(index, i.uri, sort.descending()), "", sort);
        }
    }

    private <T> void lastIfNone(Field<T> value, T instead, Query.Sort sort) {
        keys.add(new Key(DSL.when(value.isNull(), DSL.inline(1)).otherwise(DSL.inline(0)), false));
        keys.add(new Key(DSL.coalesce(value, DSL.val(instead)), sort.descending()));
    }

    /** Of several values the one that comes first in that order. */
    private <T> Field<T> outermost(Indexes.Opened index, Field<T> value, boolean descending) {
        return DSL.field(DSL.select(descending ? DSL.max(value) : DSL.min(value))
                .from(index.rows().table)
                .where(index.of(rows)));
    }
}
