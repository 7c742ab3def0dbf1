package org.tenderpoint.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jooq.DSLContext;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.tenderpoint.access.Role;
import org.tenderpoint.identity.Sessions.Reached;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;
import org.tenderpoint.testing.SetClock;

/** Signing in as time goes by: accounts that rest, codes that count once, sessions that end. */
class SignInsStoryTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final String PASSWORD = "a password of the test";
    private static final SecretBox BOX = SecretBox.of("a secret of the test, 32 characters long or longer");

    private final SetClock clock = new SetClock(NOON);
    private final String login = "test-" + UUID.randomUUID();

    private SignIns signIns(DSLContext sql, Clock at) {
        var encoded = "{bcrypt}" + new BCryptPasswordEncoder(4).encode(PASSWORD);
        var person = new Person(login, "Test", Role.PRIVACY_OFFICER, "", "", encoded, false);
        return new SignIns(new People(List.of(person), sql, at), sql, BOX, at);
    }

    @EachDatabase
    void anAccountRestsLongerWithEachFailureAndForAnHourAtMost(Database database) {
        var signIns = signIns(Server.on(database).bean(DSLContext.class), clock);
        for (int i = 0; i < 5; i++) {
            assertThat(signIns.byPassword(login, "wrong")).isEmpty();
        }

        for (var minutes : List.of(1, 2, 4, 8, 16, 32, 60, 60)) {
            clock.goOn(Duration.ofMinutes(minutes).minusSeconds(1));
            assertThat(signIns.byPassword(login, PASSWORD))
                    .as("within %s minutes", minutes)
                    .isEmpty();
            clock.goOn(Duration.ofSeconds(2));
            assertThat(signIns.byPassword(login, "wrong")).isEmpty();
        }
        clock.goOn(Duration.ofHours(1).plusSeconds(1));

        assertThat(signIns.byPassword(login, PASSWORD)).isPresent();
        for (int i = 0; i < 4; i++) {
            signIns.byPassword(login, "wrong");
        }
        assertThat(signIns.byPassword(login, PASSWORD))
                .as("the count began anew")
                .isPresent();
    }

    @EachDatabase
    void aCodeCountsOnceAlsoForTwoAtTheSameTime(Database database) throws Exception {
        var signIns = signIns(Server.on(database).bean(DSLContext.class), clock);
        var secret = SignIns.newSecondStep();
        var step = NOON.getEpochSecond() / 30;
        assertThat(signIns.setUpSecondStep(login, secret, "000")).isFalse();
        assertThat(signIns.hasSecondStep(login)).isFalse();
        assertThat(signIns.setUpSecondStep(login, secret, Totp.code(secret, step)))
                .isTrue();

        assertThat(signIns.bySecondStep(login, Totp.code(secret, step)))
                .as("the code that set it up")
                .isFalse();
        clock.goOn(Duration.ofSeconds(30));
        Callable<Boolean> shown = () -> signIns.bySecondStep(login, Totp.code(secret, step + 1));
        var both = Executors.newFixedThreadPool(2);
        try {
            var answers = both.invokeAll(List.of(shown, shown));
            assertThat(List.of(answers.get(0).get(), answers.get(1).get())).containsExactlyInAnyOrder(true, false);
        } finally {
            both.shutdown();
        }
    }

    @EachDatabase
    void wrongCodesMakeAnAccountRestAsWrongPasswordsDoAndTheRightPasswordDoesNotMendThem(Database database) {
        var signIns = signIns(Server.on(database).bean(DSLContext.class), clock);
        var secret = SignIns.newSecondStep();
        var step = NOON.getEpochSecond() / 30;
        signIns.setUpSecondStep(login, secret, Totp.code(secret, step));

        for (int i = 0; i < 5; i++) {
            assertThat(signIns.byPassword(login, PASSWORD)).isPresent();
            assertThat(signIns.bySecondStep(login, "000")).isFalse();
        }

        clock.goOn(Duration.ofSeconds(30));
        assertThat(signIns.bySecondStep(login, Totp.code(secret, step + 1))).isFalse();
        assertThat(signIns.byPassword(login, PASSWORD)).isEmpty();
        clock.goOn(Duration.ofSeconds(31));
        assertThat(signIns.bySecondStep(login, Totp.code(secret, step + 2))).isTrue();
    }

    @EachDatabase
    void aSessionEndsAfterAQuarterOfAnHourInWhichNothingWasDoneAndAfterTwelveHoursAnyway(Database database) {
        var sql = Server.on(database).bean(DSLContext.class);
        var sessions = new Sessions(sql, clock, Duration.ofMinutes(15));
        var left = sessions.begin(login, Reached.BY_PASSWORD);
        var busy = sessions.begin(login, Reached.BY_BOTH);

        assertThat(sessions.find(busy))
                .hasValueSatisfying(session -> assertThat(session.reached()).isEqualTo(Reached.BY_BOTH));
        clock.goOn(Duration.ofMinutes(14));
        assertThat(sessions.find(busy)).isPresent();
        assertThat(sessions.lasts(Secrets.hash(left))).isTrue();
        clock.goOn(Duration.ofMinutes(2));
        assertThat(sessions.lasts(Secrets.hash(left)))
                .as("asking did not make it last")
                .isFalse();
        assertThat(sessions.find(left)).isEmpty();
        for (int minutes = 16; minutes < 12 * 60 - 10; minutes += 10) {
            assertThat(sessions.find(busy)).as("after %s minutes", minutes).isPresent();
            clock.goOn(Duration.ofMinutes(10));
        }
        clock.goOn(Duration.ofMinutes(10));
        assertThat(sessions.find(busy)).isEmpty();
    }
}
