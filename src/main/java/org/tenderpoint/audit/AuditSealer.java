package org.tenderpoint.audit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.tenderpoint.chart.AuditSeals;
import org.tenderpoint.issue.BackgroundWork;

/** Seals the audit while the server runs, and tells the log every hour where the chain ends. */
@Component
final class AuditSealer extends BackgroundWork {

    private static final Logger log = LoggerFactory.getLogger(AuditSealer.class);
    private static final Duration REST = Duration.ofSeconds(10);
    private static final Duration TOLD_EVERY = Duration.ofHours(1);

    private final AuditSeals seals;
    private final AuditProperties properties;
    private final Clock clock;
    private Instant told = Instant.EPOCH;

    AuditSealer(AuditSeals seals, AuditProperties properties, Clock clock) {
        super("audit-seals");
        this.seals = seals;
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    protected void begin() {
        every(properties.sealEvery(), this::round);
    }

    private void round() {
        if (seals.seal(REST) > 0 && !clock.instant().isBefore(told.plus(TOLD_EVERY))) {
            told = clock.instant();
            log.info("the audit is sealed up to {}", seals.head());
        }
    }
}
