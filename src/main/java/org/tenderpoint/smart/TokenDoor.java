package org.tenderpoint.smart;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AccessTokenAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configurers.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.web.authentication.ClientSecretBasicAuthenticationConverter;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2AccessTokenResponseAuthenticationSuccessHandler;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2AuthorizationCodeAuthenticationConverter;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2ClientCredentialsAuthenticationConverter;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2RefreshTokenAuthenticationConverter;
import org.springframework.security.web.authentication.AuthenticationConverter;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.tenderpoint.identity.Assertions;
import org.tenderpoint.identity.Denied;
import org.tenderpoint.identity.Grants;
import org.tenderpoint.identity.People;
import org.tenderpoint.identity.SecurityEvents;
import org.tenderpoint.identity.Sessions;

/**
 * The token endpoint and its neighbours. Spring Authorization Server reads the requests and writes the answers; who a
 * client is and what it gets is decided by the providers here.
 */
final class TokenDoor {

    private static final PathPatternRequestMatcher.Builder PATH = PathPatternRequestMatcher.withDefaults();

    private static final List<Class<? extends AuthenticationConverter>> GRANTS = List.of(
            OAuth2ClientCredentialsAuthenticationConverter.class,
            OAuth2AuthorizationCodeAuthenticationConverter.class,
            OAuth2RefreshTokenAuthenticationConverter.class);

    /** What is known of grants and people. */
    record Stores(Grants grants, Sessions sessions, Assertions assertions, Denied denied, People people) {}

    private final PublicAppConverter publicApps;
    private final ClientProofs proofs;
    private final List<AuthenticationProvider> grants;
    private final TokenIntrospection introspection;
    private final TokenRevocation revocation;

    TokenDoor(
            PublicAppConverter publicApps,
            ClientProofs proofs,
            List<AuthenticationProvider> grants,
            TokenIntrospection introspection,
            TokenRevocation revocation) {
        this.publicApps = publicApps;
        this.proofs = proofs;
        this.grants = List.copyOf(grants);
        this.introspection = introspection;
        this.revocation = revocation;
    }

    void open(HttpSecurity http, ClientRegistry registry, ClientRefusals refusals, SecurityEvents events)
            throws Exception {
        http.securityMatcher(new OrRequestMatcher(
                        PATH.matcher(HttpMethod.POST, Discovery.TOKEN),
                        PATH.matcher(HttpMethod.POST, Discovery.INTROSPECT),
                        PATH.matcher(HttpMethod.POST, Discovery.REVOKE),
                        PATH.matcher(HttpMethod.GET, Discovery.KEYS)))
                .with(
                        OAuth2AuthorizationServerConfigurer.authorizationServer(),
                        server -> server.registeredClientRepository(registry)
                                .authorizationService(new UnstoredAuthorizations())
                                // No issuer here: the one the server would take from a request is replaced in
                                // AccessTokens.
                                .authorizationServerSettings(AuthorizationServerSettings.builder()
                                        .tokenEndpoint(Discovery.TOKEN)
                                        .tokenIntrospectionEndpoint(Discovery.INTROSPECT)
                                        .tokenRevocationEndpoint(Discovery.REVOKE)
                                        .jwkSetEndpoint(Discovery.KEYS)
                                        .build())
                                // Tokens are issued by the grants.
                                .tokenGenerator(context -> null)
                                .clientAuthentication(client -> client.authenticationConverters(converters -> {
                                            converters.clear();
                                            converters.add(new AssertionConverter());
                                            converters.add(new ClientSecretBasicAuthenticationConverter());
                                            converters.add(publicApps);
                                        })
                                        .authenticationProviders(only(List.of(proofs)))
                                        .errorResponseHandler(refusals))
                                .tokenEndpoint(
                                        token -> token.accessTokenRequestConverters(converters -> converters.removeIf(
                                                        converter -> !GRANTS.contains(converter.getClass())))
                                                .authenticationProviders(only(grants))
                                                .accessTokenResponseHandler(issued(events))
                                                .errorResponseHandler(refusals))
                                .tokenIntrospectionEndpoint(
                                        endpoint -> endpoint.authenticationProviders(only(List.of(introspection))))
                                .tokenRevocationEndpoint(
                                        endpoint -> endpoint.authenticationProviders(only(List.of(revocation)))
                                                .revocationResponseHandler(revoked(events))))
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .exceptionHandling(exceptions -> exceptions.authenticationEntryPoint(refusals));
    }

    private static Consumer<List<AuthenticationProvider>> only(List<? extends AuthenticationProvider> ours) {
        return providers -> {
            providers.clear();
            providers.addAll(ours);
        };
    }

    /** The answer says nothing, whatever became of it: RFC 7009, section 2.2. */
    private static AuthenticationSuccessHandler revoked(SecurityEvents events) {
        return (request, response, authentication) -> {
            var client = (Authentication) authentication.getPrincipal();
            events.succeeded("revocation", client.getName(), null, "taken back, if it was a token of this client");
            response.setStatus(HttpServletResponse.SC_OK);
        };
    }

    private static AuthenticationSuccessHandler issued(SecurityEvents events) {
        var answer = new OAuth2AccessTokenResponseAuthenticationSuccessHandler();
        return (request, response, authentication) -> {
            var issued = (OAuth2AccessTokenAuthenticationToken) authentication;
            events.succeeded(
                    "token",
                    issued.getRegisteredClient().getClientId(),
                    null,
                    String.valueOf(request.getParameter("grant_type")));
            try {
                answer.onAuthenticationSuccess(request, response, authentication);
            } catch (ServletException impossible) {
                throw new IOException(impossible);
            }
        };
    }
}
