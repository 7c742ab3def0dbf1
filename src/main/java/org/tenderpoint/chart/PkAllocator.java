package org.tenderpoint.chart;

import org.jooq.DSLContext;

/** Internal keys, taken from the database a thousand at a time, so that a transaction does not wait for them. */
class PkAllocator {

    private static final int BLOCK = 1000;

    private final DSLContext sql;
    private long next;
    private long end;

    PkAllocator(DSLContext sql) {
        this.sql = sql;
    }

    long next() {
        while (true) {
            synchronized (this) {
                if (next < end) {
                    return next++;
                }
            }
            // Not while others wait for the monitor: they may hold the connections that this waits for.
            var block = sql.select(Tables.CHART_PK.nextval()).fetchSingle().value1();
            synchronized (this) {
                // Of blocks that are fetched at the same time one is used; the others leave a gap.
                if (next == end) {
                    next = block;
                    end = block + BLOCK;
                }
            }
        }
    }
}
