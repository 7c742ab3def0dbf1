package org.tenderpoint.identity;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jooq.DSLContext;

/**
 * The registered clients: those of the configuration, which stand as long as it does, and those in the database. One that
 * is revoked on any node is known on no node two seconds later.
 */
public final class Clients {

    private final Map<String, Client> configured;
    private final DSLContext sql;
    private final Epoch epoch;
    private final Clock clock;
    private volatile Known known;

    private volatile Origins origins = new Origins(-1, Set.of());

    private record Known(long epoch, Map<String, Client> clients) {}

    private record Origins(long epoch, Set<String> origins) {}

    /** @param configured each id once */
    Clients(List<Client> configured, DSLContext sql, Epoch epoch, Clock clock) {
        this.configured = configured.stream().collect(Collectors.toUnmodifiableMap(Client::id, Function.identity()));
        this.sql = sql;
        this.epoch = epoch;
        this.clock = clock;
        this.known = new Known(epoch.now(), new ConcurrentHashMap<>());
    }

    /** The client with this id, if it is registered now. */
    public Optional<Client> find(String id) {
        var fixed = configured.get(id);
        if (fixed != null) {
            return Optional.of(fixed);
        }
        var standing = known;
        var number = epoch.now();
        if (standing.epoch() != number) {
            standing = new Known(number, new ConcurrentHashMap<>());
            known = standing;
        }
        var cached = standing.clients().get(id);
        if (cached != null) {
            return Optional.of(cached);
        }
        // Only what was found is remembered: made-up ids would fill the memory.
        var stored = sql.fetchOptional("select registration from identity_client where id = ? and revoked is null", id)
                .map(row -> Json.read(row.get(0, String.class), Client.class));
        var cache = standing.clients();
        stored.ifPresent(client -> cache.put(id, client));
        return stored;
    }

    /** The web origins of the apps: where their browsers may ask from. */
    public Set<String> origins() {
        var standing = origins;
        var number = epoch.now();
        if (standing.epoch() != number) {
            standing = new Origins(
                    number,
                    all().stream().flatMap(client -> client.origins().stream()).collect(Collectors.toSet()));
            origins = standing;
        }
        return standing.origins();
    }

    /** All of them, in the order of their ids. */
    public List<Client> all() {
        var all = new ArrayList<>(configured.values());
        all.addAll(sql.fetch("select registration from identity_client where revoked is null")
                .map(row -> Json.read(row.get(0, String.class), Client.class)));
        all.sort((one, other) -> one.id().compareTo(other.id()));
        return all;
    }

    /**
     * Registers a client.
     *
     * @param by who did it
     * @return false where the id is taken, also by one that was revoked: its old tokens would be the new client's
     */
    public boolean register(Client client, String by) {
        if (configured.containsKey(client.id())) {
            return false;
        }
        var inserted = sql.transactionResult(change -> {
            var rows = change.dsl()
                    .execute(
                            "insert into identity_client (id, registration, registered, registered_by) values (?, ?, ?, ?)"
                                    + " on conflict do nothing",
                            client.id(),
                            Json.write(client),
                            Times.bind(clock.instant()),
                            by);
            Epoch.advance(change.dsl());
            return rows == 1;
        });
        epoch.lookAgain();
        return inserted;
    }

    /** Ends a registration and with it every token; false where there is none in the database. */
    public boolean revoke(String id, String by) {
        var revoked = sql.transactionResult(change -> {
            var rows = change.dsl()
                    .execute(
                            "update identity_client set revoked = ?, revoked_by = ? where id = ? and revoked is null",
                            Times.bind(clock.instant()),
                            by,
                            id);
            Epoch.advance(change.dsl());
            return rows == 1;
        });
        epoch.lookAgain();
        return revoked;
    }
}
