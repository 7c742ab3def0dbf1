package org.tenderpoint.identity;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jooq.DSLContext;

/**
 * Counts the changes to what is known: clients, keys, revocations. Every change raises the number in its own transaction;
 * every node looks at it when it is needed and two seconds old. So nobody asks the database for each request, and what is
 * changed on one node holds on all of them two seconds later.
 */
final class Epoch {

    /** How old the number may be. Half of what a revocation may take to be effective, and a little less. */
    static final Duration OLDEST = Duration.ofSeconds(2);

    private final DSLContext sql;
    private final ReentrantLock looking = new ReentrantLock();
    private volatile long number;
    private volatile long lookedAt;

    Epoch(DSLContext sql) {
        this.sql = sql;
        look();
    }

    /** The number of changes so far, as it was at most two seconds ago (or four, while somebody else is looking). */
    long now() {
        var age = System.nanoTime() - lookedAt;
        if (age < OLDEST.toNanos()) {
            return number;
        }
        if (age > 2 * OLDEST.toNanos()) {
            looking.lock();
        } else if (!looking.tryLock()) {
            return number;
        }
        try {
            if (System.nanoTime() - lookedAt >= OLDEST.toNanos()) {
                look();
            }
        } finally {
            looking.unlock();
        }
        return number;
    }

    private void look() {
        var start = System.nanoTime();
        number = sql.fetchSingle("select changes from identity_epoch").get(0, Long.class);
        lookedAt = start;
    }

    /** Part of a change, in its transaction. */
    static void advance(DSLContext sql) {
        sql.execute("update identity_epoch set changes = changes + 1");
    }

    /** After a change of this node was committed: it need not wait for itself. */
    void lookAgain() {
        looking.lock();
        try {
            look();
        } finally {
            looking.unlock();
        }
    }
}
