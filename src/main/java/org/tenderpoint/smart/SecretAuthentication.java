package org.tenderpoint.smart;

import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.tenderpoint.identity.Client;
import org.tenderpoint.identity.Secrets;

/** A client that proves itself by its secret. Whoever is not known takes as long to refuse as whoever is. */
final class SecretAuthentication implements AuthenticationProvider {

    private static final int LONGEST = 72;

    private final ClientRegistry registry;
    private final PasswordEncoder encoder = PasswordEncoderFactories.createDelegatingPasswordEncoder();
    private final String nobodys = "{bcrypt}" + new BCryptPasswordEncoder().encode(Secrets.random());

    SecretAuthentication(ClientRegistry registry) {
        this.registry = registry;
    }

    @Override
    public Authentication authenticate(Authentication authentication) {
        var presented = (OAuth2ClientAuthenticationToken) authentication;
        var id = presented.getPrincipal().toString();
        var secret = String.valueOf(presented.getCredentials());
        var encoded = registry.client(id)
                .map(Client::secret)
                .filter(kept -> !kept.isEmpty())
                .orElse(nobodys);
        var registered = registry.findByClientId(id);
        if (secret.length() > LONGEST
                || !encoder.matches(secret, encoded)
                || registered == null
                || encoded.equals(nobodys)) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT);
        }
        return new OAuth2ClientAuthenticationToken(registered, ClientAuthenticationMethod.CLIENT_SECRET_BASIC, null);
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return OAuth2ClientAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
