package org.tenderpoint.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attempts come ever more seldom, and end. */
class BackoffTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final DeliveryProperties PROPERTIES =
            new DeliveryProperties(true, Duration.ofSeconds(10), Duration.ofHours(1), Duration.ofHours(24), List.of());

    private final Backoff backoff = new Backoff(PROPERTIES, () -> 0.5);

    @ParameterizedTest
    @CsvSource({"0, 10", "1, 20", "2, 40", "8, 2560", "9, 3600", "1000000, 3600"})
    void eachAttemptWaitsTwiceAsLongAsTheOneBeforeUpToAnHour(int failures, long seconds) {
        assertThat(backoff.after(failures)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void aWaitIsAFifthShorterOrLonger() {
        assertThat(new Backoff(PROPERTIES, () -> 0).after(0)).isEqualTo(Duration.ofSeconds(8));
        assertThat(new Backoff(PROPERTIES, () -> 1).after(0)).isEqualTo(Duration.ofSeconds(12));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 410, 422})
    void whatAnotherAttemptDoesNotMendIsOverAtOnce(int status) {
        assertThat(backoff.isOver(null, NOW, status)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 301, 404, 429, 500, 503})
    void everythingElseIsOverAfterADay(int status) {
        assertThat(backoff.isOver(null, NOW, status)).isFalse();
        assertThat(backoff.isOver(NOW.minus(Duration.ofHours(24)), NOW, status)).isFalse();
        assertThat(backoff.isOver(NOW.minus(Duration.ofHours(25)), NOW, status)).isTrue();
    }
}
