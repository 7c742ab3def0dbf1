package org.tenderpoint.smart;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;
import org.tenderpoint.identity.Client;
import org.tenderpoint.identity.ConfiguredClients;
import org.tenderpoint.identity.ConfiguredPeople;
import org.tenderpoint.identity.Person;

/**
 * How long an access token lives, and who may ask for one by configuration.
 *
 * @param accessTokenLife from one second to five minutes (SMART Backend Services: a token should not live longer)
 * @param clients clients that stand in the settings, each id once; others are in the database
 * @param people people that stand in the settings, each login once; others are in the database
 * @param jwksHosts hosts that keys of clients may be fetched from; empty for any host with a public address
 * @param tokenRequests how many requests a minute one address may send to the token endpoint and its neighbours; 0 for any
 * @param signIns how many times a minute one address may send a sign-in form; 0 for any
 */
@Validated
@ConfigurationProperties("tenderpoint.smart")
record SmartProperties(
        @DefaultValue("5m") @NotNull @DurationMin(seconds = 1) @DurationMax(minutes = 5) Duration accessTokenLife,
        @DefaultValue List<Client> clients,
        @DefaultValue List<Person> people,
        @DefaultValue List<String> jwksHosts,
        @DefaultValue("600") @PositiveOrZero int tokenRequests,
        @DefaultValue("60") @PositiveOrZero int signIns)
        implements ConfiguredClients, ConfiguredPeople {

    /** @throws IllegalArgumentException if two clients have the same id */
    SmartProperties {
        clients = List.copyOf(clients);
        people = List.copyOf(people);
        jwksHosts = List.copyOf(jwksHosts);
        var logins = new HashSet<String>();
        for (var person : people) {
            if (!logins.add(person.login())) {
                throw new IllegalArgumentException("person " + person.login() + " is configured twice");
            }
        }
        var ids = new HashSet<String>();
        for (var client : clients) {
            if (!ids.add(client.id())) {
                throw new IllegalArgumentException("client " + client.id() + " is configured twice");
            }
        }
    }
}
