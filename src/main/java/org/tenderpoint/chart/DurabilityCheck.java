package org.tenderpoint.chart;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.stereotype.Component;
import org.tenderpoint.issue.UnsafeSetting;

/**
 * Refuses to run on a database that loses what was acknowledged. An H2 file has to write each commit through; under the
 * profile {@code production} the database is a PostgreSQL that syncs each commit to the disk.
 */
@Component
class DurabilityCheck implements InitializingBean {

    /** PostgreSQL settings that a crash of the machine, and not only of the server, makes felt. */
    private static final List<String> NEVER_OFF = List.of("fsync", "synchronous_commit", "full_page_writes");

    private static final String URL = "spring.datasource.url";
    private static final Pattern H2_IN_MEMORY = Pattern.compile("jdbc:h2:mem:.*", Pattern.CASE_INSENSITIVE);
    private static final Pattern WRITES_THROUGH = Pattern.compile(".*;WRITE_DELAY=0(;.*)?", Pattern.CASE_INSENSITIVE);

    private final DSLContext sql;
    private final Environment environment;

    DurabilityCheck(DSLContext sql, Environment environment) {
        this.sql = sql;
        this.environment = environment;
    }

    /** @throws UnsafeSetting where an acknowledged change could be lost */
    @Override
    public void afterPropertiesSet() {
        var isProduction = environment.acceptsProfiles(Profiles.of("production"));
        if (sql.dialect().family() == SQLDialect.H2) {
            checkH2(environment.getProperty(URL, ""), isProduction);
        } else if (isProduction) {
            NEVER_OFF.forEach(this::requireOn);
        }
    }

    private static void checkH2(String url, boolean isProduction) {
        if (isProduction) {
            throw new UnsafeSetting(
                    "The profile production runs on PostgreSQL, and " + URL + " names an H2 database.",
                    "Set " + URL + " to jdbc:postgresql://host/database, or leave the profile production.");
        }
        if (!H2_IN_MEMORY.matcher(url).matches() && !WRITES_THROUGH.matcher(url).matches()) {
            throw new UnsafeSetting(
                    "H2 acknowledges a commit before it is on disk, so that a crash loses it.",
                    "Add ;WRITE_DELAY=0 to " + URL + ".");
        }
    }

    private void requireOn(String setting) {
        // Any other value of synchronous_commit than off waits at least for the disk of this machine.
        var value = sql.select(DSL.function("current_setting", String.class, DSL.inline(setting)))
                .fetchSingle()
                .value1();
        if (value.toLowerCase(Locale.ROOT).equals("off")) {
            throw new UnsafeSetting(
                    "PostgreSQL runs with " + setting + " off, so that a crash loses or spoils acknowledged changes.",
                    "Set " + setting + " = on in postgresql.conf, and where it was set for the database, the account or"
                            + " in " + URL + ".");
        }
    }
}
