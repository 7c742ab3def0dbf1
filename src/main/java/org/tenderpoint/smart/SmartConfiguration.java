package org.tenderpoint.smart;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.github.bucket4j.TimeMeter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.request.async.WebAsyncManagerIntegrationFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.filter.CorsFilter;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Sealing;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.identity.Assertions;
import org.tenderpoint.identity.Clients;
import org.tenderpoint.identity.Denied;
import org.tenderpoint.identity.Grants;
import org.tenderpoint.identity.Launches;
import org.tenderpoint.identity.People;
import org.tenderpoint.identity.SecurityEvents;
import org.tenderpoint.identity.Sessions;
import org.tenderpoint.identity.SigningKeys;

/**
 * Puts two doors in front of the server. The first issues access tokens to registered clients; the second lets requests
 * with such a token through to {@code /fhir} as a {@link org.tenderpoint.access.Caller}, and people to the pages on which
 * they sign in and decide. Everything that neither of them names is refused.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class SmartConfiguration {

    private static final PathPatternRequestMatcher.Builder PATH = PathPatternRequestMatcher.withDefaults();

    /** Paths of pages for people; room people serves them. */
    private static final List<String> PAGES = List.of(
            "/sign-in",
            "/sign-in/code",
            "/sign-in/passkey",
            "/sign-in/provider",
            "/sign-in/provider/back",
            "/sign-out",
            "/account",
            "/account/**",
            Authorizations.DECIDE,
            "/pages.css",
            "/passkeys.js",
            "/pages.svg");

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
        return new ServletRegistrationBean<>(
                new Discovery(baseUrl), Discovery.SMART, Discovery.OAUTH, Discovery.OPENID);
    }

    @Bean
    Authorizations authorizations(Sealing sealing, Grants grants, Launches launches, BaseUrl baseUrl, Clock clock) {
        return new Authorizations(sealing, grants, launches, baseUrl, clock);
    }

    @Bean
    ServletRegistrationBean<AuthorizeServlet> authorize(
            Clients clients,
            Launches launches,
            BaseUrl baseUrl,
            Authorizations authorizations,
            SecurityEvents events,
            Clock clock) {
        var rules = new AuthorizationRules(clients, launches, baseUrl, clock);
        return new ServletRegistrationBean<>(
                new AuthorizeServlet(rules, authorizations, events), AuthorizeServlet.PATH);
    }

    @Bean
    ServletRegistrationBean<LaunchServlet> launch(
            Clients clients, Launches launches, Chart chart, BaseUrl baseUrl, SecurityEvents events) {
        return new ServletRegistrationBean<>(
                new LaunchServlet(clients, launches, chart, baseUrl, events), LaunchServlet.PATH);
    }

    @Bean
    ServletRegistrationBean<UserInfoServlet> userInfo(TokenCallers callers, BaseUrl baseUrl, SecurityEvents events) {
        return new ServletRegistrationBean<>(new UserInfoServlet(callers, baseUrl, events), UserInfoServlet.PATH);
    }

    @Bean
    ServletRegistrationBean<Style> style() {
        return new ServletRegistrationBean<>(new Style(), PersonTokens.STYLE);
    }

    /** Before the filter chains, which would ask a preflight for a token that it never has. */
    @Bean
    FilterRegistrationBean<? extends CorsFilter> cors(Clients clients) {
        var registration = new FilterRegistrationBean<>(new CorsFilter(new CorsOrigins(clients)) {
            @Override
            protected boolean shouldNotFilter(HttpServletRequest request) {
                return !CorsUtils.isCorsRequest(request);
            }
        });
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return registration;
    }

    /** Behind CORS, so that an app's page can read that it is to wait, and before everything that costs something. */
    @Bean
    FilterRegistrationBean<PaceFilter> pace(SmartProperties properties, SecurityEvents events) {
        var registration = new FilterRegistrationBean<>(new PaceFilter(
                new Pace(properties.tokenRequests(), TimeMeter.SYSTEM_NANOTIME),
                new Pace(properties.signIns(), TimeMeter.SYSTEM_NANOTIME),
                events));
        registration.setUrlPatterns(PaceFilter.PATHS);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 2);
        return registration;
    }

    @Bean
    ServletRegistrationBean<Nowhere> nowhere() {
        return new ServletRegistrationBean<>(new Nowhere(), "/");
    }

    @Bean
    RequestRefusals requestRefusals(ObjectProvider<Chart> chart) {
        // Asked for when somebody is turned away: the filters stand before the chart is there.
        return new RequestRefusals(why -> {
            var authentication = SecurityContextHolder.getContext().getAuthentication();
            var caller = authentication != null && authentication.getPrincipal() instanceof Caller known ? known : null;
            chart.getObject().refused(caller, caller == null ? "login" : "request", null, null, why);
        });
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

    @Bean
    TokenCallers tokenCallers(
            AccessTokens accessTokens, ClientRegistry registry, Denied denied, Chart chart, Clock clock) {
        return new TokenCallers(
                new RememberedTokens(accessTokens.decoder(), accessTokens.validator()),
                new CallerConverter(registry, chart::organizationWith, clock),
                denied::contains);
    }

    /** The filter alone and not the resource server's configurer, which would open a door for DPoP tokens as well. */
    private static BearerTokenAuthenticationFilter bearer(TokenCallers callers, RequestRefusals refusals) {
        var bearer = new BearerTokenAuthenticationFilter((AuthenticationManager) callers::authenticate);
        bearer.setBearerTokenResolver(TokenCallers::bearer);
        bearer.setAuthenticationEntryPoint(refusals);
        return bearer;
    }

    /** What the token endpoint and its neighbours are made of. */
    @Bean
    TokenDoor tokenDoor(
            ClientRegistry registry,
            AccessTokens accessTokens,
            TokenCallers callers,
            SigningKeys keys,
            TokenDoor.Stores stores,
            BaseUrl baseUrl,
            SmartProperties properties,
            Environment environment,
            Chart chart,
            Clock clock,
            SecurityEvents events) {
        var clientKeys = new ClientKeys(
                new PublicFetch(properties.jwksHosts(), environment.acceptsProfiles(Profiles.of("demonstration"))),
                clock);
        var personTokens = new PersonTokens(
                accessTokens, keys, stores.grants(), new PersonTokens.Who(stores.people(), chart, clock), baseUrl);
        return new TokenDoor(
                new PublicAppConverter(stores.grants()),
                new ClientProofs(
                        registry,
                        new SecretAuthentication(registry),
                        new AssertionAuthentication(registry, clientKeys, stores.assertions(), baseUrl, clock)),
                List.of(
                        new SystemGrant(registry, accessTokens),
                        new CodeGrant(stores.grants(), personTokens),
                        new RefreshGrant(stores.grants(), stores.sessions(), personTokens)),
                new TokenIntrospection(callers, registry, stores.grants(), baseUrl, events),
                new TokenRevocation(callers, stores.grants(), stores.denied()));
    }

    @Bean
    TokenDoor.Stores tokenStores(
            Grants grants, Sessions sessions, Assertions assertions, Denied denied, People people) {
        return new TokenDoor.Stores(grants, sessions, assertions, denied, people);
    }

    /**
     * The token endpoint, introspection, revocation and the public keys. The authorization server has more endpoints and
     * grants; what is not offered is taken out or left unmatched, so that it falls to the second chain, which refuses it.
     */
    @Bean
    @Order(2)
    SecurityFilterChain tokenChain(
            HttpSecurity http,
            ClientRegistry registry,
            TokenDoor door,
            TokenCallers callers,
            RequestRefusals refusals,
            SecurityEvents events)
            throws Exception {
        var introspecting = new BearerTokenAuthenticationFilter((AuthenticationManager) callers::authenticate);
        // Elsewhere on this chain a Bearer header is no way to say who one is.
        introspecting.setBearerTokenResolver(
                request -> request.getServletPath().equals(Discovery.INTROSPECT) ? TokenCallers.bearer(request) : null);
        introspecting.setAuthenticationEntryPoint(refusals);
        door.open(http.addFilter(introspecting), registry, new ClientRefusals(events), events);
        return stateless(http).build();
    }

    /** The FHIR server for callers, its self-description for everybody. A chain of its own has few rules to go through. */
    @Bean
    @Order(1)
    SecurityFilterChain fhirChain(HttpSecurity http, RequestRefusals refusals, TokenCallers callers) throws Exception {
        http.securityMatcher(PATH.matcher("/fhir/**"))
                .addFilter(bearer(callers, refusals))
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers(
                                PATH.matcher(HttpMethod.GET, "/fhir/metadata"),
                                PATH.matcher(HttpMethod.GET, Discovery.SMART))
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .headers(headers -> headers.withObjectPostProcessor(before()))
                .exceptionHandling(exceptions ->
                        exceptions.authenticationEntryPoint(refusals).accessDeniedHandler(refusals));
        var chain = stateless(http).build();
        // Nothing here goes on in another thread by Spring MVC's means, which that filter would prepare each time.
        return new DefaultSecurityFilterChain(
                chain.getRequestMatcher(),
                chain.getFilters().stream()
                        .filter(filter -> !(filter instanceof WebAsyncManagerIntegrationFilter))
                        .toList());
    }

    /** Headers are there before the answer is begun; written at its end, they would need a wrapper that counts its bytes. */
    private static ObjectPostProcessor<HeaderWriterFilter> before() {
        return new ObjectPostProcessor<>() {
            @Override
            public <O extends HeaderWriterFilter> O postProcess(O filter) {
                filter.setShouldWriteHeadersEagerly(true);
                return filter;
            }
        };
    }

    /** Everything else: what people and administrators have, and nothing besides. */
    @Bean
    @Order(3)
    SecurityFilterChain otherChain(HttpSecurity http, RequestRefusals refusals, TokenCallers callers) throws Exception {
        http.addFilter(bearer(callers, refusals))
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers(
                                PATH.matcher(HttpMethod.GET, Discovery.OAUTH),
                                PATH.matcher(HttpMethod.GET, Discovery.OPENID),
                                PATH.matcher(HttpMethod.GET, PersonTokens.STYLE),
                                PATH.matcher(AuthorizeServlet.PATH))
                        .permitAll()
                        // Pages: they know a person by her session, or send her to sign in.
                        .requestMatchers(PAGES.stream().map(PATH::matcher).toArray(RequestMatcher[]::new))
                        .permitAll()
                        .requestMatchers(
                                PATH.matcher("/admin/**"),
                                PATH.matcher(HttpMethod.POST, LaunchServlet.PATH),
                                PATH.matcher(HttpMethod.GET, UserInfoServlet.PATH))
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
