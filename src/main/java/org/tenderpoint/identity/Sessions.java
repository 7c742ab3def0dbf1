package org.tenderpoint.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;

/** Who is signed in: in the database, so that any node knows. A session ends when nothing was done for a while. */
public final class Sessions implements Upkeep.Sweep {

    private static final Duration LONGEST = Duration.ofHours(12);
    private static final Duration NOTED_EVERY = Duration.ofMinutes(1);

    private final DSLContext sql;
    private final Clock clock;
    private final Duration idle;

    /**
     * A session.
     *
     * @param hash what is kept of the cookie
     * @param login whose it is
     * @param reached how far she has come, and how
     * @param begun when it was begun
     */
    public record Session(String hash, String login, Reached reached, Instant begun) {

        /** False while the second step is still to come. */
        public boolean complete() {
            return reached != Reached.BEFORE_SECOND_STEP;
        }
    }

    /** @param idle how long nothing may be done */
    Sessions(DSLContext sql, Clock clock, Duration idle) {
        this.sql = sql;
        this.clock = clock;
        this.idle = idle;
    }

    /** How far somebody has come in signing in. */
    public enum Reached {
        /** The password was given, and the code is still to come. */
        BEFORE_SECOND_STEP(),
        /** The password was given, and there is no second step. */
        BY_PASSWORD("pwd"),
        /** Password and code were given. */
        BY_BOTH("pwd", "otp", "mfa"),
        /** A passkey was used, and its device has asked for a finger, a face or a number. */
        BY_PASSKEY("pop", "user", "mfa"),
        /** Another OpenID provider has signed her in, in a way of its own. */
        BY_PROVIDER();

        private final List<String> methods;

        Reached(String... methods) {
            this.methods = List.of(methods);
        }

        /** What an app is told of it (RFC 8176). */
        public List<String> methods() {
            return methods;
        }
    }

    /** Begins a session and gives what its cookie is to hold. */
    public String begin(String login, Reached reached) {
        var cookie = Secrets.random();
        var now = clock.instant();
        sql.execute(
                "insert into identity_session (hash, login, reached, begun, seen, until) values (?, ?, ?, ?, ?, ?)",
                Secrets.hash(cookie),
                login,
                reached.name(),
                Times.bind(now),
                Times.bind(now),
                Times.bind(now.plus(LONGEST)));
        return cookie;
    }

    /** The session of a cookie, if it lasts. */
    public Optional<Session> find(String cookie) {
        return byHash(Secrets.hash(cookie), true);
    }

    /** True while the session with that hash lasts; asking does not make it last longer. */
    public boolean lasts(String hash) {
        return byHash(hash, false).isPresent();
    }

    private Optional<Session> byHash(String hash, boolean active) {
        var now = clock.instant();
        var row = sql.fetchOptional(
                "select login, reached, begun, seen from identity_session"
                        + " where hash = ? and until > ? and seen > ?",
                hash,
                Times.bind(now),
                Times.bind(now.minus(idle)));
        if (active
                && row.isPresent()
                && Times.instant(row.get(), "seen").plus(NOTED_EVERY).isBefore(now)) {
            sql.execute("update identity_session set seen = ? where hash = ?", Times.bind(now), hash);
        }
        return row.map(found -> new Session(
                hash,
                found.get("login", String.class),
                Reached.valueOf(found.get("reached", String.class)),
                Times.instant(found, "begun")));
    }

    public void end(String hash) {
        sql.execute("delete from identity_session where hash = ?", hash);
    }

    /** Ends all of somebody's sessions. */
    public void endAllOf(String login) {
        sql.execute("delete from identity_session where login = ?", login);
    }

    @Override
    public void sweep() {
        var now = clock.instant();
        sql.execute(
                "delete from identity_session where until < ? or seen < ?",
                Times.bind(now),
                Times.bind(now.minus(idle)));
    }
}
