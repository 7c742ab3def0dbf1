package org.tenderpoint.chart;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.OrderField;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.tenderpoint.chart.Tables.ResourceTable;

/**
 * The order of a search, and where in it a page ended. The last key is the row's own, so no two rows are equal and the
 * next page begins exactly behind the last row seen.
 */
final class SortKeys {

    private static final String COLUMN = "k";
    private static final String AFTER = "after_";

    private record Key(Field<?> field, boolean descending) {
        OrderField<?> order() {
            return order(field);
        }

        OrderField<?> order(Field<?> copied) {
            return descending ? copied.desc() : copied.asc();
        }

        @SuppressWarnings({"unchecked", "rawtypes"})
        Condition equal(int place) {
            return ((Field) field).eq(bound(place));
        }

        @SuppressWarnings({"unchecked", "rawtypes"})
        Condition beyond(int place) {
            return descending ? ((Field) field).lt(bound(place)) : ((Field) field).gt(bound(place));
        }

        private Field<?> bound(int place) {
            return DSL.param(AFTER + place, SQLDataType.VARCHAR).cast(field.getDataType());
        }
    }

    private final List<Key> keys = new ArrayList<>();
    private final ResourceTable rows;
    private final Indexes indexes;

    SortKeys(RecordType<?> type, List<Query.Sort> sorts, ResourceTable rows, Indexes indexes) {
        this.rows = rows;
        this.indexes = indexes;
        sorts.forEach(sort -> add(type, sort));
        keys.add(new Key(rows.pk, !sorts.isEmpty() && sorts.get(0).descending()));
    }

    /** How many keys there are, the row's own counted. */
    int size() {
        return keys.size();
    }

    /** The columns to select, so that the next page can be found. */
    List<Field<?>> fields() {
        return IntStream.range(0, keys.size())
                .<Field<?>>mapToObj(i -> keys.get(i).field().as(COLUMN + i))
                .toList();
    }

    /** These columns where they have been selected from a table. */
    List<Field<?>> copied(String table) {
        return IntStream.range(0, keys.size())
                .<Field<?>>mapToObj(i -> DSL.field(
                        DSL.name(table, COLUMN + i), keys.get(i).field().getDataType()))
                .toList();
    }

    /** Nothing in the place of each of them, for rows that have no place in the order. */
    List<Field<?>> none() {
        return keys.stream()
                .<Field<?>>map(key -> DSL.inline(null, key.field().getDataType()))
                .toList();
    }

    /** The order of rows that were selected with {@link #fields()}. */
    List<OrderField<?>> orderOfCopies() {
        return IntStream.range(0, keys.size())
                .<OrderField<?>>mapToObj(i -> keys.get(i).order(DSL.field(DSL.name(COLUMN + i))))
                .toList();
    }

    /** The values in the order's text where a page goes on behind a place. */
    static Map<String, Object> values(List<String> after) {
        var values = new HashMap<String, Object>();
        for (int i = 0; i < after.size(); i++) {
            values.put(AFTER + i, after.get(i));
        }
        return values;
    }

    List<OrderField<?>> order() {
        return keys.stream().<OrderField<?>>map(Key::order).toList();
    }

    /** The place of a row as text, for a cursor. */
    static List<String> place(ResultSet row, int columnsBefore) throws SQLException {
        var columns = row.getMetaData();
        var values = new ArrayList<String>();
        for (int i = columnsBefore + 1; i <= columns.getColumnCount(); i++) {
            var isTime = columns.getColumnType(i) == Types.TIMESTAMP
                    || columns.getColumnType(i) == Types.TIMESTAMP_WITH_TIMEZONE;
            values.add(String.valueOf(isTime ? row.getObject(i, OffsetDateTime.class) : row.getObject(i)));
        }
        return values;
    }

    /** The rows behind a place, whose values are bound. */
    Condition after() {
        Condition beyond = DSL.falseCondition();
        Condition equalSoFar = DSL.noCondition();
        for (int i = 0; i < keys.size(); i++) {
            beyond = beyond.or(equalSoFar.and(keys.get(i).beyond(i)));
            equalSoFar = equalSoFar.and(keys.get(i).equal(i));
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
                var last = DSL.inline(IndexRows.utc(sort.descending() ? FhirDates.BEGINNING : FhirDates.END));
                var date = type.isMainDate(param.name()) ? rows.happened : outermost(index, i.low, sort.descending());
                keys.add(new Key(DSL.coalesce(date, last), sort.descending()));
            }
            case TOKEN -> lastIfNone(outermost(index, i.code, sort.descending()), "", sort);
            case STRING -> lastIfNone(outermost(index, i.folded, sort.descending()), "", sort);
            case QUANTITY -> lastIfNone(outermost(index, i.amount, sort.descending()), BigDecimal.ZERO, sort);
            default -> lastIfNone(outermost(index, i.uri, sort.descending()), "", sort);
        }
    }

    private <T> void lastIfNone(Field<T> value, T instead, Query.Sort sort) {
        keys.add(new Key(DSL.when(value.isNull(), DSL.inline(1)).otherwise(DSL.inline(0)), false));
        keys.add(new Key(DSL.coalesce(value, DSL.inline(instead)), sort.descending()));
    }

    /** Of several values the one that comes first in that order. */
    private <T> Field<T> outermost(Indexes.Opened index, Field<T> value, boolean descending) {
        return DSL.field(DSL.select(descending ? DSL.max(value) : DSL.min(value))
                .from(index.rows().table)
                .where(index.of(rows)));
    }
}
