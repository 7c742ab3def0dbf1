package org.tenderpoint.smart;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tenderpoint.identity.Client;

/**
 * The public keys of clients: registered with them, or fetched from where they say and remembered for five minutes. An
 * unknown key id has them fetched again, but not more often than twice a minute.
 */
final class ClientKeys {

    private static final Logger log = LoggerFactory.getLogger(ClientKeys.class);
    private static final Duration REMEMBERED = Duration.ofMinutes(5);
    private static final Duration BETWEEN_FETCHES = Duration.ofSeconds(30);
    private static final int MOST_KEYS = 50;

    /** Gets a document from a URL. */
    interface Fetch {
        String get(URI uri) throws IOException;
    }

    private record Fetched(List<JWK> keys, Instant at) {}

    private final Fetch fetch;
    private final Clock clock;
    private final Map<String, Fetched> fetched = new ConcurrentHashMap<>();

    ClientKeys(Fetch fetch, Clock clock) {
        this.fetch = fetch;
        this.clock = clock;
    }

    /** The keys with an id that a client may sign with. */
    List<JWK> of(Client client, String keyId) {
        if (!client.jwks().isEmpty()) {
            return with(keyId, parse(client.jwks()));
        }
        var uri = client.jwksUri();
        var known = fetched.get(uri);
        var age = known == null ? REMEMBERED : Duration.between(known.at(), clock.instant());
        if (known != null && age.compareTo(REMEMBERED) < 0) {
            var keys = with(keyId, known.keys());
            if (!keys.isEmpty() || age.compareTo(BETWEEN_FETCHES) < 0) {
                return keys;
            }
        }
        return with(keyId, refreshed(uri));
    }

    private List<JWK> refreshed(String uri) {
        List<JWK> keys;
        try {
            keys = parse(fetch.get(URI.create(uri)));
        } catch (IOException unreachable) {
            log.warn("keys of a client could not be fetched: {}", unreachable.getMessage());
            keys = List.of();
        }
        // Also what was not found is remembered, so that nobody can make this server ask again and again.
        fetched.put(uri, new Fetched(keys, clock.instant()));
        return keys;
    }

    private static List<JWK> with(String keyId, List<JWK> keys) {
        return keys.stream()
                .filter(key -> keyId.equals(key.getKeyID()))
                .filter(key -> key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE))
                .toList();
    }

    private static List<JWK> parse(String jwks) {
        try {
            return JWKSet.parse(jwks).getKeys().stream().limit(MOST_KEYS).toList();
        } catch (ParseException malformed) {
            return List.of();
        }
    }
}
