package org.tenderpoint.delivery;

import java.util.concurrent.ThreadLocalRandom;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts chance into deliveries. */
@Configuration(proxyBeanMethods = false)
class DeliveryConfiguration {

    @Bean
    Backoff backoff(DeliveryProperties properties) {
        return new Backoff(properties, () -> ThreadLocalRandom.current().nextDouble());
    }
}
