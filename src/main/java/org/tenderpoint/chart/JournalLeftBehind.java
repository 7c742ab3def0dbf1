package org.tenderpoint.chart;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.tenderpoint.chart.AuditTrail.Entry;

/** What a server that did not stop by itself has shown, on its way into the audit at the next start. */
final class JournalLeftBehind {

    private static final Logger log = LoggerFactory.getLogger(JournalLeftBehind.class);

    private final AuditTrail audit;
    private final JournalEntries entries;

    JournalLeftBehind(AuditTrail audit, JournalEntries entries) {
        this.audit = audit;
        this.entries = entries;
    }

    /** Brings in what is not there yet, and takes the file away where nothing in it is left to be looked at. */
    void bringIn(JournalFile left) throws IOException {
        var rows = new ArrayList<@Nullable Object[]>();
        var unreadable = 0;
        for (var line : left.lines()) {
            var row = entries.row(line);
            row.ifPresent(rows::add);
            unreadable += row.isPresent() ? 0 : 1;
        }
        var refused = bringWhatIsTaken(rows);
        if (unreadable > 0) {
            // Another key, or somebody else's hand. What it was cannot be said, but that it was there can.
            tell(unreadable + " entries of a journal could not be read");
        }
        if (refused > 0) {
            tell(refused + " entries of a journal were refused by the database");
        }
        if (unreadable + refused > 0) {
            log.error(
                    "{} entries of the audit's journal could not be read, {} were refused; they stay in {}",
                    unreadable,
                    refused,
                    left.setAside());
            return;
        }
        if (!rows.isEmpty()) {
            log.info(
                    "{} entries of the audit came from the journal of a server that did not stop by itself",
                    rows.size());
        }
        left.remove();
    }

    private void tell(String what) {
        audit.write(Entry.refused(null, "audit-journal", null, null, what));
    }

    /** @return how many the database refuses for what is in them; the others do not stay away because of these */
    private int bringWhatIsTaken(List<@Nullable Object[]> rows) {
        try {
            audit.bringMissing(rows);
            return 0;
        } catch (DataIntegrityViolationException someAreRefused) {
            var refused = 0;
            for (var row : rows) {
                try {
                    audit.bringMissing(Collections.singletonList(row));
                } catch (DataIntegrityViolationException thisOne) {
                    refused++;
                }
            }
            return refused;
        }
    }
}
