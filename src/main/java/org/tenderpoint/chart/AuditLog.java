package org.tenderpoint.chart;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.chart.AuditTrail.Entry;
import org.tenderpoint.chart.AuditTrail.Who;

/** The audit for those who neither read nor change the record. */
public final class AuditLog {

    private final AuditTrail audit;

    AuditLog(AuditTrail audit) {
        this.audit = audit;
    }

    /**
     * Writes down something that is no interaction with the record, and returns when it is on disk.
     *
     * @param act what, such as {@code sign-in}
     * @param succeeded false where it was refused
     * @param clientId which client took part
     * @param person who took part, as a relative reference
     * @param ground why, in words of ours
     */
    public void happened(
            String act, boolean succeeded, @Nullable String clientId, @Nullable String person, String ground) {
        audit.write(new Entry(
                new Who(clientId, null, null, person),
                act,
                null,
                null,
                null,
                Set.of(),
                0,
                succeeded ? Entry.SUCCESS : Entry.REFUSED,
                ground));
    }
}
