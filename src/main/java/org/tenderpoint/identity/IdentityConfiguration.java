package org.tenderpoint.identity;

import java.time.Clock;
import java.util.List;
import org.jooq.DSLContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

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
    KeyRows keyRows(DSLContext sql, IdentityProperties properties) {
        return new KeyRows(sql, KeySecret.box(properties));
    }

    @Bean
    SigningKeys signingKeys(KeyRows rows, Epoch epoch, Clock clock, IdentityProperties properties) {
        return new SigningKeys("sign", rows, epoch, clock, properties.keyLife());
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
