package org.tenderpoint.delivery;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Scopes;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.chart.QueryReader;
import org.tenderpoint.chart.RecordTypes;
import org.tenderpoint.chart.Stored;
import org.tenderpoint.chart.Subscriber;
import org.tenderpoint.chart.Subscriber.Event;
import org.tenderpoint.identity.Client;
import org.tenderpoint.identity.Clients;
import org.tenderpoint.issue.Refused;

/** What those who have subscribed may do at this moment: what their token allowed then, as far as they hold it still. */
@Component
class Owners {

    private static final String SERVER = "notifications";
    private static final int FORBIDDEN = 403;

    private final Clients clients;
    private final Chart chart;

    Owners(Clients clients, Chart chart) {
        this.clients = clients;
        this.chart = chart;
    }

    /** The owner with its rights of now; none where the client is not registered any more, or in another role. */
    Optional<Caller> now(Subscriber subscriber) {
        var owner = subscriber.owner();
        return clients.find(owner.clientId())
                .filter(client -> !client.isApp() && client.systemRole() == owner.role())
                .map(client -> cut(owner, client));
    }

    private static Caller cut(Caller owner, Client client) {
        var then = owner.scopes().allowed().stream().map(Object::toString).collect(Collectors.toSet());
        return new Caller(
                owner.clientId(),
                owner.role(),
                owner.organization(),
                Scopes.parse(Scopes.intersect(then, client.scopes())));
    }

    /** What an event is about, where the owner may search for it and read it. */
    Optional<Stored> focus(Caller owner, Topic topic, Event event) {
        try {
            SubscribedRights.require(owner, topic);
            var query = QueryReader.read(
                    RecordTypes.require(event.type()),
                    Map.of("_id", new String[] {event.focus().toString()}));
            return chart.matches(owner, query).stream().findFirst();
        } catch (Refused refused) {
            if (isForbidden(refused)) {
                return Optional.empty();
            }
            // Not a matter of rights, so the event is not to be lost by it.
            throw refused;
        }
    }

    /** True where it is the owner's rights that something is refused for. */
    static boolean isForbidden(Refused refused) {
        return refused.getStatusCode() == FORBIDDEN;
    }

    /** Who looks at and changes the Subscription itself: this server, in the owner's organization. */
    static Caller keeper(Subscriber subscriber) {
        var owner = subscriber.owner();
        return new Caller(SERVER, owner.role(), owner.organization(), Scopes.ALL_SYSTEM);
    }
}
