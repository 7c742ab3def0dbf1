package org.tenderpoint.bench;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The floor of writes. The rows that one transaction of the server has written are read back from its tables, and then
 * inserted again and again with fresh keys: same tables and indexes, same bytes, one batch a table, one commit.
 */
final class ReplayedRows {

    /** Far above every key that the server gives in a benchmark. */
    static final long FIRST_KEY = 1_000_000_000_000L;

    private static final AtomicLong NEXT_BLOCK = new AtomicLong(FIRST_KEY);
    private static final long BLOCK = 1_000_000_000L;

    /** Each table with the column that says which resource a row belongs to. */
    private static final Map<String, String> TABLES = tables();

    private record Table(String name, List<String> columns, List<@Nullable Object[]> rows) {}

    private final String url;
    private final String user;
    private final List<Table> tables = new ArrayList<>();
    private final Set<Long> keys = new java.util.LinkedHashSet<>();
    private final String number;

    private static Map<String, String> tables() {
        var tables = new LinkedHashMap<String, String>();
        tables.put("resource", "pk");
        for (var index : List.of("token", "reference", "date", "quantity", "string", "uri")) {
            tables.put("index_" + index, "resource_pk");
        }
        tables.put("access_grant", "source_pk");
        tables.put("claim", "resource_pk");
        return tables;
    }

    private ReplayedRows(String url, String user, String number) {
        this.url = url;
        this.user = user;
        this.number = number;
    }

    /** The newest audit entry; what is written after it belongs to the next transaction. */
    static long lastAudit(String url, String user) throws SQLException {
        try (var connection = DriverManager.getConnection(url, user, "");
                var rows = connection.createStatement().executeQuery("select coalesce(max(id), 0) from audit")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /**
     * Reads the rows of one transaction.
     *
     * @param ids the resources it wrote
     * @param audit the last audit entry before it
     * @param number what makes its identifiers unique; replaced by another number of the same length in every replay
     */
    static ReplayedRows of(String url, String user, Set<UUID> ids, long audit, String number) throws SQLException {
        var captured = new ReplayedRows(url, user, number);
        try (var connection = DriverManager.getConnection(url, user, "")) {
            try (var select = connection.prepareStatement("select pk from resource where fhir_id = any (?)")) {
                select.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
                var rows = select.executeQuery();
                while (rows.next()) {
                    captured.keys.add(rows.getLong(1));
                }
            }
            for (var table : TABLES.entrySet()) {
                captured.read(connection, table.getKey(), table.getValue() + " = any (?)", captured.keys.toArray());
            }
            captured.read(connection, "audit", "id > any (?)", audit);
        }
        return captured;
    }

    private void read(Connection connection, String table, String where, Object... values) throws SQLException {
        try (var select = connection.prepareStatement("select * from " + table + " where " + where)) {
            select.setArray(1, connection.createArrayOf("bigint", values));
            var rows = select.executeQuery();
            var meta = rows.getMetaData();
            var columns = new ArrayList<String>();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                columns.add(meta.getColumnName(i));
            }
            var captured = new ArrayList<@Nullable Object[]>();
            while (rows.next()) {
                var row = new @Nullable Object[columns.size()];
                for (int i = 0; i < row.length; i++) {
                    row[i] = rows.getObject(i + 1);
                }
                captured.add(row);
            }
            if (!captured.isEmpty()) {
                tables.add(new Table(table, columns, captured));
            }
        }
    }

    /** What is replayed, in words. */
    String description() {
        var index = 0;
        var text = new ArrayList<String>();
        for (var table : tables) {
            if (table.name.startsWith("index_")) {
                index += table.rows.size();
            } else {
                text.add(table.rows.size() + " " + table.name);
            }
        }
        return String.join(", ", text) + ", " + index + " index rows";
    }

    /** Keys of the rows that stand for the patient and the referral the transaction was about; empty if it made them. */
    Set<Long> outside() {
        var outside = new java.util.LinkedHashSet<Long>();
        for (var table : tables) {
            var patient = table.columns.indexOf("patient_pk");
            for (var row : table.rows) {
                if (patient >= 0 && row[patient] instanceof Long pk && !keys.contains(pk)) {
                    outside.add(pk);
                }
            }
        }
        return outside;
    }

    /** One thread's connection. */
    Replay connect() throws SQLException {
        return new Replay();
    }

    /** Takes away what was replayed. */
    static void remove(String url, String user) throws SQLException {
        try (var connection = DriverManager.getConnection(url, user, "");
                var statement = connection.createStatement()) {
            for (var table : TABLES.entrySet()) {
                statement.execute("delete from " + table.getKey() + " where " + table.getValue() + " >= " + FIRST_KEY);
            }
            // Nobody but the owner of the tables can, and these entries are of nobody.
            statement.execute("alter table audit disable trigger user");
            statement.execute("delete from audit where id >= " + FIRST_KEY);
            statement.execute("alter table audit enable trigger user");
            statement.execute("vacuum analyze");
        }
    }

    /** Inserts the rows again and again. */
    final class Replay implements AutoCloseable {

        private final Connection connection = DriverManager.getConnection(url, user, "");
        private final List<java.sql.PreparedStatement> inserts = new ArrayList<>();
        private long key = NEXT_BLOCK.getAndAdd(BLOCK);
        private long transactions = key / BLOCK * 100_000 % 1_000_000_000;

        private Replay() throws SQLException {
            connection.setAutoCommit(false);
            for (var table : tables) {
                inserts.add(connection.prepareStatement("insert into " + table.name + " ("
                        + String.join(", ", table.columns) + ") values (?"
                        + ", ?".repeat(table.columns.size() - 1) + ")"));
            }
        }

        /** One transaction; {@code others} puts another patient in the place of the captured one. */
        void run(Map<Long, Long> others) throws SQLException {
            var fresh = new HashMap<Object, Object>(others);
            keys.forEach(old -> fresh.put(old, key++));
            var freshNumber = Bundles.number(transactions++);
            for (int t = 0; t < tables.size(); t++) {
                var table = tables.get(t);
                var insert = inserts.get(t);
                for (var row : table.rows) {
                    for (int i = 0; i < row.length; i++) {
                        insert.setObject(i + 1, value(table.columns.get(i), row[i], fresh, freshNumber));
                    }
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            connection.commit();
        }

        private @Nullable Object value(
                String column, @Nullable Object old, Map<Object, Object> fresh, String freshNumber) {
            if (old == null) {
                return null;
            }
            return switch (column) {
                case "pk", "resource_pk", "source_pk", "patient_pk", "target_pk" -> fresh.getOrDefault(old, old);
                case "id" -> key++;
                case "fhir_id" -> UUID.randomUUID();
                case "claim_key", "code", "exact", "folded" -> ((String) old).replace(number, freshNumber);
                default -> old;
            };
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }

    /** Keys of resources by FHIR id. */
    static List<Long> keys(String url, String user, List<String> references) throws SQLException {
        var keys = new ArrayList<Long>();
        try (var connection = DriverManager.getConnection(url, user, "");
                var select = connection.prepareStatement("select pk from resource where fhir_id = ?")) {
            for (var reference : references) {
                select.setObject(1, UUID.fromString(reference.substring(reference.indexOf('/') + 1)));
                var rows = select.executeQuery();
                rows.next();
                keys.add(rows.getLong(1));
            }
        }
        return keys;
    }

    /** The size of the captured bodies in bytes. */
    int bytes() {
        return tables.stream()
                .filter(table -> table.name.equals("resource"))
                .flatMap(table -> table.rows.stream()
                        .map(row -> java.util.Objects.requireNonNull(row[table.columns.indexOf("body")])))
                .mapToInt(body -> body instanceof byte[] bytes
                        ? bytes.length
                        : body.toString().getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }
}
