package org.tenderpoint.audit;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;
import org.tenderpoint.chart.AuditPurge;

/**
 * Settings of the audit.
 *
 * @param sealEvery how often what is new is sealed
 * @param keepYears for how many years entries are kept; after that a command may take them away
 */
@Validated
@ConfigurationProperties("tenderpoint.audit")
public record AuditProperties(
        @DefaultValue("10s") Duration sealEvery, @DefaultValue("6") @Min(AuditPurge.FEWEST_YEARS) int keepYears) {}
