package org.tenderpoint.screening;

import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of this room.
 *
 * @param off ids of rules that the practice has switched off
 * @param automatic false to screen only where somebody asks for it
 * @param settle how long after a visit its measurements are looked at together; what cannot wait is looked at at once
 * @param catchUp how often the changes are gone through for what a crash or another node may have left
 */
@Validated
@ConfigurationProperties("tenderpoint.screening")
record ScreeningProperties(
        @DefaultValue Set<String> off,
        @DefaultValue("true") boolean automatic,
        @DefaultValue("30s") Duration settle,
        @DefaultValue("5m") Duration catchUp) {}
