package org.tenderpoint.smart;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.OAuth2TokenFormat;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

/** The registered clients, as configured. A client is looked up for every token and for every request with one. */
final class ClientRegistry implements RegisteredClientRepository {

    private final Map<String, SmartProperties.Client> clients;
    private final Map<String, RegisteredClient> registrations;

    ClientRegistry(SmartProperties properties) {
        this.clients = properties.clients().stream()
                .collect(Collectors.toUnmodifiableMap(SmartProperties.Client::id, Function.identity()));
        this.registrations = properties.clients().stream()
                .collect(Collectors.toUnmodifiableMap(
                        SmartProperties.Client::id, client -> registration(client, properties.accessTokenLife())));
    }

    /** The client with this id, if it is registered now. */
    Optional<SmartProperties.Client> client(String id) {
        return Optional.ofNullable(clients.get(id));
    }

    @Override
    public @Nullable RegisteredClient findById(String id) {
        return registrations.get(id);
    }

    @Override
    public @Nullable RegisteredClient findByClientId(String clientId) {
        return registrations.get(clientId);
    }

    /** Does nothing: a client stays as it is configured, also when its secret could be encoded more strongly. */
    @Override
    public void save(RegisteredClient registeredClient) {}

    private static RegisteredClient registration(SmartProperties.Client client, Duration life) {
        return RegisteredClient.withId(client.id())
                .clientId(client.id())
                .clientSecret(client.secret())
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .scopes(scopes -> scopes.addAll(client.scopes()))
                .tokenSettings(TokenSettings.builder()
                        .accessTokenFormat(OAuth2TokenFormat.SELF_CONTAINED)
                        .accessTokenTimeToLive(life)
                        .build())
                .build();
    }
}
