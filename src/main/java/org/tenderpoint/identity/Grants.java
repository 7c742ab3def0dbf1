package org.tenderpoint.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;

/**
 * What people have granted to apps: codes, refresh tokens, and the end of both. Each code and each refresh token counts
 * once; the row decides between two that come at the same time. One that comes again ends the grant, because either the
 * first or the second who brought it had stolen it.
 *
 * @see "RFC 9700, sections 2.1.1 and 4.14.2"
 */
public final class Grants implements Upkeep.Sweep {

    private static final Duration CODE_LIFE = Duration.ofMinutes(1);

    /** As long as the longest-lived access token, and the difference of clocks. */
    private static final Duration LONGEST_TOKEN = Duration.ofMinutes(7);

    private static final String COLUMNS =
            "id, client_id, login, content, granted, used, code_until, code_used, until, ended";

    private final DSLContext sql;
    private final Epoch epoch;
    private final Clock clock;

    Grants(DSLContext sql, Epoch epoch, Clock clock) {
        this.sql = sql;
        this.epoch = epoch;
        this.clock = clock;
    }

    /**
     * A grant.
     *
     * @param id of the grant; stands in its access tokens
     * @param granted when
     * @param used when a token was last issued
     * @param until when it ends by itself
     */
    public record Grant(
            String id, String clientId, String login, Granted content, Instant granted, Instant used, Instant until) {}

    /** Grants, and gives the code. */
    public String grant(String clientId, String login, Granted content, Duration life) {
        var code = Secrets.random();
        var now = clock.instant();
        sql.execute(
                "insert into identity_grant (id, client_id, login, content, code_hash, code_until, granted, used, until)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                UUID.randomUUID().toString(),
                clientId,
                login,
                Json.write(content),
                Secrets.hash(code),
                Times.bind(now.plus(CODE_LIFE)),
                Times.bind(now),
                Times.bind(now),
                Times.bind(now.plus(life)));
        return code;
    }

    /** Uses a code. One that was used before ends its grant. */
    public Optional<Grant> useCode(String clientId, String code) {
        var row =
                sql.fetchOptional("select " + COLUMNS + " from identity_grant where code_hash = ?", Secrets.hash(code));
        if (row.isEmpty() || Times.instantOrNone(row.get(), "ended") != null) {
            return Optional.empty();
        }
        var grant = grant(row.get());
        var now = clock.instant();
        var first = sql.execute(
                        "update identity_grant set code_used = ? where id = ? and code_used is null",
                        Times.bind(now),
                        grant.id())
                == 1;
        // A code that another client brings is a stolen one, whether it was used or not.
        if (!first || !grant.clientId().equals(clientId)) {
            end(grant.id());
            return Optional.empty();
        }
        return Times.instant(row.get(), "code_until").isBefore(now) ? Optional.empty() : Optional.of(grant);
    }

    /** A refresh token for a grant. */
    public String refreshToken(String grantId, Instant until) {
        var token = Secrets.random();
        sql.execute(
                "insert into identity_refresh (hash, grant_id, until) values (?, ?, ?)",
                Secrets.hash(token),
                grantId,
                Times.bind(until));
        return token;
    }

    /** Uses a refresh token. One that was used before ends its grant. */
    public Optional<Grant> useRefreshToken(String clientId, String token) {
        var hash = Secrets.hash(token);
        var found = ofRefreshToken(token).filter(grant -> grant.clientId().equals(clientId));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        var now = Times.bind(clock.instant());
        var first = sql.execute("update identity_refresh set used = ? where hash = ? and used is null", now, hash) == 1;
        if (!first) {
            end(found.get().id());
            return Optional.empty();
        }
        sql.execute(
                "update identity_grant set used = ? where id = ?",
                now,
                found.get().id());
        return found;
    }

    /** The standing grant of a refresh token, used or not. */
    public Optional<Grant> ofRefreshToken(String token) {
        var now = Times.bind(clock.instant());
        return sql.fetchOptional(
                        "select " + COLUMNS + " from identity_grant where id = (select grant_id from identity_refresh"
                                + " where hash = ? and until > ?) and ended is null and until > ?",
                        Secrets.hash(token),
                        now,
                        now)
                .map(Grants::grant);
    }

    /** True where the token is the one that comes next. */
    public boolean isUnused(String token) {
        return sql.fetchOptional("select 1 from identity_refresh where hash = ? and used is null", Secrets.hash(token))
                .isPresent();
    }

    /** The standing grants of a person whose code was used, last used first. */
    public List<Grant> of(String login) {
        return sql.fetch(
                        "select " + COLUMNS + " from identity_grant where login = ? and ended is null and until > ?"
                                + " and code_used is not null order by used desc",
                        login,
                        Times.bind(clock.instant()))
                .map(Grants::grant);
    }

    /** Ends a grant and every token of it, access tokens that are out among them. */
    public void end(String grantId) {
        var now = clock.instant();
        sql.transaction(change -> {
            change.dsl()
                    .execute(
                            "update identity_grant set ended = ? where id = ? and ended is null",
                            Times.bind(now),
                            grantId);
            Denied.add(change.dsl(), grantId, now.plus(LONGEST_TOKEN));
        });
        epoch.lookAgain();
    }

    /** Ends all that somebody has granted. */
    public void endAllOf(String login) {
        of(login).forEach(grant -> end(grant.id()));
    }

    private static Grant grant(Record row) {
        return new Grant(
                row.get("id", String.class),
                row.get("client_id", String.class),
                row.get("login", String.class),
                Json.read(row.get("content", String.class), Granted.class),
                Times.instant(row, "granted"),
                Times.instant(row, "used"),
                Times.instant(row, "until"));
    }

    @Override
    public void sweep() {
        var now = clock.instant();
        sql.execute("delete from identity_refresh where until < ?", Times.bind(now));
        // An ended grant is kept for a day, so that a code or token of it that comes again is known for what it is.
        sql.execute(
                "delete from identity_grant where until < ? or ended < ? or (code_used is null and code_until < ?)",
                Times.bind(now),
                Times.bind(now.minus(Duration.ofDays(1))),
                Times.bind(now.minus(Duration.ofDays(1))));
        sql.execute("delete from identity_refresh where not exists"
                + " (select 1 from identity_grant g where g.id = identity_refresh.grant_id)");
    }
}
