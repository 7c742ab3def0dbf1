package org.tenderpoint.smart;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How fast one address may ask: so many times at once, and as many in each minute after. Kept on this node alone: it guards
 * the node's processor; what guards an account is that it rests after wrong passwords, which all nodes know.
 */
final class Pace {

    private static final int MOST_ADDRESSES = 10_000;

    /** One subscriber of IPv6 has at least that many bytes of an address for herself. */
    private static final int NETWORK_BYTES = 8;

    private final int perMinute;
    private final TimeMeter time;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    /** @param perMinute 0 for any number */
    Pace(int perMinute, TimeMeter time) {
        this.perMinute = perMinute;
        this.time = time;
    }

    /** How long an address has to wait before it may ask again; zero where it may ask now, which counts. */
    Duration toWait(String address) {
        if (perMinute == 0) {
            return Duration.ZERO;
        }
        Bucket bucket;
        synchronized (buckets) {
            bucket = buckets.computeIfAbsent(network(address), first -> bucket());
        }
        return Duration.ofNanos(bucket.tryConsumeAndReturnRemaining(1).getNanosToWaitForRefill());
    }

    private Bucket bucket() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, Duration.ofMinutes(1)))
                .withCustomTimePrecision(time)
                .build();
    }

    private static String network(String address) {
        try {
            // What the container gives is an address in digits, so no name is looked up.
            var parsed = InetAddress.getByName(address);
            return parsed instanceof Inet6Address
                    ? Arrays.toString(Arrays.copyOf(parsed.getAddress(), NETWORK_BYTES))
                    : address;
        } catch (UnknownHostException unusual) {
            return address;
        }
    }
}
