package org.tenderpoint.chart;

import org.tenderpoint.testing.Server;

/** What was shown is in the audit's table a moment after the answer; tests that look there wait for it. */
public final class SettledAudit {

    private SettledAudit() {}

    /** Returns when all entries of what a server has shown are in its database. */
    public static void of(Server server) {
        server.bean(AuditJournal.class).settle();
    }
}
