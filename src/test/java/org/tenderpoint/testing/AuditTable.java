package org.tenderpoint.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.chart.SettledAudit;

/** The audit as it lies in the database, for tests of what a request leaves there. */
public final class AuditTable {

    private final Server server;

    public AuditTable(Server server) {
        this.server = server;
    }

    /** The newest of some entries, each column as text. */
    public Map<String, @Nullable String> last(String where) {
        var found = select("select * from audit where " + where + " order by recorded desc, id desc limit 1");
        assertThat(found).as(where).hasSize(1);
        return found.get(0);
    }

    /** The entries that some work has left, oldest first. */
    public List<Map<String, @Nullable String>> leftBy(Runnable work) {
        var before = select("select coalesce(max(id), 0) as newest from audit")
                .get(0)
                .get("newest");
        work.run();
        return select("select * from audit where id > " + before + " order by id");
    }

    private List<Map<String, @Nullable String>> select(String question) {
        SettledAudit.of(server);
        try (var connection = server.bean(DataSource.class).getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(question)) {
            var found = new ArrayList<Map<String, @Nullable String>>();
            while (rows.next()) {
                var entry = new HashMap<String, @Nullable String>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    entry.put(rows.getMetaData().getColumnName(i), rows.getString(i));
                }
                found.add(entry);
            }
            return found;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
