package org.tenderpoint.identity;

/** Where what happened is kept, besides the log. */
@FunctionalInterface
public interface SecurityLedger {

    /** @throws RuntimeException where it cannot be kept; nobody gets in or out unseen */
    void keep(SecurityEvents.Event event);
}
