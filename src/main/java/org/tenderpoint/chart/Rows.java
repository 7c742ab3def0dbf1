package org.tenderpoint.chart;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jooq.ResultQuery;
import org.springframework.jdbc.UncategorizedSQLException;

/** Runs a query of jOOQ and reads its rows by JDBC: a record of jOOQ's for each row costs more than the row itself. */
final class Rows {

    private Rows() {}

    static <T> List<T> read(ResultQuery<?> query, Statements.RowReader<T> reader) {
        var found = new ArrayList<T>();
        try (var cursor = query.fetchLazy()) {
            var rows = cursor.resultSet();
            while (rows.next()) {
                found.add(reader.read(rows));
            }
        } catch (SQLException failed) {
            throw new UncategorizedSQLException("chart", null, failed);
        }
        return found;
    }
}
