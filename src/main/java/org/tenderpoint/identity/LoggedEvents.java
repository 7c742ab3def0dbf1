package org.tenderpoint.identity;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;

/** Writes what happened into the log, and into the ledger where there is one. */
final class LoggedEvents implements SecurityEvents {

    private static final Logger log = LoggerFactory.getLogger(LoggedEvents.class);
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._@/-]{1,100}");

    private final ObjectProvider<SecurityLedger> ledger;

    LoggedEvents(ObjectProvider<SecurityLedger> ledger) {
        this.ledger = ledger;
    }

    @Override
    public void happened(Event sent) {
        var event = new Event(sent.act(), sent.succeeded(), plain(sent.clientId()), plain(sent.login()), sent.detail());
        log.info(
                "{} {}: client {}, person {}, {}",
                event.act(),
                event.succeeded() ? "succeeded" : "refused",
                event.clientId() == null ? "none" : event.clientId(),
                event.login() == null ? "none" : event.login(),
                event.detail());
        ledger.ifAvailable(kept -> kept.keep(event));
    }

    /** What somebody sent may be anything, and a log is read line by line. */
    private static @Nullable String plain(@Nullable String sent) {
        return sent == null || PLAIN.matcher(sent).matches() ? sent : "of no form";
    }
}
