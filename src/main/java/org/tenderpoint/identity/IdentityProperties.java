package org.tenderpoint.identity;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How keys are kept.
 *
 * @param keySecret what the keys in the database are encrypted with: 32 random characters or more, the same on all nodes
 * @param keyFile where such a secret is made and kept instead; empty where none is to be made
 * @param keyLife how long a key signs tokens before the next one does; a day at least
 * @param sessionIdle how long somebody who is signed in may do nothing; 12 hours at most
 */
@Validated
@ConfigurationProperties("tenderpoint.identity")
record IdentityProperties(
        @DefaultValue("") String keySecret,
        @DefaultValue("") String keyFile,
        @DefaultValue("90d") @NotNull @DurationMin(days = 1) Duration keyLife,
        @DefaultValue("15m") @NotNull @DurationMin(minutes = 1) @DurationMax(hours = 12) Duration sessionIdle) {

    /** Without the secret. */
    @Override
    public String toString() {
        return "IdentityProperties[keyFile=" + keyFile + ", keyLife=" + keyLife + "]";
    }
}
