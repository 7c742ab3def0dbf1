package org.tenderpoint.identity;

import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import org.jooq.DSLContext;

/** Access tokens and grants that were taken back: on all nodes two seconds later, and only until they would end anyway. */
public final class Denied implements Upkeep.Sweep {

    private final DSLContext sql;
    private final Epoch epoch;
    private final Clock clock;
    private volatile Known known;

    private record Known(long epoch, Set<String> ids) {}

    Denied(DSLContext sql, Epoch epoch, Clock clock) {
        this.sql = sql;
        this.epoch = epoch;
        this.clock = clock;
        this.known = new Known(-1, Set.of());
    }

    /** True where the token or the grant with this id was taken back. */
    public boolean contains(String id) {
        var number = epoch.now();
        var standing = known;
        if (standing.epoch() != number) {
            standing = new Known(
                    number,
                    Set.copyOf(sql.fetch("select id from identity_denied where until > ?", Times.bind(clock.instant()))
                            .getValues(0, String.class)));
            known = standing;
        }
        return standing.ids().contains(id);
    }

    /** Takes a token back, on this node at once. */
    public void add(String id, Instant until) {
        sql.transaction(change -> add(change.dsl(), id, until));
        epoch.lookAgain();
    }

    /** Part of a change, in its transaction; {@link Epoch#lookAgain} after it. */
    static void add(DSLContext sql, String id, Instant until) {
        sql.execute(
                "insert into identity_denied (id, until) values (?, ?) on conflict do nothing", id, Times.bind(until));
        Epoch.advance(sql);
    }

    @Override
    public void sweep() {
        sql.execute("delete from identity_denied where until < ?", Times.bind(clock.instant()));
    }
}
