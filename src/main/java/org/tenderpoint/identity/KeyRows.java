package org.tenderpoint.identity;

import java.time.Instant;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.springframework.dao.DataIntegrityViolationException;
import org.tenderpoint.issue.UnsafeSetting;

/** Keys in the database, encrypted. Each purpose has its generations; the newest that has begun is the one in use. */
final class KeyRows {

    private final DSLContext sql;
    private final SecretBox box;

    KeyRows(DSLContext sql, SecretBox box) {
        this.sql = sql;
        this.box = box;
    }

    /**
     * A key.
     *
     * @param generation 1 for the first
     * @param begins when it begins to be used
     * @param content the key itself
     */
    record Row(int generation, Instant begins, byte[] content) {}

    /**
     * All generations, oldest first.
     *
     * @throws UnsafeSetting where they were encrypted with another secret
     */
    List<Row> of(String purpose) {
        return sql.fetch(
                        "select generation, begins, content from identity_key where purpose = ? order by generation",
                        purpose)
                .map(row -> row(purpose, row));
    }

    private Row row(String purpose, Record row) {
        var generation = row.get("generation", Integer.class);
        var content = box.open(label(purpose, generation), row.get("content", byte[].class))
                .orElseThrow(
                        () -> new UnsafeSetting(
                                "The keys in the database were encrypted with another secret than the one configured.",
                                "Set tenderpoint.identity.key-secret (or the file tenderpoint.identity.key-file) to what it was."));
        return new Row(generation, Times.instant(row, "begins"), content);
    }

    /** Adds a generation, unless another node was quicker. */
    void add(String purpose, int generation, Instant now, Instant begins, byte[] content) {
        var sealed = box.seal(label(purpose, generation), content);
        try {
            sql.transaction(change -> {
                change.dsl()
                        .execute(
                                "insert into identity_key (purpose, generation, created, begins, content)"
                                        + " values (?, ?, ?, ?, ?)",
                                purpose,
                                generation,
                                Times.bind(now),
                                Times.bind(begins),
                                sealed);
                Epoch.advance(change.dsl());
            });
        } catch (DataIntegrityViolationException quicker) {
            // There is a key of this generation, which is all that was wanted.
        }
    }

    void removeBefore(String purpose, int generation) {
        sql.transaction(change -> {
            change.dsl().execute("delete from identity_key where purpose = ? and generation < ?", purpose, generation);
            Epoch.advance(change.dsl());
        });
    }

    private static String label(String purpose, int generation) {
        return purpose + "/" + generation;
    }
}
