package org.tenderpoint.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** When the next attempt is made, if one is. */
final class Backoff {

    /** So much shorter or longer than its turn a wait may be, so that those who failed together do not come back together. */
    private static final double JITTER = 0.2;

    private static final int MOST_DOUBLINGS = 30;

    private final DeliveryProperties properties;
    private final DoubleSupplier chance;

    /** @param chance a number from 0 to 1 */
    Backoff(DeliveryProperties properties, DoubleSupplier chance) {
        this.properties = properties;
        this.chance = chance;
    }

    /** @param failures how many attempts have failed before the one that has failed now */
    Duration after(int failures) {
        var doubled = properties.firstWait().multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
        var wait = doubled.compareTo(properties.longestWait()) < 0 ? doubled : properties.longestWait();
        return Duration.ofMillis(Math.round(wait.toMillis() * (1 - JITTER + 2 * JITTER * chance.getAsDouble())));
    }

    /** True where it has failed for too long, or in a way that another attempt does not mend. */
    boolean isOver(@Nullable Instant since, Instant now, int status) {
        return status == 401
                || status == 410
                || status == 422
                || since != null && now.isAfter(since.plus(properties.giveUpAfter()));
    }
}
