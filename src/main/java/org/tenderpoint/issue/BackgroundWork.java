package org.tenderpoint.issue;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Work that nobody waits for, on a thread of its own as long as the server runs. What fails is told to the log and left to
 * the next round: a database that does not answer now may do so then, and a thread that has died never does.
 */
public abstract class BackgroundWork implements SmartLifecycle {

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final ScheduledExecutorService thread;
    private volatile boolean running;

    /** @param name of the thread */
    protected BackgroundWork(String name) {
        this.thread = Executors.newSingleThreadScheduledExecutor(threads(name));
    }

    /** Threads that come behind whoever waits for an answer, and hold up no stop. */
    protected static ThreadFactory threads(String name) {
        return work -> {
            var worker = new Thread(work, name);
            worker.setDaemon(true);
            worker.setPriority(Thread.MIN_PRIORITY);
            return worker;
        };
    }

    /** Says what is done, by {@link #every} and {@link #soon}. */
    protected abstract void begin();

    /** Does something again and again, for the first time after one pause. */
    protected final void every(Duration pause, Runnable work) {
        thread.scheduleWithFixedDelay(() -> quietly(work), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Does something once. */
    protected final void soon(Runnable work) {
        thread.execute(() -> quietly(work));
    }

    /** Does something here and now; where it fails, that is told to the log, and what comes behind it is done. */
    protected final void quietly(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException failed) {
            log.warn("this failed and is tried again later", Wordless.of(failed));
        }
    }

    @Override
    public final void start() {
        running = true;
        begin();
    }

    @Override
    public void stop() {
        running = false;
        thread.shutdownNow();
    }

    @Override
    public final boolean isRunning() {
        return running;
    }
}
