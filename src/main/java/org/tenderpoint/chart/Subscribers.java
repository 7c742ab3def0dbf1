package org.tenderpoint.chart;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.tenderpoint.chart.SubscriberRows.ENDS;
import static org.tenderpoint.chart.SubscriberRows.EVENTS;
import static org.tenderpoint.chart.SubscriberRows.FAILING_SINCE;
import static org.tenderpoint.chart.SubscriberRows.FAILURES;
import static org.tenderpoint.chart.SubscriberRows.FENCE;
import static org.tenderpoint.chart.SubscriberRows.ID;
import static org.tenderpoint.chart.SubscriberRows.NEXT;
import static org.tenderpoint.chart.SubscriberRows.PROBLEM;
import static org.tenderpoint.chart.SubscriberRows.SENT;
import static org.tenderpoint.chart.SubscriberRows.STATE;
import static org.tenderpoint.chart.SubscriberRows.SUBSCRIBER;
import static org.tenderpoint.chart.SubscriberRows.SUBSCRIBERS;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.UpdateSetMoreStep;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;
import org.tenderpoint.access.AccessRule;
import org.tenderpoint.access.Caller;
import org.tenderpoint.chart.AuditTrail.Entry;
import org.tenderpoint.chart.Subscriber.Event;
import org.tenderpoint.chart.Subscriber.State;
import org.tenderpoint.issue.Refused;

/**
 * Who is notified and of what, in the database: what has changed, what a subscriber is still to be told, and who has it in
 * hand. Whichever node is there does the next work, and what a node has left unfinished another takes up.
 */
public final class Subscribers {

    /** How the audit calls what was sent to a subscriber, or could not be. */
    public static final String NOTIFICATION = "notification";

    /** The operation that asks how a Subscription is. */
    public static final String STATUS = "$status";

    /** A node that does not finish an attempt, or another one, in this time is taken for dead; longer than any attempt. */
    private static final Duration LEASE = Duration.ofSeconds(30);

    /** So many changes are looked at together; a search takes as many ids at once. */
    private static final int NOTICED_TOGETHER = 100;

    /** Whoever is not looked after in this time is told nothing more; until then its events are kept. */
    private static final Duration KEPT_PARKED = Duration.ofDays(30);

    private static final int TRIES = 5;
    private static final int LONGEST_PROBLEM = 200;
    private static final String SUBSCRIPTION = "Subscription";

    private static final Field<Long> EVENT = field(name("id"), SQLDataType.BIGINT);
    private static final Field<String> TYPE = field(name("type"), SQLDataType.VARCHAR);
    private static final Field<UUID> FOCUS = field(name("fhir_id"), SQLDataType.UUID);
    private static final Field<OffsetDateTime> NOTICED = field(name("noticed"), SQLDataType.TIMESTAMPWITHTIMEZONE);
    private static final Field<Long> NUMBER = field(name("number"), SQLDataType.BIGINT);

    private final DSLContext sql;
    private final TransactionTemplate transaction;
    private final AuditTrail audit;
    private final SubscriberRows rows;
    private final Chart chart;
    private final Clock clock;

    Subscribers(
            DSLContext sql,
            TransactionTemplate transaction,
            AuditTrail audit,
            SubscriberRows rows,
            Chart chart,
            Clock clock) {
        this.chart = chart;
        this.sql = sql;
        this.transaction = transaction;
        this.audit = audit;
        this.rows = rows;
        this.clock = clock;
    }

    /** Says of what has changed what a subscriber is to be told. */
    @FunctionalInterface
    public interface Matching {

        /**
         * @param type resource type
         * @param changed FHIR ids of what has changed
         * @return those of them that the subscriber is to be told of
         */
        Set<UUID> of(Subscriber subscriber, String type, Set<UUID> changed);
    }

    /** The types of which changes are noticed. */
    public static Set<String> noticedTypes() {
        return ChangeNotices.TYPES;
    }

    /**
     * Makes events of the next changes. Changes of one resource that are found together are one event: who is told reads the
     * resource as it is then.
     *
     * @return false where there were none
     */
    public boolean notice(Matching matching) {
        var found = sql.select(ChangeNotices.ID, ChangeNotices.TYPE, ChangeNotices.FOCUS)
                .from(ChangeNotices.NOTICES)
                .orderBy(ChangeNotices.ID)
                .limit(NOTICED_TOGETHER)
                .fetch();
        if (found.isEmpty()) {
            return false;
        }
        var subscribers = sql.selectFrom(SUBSCRIBERS)
                .where(STATE.ne(State.OVER.name()))
                .orderBy(ID)
                .fetch(SubscriberRows::read);
        var events = new ArrayList<@Nullable Object[]>();
        for (var type : new LinkedHashSet<>(found.getValues(ChangeNotices.TYPE))) {
            var changed = new LinkedHashSet<UUID>();
            for (var row : found) {
                if (row.get(ChangeNotices.TYPE).equals(type)) {
                    // The last change of it counts for its place.
                    changed.remove(row.get(ChangeNotices.FOCUS));
                    changed.add(row.get(ChangeNotices.FOCUS));
                }
            }
            subscribers.forEach(one -> events.addAll(events(one, type, changed, matching.of(one, type, changed))));
        }
        queue(found.getValues(ChangeNotices.ID), events);
        return true;
    }

    private List<@Nullable Object[]> events(Subscriber subscriber, String type, Set<UUID> changed, Set<UUID> told) {
        return changed.stream()
                .filter(told::contains)
                .map(focus -> new @Nullable Object[] {subscriber.id(), type, focus, IndexRows.utc(now())})
                .toList();
    }

    /** Where another node was faster, it has found the same: all of it is its own then, so that events keep their order. */
    private void queue(List<Long> notices, List<@Nullable Object[]> events) {
        transaction.executeWithoutResult(status -> {
            var deleted = sql.deleteFrom(ChangeNotices.NOTICES)
                    .where(ChangeNotices.ID.in(notices))
                    .execute();
            if (deleted == notices.size()) {
                Batches.insert(sql, EVENTS, List.of(SUBSCRIBER, TYPE, FOCUS, NOTICED), events);
            } else {
                status.setRollbackOnly();
            }
        });
    }

    /**
     * The next subscriber for whom there is something to do and whom nobody has in hand. Of several nodes one gets it; where
     * that one neither {@link #release releases} nor {@link #failed leaves} it in time, it is the next again.
     */
    public Optional<Subscriber> take() {
        for (int i = 0; i < TRIES; i++) {
            var due = sql.selectFrom(SUBSCRIBERS)
                    .where(isDue())
                    .orderBy(NEXT)
                    .limit(1)
                    .fetchOptional(SubscriberRows::read);
            if (due.isEmpty()) {
                return Optional.empty();
            }
            var found = due.get();
            var taken = held(
                    found,
                    sql.update(SUBSCRIBERS).set(FENCE, FENCE.plus(1)).set(NEXT, IndexRows.utc(now().plus(LEASE))));
            if (taken) {
                return Optional.of(new Subscriber(
                        found.id(),
                        found.owner(),
                        found.topic(),
                        found.ends(),
                        found.state(),
                        found.sent(),
                        found.failures(),
                        found.failingSince(),
                        found.problem(),
                        found.fence() + 1));
            }
        }
        return Optional.empty();
    }

    private Condition isDue() {
        var now = IndexRows.utc(now());
        var waits = DSL.exists(DSL.selectOne()
                .from(EVENTS)
                .where(field(name("subscriber_event", "subscriber"), SQLDataType.UUID)
                        .eq(field(name("subscriber", "id"), SQLDataType.UUID))));
        return NEXT.le(now)
                .and(STATE.eq(State.HANDSHAKE.name())
                        .or(STATE.eq(State.ACTIVE.name()).and(waits))
                        .or(STATE.ne(State.OVER.name()).and(ENDS.le(now)))
                        .or(STATE.eq(State.PARKED.name())
                                .and(FAILING_SINCE.le(IndexRows.utc(now().minus(KEPT_PARKED))))));
    }

    /** Carries out a change of a subscriber whom nobody else has taken up since; false where somebody has. */
    private boolean held(Subscriber subscriber, UpdateSetMoreStep<Record> change) {
        return change.where(ID.eq(subscriber.id()))
                        .and(FENCE.eq(subscriber.fence()))
                        .execute()
                > 0;
    }

    /** What a subscriber wants to be sent along, each as {@code Name: value}; to be shown to nobody. */
    public List<String> headers(Subscriber subscriber) {
        return rows.headers(subscriber.id());
    }

    /** What a subscriber is to be told next. */
    public Optional<Event> first(Subscriber subscriber) {
        return sql.selectFrom(EVENTS)
                .where(SUBSCRIBER.eq(subscriber.id()))
                .orderBy(EVENT)
                .limit(1)
                .fetchOptional(row -> new Event(
                        row.get(EVENT),
                        row.get(TYPE),
                        row.get(FOCUS),
                        row.get(NOTICED).toInstant(),
                        row.get(NUMBER)));
    }

    /**
     * Gives an event its number, before the first attempt to send it.
     *
     * @return the number, which it keeps; empty where somebody else has taken the subscriber up
     */
    public Optional<Long> number(Subscriber subscriber, Event event) {
        if (event.number() != null) {
            return Optional.of(event.number());
        }
        return Optional.ofNullable(transaction.execute(status -> {
            if (!held(subscriber, sql.update(SUBSCRIBERS).set(SENT, SENT.plus(1)))) {
                return null;
            }
            var number = sql.select(SENT)
                    .from(SUBSCRIBERS)
                    .where(ID.eq(subscriber.id()))
                    .fetchSingle(SENT);
            sql.update(EVENTS).set(NUMBER, number).where(EVENT.eq(event.id())).execute();
            return number;
        }));
    }

    /** The subscriber may not be told this any more. */
    public void drop(Event event) {
        sql.deleteFrom(EVENTS).where(EVENT.eq(event.id())).execute();
    }

    /** A subscriber has answered that it wants to be notified. */
    public void shookHands(Subscriber subscriber) {
        transaction.executeWithoutResult(status -> {
            held(
                    subscriber,
                    wellAgain(sql.update(SUBSCRIBERS).set(STATE, State.ACTIVE.name()))
                            .set(NEXT, IndexRows.utc(now())));
            audit.writeWith(handshake(subscriber));
        });
    }

    private static Entry handshake(Subscriber subscriber) {
        return Entry.done(subscriber.owner(), NOTIFICATION, SUBSCRIPTION, subscriber.id(), "handshake");
    }

    /**
     * A subscriber has been told; what it was told of is written down, whoever has it in hand now.
     *
     * @return false where somebody else has taken it up
     */
    public boolean delivered(Subscriber subscriber, Event event, Stored focus) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            drop(event);
            audit.writeWith(of(subscriber, focus).about(1));
            return held(subscriber, wellAgain(sql.update(SUBSCRIBERS).set(NEXT, IndexRows.utc(now().plus(LEASE)))));
        }));
    }

    private static UpdateSetMoreStep<Record> wellAgain(UpdateSetMoreStep<Record> change) {
        return change.set(FAILURES, 0).setNull(FAILING_SINCE).setNull(PROBLEM);
    }

    private static Entry of(Subscriber subscriber, Stored focus) {
        return Entry.done(
                        subscriber.owner(),
                        NOTIFICATION,
                        focus.type(),
                        focus.id(),
                        SUBSCRIPTION + "/" + subscriber.id())
                .ofVersion(focus.version())
                .ofPatient(focus.patientPk());
    }

    /** Lets a subscriber go, whose turn has been long enough, or for whom there is nothing more to do. */
    public void release(Subscriber subscriber) {
        held(subscriber, sql.update(SUBSCRIBERS).set(NEXT, IndexRows.utc(now())));
    }

    /**
     * An attempt has failed and is made again later.
     *
     * @param problem a code of ours, or the status that was answered; nothing of what was answered
     * @param focus what it was about; none for a handshake
     */
    public void failed(Subscriber subscriber, String problem, @Nullable Stored focus, Duration wait) {
        failed(subscriber, problem, focus, sql.update(SUBSCRIBERS).set(NEXT, IndexRows.utc(now().plus(wait))));
    }

    /** The last attempt has failed: somebody has to look at it. Its events are kept. */
    public void park(Subscriber subscriber, String problem, @Nullable Stored focus) {
        failed(
                subscriber,
                problem,
                focus,
                sql.update(SUBSCRIBERS).set(NEXT, IndexRows.utc(now())).set(STATE, State.PARKED.name()));
    }

    private void failed(
            Subscriber subscriber, String problem, @Nullable Stored focus, UpdateSetMoreStep<Record> change) {
        var since = subscriber.failingSince() == null ? now() : subscriber.failingSince();
        transaction.executeWithoutResult(status -> {
            held(
                    subscriber,
                    change.set(FAILURES, FAILURES.plus(1))
                            .set(FAILING_SINCE, IndexRows.utc(since))
                            .set(PROBLEM, IndexRows.cut(problem, LONGEST_PROBLEM)));
            var done = focus == null ? handshake(subscriber) : of(subscriber, focus);
            audit.writeWith(new Entry(
                    done.who(),
                    done.interaction(),
                    done.type(),
                    done.id(),
                    done.version(),
                    done.patients(),
                    0,
                    Entry.REFUSED,
                    problem));
        });
    }

    /** The time of a subscriber is over: it is told nothing more. */
    public void end(Subscriber subscriber) {
        transaction.executeWithoutResult(status -> {
            if (held(subscriber, sql.update(SUBSCRIBERS).set(STATE, State.OVER.name()))) {
                sql.deleteFrom(EVENTS).where(SUBSCRIBER.eq(subscriber.id())).execute();
            }
        });
    }

    /**
     * How a Subscription is.
     *
     * @throws Refused 403 for roles that subscribe to nothing; 404 for what is not the caller's own; 410
     */
    public Status status(Caller caller, UUID id) {
        AccessRule.requireOperation(caller, STATUS, SUBSCRIPTION);
        var subscription = chart.standing(caller, SUBSCRIPTION, id);
        var sent = sql.select(SENT)
                .from(SUBSCRIBERS)
                .where(ID.eq(id))
                .fetchOptional(SENT)
                .orElse(0L);
        audit.write(Entry.done(caller, STATUS, SUBSCRIPTION, id, "an own subscription")
                .ofVersion(subscription.version()));
        return new Status(subscription, sent);
    }

    /**
     * How a Subscription is.
     *
     * @param sent how many events have a number
     */
    public record Status(Stored subscription, long sent) {}

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
