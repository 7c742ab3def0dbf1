package org.tenderpoint.export;

import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;
import org.tenderpoint.chart.ExportJobs;

/**
 * Settings of exports.
 *
 * @param settle how long a job waits for changes that are under way when it is asked for
 * @param keep how long a job and its files are there
 * @param running how many jobs of a client may be unfinished at a time
 * @param kept how many jobs of a client may be there at a time
 */
@Validated
@ConfigurationProperties("tenderpoint.export")
record ExportProperties(
        @DefaultValue("10s") Duration settle,
        @DefaultValue("24h") Duration keep,
        @DefaultValue("2") @Positive int running,
        @DefaultValue("100") @Positive int kept) {

    ExportJobs.Terms terms() {
        return new ExportJobs.Terms(settle, keep, running, kept);
    }
}
