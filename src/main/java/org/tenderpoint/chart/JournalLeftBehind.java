package org.tenderpoint.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tenderpoint.access.Sealing;
import org.tenderpoint.chart.AuditTrail.Entry;

/**
 * Brings entries into the audit of which some may be there already: those that a server has left that did not stop by
 * itself, and those of a commit of which nobody knows whether it was carried out.
 */
final class JournalLeftBehind {

    private static final Logger log = LoggerFactory.getLogger(JournalLeftBehind.class);

    private final AuditTrail audit;
    private final Sealing sealing;
    private final Path folder;

    JournalLeftBehind(AuditTrail audit, Sealing sealing, Path folder) {
        this.audit = audit;
        this.sealing = sealing;
        this.folder = folder;
    }

    /**
     * Brings in what a file holds, and takes it away. One of which no line can be read is another installation's, and stays.
     */
    void bringIn(JournalFile left) throws IOException {
        var entries = new JournalEntries(sealing, left.run());
        var rows = new ArrayList<@Nullable Object[]>();
        var unreadable = 0;
        for (var line : left.lines()) {
            var row = entries.row(line);
            row.ifPresent(rows::add);
            unreadable += row.isPresent() ? 0 : 1;
        }
        bring(rows);
        if (!rows.isEmpty()) {
            log.info(
                    "{} entries of the audit were in the journal of a server that did not stop by itself", rows.size());
        }
        if (unreadable == 0) {
            left.remove();
        } else if (rows.isEmpty()) {
            log.error("a file in the folder of the audit's journal is of another key, and is left to whoever has it");
            left.close();
        } else {
            // What it was cannot be said, but that it was there can.
            tell(unreadable + " entries of a journal could not be read");
            log.error(
                    "{} entries of the audit's journal could not be read; they stay in {}",
                    unreadable,
                    left.setAside());
        }
    }

    /** Brings in what is not there yet. What the database refuses for what is in it is told of, and kept in a file. */
    void bring(List<@Nullable Object[]> rows) {
        var refused = audit.bringWhatIsTaken(rows);
        if (refused.isEmpty()) {
            return;
        }
        tell(refused.size() + " entries of a journal were refused by the database");
        var run = UUID.randomUUID().toString();
        var entries = new JournalEntries(sealing, run);
        try {
            var kept = JournalFile.create(folder, run, 1);
            for (var row : refused) {
                kept.append(entries.line(row));
            }
            log.error(
                    "{} entries of the audit were refused by the database; they are in {}",
                    refused.size(),
                    kept.setAside());
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    private void tell(String what) {
        audit.write(Entry.refused(null, "audit-journal", null, null, what));
    }
}
