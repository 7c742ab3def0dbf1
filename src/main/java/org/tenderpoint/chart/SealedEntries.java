package org.tenderpoint.chart;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a span as a seal sees them: each by its number and the hash of all that it says. Each read of the chart
 * leaves an entry and each entry is sealed, so this is as hot as a read.
 */
final class SealedEntries {

    /** When the database says an entry's transaction began. */
    static final Field<OffsetDateTime> WRITTEN = DSL.field(DSL.name("written"), SQLDataType.TIMESTAMPWITHTIMEZONE);

    /** Columns that came when there were seals already: hashed where they hold something. */
    private static final List<Field<?>> LATER = List.of(AuditRows.PURPOSE);

    private static final List<Field<?>> FIRST = first();
    private static final List<Field<?>> HASHED =
            Stream.concat(FIRST.stream(), LATER.stream()).toList();
    private static final int ID = HASHED.indexOf(AuditRows.ID) + 1;
    private static final int TIME = HASHED.indexOf(WRITTEN) + 1;
    private static final int LONG_ENTRY = 1024;

    private static final String FROM = "spanFrom";
    private static final String TO = "spanTo";
    private static final String MOST = "most";

    private final DSLContext sql;
    private final Statements statements;

    SealedEntries(DSLContext sql) {
        this.sql = sql;
        this.statements = new Statements(sql);
    }

    /** @param written as the database has it */
    record Hashed(long id, OffsetDateTime written, byte[] hash) {}

    /** The first entries of a span, in the order of time. */
    List<Hashed> of(OffsetDateTime from, OffsetDateTime to, int most) {
        var digest = sha256();
        return statements.fetch(
                SealedEntries.class,
                () -> sql.select(HASHED)
                        .from(AuditRows.AUDIT)
                        .where(WRITTEN.ge(DSL.param(FROM, SQLDataType.TIMESTAMPWITHTIMEZONE)))
                        .and(WRITTEN.lt(DSL.param(TO, SQLDataType.TIMESTAMPWITHTIMEZONE)))
                        .orderBy(WRITTEN, AuditRows.ID)
                        .limit(DSL.param(MOST, SQLDataType.INTEGER)),
                Map.of(FROM, from, TO, to, MOST, most),
                row -> new Hashed(row.getLong(ID), row.getObject(TIME, OffsetDateTime.class), hash(row, digest)));
    }

    /** Each value with its length before it, so that no two entries read alike. */
    private static byte[] hash(ResultSet row, MessageDigest digest) throws SQLException {
        var all = new StringBuilder(LONG_ENTRY);
        for (int at = 1; at <= HASHED.size(); at++) {
            var column = HASHED.get(at - 1);
            var text = text(row, at, column.getType());
            if (at > FIRST.size()) {
                if (text != null) {
                    var named = column.getName() + "=" + text;
                    all.append(named.length()).append(':').append(named);
                }
            } else {
                all.append(text == null ? -1 : text.length()).append(':').append(text == null ? "" : text);
            }
        }
        return digest.digest(all.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable String text(ResultSet row, int at, Class<?> type) throws SQLException {
        if (type == String.class) {
            return row.getString(at);
        }
        if (type == OffsetDateTime.class) {
            var time = row.getObject(at, OffsetDateTime.class);
            return time == null ? null : time.toInstant().toString();
        }
        if (type.isArray()) {
            var many = row.getArray(at);
            return many == null ? null : Arrays.toString((Object[]) many.getArray());
        }
        return Objects.toString(row.getObject(at), null);
    }

    private static List<Field<?>> first() {
        var columns = new ArrayList<Field<?>>(AuditRows.COLUMNS);
        columns.removeAll(LATER);
        columns.add(WRITTEN);
        return List.copyOf(columns);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
