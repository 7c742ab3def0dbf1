package org.tenderpoint.chart;

import java.util.Collections;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/** Many rows of one table in one round trip. */
final class Batches {

    private Batches() {}

    static void insert(DSLContext sql, Table<Record> table, List<Field<?>> columns, List<@Nullable Object[]> rows) {
        if (rows.isEmpty()) {
            return;
        }
        var template = sql.insertInto(table).columns(columns).values(Collections.nCopies(columns.size(), null));
        sql.batch(template).bind(rows.toArray(Object[][]::new)).execute();
    }
}
