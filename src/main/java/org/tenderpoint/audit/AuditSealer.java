package org.tenderpoint.audit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.tenderpoint.chart.AuditSeals;
import org.tenderpoint.issue.Wordless;

/** Seals the audit while the server runs, and tells the log every hour where the chain ends. */
@Component
final class AuditSealer implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(AuditSealer.class);
    private static final Duration REST = Duration.ofSeconds(10);
    private static final Duration TOLD_EVERY = Duration.ofHours(1);

    private final AuditSeals seals;
    private final AuditProperties properties;
    private final Clock clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        var worker = new Thread(work, "audit-seals");
        worker.setDaemon(true);
        return worker;
    });
    private Instant told = Instant.EPOCH;
    private volatile boolean running;

    AuditSealer(AuditSeals seals, AuditProperties properties, Clock clock) {
        this.seals = seals;
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    public void start() {
        running = true;
        var every = properties.sealEvery().toMillis();
        thread.scheduleWithFixedDelay(this::round, every, every, TimeUnit.MILLISECONDS);
    }

    private void round() {
        try {
            if (seals.seal(REST) > 0 && !clock.instant().isBefore(told.plus(TOLD_EVERY))) {
                told = clock.instant();
                log.info("the audit is sealed up to {}", seals.head());
            }
        } catch (RuntimeException failed) {
            // The next round does what this one could not; nobody waits for it.
            log.warn("the audit was not sealed and is tried again later", Wordless.of(failed));
        }
    }

    @Override
    public void stop() {
        running = false;
        thread.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
