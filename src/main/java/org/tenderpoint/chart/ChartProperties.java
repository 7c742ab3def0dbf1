package org.tenderpoint.chart;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the chart.
 *
 * @param referrerGrace how long a referrer goes on seeing a patient after the referral is closed
 * @param searchTimeout how long one statement of a search may take; whole seconds, at least one
 */
@Validated
@ConfigurationProperties("tenderpoint.chart")
record ChartProperties(@DefaultValue("90d") Duration referrerGrace, @DefaultValue("10s") Duration searchTimeout) {}
