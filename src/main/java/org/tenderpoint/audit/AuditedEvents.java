package org.tenderpoint.audit;

import org.springframework.stereotype.Component;
import org.tenderpoint.chart.AuditLog;
import org.tenderpoint.identity.SecurityEvents.Event;
import org.tenderpoint.identity.SecurityLedger;

/** Writes into the audit what decides who gets in: sign-ins, tokens, grants, and the acts of administrators. */
@Component
public final class AuditedEvents implements SecurityLedger {

    private final AuditLog log;

    public AuditedEvents(AuditLog log) {
        this.log = log;
    }

    @Override
    public void keep(Event event) {
        log.happened(event.act(), event.succeeded(), event.clientId(), person(event), event.detail());
    }

    private static @org.jspecify.annotations.Nullable String person(Event event) {
        var login = event.login();
        return login == null || login.contains("/") ? login : "Person/" + login;
    }
}
