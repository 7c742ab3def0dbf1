package org.tenderpoint.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.autoconfigure.jooq.JooqAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.tenderpoint.issue.UnsafeSetting;

class DurabilityCheckTest {

    private final ApplicationContextRunner start = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DataSourceAutoConfiguration.class,
                    DataSourceTransactionManagerAutoConfiguration.class,
                    JooqAutoConfiguration.class))
            .withBean(DurabilityCheck.class);

    @Test
    void h2FileWithoutWriteDelayIsRefusedNamingTheSetting(@TempDir Path folder) {
        on("jdbc:h2:file:" + folder.resolve("chart"), "")
                .run(context -> assertThat(remedy(context)).isEqualTo("Add ;WRITE_DELAY=0 to spring.datasource.url."));
    }

    @Test
    void h2FileWithAnotherWriteDelayIsRefused(@TempDir Path folder) {
        on("jdbc:h2:file:" + folder.resolve("chart") + ";WRITE_DELAY=05", "")
                .run(context -> assertThat(context).hasFailed());
    }

    @Test
    void h2FileThatWritesThroughIsTaken(@TempDir Path folder) {
        on("jdbc:h2:file:" + folder.resolve("chart") + ";write_delay=0;MODE=PostgreSQL", "demonstration")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void h2InMemoryIsTaken() {
        on("jdbc:h2:mem:durability", "").run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void h2IsRefusedInProduction() {
        on("jdbc:h2:mem:durability;WRITE_DELAY=0", "production")
                .run(context -> assertThat(remedy(context)).contains("spring.datasource.url", "jdbc:postgresql://"));
    }

    @Test
    void postgresThatDoesNotSyncIsRefusedInProductionSettingBySetting() throws Exception {
        // The library's own settings are those of a throw-away database: fsync and synchronous_commit are off.
        try (var postgres = EmbeddedPostgres.start()) {
            var url = postgres.getJdbcUrl("postgres", "postgres");
            on(url, "").run(context -> assertThat(context).hasNotFailed());
            on(url, "production").run(context -> assertThat(remedy(context)).startsWith("Set fsync = on"));
        }
        try (var postgres = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start()) {
            var url = postgres.getJdbcUrl("postgres", "postgres");
            on(url, "production").run(context -> assertThat(context).hasNotFailed());
            on(url + "&options=-c%20synchronous_commit=off", "production")
                    .run(context -> assertThat(remedy(context)).startsWith("Set synchronous_commit = on"));
            execute(postgres, "alter system set full_page_writes = off");
            execute(postgres, "select pg_reload_conf()");
            awaitOff(postgres, "full_page_writes");
            on(url, "production").run(context -> assertThat(remedy(context)).startsWith("Set full_page_writes = on"));
        }
    }

    private ApplicationContextRunner on(String url, String profile) {
        return start.withPropertyValues(
                "spring.datasource.url=" + url,
                "spring.profiles.active=" + profile,
                "spring.datasource.hikari.maximum-pool-size=1");
    }

    private static String remedy(AssertableApplicationContext context) {
        assertThat(context).hasFailed();
        assertThat(context.getStartupFailure()).hasRootCauseInstanceOf(UnsafeSetting.class);
        var cause = context.getStartupFailure();
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return ((UnsafeSetting) cause).remedy();
    }

    private static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void awaitOff(EmbeddedPostgres postgres, String setting) throws Exception {
        for (int i = 0; i < 100; i++) {
            try (var connection = postgres.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement();
                    var row = statement.executeQuery("show " + setting)) {
                row.next();
                if (row.getString(1).equals("off")) {
                    return;
                }
            }
            Thread.sleep(50);
        }
        throw new AssertionError(setting + " stays on");
    }
}
