package org.tenderpoint.export;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.tenderpoint.chart.ExportJob;
import org.tenderpoint.chart.ExportJobs;
import org.tenderpoint.issue.Refused;
import org.tenderpoint.issue.Wordless;

/** Finds out, job after job, which files there are. Every node does; the database says which job is whose. */
@Component
final class ExportWorker implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ExportWorker.class);
    private static final long EVERY_MILLIS = 500;
    private static final long PURGED_EVERY_MINUTES = 10;

    private final ExportJobs jobs;
    private final ExportFiles files;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        var worker = new Thread(work, "exports");
        worker.setDaemon(true);
        // Behind whoever waits for an answer.
        worker.setPriority(Thread.MIN_PRIORITY);
        return worker;
    });
    private volatile boolean running;

    ExportWorker(ExportJobs jobs, ExportFiles files) {
        this.jobs = jobs;
        this.files = files;
    }

    @Override
    public void start() {
        running = true;
        thread.scheduleWithFixedDelay(this::round, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
        thread.scheduleWithFixedDelay(
                () -> quietly(jobs::purge), PURGED_EVERY_MINUTES, PURGED_EVERY_MINUTES, TimeUnit.MINUTES);
    }

    private void round() {
        quietly(() -> {
            for (var job = jobs.take(); job.isPresent(); job = jobs.take()) {
                carryOut(job.get());
            }
        });
    }

    private void carryOut(ExportJob job) {
        try {
            var there = files.of(job);
            jobs.finish(job, there);
            log.info("export {} has {} files", job.id(), there.size());
        } catch (Refused refused) {
            // Of the caller's rights so much has gone that nothing can be exported; another attempt finds the same.
            jobs.finish(job, List.of());
        } catch (RuntimeException failed) {
            log.warn("export {} failed at attempt {}", job.id(), job.attempt(), Wordless.of(failed));
            jobs.failed(job);
        }
    }

    private static void quietly(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException failed) {
            // The next round does what this one could not.
            log.warn("exports are tried again later", Wordless.of(failed));
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
