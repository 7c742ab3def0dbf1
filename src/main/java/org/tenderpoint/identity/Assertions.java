package org.tenderpoint.identity;

import java.time.Clock;
import java.time.Instant;
import org.jooq.DSLContext;

/** The assertions that clients have used: each counts once, on all nodes together. */
public final class Assertions implements Upkeep.Sweep {

    private final DSLContext sql;
    private final Clock clock;

    Assertions(DSLContext sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * Uses an assertion.
     *
     * @param until when it could not be used any more anyway
     * @return false where it was used before
     */
    public boolean use(String clientId, String jti, Instant until) {
        return sql.execute(
                        "insert into identity_assertion (client_id, jti_hash, until) values (?, ?, ?)"
                                + " on conflict do nothing",
                        clientId,
                        Secrets.hash(jti),
                        Times.bind(until))
                == 1;
    }

    @Override
    public void sweep() {
        sql.execute("delete from identity_assertion where until < ?", Times.bind(clock.instant()));
    }
}
