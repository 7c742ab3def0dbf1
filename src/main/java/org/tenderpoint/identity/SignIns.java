package org.tenderpoint.identity;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Signing in: the password, and the code of an authenticator app where somebody has set one up. After five failures the
 * account rests for a minute, then for two, up to an hour. Whoever is not known takes as long to refuse as whoever is.
 */
public final class SignIns {

    private static final int FREE_FAILURES = 5;
    private static final Duration LONGEST_REST = Duration.ofHours(1);
    private static final int SECRET_BYTES = 20;
    private static final int LONGEST_PASSWORD = 72;

    private final People people;
    private final DSLContext sql;
    private final SecretBox box;
    private final Clock clock;
    private final PasswordEncoder encoder = PasswordEncoderFactories.createDelegatingPasswordEncoder();
    private final String nobodys = "{bcrypt}" + new BCryptPasswordEncoder().encode(Secrets.random());

    private record State(int failures, Instant lockedUntil, byte @Nullable [] secondStep, long lastStep) {}

    SignIns(People people, DSLContext sql, SecretBox box, Clock clock) {
        this.people = people;
        this.sql = sql;
        this.box = box;
        this.clock = clock;
    }

    /** The person, where login and password go together and the account does not rest. */
    public Optional<Person> byPassword(String login, String password) {
        var person = people.find(login);
        var state = person.map(known -> state(known.login()));
        var right = password.length() <= LONGEST_PASSWORD
                && encoder.matches(password, person.map(Person::password).orElse(nobodys));
        if (person.isEmpty() || state.isEmpty()) {
            return Optional.empty();
        }
        if (state.get().lockedUntil().isAfter(clock.instant())) {
            return Optional.empty();
        }
        if (!right) {
            failed(login);
            return Optional.empty();
        }
        if (state.get().secondStep() == null) {
            succeeded(login);
        }
        return person;
    }

    public boolean hasSecondStep(String login) {
        return state(login).secondStep() != null;
    }

    /** True where the code is that of the person's authenticator app, and was not used before. */
    public boolean bySecondStep(String login, String code) {
        var state = state(login);
        if (state.secondStep() == null || state.lockedUntil().isAfter(clock.instant())) {
            return false;
        }
        var secret = box.open(login, state.secondStep()).orElseThrow();
        var step = Totp.step(secret, code, clock.instant(), state.lastStep());
        // The row decides between two that bring the same code at the same time.
        if (step.isEmpty()
                || sql.execute(
                                "update identity_sign_in set last_step = ? where login = ? and last_step < ?",
                                step.getAsLong(),
                                login,
                                step.getAsLong())
                        != 1) {
            failed(login);
            return false;
        }
        succeeded(login);
        return true;
    }

    /** A new secret for an authenticator app. */
    public static byte[] newSecondStep() {
        var secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        return secret;
    }

    /** The same as somebody types it into an authenticator app. */
    public static String readable(byte[] secondStep) {
        return Totp.base32(secondStep);
    }

    /** Sets a second step up, once its first code was shown; false where the code is not right. */
    public boolean setUpSecondStep(String login, byte[] secret, String code) {
        var step = Totp.step(secret, code, clock.instant(), 0);
        if (step.isEmpty()) {
            return false;
        }
        row(login);
        sql.execute(
                "update identity_sign_in set second_step = ?, last_step = ? where login = ?",
                box.seal(login, secret),
                step.getAsLong(),
                login);
        return true;
    }

    /**
     * Takes the second step, the passkeys and the rest away: for somebody who has lost her telephone and asks an
     * administrator.
     */
    public void reset(String login) {
        sql.execute("delete from identity_passkey where login = ?", login);
        sql.execute("delete from identity_sign_in where login = ?", login);
    }

    private State state(String login) {
        return sql.fetchOptional(
                        "select failures, locked_until, second_step, last_step from identity_sign_in where login = ?",
                        login)
                .map(row -> new State(
                        row.get("failures", Integer.class),
                        Times.instant(row, "locked_until"),
                        row.get("second_step", byte[].class),
                        row.get("last_step", Long.class)))
                .orElse(new State(0, Instant.EPOCH, null, 0));
    }

    private void row(String login) {
        sql.execute(
                "insert into identity_sign_in (login, failures, locked_until, last_step) values (?, 0, 0, 0)"
                        + " on conflict do nothing",
                login);
    }

    private void failed(String login) {
        row(login);
        sql.execute("update identity_sign_in set failures = failures + 1 where login = ?", login);
        var failures = state(login).failures();
        if (failures >= FREE_FAILURES) {
            var minutes = 1L << Math.min(failures - FREE_FAILURES, 6);
            var rest = Duration.ofMinutes(Math.min(minutes, LONGEST_REST.toMinutes()));
            sql.execute(
                    "update identity_sign_in set locked_until = ? where login = ?",
                    Times.bind(clock.instant().plus(rest)),
                    login);
        }
    }

    private void succeeded(String login) {
        sql.execute("update identity_sign_in set failures = 0, locked_until = 0 where login = ?", login);
    }
}
