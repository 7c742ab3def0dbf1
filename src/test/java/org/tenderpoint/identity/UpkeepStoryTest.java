package org.tenderpoint.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.tenderpoint.identity.Sessions.Reached;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;
import org.tenderpoint.testing.SetClock;

/** Rows that have had their time are swept away, and no others. */
class UpkeepStoryTest {

    private static final Duration IDLE = Duration.ofMinutes(15);

    private final String login = "swept-" + UUID.randomUUID();

    /** How many rows of the test each table has. */
    private Map<String, Integer> rows(DSLContext sql) {
        return Map.of(
                "sessions", count(sql, "identity_session where login = ?", login),
                "launches", count(sql, "identity_launch where content like ?", "%" + login + "%"),
                "assertions", count(sql, "identity_assertion where client_id = ?", login),
                "denied", count(sql, "identity_denied where id like ?", login + "%"),
                "grants", count(sql, "identity_grant where login = ?", login),
                "refresh tokens",
                        count(
                                sql,
                                "identity_refresh where grant_id in (select id from identity_grant where login = ?)",
                                login));
    }

    private static int count(DSLContext sql, String from, String bound) {
        return sql.fetchSingle("select count(*) from " + from, bound).get(0, Integer.class);
    }

    /** One row of each kind, made at that time. */
    private void fill(DSLContext sql, Instant at) {
        var clock = new SetClock(at);
        new Sessions(sql, clock, IDLE).begin(login, Reached.BY_PASSWORD);
        new Launches(sql, clock).begin(new Launches.Launch(login, "Practitioner/1", "a-patient", null, true, null));
        new Assertions(sql, clock).use(login, UUID.randomUUID().toString(), at.plusSeconds(300));
        new Denied(sql, new Epoch(sql), clock).add(login + UUID.randomUUID(), at.plusSeconds(420));
        var grants = new Grants(sql, new Epoch(sql), clock);
        var content = new Granted(
                List.of("offline_access"), "http://localhost/", "c", null, null, 0, null, null, null, true, null);
        var code = grants.grant(login, login, content, Duration.ofDays(1));
        var grant = grants.useCode(login, code).orElseThrow();
        grants.refreshToken(grant.id(), grant.until());
        // Nobody came for this one's tokens.
        grants.grant(login, login, content, Duration.ofDays(90));
    }

    @EachDatabase
    void whatHasHadItsTimeGoesAndTheRestStays(Database database) {
        var sql = Server.on(database).bean(DSLContext.class);
        var epoch = new Epoch(sql);
        var now = Clock.systemUTC();
        fill(sql, now.instant().minus(Duration.ofDays(3)));
        fill(sql, now.instant());
        assertThat(rows(sql))
                .containsEntry("sessions", 2)
                .containsEntry("launches", 2)
                .containsEntry("assertions", 2)
                .containsEntry("denied", 2)
                .containsEntry("grants", 4)
                .containsEntry("refresh tokens", 2);

        for (Upkeep.Sweep sweep : List.of(
                new Sessions(sql, now, IDLE),
                new Launches(sql, now),
                new Assertions(sql, now),
                new Denied(sql, epoch, now),
                new Grants(sql, epoch, now))) {
            sweep.sweep();
        }

        assertThat(rows(sql))
                .containsEntry("sessions", 1)
                .containsEntry("launches", 1)
                .containsEntry("assertions", 1)
                .containsEntry("denied", 1)
                .containsEntry("grants", 2)
                .containsEntry("refresh tokens", 1);
    }

    @EachDatabase
    void everyTableOfThingsThatEndHasItsSweep(Database database) {
        var swept = Server.on(database).bean(Upkeep.class).sweeps();

        assertThat(swept)
                .hasAtLeastOneElementOfType(Sessions.class)
                .hasAtLeastOneElementOfType(Launches.class)
                .hasAtLeastOneElementOfType(Assertions.class)
                .hasAtLeastOneElementOfType(Denied.class)
                .hasAtLeastOneElementOfType(Grants.class);
    }
}
