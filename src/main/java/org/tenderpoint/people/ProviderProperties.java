package org.tenderpoint.people;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * An OpenID provider by which people may sign in besides.
 *
 * @param issuer as it stands in the provider's id tokens, https; empty where there is none
 * @param clientId what the provider calls this server
 * @param clientSecret how this server proves to the provider that it is itself
 * @param name what the sign-in page calls the provider
 */
@ConfigurationProperties("tenderpoint.people.provider")
record ProviderProperties(
        @DefaultValue("") String issuer,
        @DefaultValue("") String clientId,
        @DefaultValue("") String clientSecret,
        @DefaultValue("your organization") String name) {

    /** @throws IllegalArgumentException where there is an issuer that cannot be trusted, or that does not know this server */
    ProviderProperties {
        if (!issuer.isEmpty()) {
            if (!isSafe(URI.create(issuer))) {
                throw new IllegalArgumentException("tenderpoint.people.provider.issuer is an https URL");
            }
            if (clientId.isEmpty() || clientSecret.isEmpty()) {
                throw new IllegalArgumentException(
                        "tenderpoint.people.provider has an issuer, so it needs client-id and client-secret");
            }
        }
    }

    boolean isSet() {
        return !issuer.isEmpty();
    }

    /** What is sent there can be read by nobody on the way: TLS, or this very machine. */
    static boolean isSafe(URI uri) {
        return uri.getHost() != null
                && ("https".equals(uri.getScheme())
                        || ("http".equals(uri.getScheme()) && "localhost".equals(uri.getHost())));
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "ProviderProperties[issuer=" + issuer + ", clientId=" + clientId + "]";
    }
}
