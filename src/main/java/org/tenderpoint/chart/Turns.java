package org.tenderpoint.chart;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;

/**
 * Lets changes through one after the other on H2, all at once on PostgreSQL. H2 syncs commits one after the other anyway;
 * where more than a dozen transactions wait for the same row, H2 2.3 was seen to show an older value of it again after
 * newer ones had been committed. Who waits here holds no connection.
 */
final class Turns {

    private final boolean oneByOne;
    private final ReentrantLock turn = new ReentrantLock(true);

    Turns(DSLContext sql) {
        this.oneByOne = sql.family() == SQLDialect.H2;
    }

    <T> T inTurn(Supplier<T> change) {
        if (!oneByOne) {
            return change.get();
        }
        turn.lock();
        try {
            return change.get();
        } finally {
            turn.unlock();
        }
    }
}
