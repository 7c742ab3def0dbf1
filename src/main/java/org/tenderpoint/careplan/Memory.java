package org.tenderpoint.careplan;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What was read of the record, kept for a while; what was not asked for longest goes first. */
final class Memory<K, V> {

    private static final int MOST = 20_000;

    private record Kept<V>(V value, Instant until) {}

    private final Clock clock;
    private final Duration remember;
    private long forgotten;

    private final Map<K, Kept<V>> kept = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<K, Kept<V>> eldest) {
            return size() > MOST;
        }
    };

    Memory(Clock clock, Duration remember) {
        this.clock = clock;
        this.remember = remember;
    }

    synchronized @Nullable V get(K key) {
        var known = kept.get(key);
        return known != null && known.until.isAfter(clock.instant()) ? known.value : null;
    }

    synchronized void put(K key, V value) {
        kept.put(key, new Kept<>(value, clock.instant().plus(remember)));
    }

    /** The same, if nothing has been forgotten since {@link #forgotten} said so: what was read may be older than that. */
    synchronized void putUnlessForgotten(K key, V value, long since) {
        if (forgotten == since) {
            put(key, value);
        }
    }

    synchronized long forgotten() {
        return forgotten;
    }

    /** Changes what is kept, for no longer than it was to be kept. */
    synchronized void change(K key, UnaryOperator<V> by) {
        kept.computeIfPresent(key, (same, known) -> new Kept<>(by.apply(known.value), known.until));
    }

    synchronized void forget(Predicate<K> which) {
        forgotten++;
        kept.keySet().removeIf(which);
    }
}
