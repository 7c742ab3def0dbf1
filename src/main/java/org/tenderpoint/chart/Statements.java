package org.tenderpoint.chart;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jooq.DSLContext;
import org.jooq.ResultQuery;
import org.jooq.SQLDialect;
import org.jooq.conf.ParamType;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.support.SQLErrorCodeSQLExceptionTranslator;

/**
 * The statements that every request runs, written by jOOQ once and run by JDBC from then on, on the connection that
 * jOOQ would take: composing and rendering the same text again costs more than running it.
 */
final class Statements {

    /** Texts to keep. Shapes of searches are without number; more than these are as good as never asked again. */
    private static final int MOST = 2000;

    /** A named parameter; the look-behind leaves PostgreSQL's casts alone. */
    private static final Pattern NAMED = Pattern.compile("(?<![:\\w]):([A-Za-z]\\w*)");

    private record Rendered(String text, List<String> names) {}

    /** A value that was not named and would be missing when the text is used again. */
    private static final Pattern NAMELESS = Pattern.compile("(?<![:\\w]):\\d");

    private final Map<Object, Rendered> selects = new ConcurrentHashMap<>();
    private final DSLContext sql;

    Statements(DSLContext sql) {
        this.sql = sql;
    }

    /** Reads one row of a result. */
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /**
     * Runs a query.
     *
     * @param key stands for the text: equal keys, the same text
     * @param query composes it; every value in it that may differ the next time is a named parameter
     * @param values by the parameters' names
     */
    <T> List<T> fetch(
            Object key,
            Supplier<? extends ResultQuery<?>> query,
            Map<String, ? extends @Nullable Object> values,
            RowReader<T> reader) {
        return fetch(key, query, values, reader, 0);
    }

    /** The same, stopped by the database after some seconds. */
    <T> List<T> fetch(
            Object key,
            Supplier<? extends ResultQuery<?>> query,
            Map<String, ? extends @Nullable Object> values,
            RowReader<T> reader,
            int timeoutSeconds) {
        var rendered = rendered(key, query);
        return with(sql, connection -> {
            try (var statement = connection.prepareStatement(rendered.text)) {
                if (timeoutSeconds > 0) {
                    statement.setQueryTimeout(timeoutSeconds);
                }
                for (int i = 0; i < rendered.names.size(); i++) {
                    statement.setObject(i + 1, bound(sql, values.get(rendered.names.get(i))));
                }
                var found = new ArrayList<T>();
                try (var rows = statement.executeQuery()) {
                    while (rows.next()) {
                        found.add(reader.read(rows));
                    }
                }
                return found;
            }
        });
    }

    private Rendered rendered(Object key, Supplier<? extends ResultQuery<?>> query) {
        var known = selects.get(key);
        if (known != null) {
            return known;
        }
        if (selects.size() >= MOST) {
            selects.clear();
        }
        var rendered = render(query.get());
        selects.put(key, rendered);
        return rendered;
    }

    private static Rendered render(ResultQuery<?> query) {
        var names = new ArrayList<String>();
        var text = NAMED.matcher(query.getSQL(ParamType.NAMED)).replaceAll(match -> {
            names.add(match.group(1));
            return "?";
        });
        if (NAMELESS.matcher(text).find()) {
            throw new IllegalStateException("a value without a name: " + text);
        }
        return new Rendered(text, names);
    }

    /** Runs a statement and returns how many rows it changed. */
    static int update(DSLContext sql, String text, @Nullable Object[] values) {
        return with(sql, connection -> {
            try (var statement = connection.prepareStatement(text)) {
                bind(sql, statement, values);
                return statement.executeUpdate();
            }
        });
    }

    /** Runs an insert once for each list of values, in one round trip. */
    static void batch(DSLContext sql, String text, List<@Nullable Object[]> rows) {
        with(sql, connection -> {
            try (var statement = connection.prepareStatement(text)) {
                if (rows.size() == 1) {
                    bind(sql, statement, rows.get(0));
                    return statement.executeUpdate();
                }
                for (var row : rows) {
                    bind(sql, statement, row);
                    statement.addBatch();
                }
                return statement.executeBatch().length;
            }
        });
    }

    private static void bind(DSLContext sql, PreparedStatement statement, @Nullable Object[] row) throws SQLException {
        for (int i = 0; i < row.length; i++) {
            statement.setObject(i + 1, bound(sql, row[i]));
        }
    }

    private static @Nullable Object bound(DSLContext sql, @Nullable Object value) {
        return value instanceof OffsetDateTime moment && sql.family() == SQLDialect.POSTGRES
                ? new BinaryMoment(moment)
                : value;
    }

    private static <T> T with(DSLContext sql, Work<T> work) {
        var connections = sql.configuration().connectionProvider();
        var connection = Objects.requireNonNull(connections.acquire());
        try {
            return work.on(connection);
        } catch (SQLException failed) {
            throw translated(sql, failed);
        } finally {
            connections.release(connection);
        }
    }

    /** The same exceptions as Spring's listener makes of jOOQ's, so that callers need not know who ran a statement. */
    private static DataAccessException translated(DSLContext sql, SQLException failed) {
        var database = sql.dialect().thirdParty().springDbName();
        var translated = database == null
                ? null
                : new SQLErrorCodeSQLExceptionTranslator(database).translate("chart", null, failed);
        return translated == null
                ? new org.springframework.jdbc.UncategorizedSQLException("chart", null, failed)
                : translated;
    }
}
