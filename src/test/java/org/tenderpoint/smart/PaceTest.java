package org.tenderpoint.smart;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How fast an address may ask. */
class PaceTest {

    private final AtomicLong nanos = new AtomicLong();
    private final TimeMeter time = new TimeMeter() {
        @Override
        public long currentTimeNanos() {
            return nanos.get();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    };

    @Test
    void soManyAtOnceThenAsManyAMinute() {
        var pace = new Pace(60, time);
        for (int i = 0; i < 60; i++) {
            assertThat(pace.toWait("192.0.2.1")).isZero();
        }

        assertThat(pace.toWait("192.0.2.1")).isEqualTo(Duration.ofSeconds(1));
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());

        assertThat(pace.toWait("192.0.2.1")).isZero();
        assertThat(pace.toWait("192.0.2.1")).isPositive();
        assertThat(pace.toWait("192.0.2.2")).as("another's address").isZero();
    }

    @Test
    void oneSubscribersAddressesOfIpv6CountAsOne() {
        var pace = new Pace(1, time);

        assertThat(pace.toWait("2001:db8:1:2::1")).isZero();
        assertThat(pace.toWait("2001:db8:1:2:ffff::2")).isPositive();
        assertThat(pace.toWait("2001:db8:1:3::1")).isZero();
    }

    @Test
    void zeroIsAnyNumber() {
        var pace = new Pace(0, time);

        for (int i = 0; i < 10_000; i++) {
            assertThat(pace.toWait("192.0.2.1")).isZero();
        }
    }
}
