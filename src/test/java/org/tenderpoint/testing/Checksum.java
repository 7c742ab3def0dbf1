package org.tenderpoint.testing;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.sql.DataSource;

/**
 * What stands in the database, as one line a table: the number of its rows and a sum over their contents, whatever
 * their order. Two that are equal say that nothing was written in between.
 *
 * @param tables by name; {@code audit} and its seals are left out, because refusals are written there,
 *     and so are the tables from which time takes rows by itself
 */
public record Checksum(SortedMap<String, String> tables) {

    private static final Set<String> LEFT_OUT = Set.of(
            "audit",
            "audit_seal",
            "change_notice",
            "identity_assertion",
            "identity_denied",
            "identity_grant",
            "identity_key",
            "identity_launch",
            "identity_refresh",
            "identity_session",
            "identity_sign_in");

    /** Reads every row of every table. */
    public static Checksum of(DataSource database) {
        var tables = new TreeMap<String, String>();
        try (var connection = database.getConnection()) {
            for (var table : names(connection)) {
                tables.put(table, lineOf(connection, table));
            }
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return new Checksum(tables);
    }

    private static List<String> names(Connection connection) throws SQLException {
        var names = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select table_name from information_schema.tables"
                        + " where table_schema = current_schema and table_type = 'BASE TABLE'")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        names.removeAll(LEFT_OUT);
        return names;
    }

    private static String lineOf(Connection connection, String table) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select * from \"" + table + "\"")) {
            var count = 0;
            var sum = BigInteger.ZERO;
            while (rows.next()) {
                count++;
                sum = sum.add(digest(rows));
            }
            return count + " rows, " + sum.toString(16);
        }
    }

    private static BigInteger digest(ResultSet row) throws SQLException {
        var text = new StringBuilder();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
            var value = row.getObject(i);
            text.append(value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value)
                    .append('\u0000');
        }
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return new BigInteger(1, digest.digest(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new AssertionError(everyJdkHasIt);
        }
    }
}
