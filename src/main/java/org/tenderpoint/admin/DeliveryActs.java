package org.tenderpoint.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Objects;
import java.util.UUID;
import org.tenderpoint.access.Caller;
import org.tenderpoint.admin.AdminActs.Impossible;
import org.tenderpoint.chart.StuckSubscribers;

/** What an administrator sees of deliveries that are stuck, and does about one. */
final class DeliveryActs {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final StuckSubscribers subscribers;

    DeliveryActs(StuckSubscribers subscribers) {
        this.subscribers = subscribers;
    }

    /** Those who could not be told something, the one that has failed longest first. */
    JsonNode list(Caller caller) {
        var all = JSON.createArrayNode();
        for (var stuck : subscribers.stuck(caller)) {
            var subscriber = stuck.subscriber();
            all.addObject()
                    .put("subscription", subscriber.id().toString())
                    .put("client_id", subscriber.owner().clientId())
                    .put("organization", "Organization/" + subscriber.owner().organization())
                    .put("topic", subscriber.topic())
                    .put("state", subscriber.state().name().toLowerCase(java.util.Locale.ROOT))
                    .put("problem", subscriber.problem())
                    .put("failures", subscriber.failures())
                    .put("since", Objects.toString(subscriber.failingSince(), null))
                    .put("next", stuck.next().toString())
                    .put("waiting", stuck.waiting());
        }
        return all;
    }

    /** @throws Impossible where there is no subscription with that id, or nothing of it is stuck */
    JsonNode resend(Caller caller, String id) {
        try {
            if (!subscribers.resend(caller, UUID.fromString(id))) {
                throw new Impossible("nothing of this subscription is stuck");
            }
        } catch (IllegalArgumentException otherForm) {
            throw new Impossible("this needs the id of a Subscription");
        }
        return JSON.createObjectNode().put("subscription", id).put("done", true);
    }
}
