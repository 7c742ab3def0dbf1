package org.tenderpoint.audit;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the audit.
 *
 * @param sealEvery how often what is new is sealed
 */
@ConfigurationProperties("tenderpoint.audit")
record AuditProperties(@DefaultValue("10s") Duration sealEvery) {}
