package org.tenderpoint.smart;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import jakarta.servlet.DispatcherType;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
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
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationProvider;
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
    ClientRegistry clientRegistry(SmartProperties properties) {
        return new ClientRegistry(properties);
    }

    /**
     * The key that signs access tokens: RSA, 2048 bits, made at start and kept in memory. Tokens therefore do not
     * outlive a restart (clients get new ones, as they do every five minutes), and two servers do not accept each
     * other's, until keys live in the database.
     */
    @Bean
    JWKSource<SecurityContext> signingKeys() {
        // RS256, because every request verifies and only every fifth minute signs: on JDK 17 an RSA signature is
        // verified about thirty times faster than one on P-256. Making the key is slow, so it does not hold up the
        // start.
        var keys = CompletableFuture.supplyAsync(SmartConfiguration::newKeys);
        return (selector, context) -> selector.select(keys.join());
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
    SecurityFilterChain tokenChain(
            HttpSecurity http, ClientRegistry registry, JWKSource<SecurityContext> signingKeys, BaseUrl baseUrl)
            throws Exception {
        var authorizations = new UnstoredAuthorizations();
        var generator = new AccessTokens(signingKeys, baseUrl).generator();
        var narrowing =
                new ScopeNarrowing(new OAuth2ClientCredentialsAuthenticationProvider(authorizations, generator));
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
                                .tokenGenerator(generator)
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
                                            providers.add(narrowing);
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
            JWKSource<SecurityContext> signingKeys,
            RequestRefusals refusals,
            BaseUrl baseUrl,
            Chart chart,
            Clock clock)
            throws Exception {
        var accessTokens = new AccessTokens(signingKeys, baseUrl);
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
                        .requestMatchers(PATH.matcher("/fhir"), PATH.matcher("/fhir/**"))
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

    private static JWKSet newKeys() {
        try {
            return new JWKSet(new RSAKeyGenerator(2048)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyID(UUID.randomUUID().toString())
                    .generate());
        } catch (JOSEException impossible) {
            throw new IllegalStateException("this JDK cannot make RSA keys", impossible);
        }
    }
}
