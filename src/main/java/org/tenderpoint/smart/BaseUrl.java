package org.tenderpoint.smart;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.tenderpoint.issue.UnsafeSetting;

/**
 * Where clients find this server: {@code tenderpoint.base-url}, or {@code http://localhost} with the port the server
 * listens on where that is not set. It is never read from a request: a Host header is the sender's, and would make the
 * sender the issuer of tokens.
 */
public final class BaseUrl {

    private static final String PROPERTY = "tenderpoint.base-url";
    private static final String LOCAL = "http://localhost:";

    private final Environment environment;
    private final String configured;
    private volatile @Nullable String listening;

    /**
     * @throws IllegalArgumentException if the property is set and is no http or https URL of a host
     * @throws UnsafeSetting under the profile {@code production}, if it is not an https URL
     */
    BaseUrl(Environment environment) {
        this.environment = environment;
        this.configured = environment.getProperty(PROPERTY, "").strip().replaceAll("/+$", "");
        if (!configured.isEmpty()) {
            var url = URI.create(configured);
            // RFC 8414, section 2: an issuer has no query or fragment component.
            if (!("https".equals(url.getScheme()) || "http".equals(url.getScheme()))
                    || url.getHost() == null
                    || url.getUserInfo() != null
                    || url.getQuery() != null
                    || url.getFragment() != null) {
                throw new IllegalArgumentException(PROPERTY + " is not of the form https://host or https://host/path");
            }
        }
        if (environment.acceptsProfiles(Profiles.of("production")) && !configured.startsWith("https:")) {
            throw new UnsafeSetting(
                    "Under the profile production, access tokens and records travel over TLS only.",
                    "Set " + PROPERTY + " to the https URL under which clients reach this server.");
        }
    }

    /** The issuer of access tokens, without a slash at its end. */
    String issuer() {
        return configured.isEmpty() ? onThisMachine() : configured;
    }

    private String onThisMachine() {
        var known = listening;
        if (known != null) {
            return known;
        }
        // A random port is known only after the server has started.
        var port = environment.getProperty("local.server.port");
        if (port == null) {
            return LOCAL + environment.getProperty("server.port", "8080");
        }
        listening = LOCAL + port;
        return LOCAL + port;
    }

    /** The FHIR base: what access tokens are for. */
    public String fhir() {
        return issuer() + "/fhir";
    }
}
