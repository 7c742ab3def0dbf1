package org.tenderpoint.chart;

import static org.tenderpoint.chart.SubscriberRows.EVENTS;
import static org.tenderpoint.chart.SubscriberRows.FAILING_SINCE;
import static org.tenderpoint.chart.SubscriberRows.FAILURES;
import static org.tenderpoint.chart.SubscriberRows.FENCE;
import static org.tenderpoint.chart.SubscriberRows.ID;
import static org.tenderpoint.chart.SubscriberRows.NEXT;
import static org.tenderpoint.chart.SubscriberRows.PROBLEM;
import static org.tenderpoint.chart.SubscriberRows.STATE;
import static org.tenderpoint.chart.SubscriberRows.SUBSCRIBER;
import static org.tenderpoint.chart.SubscriberRows.SUBSCRIBERS;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Role;
import org.tenderpoint.chart.Subscriber.State;
import org.tenderpoint.issue.Refused;

/** An administrator's list of those who could not be told something. */
public final class StuckSubscribers {

    private static final Condition IS_STUCK =
            STATE.eq(State.PARKED.name()).or(FAILURES.gt(0).and(STATE.ne(State.OVER.name())));

    private final DSLContext sql;
    private final Clock clock;

    StuckSubscribers(DSLContext sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * Those who wait for somebody or whose last attempt has failed, and how much each is still to be told.
     *
     * @throws Refused 403 for all but administrators
     */
    public List<Stuck> stuck(Caller caller) {
        requireAdministrator(caller);
        return sql.selectFrom(SUBSCRIBERS)
                .where(IS_STUCK)
                .orderBy(FAILING_SINCE, ID)
                .fetch(row -> {
                    var subscriber = SubscriberRows.read(row);
                    return new Stuck(
                            subscriber,
                            sql.fetchCount(EVENTS, SUBSCRIBER.eq(subscriber.id())),
                            row.get(NEXT).toInstant());
                });
    }

    /**
     * Somebody who could not be told something.
     *
     * @param waiting how many events it is still to be told
     * @param next when the next attempt is made, where one is
     */
    public record Stuck(Subscriber subscriber, int waiting, Instant next) {}

    /**
     * Has another attempt made now, from the first event that was not told. One that was parked is asked first whether it
     * wants to be notified.
     *
     * @return false where there is no such subscriber, or nothing is wrong with it
     * @throws Refused 403 for all but administrators
     */
    public boolean resend(Caller caller, UUID id) {
        requireAdministrator(caller);
        return sql.update(SUBSCRIBERS)
                        .set(
                                STATE,
                                DSL.when(STATE.eq(State.PARKED.name()), State.HANDSHAKE.name())
                                        .otherwise(STATE))
                        .set(FAILURES, 0)
                        .setNull(FAILING_SINCE)
                        .setNull(PROBLEM)
                        .set(NEXT, IndexRows.utc(clock.instant().truncatedTo(ChronoUnit.MILLIS)))
                        .set(FENCE, FENCE.plus(1))
                        .where(ID.eq(id))
                        .and(IS_STUCK)
                        .execute()
                > 0;
    }

    private static void requireAdministrator(Caller caller) {
        if (!caller.is(Role.ADMINISTRATOR)) {
            throw Refused.forbidden("Stuck notifications are an administrator's to see.");
        }
    }
}
