package org.tenderpoint.chart;

import java.sql.Connection;
import javax.sql.DataSource;
import org.jooq.ConnectionProvider;
import org.springframework.jdbc.datasource.DataSourceUtils;

/**
 * The connection of the transaction that goes on, or one from the pool. Spring Boot's own provider answers with proxies
 * that go by reflection for each call on each statement.
 */
record TransactionConnections(DataSource source) implements ConnectionProvider {

    @Override
    public Connection acquire() {
        return DataSourceUtils.getConnection(source);
    }

    @Override
    public void release(Connection connection) {
        DataSourceUtils.releaseConnection(connection, source);
    }
}
