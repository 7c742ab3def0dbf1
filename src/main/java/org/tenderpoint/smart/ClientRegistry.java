package org.tenderpoint.smart;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.OAuth2TokenFormat;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.tenderpoint.identity.Client;

/** The registered clients as the authorization server sees them. */
final class ClientRegistry implements RegisteredClientRepository {

    private final Function<String, Optional<Client>> clients;
    private final Duration life;

    /**
     * @param clients by their ids
     * @param life of an access token
     */
    ClientRegistry(Function<String, Optional<Client>> clients, Duration life) {
        this.clients = clients;
        this.life = life;
    }

    /** The client with this id, if it is registered now. */
    Optional<Client> client(String id) {
        return clients.apply(id);
    }

    @Override
    public @Nullable RegisteredClient findById(String id) {
        return findByClientId(id);
    }

    @Override
    public @Nullable RegisteredClient findByClientId(String clientId) {
        return clients.apply(clientId).map(this::registration).orElse(null);
    }

    /** Does nothing: a client stays as it is registered, also when its secret could be encoded more strongly. */
    @Override
    public void save(RegisteredClient registeredClient) {}

    private RegisteredClient registration(Client client) {
        return RegisteredClient.withId(client.id())
                .clientId(client.id())
                .clientAuthenticationMethod(
                        client.hasKeys()
                                ? ClientAuthenticationMethod.PRIVATE_KEY_JWT
                                : client.isPublic()
                                        ? ClientAuthenticationMethod.NONE
                                        : ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .authorizationGrantType(
                        client.isApp()
                                ? AuthorizationGrantType.AUTHORIZATION_CODE
                                : AuthorizationGrantType.CLIENT_CREDENTIALS)
                .redirectUris(uris -> uris.addAll(client.redirectUris()))
                .scopes(scopes -> scopes.addAll(client.scopes()))
                .tokenSettings(TokenSettings.builder()
                        .accessTokenFormat(OAuth2TokenFormat.SELF_CONTAINED)
                        .accessTokenTimeToLive(life)
                        .build())
                .build();
    }
}
