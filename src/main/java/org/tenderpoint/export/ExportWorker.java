package org.tenderpoint.export;

import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.tenderpoint.chart.ExportJob;
import org.tenderpoint.chart.ExportJobs;
import org.tenderpoint.issue.BackgroundWork;
import org.tenderpoint.issue.Refused;
import org.tenderpoint.issue.Wordless;

/** Finds out, job after job, which files there are. Every node does; the database says which job is whose. */
@Component
final class ExportWorker extends BackgroundWork {

    private static final Logger log = LoggerFactory.getLogger(ExportWorker.class);
    private static final Duration EVERY = Duration.ofMillis(500);
    private static final Duration PURGED_EVERY = Duration.ofMinutes(10);

    private final ExportJobs jobs;
    private final ExportFiles files;

    ExportWorker(ExportJobs jobs, ExportFiles files) {
        super("exports");
        this.jobs = jobs;
        this.files = files;
    }

    @Override
    protected void begin() {
        every(EVERY, this::round);
        every(PURGED_EVERY, jobs::purge);
    }

    private void round() {
        for (var job = jobs.take(); job.isPresent(); job = jobs.take()) {
            carryOut(job.get());
        }
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
}
