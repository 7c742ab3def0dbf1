package org.tenderpoint.smart;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Role;
import org.tenderpoint.access.Scopes;
import org.tenderpoint.identity.Client;

/**
 * Turns an access token into the {@link Caller} it speaks for, by the registration as it is now: a client that is no
 * longer registered, or holds less than when the token was issued, has lost that at its next request.
 */
final class CallerConverter implements Converter<Jwt, CallerAuthentication> {

    /** Where organizations are found by an identifier: the chart. */
    interface Directory {
        Optional<UUID> organizationWith(String system, String value);
    }

    /** How long an organization that was found is taken to be there still. */
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private record Found(UUID organization, Instant until) {}

    /** A token's scopes and those its client holds now. */
    private record Cut(String asked, Collection<String> registered) {}

    private final ClientRegistry registry;
    private final Directory directory;
    private final Clock clock;
    private final Map<String, Found> found = new ConcurrentHashMap<>();

    /** Most ways of asking that are remembered; a client can think of any number of categories. */
    private static final int MOST_CUT = 1000;

    /** There are about as many as registered clients: most ask in one way. */
    private final Map<Cut, Scopes> cut = new ConcurrentHashMap<>();

    CallerConverter(ClientRegistry registry, Directory directory, Clock clock) {
        this.registry = registry;
        this.directory = directory;
        this.clock = clock;
    }

    /**
     * @throws InvalidBearerTokenException where the client is not registered any more, or the token of a person does not
     *     say all of who it is
     * @throws OrganizationMissing where the organization that the client is bound to is not in the directory
     */
    @Override
    public CallerAuthentication convert(Jwt token) {
        var client = registry.client(token.getClaimAsString(AccessTokens.CLIENT_ID))
                .orElseThrow(() -> new InvalidBearerTokenException("the client is not registered"));
        var scope =
                Optional.ofNullable(token.getClaimAsString(AccessTokens.SCOPE)).orElse("");
        if (cut.size() > MOST_CUT) {
            cut.clear();
        }
        var scopes = cut.computeIfAbsent(new Cut(scope, client.scopes()), CallerConverter::scopes);
        var user = token.getClaimAsString(AccessTokens.FHIR_USER);
        if (client.isApp() != (user != null)) {
            throw new InvalidBearerTokenException("an app acts for a person, a system for itself");
        }
        return new CallerAuthentication(
                user == null
                        ? new Caller(client.id(), client.systemRole(), organization(client), scopes)
                        : person(token, client, scopes, user));
    }

    /** The claims of a person are those of the token, which nobody else can sign. */
    private static Caller person(Jwt token, Client client, Scopes scopes, String user) {
        try {
            var role = Role.valueOf(String.valueOf(token.getClaimAsString(AccessTokens.ROLE)));
            return new Caller(
                    client.id(),
                    role,
                    id(token, AccessTokens.ORGANIZATION),
                    scopes,
                    relative(user),
                    id(token, AccessTokens.PATIENT));
        } catch (IllegalArgumentException incomplete) {
            throw new InvalidBearerTokenException("the token does not say who stands before the client", incomplete);
        }
    }

    private static @Nullable UUID id(Jwt token, String claim) {
        var id = token.getClaimAsString(claim);
        return id == null ? null : UUID.fromString(id);
    }

    /** {@code Practitioner/…} of {@code https://…/fhir/Practitioner/…}. */
    private static String relative(String reference) {
        var id = reference.lastIndexOf('/');
        return id < 0 ? reference : reference.substring(reference.lastIndexOf('/', id - 1) + 1);
    }

    private static Scopes scopes(Cut cut) {
        return Scopes.parse(Scopes.intersect(List.of(cut.asked.split(" ")), cut.registered));
    }

    private @Nullable UUID organization(Client client) {
        if (!client.systemRole().isBoundToOrganization()) {
            return null;
        }
        var now = clock.instant();
        var known = found.get(client.id());
        if (known != null && now.isBefore(known.until())) {
            return known.organization();
        }
        // Only what was found is remembered: a clinic that an administrator has just entered can start at once.
        var organization = directory
                .organizationWith(client.organizationSystem(), client.organizationValue())
                .orElseThrow(OrganizationMissing::new);
        found.put(client.id(), new Found(organization, now.plus(REMEMBERED)));
        return organization;
    }
}
