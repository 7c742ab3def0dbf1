package org.tenderpoint.demo;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.stereotype.Component;
import org.tenderpoint.issue.UnsafeSetting;

/** Keeps the demonstration, whose secrets everybody knows, on the machine that it is shown on. */
@Component
@Profile("demonstration")
class DemonstrationCheck implements InitializingBean {

    private static final String ADDRESS = "server.address";
    private static final String BASE_URL = "tenderpoint.base-url";

    private final Environment environment;

    DemonstrationCheck(Environment environment) {
        this.environment = environment;
    }

    /** @throws UnsafeSetting where others than the people at this machine could get in with a published secret */
    @Override
    public void afterPropertiesSet() {
        if (environment.acceptsProfiles(Profiles.of("production"))) {
            throw new UnsafeSetting(
                    "The profiles production and demonstration are both on, and everybody knows the demonstration's"
                            + " secrets.",
                    "Leave demonstration out of spring.profiles.active.");
        }
        requireLoopback(ADDRESS, environment.getProperty(ADDRESS, ""));
        var baseUrl = environment.getProperty(BASE_URL, "");
        if (!baseUrl.isEmpty()) {
            requireLoopback(BASE_URL, String.valueOf(URI.create(baseUrl).getHost()));
        }
    }

    private static void requireLoopback(String setting, String host) {
        if (!isLoopback(host)) {
            throw new UnsafeSetting(
                    "The demonstration's secrets are published, and " + setting + " opens it beyond this machine.",
                    "Set " + setting + " to a loopback address, or leave the profile demonstration.");
        }
    }

    private static boolean isLoopback(String host) {
        try {
            // An empty address means all of them.
            return !host.isEmpty() && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }
}
