package org.tenderpoint.chart;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/** Many rows of one table in one round trip. */
final class Batches {

    /** Texts by database and purpose. */
    private static final Map<String, String> RENDERED = new ConcurrentHashMap<>();

    private Batches() {}

    /** Inserts rows, each by the same statement; in the transaction that is open. */
    static void insert(DSLContext sql, Table<Record> table, List<Field<?>> columns, List<@Nullable Object[]> rows) {
        if (!rows.isEmpty()) {
            run(sql, "insert " + table.getName(), () -> text(sql, table, columns, 1), rows);
        }
    }

    /**
     * Runs a statement once for each list of values.
     *
     * @param purpose stands for the text: the same purpose, the same text
     * @param text composes it, where it is not known yet
     */
    static void run(DSLContext sql, String purpose, Supplier<String> text, List<@Nullable Object[]> rows) {
        Statements.batch(
                sql, RENDERED.computeIfAbsent(sql.dialect().name() + " " + purpose, known -> text.get()), rows);
    }

    /** Inserts rows by one statement, which needs no transaction to be carried out wholly or not at all. */
    static void insertAsOne(
            DSLContext sql, Table<Record> table, List<Field<?>> columns, List<@Nullable Object[]> rows) {
        var values = new @Nullable Object[rows.size() * columns.size()];
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(rows.get(i), 0, values, i * columns.size(), columns.size());
        }
        run(
                sql,
                "insert " + rows.size() + " " + table.getName(),
                () -> text(sql, table, columns, rows.size()),
                Collections.singletonList(values));
    }

    private static String text(DSLContext sql, Table<Record> table, List<Field<?>> columns, int rows) {
        var insert = sql.insertInto(table).columns(columns).values(Collections.nCopies(columns.size(), null));
        for (int i = 1; i < rows; i++) {
            insert = insert.values(Collections.nCopies(columns.size(), null));
        }
        return insert.getSQL();
    }
}
