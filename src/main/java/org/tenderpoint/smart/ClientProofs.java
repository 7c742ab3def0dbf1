package org.tenderpoint.smart;

import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.tenderpoint.identity.Client;

/** The three ways in which a client says who it is: a secret, a signed assertion, or its bare id. */
final class ClientProofs implements AuthenticationProvider {

    private final ClientRegistry registry;
    private final SecretAuthentication secrets;
    private final AssertionAuthentication assertions;

    ClientProofs(ClientRegistry registry, SecretAuthentication secrets, AssertionAuthentication assertions) {
        this.registry = registry;
        this.secrets = secrets;
        this.assertions = assertions;
    }

    @Override
    public Authentication authenticate(Authentication authentication) {
        var method = ((OAuth2ClientAuthenticationToken) authentication).getClientAuthenticationMethod();
        if (ClientAuthenticationMethod.PRIVATE_KEY_JWT.equals(method)) {
            return assertions.authenticate(authentication);
        }
        if (ClientAuthenticationMethod.CLIENT_SECRET_BASIC.equals(method)) {
            return secrets.authenticate(authentication);
        }
        var id = authentication.getPrincipal().toString();
        var registered = registry.findByClientId(id);
        if (registered == null || registry.client(id).filter(Client::isPublic).isEmpty()) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT);
        }
        return new OAuth2ClientAuthenticationToken(registered, ClientAuthenticationMethod.NONE, null);
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return OAuth2ClientAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
