package org.tenderpoint.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.List;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configurers.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Another OpenID provider: Spring's authorization server with its own sign-in page. The id tokens of some of its people are
 * not what they should be, each in the way that her name says.
 */
public final class OpenIdProvider {

    public static final String CLIENT = "tenderpoint";
    public static final String SECRET = "what the provider & we know: 100%";
    public static final int PORT = freePort();
    public static final String ISSUER = "http://localhost:" + PORT;

    private OpenIdProvider() {}

    /** Starts it once, for the servers at these URLs. */
    public static synchronized void start(List<String> servers) {
        if (System.getProperty("openid-provider-started") != null) {
            return;
        }
        System.setProperty("openid-provider-started", ISSUER);
        new SpringApplicationBuilder(Setup.class)
                .web(WebApplicationType.SERVLET)
                .profiles("openid-provider")
                .logStartupInfo(false)
                .run("--server.port=" + PORT, "--provider.clients=" + String.join(",", servers));
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    /** No {@code @Configuration}, which the server under test would find as one of its own. */
    @EnableWebSecurity
    @ImportAutoConfiguration(ServletWebServerFactoryAutoConfiguration.class)
    static class Setup {

        @Bean
        SecurityFilterChain chain(HttpSecurity http) throws Exception {
            var server = OAuth2AuthorizationServerConfigurer.authorizationServer();
            return http.with(server, endpoints -> endpoints.oidc(Customizer.withDefaults()))
                    .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .formLogin(Customizer.withDefaults())
                    .build();
        }

        @Bean
        DelegatingFilterProxyRegistrationBean filters() {
            return new DelegatingFilterProxyRegistrationBean("springSecurityFilterChain");
        }

        /** Tomcat asks no filter about a path that no servlet has. */
        @Bean
        ServletRegistrationBean<HttpServlet> everything() {
            return new ServletRegistrationBean<>(new HttpServlet() {}, "/");
        }

        @Bean
        AuthorizationServerSettings settings() {
            return AuthorizationServerSettings.builder().issuer(ISSUER).build();
        }

        @Bean
        UserDetailsService people() {
            return new InMemoryUserDetailsManager(
                    List.of("greta", "stranger", "audience", "nonce", "issuer", "expired", "party").stream()
                            .map(login -> User.withUsername(login)
                                    .password("{noop}" + login + "-there")
                                    .roles("PERSON")
                                    .build())
                            .toList());
        }

        @Bean
        RegisteredClientRepository clients(Environment environment) {
            var client = RegisteredClient.withId(CLIENT)
                    .clientId(CLIENT)
                    .clientSecret("{noop}" + SECRET)
                    .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                    .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                    .scope("openid")
                    .clientSettings(
                            ClientSettings.builder().requireProofKey(true).build());
            for (var server :
                    environment.getRequiredProperty("provider.clients").split(",")) {
                client.redirectUri(server + "/sign-in/provider/back");
            }
            return new InMemoryRegisteredClientRepository(client.build());
        }

        @Bean
        JWKSource<SecurityContext> keys() throws JOSEException {
            return new ImmutableJWKSet<>(
                    new JWKSet(new RSAKeyGenerator(2048).keyID("theirs").generate()));
        }

        @Bean
        JwtDecoder decoder(JWKSource<SecurityContext> keys) {
            return OAuth2AuthorizationServerConfiguration.jwtDecoder(keys);
        }

        @Bean
        OAuth2TokenCustomizer<JwtEncodingContext> wrongs() {
            return context -> {
                var claims = context.getClaims();
                switch (context.getPrincipal().getName()) {
                    case "audience" -> claims.audience(List.of("another"));
                    case "nonce" -> claims.claim("nonce", "of another request");
                    case "issuer" -> claims.issuer("https://another.example.org");
                    case "expired" ->
                        claims.issuedAt(Instant.now().minusSeconds(900))
                                .expiresAt(Instant.now().minusSeconds(600));
                    case "party" -> claims.claim("azp", "another");
                    default -> {
                        // As it should be.
                    }
                }
            };
        }
    }
}
