package org.tenderpoint.identity;

import java.time.Clock;
import java.util.List;
import org.jooq.DSLContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.tenderpoint.access.Sealing;

/** Puts together what is known of keys, clients and people. */
@Configuration(proxyBeanMethods = false)
class IdentityConfiguration {

    @Bean
    @DependsOn("flywayInitializer")
    Epoch epoch(DSLContext sql) {
        return new Epoch(sql);
    }

    @Bean
    @DependsOn("flywayInitializer")
    KeyRows keyRows(DSLContext sql, SecretBox box) {
        return new KeyRows(sql, box);
    }

    @Bean
    SecretBox secretBox(IdentityProperties properties) {
        return KeySecret.box(properties);
    }

    @Bean
    @DependsOn("flywayInitializer")
    Assertions assertions(DSLContext sql, Clock clock) {
        return new Assertions(sql, clock);
    }

    @Bean
    Denied denied(DSLContext sql, Epoch epoch, Clock clock) {
        return new Denied(sql, epoch, clock);
    }

    @Bean
    People people(DSLContext sql, Clock clock, ConfiguredPeople configured) {
        return new People(configured.people(), sql, clock);
    }

    @Bean
    Links links(DSLContext sql, People people, Clock clock) {
        return new Links(sql, people, clock);
    }

    @Bean
    SignIns signIns(People people, DSLContext sql, SecretBox box, Clock clock) {
        return new SignIns(people, sql, box, clock);
    }

    @Bean
    @DependsOn("flywayInitializer")
    Passkeys passkeys(People people, DSLContext sql, Assertions assertions, Sealing sealing, Clock clock) {
        return new Passkeys(people, new PasskeyRows(sql, clock), new Challenges(assertions, sealing, clock));
    }

    @Bean
    @DependsOn("flywayInitializer")
    Sessions sessions(DSLContext sql, Clock clock, IdentityProperties properties) {
        return new Sessions(sql, clock, properties.sessionIdle());
    }

    @Bean
    Grants grants(DSLContext sql, Epoch epoch, Clock clock) {
        return new Grants(sql, epoch, clock);
    }

    @Bean
    @DependsOn("flywayInitializer")
    Launches launches(DSLContext sql, Clock clock) {
        return new Launches(sql, clock);
    }

    @Bean
    SigningKeys signingKeys(KeyRows rows, Epoch epoch, Clock clock, IdentityProperties properties) {
        return new SigningKeys("sign", rows, epoch, clock, properties.keyLife());
    }

    @Bean
    SecurityEvents securityEvents(ObjectProvider<SecurityLedger> ledger) {
        return new LoggedEvents(ledger);
    }

    @Bean
    Upkeep upkeep(SigningKeys keys, List<Upkeep.Sweep> sweeps) {
        return new Upkeep(keys, sweeps);
    }

    @Bean
    Seals seals(KeyRows rows, Clock clock) {
        return new Seals(rows, clock);
    }

    @Bean
    Clients clients(DSLContext sql, Epoch epoch, Clock clock, ConfiguredClients configured) {
        return new Clients(configured.clients(), sql, epoch, clock);
    }
}
