package org.tenderpoint.chart;

import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/** Internal keys, taken from the database a thousand at a time, so that a transaction does not wait for them. */
@Component
class PkAllocator {

    private static final int BLOCK = 1000;

    private final DSLContext sql;
    private long next;
    private long end;

    PkAllocator(DSLContext sql) {
        this.sql = sql;
    }

    synchronized long next() {
        if (next == end) {
            next = sql.select(Tables.CHART_PK.nextval()).fetchSingle().value1();
            end = next + BLOCK;
        }
        return next++;
    }
}
