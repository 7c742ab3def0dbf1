package org.tenderpoint.delivery;

import java.time.Clock;
import java.time.Duration;
import org.hl7.fhir.r4.model.Subscription;
import org.hl7.fhir.r4.model.Subscription.SubscriptionStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.tenderpoint.access.Caller;
import org.tenderpoint.chart.Stored;
import org.tenderpoint.chart.Subscriber;
import org.tenderpoint.chart.Subscriber.Event;
import org.tenderpoint.chart.Subscriber.State;
import org.tenderpoint.chart.Subscribers;
import org.tenderpoint.smart.BaseUrl;

/**
 * Tells a subscriber what it is still to be told: one event after the other, each at least once, and each only where its owner
 * may read at that moment what it is about.
 */
@Component
class Deliveries {

    private static final Logger log = LoggerFactory.getLogger(Deliveries.class);

    /** Behind this one lets others have their turn. */
    private static final Duration LONGEST_TURN = Duration.ofMinutes(1);

    private final Subscribers subscribers;
    private final SubscriptionTexts texts;
    private final Owners owners;
    private final ApprovedEndpoints endpoints;
    private final Post post;
    private final Backoff backoff;
    private final BaseUrl base;
    private final Clock clock;

    Deliveries(
            Subscribers subscribers,
            SubscriptionTexts texts,
            Owners owners,
            ApprovedEndpoints endpoints,
            Post post,
            Backoff backoff,
            BaseUrl base,
            Clock clock) {
        this.subscribers = subscribers;
        this.texts = texts;
        this.owners = owners;
        this.endpoints = endpoints;
        this.post = post;
        this.backoff = backoff;
        this.base = base;
        this.clock = clock;
    }

    /** A subscriber that was taken up, with its owner's rights of now, and what its Subscription says. */
    private record Turn(Subscriber subscriber, Topic topic, Caller owner, Subscription subscription) {

        String address() {
            return subscription.getChannel().getEndpoint();
        }
    }

    /** Does what is to be done for a subscriber whom this node has taken up. */
    void carryOut(Subscriber subscriber) {
        var subscription = texts.of(subscriber);
        if (subscription.isEmpty()) {
            // Deleted since it was taken up, and its events with it.
            return;
        }
        if (subscriber.state() == State.PARKED || isOver(subscriber)) {
            texts.say(subscriber, SubscriptionStatus.OFF, null);
            subscribers.end(subscriber);
            return;
        }
        var owner = owners.now(subscriber);
        var topic = Topic.of(subscriber.topic());
        if (owner.isEmpty()) {
            park(subscriber, "client-not-registered", null);
        } else if (topic.isEmpty()) {
            park(subscriber, "topic-not-offered", null);
        } else if (!endpoints.include(
                Owners.keeper(subscriber), subscription.get().getChannel().getEndpoint())) {
            park(subscriber, "endpoint-not-active", null);
        } else {
            var turn = new Turn(subscriber, topic.get(), owner.get(), subscription.get());
            if (subscriber.state() == State.HANDSHAKE) {
                shakeHands(turn);
            } else {
                tell(turn);
            }
        }
    }

    private boolean isOver(Subscriber subscriber) {
        return subscriber.ends() != null && !subscriber.ends().isAfter(clock.instant());
    }

    private void shakeHands(Turn turn) {
        var subscriber = turn.subscriber;
        var asked = notification(turn, SubscriptionStatus.REQUESTED).handshake(subscriber.sent(), clock.instant());
        var sent = post.send(subscriber, turn.address(), asked);
        if (sent.isTaken()) {
            texts.say(subscriber, SubscriptionStatus.ACTIVE, null);
            subscribers.shookHands(subscriber);
        } else {
            failed(subscriber, sent, null);
        }
    }

    private void tell(Turn turn) {
        var until = clock.instant().plus(LONGEST_TURN);
        var next = subscribers.first(turn.subscriber);
        while (next.isPresent() && clock.instant().isBefore(until)) {
            if (!tell(turn, next.get())) {
                return;
            }
            next = subscribers.first(turn.subscriber);
        }
        subscribers.release(turn.subscriber);
    }

    /** Tells of one event; false where that failed, or where somebody else has taken the subscriber up. */
    private boolean tell(Turn turn, Event event) {
        var subscriber = turn.subscriber;
        var focus = owners.focus(turn.owner, turn.topic, event);
        if (focus.isEmpty()) {
            log.info("subscriber {} may not be told of an event any more", subscriber.id());
            subscribers.drop(event);
            return true;
        }
        var number = subscribers.number(subscriber, event);
        if (number.isEmpty()) {
            return false;
        }
        var withId = SubscriptionRule.content(turn.subscription.getChannel()).equals(Backport.ID_ONLY);
        var told = notification(turn, SubscriptionStatus.ACTIVE).event(event, number.get(), withId, clock.instant());
        var sent = post.send(subscriber, turn.address(), told);
        if (!sent.isTaken()) {
            failed(subscriber, sent, focus.get());
            return false;
        }
        return subscribers.delivered(subscriber, event, focus.get());
    }

    private Notification notification(Turn turn, SubscriptionStatus status) {
        return new Notification(base.fhir(), turn.subscriber.id(), turn.topic.url(), status.toCode());
    }

    private void failed(Subscriber subscriber, Post.Sent sent, @Nullable Stored focus) {
        if (backoff.isOver(subscriber.failingSince(), clock.instant(), sent.status())) {
            park(subscriber, sent.problem(), focus);
        } else {
            log.info("subscriber {} could not be told: {}", subscriber.id(), sent.problem());
            subscribers.failed(subscriber, sent.problem(), focus, backoff.after(subscriber.failures()));
        }
    }

    private void park(Subscriber subscriber, String problem, @Nullable Stored focus) {
        log.warn("subscriber {} is parked: {}", subscriber.id(), problem);
        texts.say(subscriber, SubscriptionStatus.ERROR, problem);
        subscribers.park(subscriber, problem, focus);
    }
}
