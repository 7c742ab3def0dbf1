package org.tenderpoint.identity;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.tenderpoint.issue.Wordless;

/** Does every ten minutes what nobody waits for: the next key, and the rows that have had their time. */
final class Upkeep implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Upkeep.class);
    private static final int MINUTES = 10;

    private final SigningKeys keys;
    private final List<Sweep> sweeps;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        var worker = new Thread(work, "identity-upkeep");
        worker.setDaemon(true);
        return worker;
    });
    private volatile boolean running;

    /** Takes away rows that have had their time. */
    interface Sweep {
        void sweep();
    }

    Upkeep(SigningKeys keys, List<Sweep> sweeps) {
        this.keys = keys;
        this.sweeps = List.copyOf(sweeps);
    }

    /** What is swept. */
    List<Sweep> sweeps() {
        return sweeps;
    }

    @Override
    public void start() {
        running = true;
        // Making the first key takes a while, so it does not hold up the start.
        thread.execute(() -> quietly(keys::signing));
        thread.scheduleWithFixedDelay(this::round, MINUTES, MINUTES, TimeUnit.MINUTES);
    }

    private void round() {
        quietly(keys::tend);
        sweeps.forEach(sweep -> quietly(sweep::sweep));
    }

    /** A database that does not answer now may do so in ten minutes; a thread that has died never does. */
    private static void quietly(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException failed) {
            log.warn("upkeep of keys and tokens failed and is tried again later", Wordless.of(failed));
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
