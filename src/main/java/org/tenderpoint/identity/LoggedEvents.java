package org.tenderpoint.identity;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what happened into the log. */
final class LoggedEvents implements SecurityEvents {

    private static final Logger log = LoggerFactory.getLogger(LoggedEvents.class);
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._@-]{1,100}");

    @Override
    public void happened(Event event) {
        log.info(
                "{} {}: client {}, person {}, {}",
                event.act(),
                event.succeeded() ? "succeeded" : "refused",
                plain(event.clientId()),
                plain(event.login()),
                event.detail());
    }

    /** What somebody sent may be anything, and a log is read line by line. */
    private static String plain(@Nullable String sent) {
        return sent == null ? "none" : PLAIN.matcher(sent).matches() ? sent : "of no form";
    }
}
