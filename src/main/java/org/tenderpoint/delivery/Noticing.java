package org.tenderpoint.delivery;

import java.util.LinkedHashMap;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Subscription;
import org.springframework.stereotype.Component;
import org.tenderpoint.access.Caller;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.chart.QueryReader;
import org.tenderpoint.chart.RecordTypes;
import org.tenderpoint.chart.Stored;
import org.tenderpoint.chart.Subscriber;
import org.tenderpoint.chart.Subscribers;
import org.tenderpoint.issue.Refused;

/** Finds out who is to be told of what has changed: by the search that the subscriber could have made itself. */
@Component
class Noticing {

    private final Subscribers subscribers;
    private final SubscriptionTexts texts;
    private final Owners owners;
    private final Chart chart;

    Noticing(Subscribers subscribers, SubscriptionTexts texts, Owners owners, Chart chart) {
        this.subscribers = subscribers;
        this.texts = texts;
        this.owners = owners;
        this.chart = chart;
    }

    /** Makes events of all changes that nobody has looked at. */
    void all() {
        for (var more = true; more; ) {
            more = subscribers.notice(this::told);
        }
    }

    private Set<UUID> told(Subscriber subscriber, String type, Set<UUID> changed) {
        var topic = Topic.of(subscriber.topic()).filter(one -> one.type().equals(type));
        if (topic.isEmpty()) {
            return Set.of();
        }
        var owner = owners.now(subscriber);
        var subscription = texts.of(subscriber);
        return owner.isEmpty() || subscription.isEmpty()
                ? Set.of()
                : matching(owner.get(), topic.get(), subscription.get(), changed);
    }

    private Set<UUID> matching(Caller owner, Topic topic, Subscription subscription, Set<UUID> changed) {
        var search = new LinkedHashMap<>(Filters.search(topic, subscription, "Subscription"));
        search.put("_id", new String[] {changed.stream().map(UUID::toString).collect(Collectors.joining(","))});
        search.put("_count", new String[] {Integer.toString(changed.size())});
        try {
            return chart.matches(owner, QueryReader.read(RecordTypes.require(topic.type()), search)).stream()
                    .map(Stored::id)
                    .collect(Collectors.toSet());
        } catch (Refused refused) {
            // Without the right to search, it is told nothing. A search that fails otherwise holds up nobody else: all
            // of
            // it is an event then, and what the owner may not read is dropped before it is sent.
            return Owners.isForbidden(refused) ? Set.of() : changed;
        }
    }
}
