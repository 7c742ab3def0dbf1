package org.tenderpoint.careplan;

import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of this room.
 *
 * @param remember how long the restrictions and the visits of a patient are remembered
 * @param reassessAfterVisits a reassessment is due after so many visits
 * @param reassessAfter or after so long, whichever comes first
 */
@Validated
@ConfigurationProperties("tenderpoint.careplan")
record CarePlanProperties(
        @DefaultValue("60s") Duration remember,
        @DefaultValue("6") @Positive int reassessAfterVisits,
        @DefaultValue("30d") Duration reassessAfter) {}
