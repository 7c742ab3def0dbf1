package org.tenderpoint.chart;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.access.Caller;

/**
 * Who is notified: what stands beside a Subscription and is shown to nobody.
 *
 * @param id FHIR id of the Subscription
 * @param owner who made it, with what the token allowed then
 * @param topic canonical URL
 * @param ends when it is over; none where it goes on
 * @param state how it is
 * @param sent how many events have a number
 * @param failures how many attempts in a row have failed
 * @param failingSince when the first of these was; none where the last attempt did not fail
 * @param problem what the last failure was
 * @param fence counts on whenever somebody takes it up
 */
public record Subscriber(
        UUID id,
        Caller owner,
        String topic,
        @Nullable Instant ends,
        State state,
        long sent,
        int failures,
        @Nullable Instant failingSince,
        @Nullable String problem,
        long fence) {

    /** How it is with a subscriber. */
    public enum State {
        /** It has not answered yet that it wants to be notified. */
        HANDSHAKE,
        /** It is notified. */
        ACTIVE,
        /** It could not be notified and waits for somebody; its events are kept. */
        PARKED,
        /** Its time is over. */
        OVER
    }

    /**
     * Something that a subscriber is still to be told.
     *
     * @param id its place in the order
     * @param type resource type of what has changed
     * @param focus FHIR id of what has changed
     * @param noticed when that was noticed
     * @param number its number among the subscriber's events; none before the first attempt to send it
     */
    public record Event(long id, String type, UUID focus, Instant noticed, @Nullable Long number) {}
}
