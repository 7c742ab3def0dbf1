package org.tenderpoint.smart;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import jakarta.servlet.DispatcherType;
import java.time.Clock;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.oauth2.server.authorization.authentication.ClientSecretAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configurers.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.web.authentication.ClientSecretBasicAuthenticationConverter;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2ClientCredentialsAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.identity.Clients;
import org.tenderpoint.identity.SigningKeys;

/**
 * Puts two doors in front of the server. The first issues access tokens to registered backend clients; the second lets
 * requests with such a token through to {@code /fhir} as a {@link org.tenderpoint.access.Caller}. Everything that
 * neither of them names is refused.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class SmartConfiguration {

    private static final PathPatternRequestMatcher.Builder PATH = PathPatternRequestMatcher.withDefaults();

    @Bean
    BaseUrl baseUrl(Environment environment) {
        return new BaseUrl(environment);
    }

    @Bean
    ClientRegistry clientRegistry(Clients clients, SmartProperties properties) {
        return new ClientRegistry(clients::find, properties.accessTokenLife());
    }

    @Bean
    AccessTokens accessTokens(SigningKeys signingKeys, BaseUrl baseUrl, Clock clock, SmartProperties properties) {
        return new AccessTokens(signingKeys, baseUrl, clock, properties.accessTokenLife());
    }

    /** The public half of the keys is what the authorization server shows of them. */
    @Bean
    JWKSource<SecurityContext> shownKeys(SigningKeys signingKeys) {
        return (selector, context) -> {
            signingKeys.signing();
            return selector.select(signingKeys.all());
        };
    }

    @Bean
    ServletRegistrationBean<Discovery> discovery(BaseUrl baseUrl) {
        return new ServletRegistrationBean<>(new Discovery(baseUrl), Discovery.SMART, Discovery.OAUTH);
    }

    @Bean
    ServletRegistrationBean<Nowhere> nowhere() {
        return new ServletRegistrationBean<>(new Nowhere(), "/");
    }

    @Bean
    RequestRefusals requestRefusals() {
        return new RequestRefusals();
    }

    /** What Spring's own firewall refuses; its check of header values, by a regular expression, read every token anew. */
    @Bean
    HttpFirewall firewall() {
        var firewall = new StrictHttpFirewall();
        firewall.setAllowedHeaderValues(SmartConfiguration::isPlain);
        return firewall;
    }

    /** As in Spring's pattern: assigned characters, and of control characters the tab alone. */
    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            var c = value.charAt(i);
            if (c != '	' && (Character.isISOControl(c) || !Character.isDefined(c))) {
                return false;
            }
        }
        return true;
    }

    @Bean
    FilterRegistrationBean<PlainPathFilter> plainPaths(RequestRefusals refusals) {
        var registration = new FilterRegistrationBean<>(new PlainPathFilter(refusals));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    /**
     * The token endpoint and the public keys. The authorization server has more endpoints and grants; what a backend
     * client does not need is taken out or left unmatched, so that it falls to the second chain, which refuses it.
     */
    @Bean
    @Order(1)
    SecurityFilterChain tokenChain(HttpSecurity http, ClientRegistry registry, AccessTokens accessTokens)
            throws Exception {
        var authorizations = new UnstoredAuthorizations();
        var refusals = new ClientRefusals();
        http.securityMatcher(new OrRequestMatcher(
                        PATH.matcher(HttpMethod.POST, Discovery.TOKEN), PATH.matcher(HttpMethod.GET, Discovery.KEYS)))
                .with(
                        OAuth2AuthorizationServerConfigurer.authorizationServer(),
                        server -> server.registeredClientRepository(registry)
                                .authorizationService(authorizations)
                                // No issuer here: the one the server would take from a request is replaced in
                                // AccessTokens.
                                .authorizationServerSettings(AuthorizationServerSettings.builder()
                                        .tokenEndpoint(Discovery.TOKEN)
                                        .jwkSetEndpoint(Discovery.KEYS)
                                        .build())
                                // Tokens are issued by the grants below.
                                .tokenGenerator(context -> null)
                                // The other ways to authenticate fetch keys from URLs or know no secret.
                                .clientAuthentication(client -> client.authenticationConverters(
                                                converters -> converters.removeIf(converter -> !(converter
                                                        instanceof ClientSecretBasicAuthenticationConverter)))
                                        .authenticationProviders(providers -> providers.removeIf(
                                                provider -> !(provider instanceof ClientSecretAuthenticationProvider)))
                                        .errorResponseHandler(refusals))
                                .tokenEndpoint(token -> token.accessTokenRequestConverters(
                                                converters -> converters.removeIf(converter -> !(converter
                                                        instanceof OAuth2ClientCredentialsAuthenticationConverter)))
                                        .authenticationProviders(providers -> {
                                            providers.clear();
                                            providers.add(new SystemGrant(registry, accessTokens));
                                        })))
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .exceptionHandling(exceptions -> exceptions.authenticationEntryPoint(refusals));
        return stateless(http).build();
    }

    /** Everything else: the FHIR server for callers, its self-description for everybody, and nothing besides. */
    @Bean
    @Order(2)
    SecurityFilterChain fhirChain(
            HttpSecurity http,
            ClientRegistry registry,
            AccessTokens accessTokens,
            RequestRefusals refusals,
            Chart chart,
            Clock clock)
            throws Exception {
        var tokens = new TokenCallers(
                new RememberedTokens(accessTokens.decoder(), accessTokens.validator()),
                new CallerConverter(registry, chart::organizationWith, clock));
        // The filter alone and not the resource server's configurer, which would open a door for DPoP tokens as well.
        var bearer = new BearerTokenAuthenticationFilter(tokens);
        bearer.setBearerTokenResolver(TokenCallers::bearer);
        bearer.setAuthenticationEntryPoint(refusals);
        http.addFilter(bearer)
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers(
                                PATH.matcher(HttpMethod.GET, "/fhir/metadata"),
                                PATH.matcher(HttpMethod.GET, Discovery.SMART),
                                PATH.matcher(HttpMethod.GET, Discovery.OAUTH))
                        .permitAll()
                        .requestMatchers(PATH.matcher("/fhir"), PATH.matcher("/fhir/**"), PATH.matcher("/admin/**"))
                        .authenticated()
                        .anyRequest()
                        .denyAll())
                .exceptionHandling(exceptions ->
                        exceptions.authenticationEntryPoint(refusals).accessDeniedHandler(refusals));
        return stateless(http).build();
    }

    /** Every request brings what it is judged by, so there is no session to ride and no form to forge. */
    private static HttpSecurity stateless(HttpSecurity http) throws Exception {
        return http.sessionManagement(AbstractHttpConfigurer::disable)
                .csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .servletApi(AbstractHttpConfigurer::disable);
    }
}
