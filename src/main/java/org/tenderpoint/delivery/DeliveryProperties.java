package org.tenderpoint.delivery;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of deliveries.
 *
 * @param automatic false where nothing is noticed and sent by itself
 * @param firstWait how long the second attempt waits; each further one waits twice as long as the one before
 * @param longestWait how long an attempt waits at most
 * @param giveUpAfter how long attempts may fail before somebody has to look at it
 * @param hosts the only hosts that are notified; empty for any with a public address
 */
@Validated
@ConfigurationProperties("tenderpoint.delivery")
record DeliveryProperties(
        @DefaultValue("true") boolean automatic,
        @DefaultValue("10s") @NotNull Duration firstWait,
        @DefaultValue("1h") @NotNull Duration longestWait,
        @DefaultValue("24h") @NotNull Duration giveUpAfter,
        @DefaultValue List<String> hosts) {

    DeliveryProperties {
        hosts = List.copyOf(hosts);
    }
}
