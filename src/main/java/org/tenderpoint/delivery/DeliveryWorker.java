package org.tenderpoint.delivery;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.tenderpoint.chart.Subscriber;
import org.tenderpoint.chart.Subscribers;
import org.tenderpoint.issue.Wordless;

/** Notices changes and tells subscribers of them, on every node; the database says whose turn it is where. */
@Component
final class DeliveryWorker implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(DeliveryWorker.class);
    private static final long EVERY_MILLIS = 500;

    /** Whoever answers slowly holds up one of these, and the others go on. */
    private static final int AT_ONCE = 4;

    private static final ThreadFactory BEHIND_OTHERS = work -> {
        var worker = new Thread(work, "deliveries");
        worker.setDaemon(true);
        // Behind whoever waits for an answer.
        worker.setPriority(Thread.MIN_PRIORITY);
        return worker;
    };

    private final Noticing noticing;
    private final Deliveries deliveries;
    private final Subscribers subscribers;
    private final DeliveryProperties properties;
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(BEHIND_OTHERS);
    private final ExecutorService sending = Executors.newFixedThreadPool(AT_ONCE, BEHIND_OTHERS);
    private final Semaphore free = new Semaphore(AT_ONCE);
    private volatile boolean running;

    DeliveryWorker(Noticing noticing, Deliveries deliveries, Subscribers subscribers, DeliveryProperties properties) {
        this.noticing = noticing;
        this.deliveries = deliveries;
        this.subscribers = subscribers;
        this.properties = properties;
    }

    @Override
    public void start() {
        running = true;
        if (properties.automatic()) {
            looking.scheduleWithFixedDelay(this::look, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        quietly(noticing::all);
        quietly(() -> {
            while (free.tryAcquire()) {
                var next = taken();
                if (next == null) {
                    return;
                }
                sending.execute(() -> {
                    try {
                        quietly(() -> deliveries.carryOut(next));
                    } finally {
                        free.release();
                    }
                });
            }
        });
    }

    private @Nullable Subscriber taken() {
        Subscriber next = null;
        try {
            next = subscribers.take().orElse(null);
            return next;
        } finally {
            if (next == null) {
                free.release();
            }
        }
    }

    /** Does all that there is to do now, and returns when it is done. */
    void round() {
        noticing.all();
        for (var next = subscribers.take(); next.isPresent(); next = subscribers.take()) {
            deliveries.carryOut(next.get());
        }
    }

    private static void quietly(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException failed) {
            // What was left unfinished is taken up again when its lease is over.
            log.warn("deliveries are tried again later", Wordless.of(failed));
        }
    }

    @Override
    public void stop() {
        running = false;
        looking.shutdownNow();
        sending.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
