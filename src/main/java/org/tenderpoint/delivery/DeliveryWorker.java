package org.tenderpoint.delivery;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tenderpoint.chart.Subscriber;
import org.tenderpoint.chart.Subscribers;
import org.tenderpoint.issue.BackgroundWork;

/** Notices changes and tells subscribers of them, on every node; the database says whose turn it is where. */
@Component
final class DeliveryWorker extends BackgroundWork {

    private static final String NAME = "deliveries";
    private static final Duration EVERY = Duration.ofMillis(500);

    /** Whoever answers slowly holds up one of these, and the others go on. */
    private static final int AT_ONCE = 4;

    private final Noticing noticing;
    private final Deliveries deliveries;
    private final Subscribers subscribers;
    private final DeliveryProperties properties;
    private final ExecutorService sending = Executors.newFixedThreadPool(AT_ONCE, threads(NAME));
    private final Semaphore free = new Semaphore(AT_ONCE);

    DeliveryWorker(Noticing noticing, Deliveries deliveries, Subscribers subscribers, DeliveryProperties properties) {
        super(NAME);
        this.noticing = noticing;
        this.deliveries = deliveries;
        this.subscribers = subscribers;
        this.properties = properties;
    }

    @Override
    protected void begin() {
        if (properties.automatic()) {
            every(EVERY, this::look);
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

    /** What was left unfinished is taken up again when its lease is over. */
    @Override
    public void stop() {
        super.stop();
        sending.shutdownNow();
    }
}
