package org.tenderpoint.smart;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;
import org.tenderpoint.access.Role;
import org.tenderpoint.access.Scopes;

/**
 * Who may ask for access tokens, and how long a token lives. No client is known unless it is configured here.
 *
 * @param accessTokenLife from one second to five minutes (SMART Backend Services: a token should not live longer)
 * @param clients the registered backend clients, each id once
 */
@Validated
@ConfigurationProperties("tenderpoint.smart")
record SmartProperties(
        @DefaultValue("5m") @NotNull @DurationMin(seconds = 1) @DurationMax(minutes = 5) Duration accessTokenLife,
        @DefaultValue List<Client> clients) {

    /** @throws IllegalArgumentException if two clients have the same id */
    SmartProperties {
        clients = List.copyOf(clients);
        var ids = new HashSet<String>();
        for (var client : clients) {
            if (!ids.add(client.id())) {
                throw new IllegalArgumentException("client " + client.id() + " is configured twice");
            }
        }
    }

    /**
     * One registered backend client. What is wrong with it is said without its secret, which is why the checks stand
     * here and not in annotations: those repeat the refused value.
     *
     * @param id the client id: letters, digits, dot, dash and underscore
     * @param secret the encoded client secret, such as {@code {bcrypt}$2a$10$...}
     * @param role the capacity in which it acts
     * @param organization identifier of the Organization it acts for, {@code system|value}; empty for an administrator
     * @param scopes the most a token of it may allow, as SMART resource scopes
     */
    record Client(String id, String secret, Role role, @DefaultValue("") String organization, List<String> scopes) {

        private static final String ENCODED = "\\{(bcrypt|pbkdf2@SpringSecurity_v5_8)}\\S{20,}";

        /** @throws IllegalArgumentException if one of the parts is missing or not of the form described */
        Client {
            // Binding hands over null for a part that is not configured, whatever the types say.
            require(id != null && id.matches("[A-Za-z0-9._-]{1,100}"), id, "an id of letters, digits, '.', '-', '_'");
            require(secret != null && secret.matches(ENCODED), id, "an encoded secret ({bcrypt}...)");
            require(role != null, id, "a role");
            require(scopes != null && !scopes.isEmpty(), id, "scopes");
            scopes = List.copyOf(scopes);
            for (var scope : scopes) {
                require(
                        !Scopes.parse(List.of(scope)).allowed().isEmpty(),
                        id,
                        "scopes of the form system/Type.cruds, user/Type.cruds or patient/Type.cruds");
            }
            if (!role.isBoundToOrganization()) {
                require(organization.isEmpty(), id, "no organization, because none stands behind its role");
            } else {
                require(organization.matches("[^|\\s]+\\|[^|]+"), id, "an organization identifier (system|value)");
            }
        }

        /** The part of the organization identifier before the bar. */
        String organizationSystem() {
            return organization.substring(0, organization.indexOf('|'));
        }

        /** The part of the organization identifier after the bar. */
        String organizationValue() {
            return organization.substring(organization.indexOf('|') + 1);
        }

        /** Everything but the secret. */
        @Override
        public String toString() {
            return "Client[id=" + id + ", role=" + role + ", organization=" + organization + ", scopes=" + scopes + "]";
        }

        private static void require(boolean holds, String id, String what) {
            if (!holds) {
                throw new IllegalArgumentException("tenderpoint.smart.clients: client " + id + " needs " + what);
            }
        }
    }
}
