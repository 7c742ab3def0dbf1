package org.tenderpoint.chart;

import java.time.Clock;
import org.jooq.DSLContext;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.tenderpoint.access.Sealing;

/** The audit, which commands need without the record. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ChartProperties.class)
public class AuditConfiguration {

    @Bean
    PkAllocator pkAllocator(DSLContext sql) {
        return new PkAllocator(sql);
    }

    @Bean
    AuditTrail auditTrail(
            DSLContext sql, PlatformTransactionManager manager, PkAllocator pks, Clock clock, Sealing sealing) {
        return new AuditTrail(sql, manager, pks, clock, sealing);
    }

    @Bean
    AuditLog auditLog(AuditTrail audit) {
        return new AuditLog(audit);
    }

    @Bean
    AuditPurge auditPurge(
            DSLContext sql, PlatformTransactionManager manager, AuditTrail audit, Sealing sealing, Clock clock) {
        return new AuditPurge(sql, new TransactionTemplate(manager), audit, sealing, clock);
    }

    @Bean
    AuditSeals auditSeals(DSLContext sql, Sealing sealing, Clock clock) {
        return new AuditSeals(sql, sealing, clock);
    }
}
