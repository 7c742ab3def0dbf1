package org.tenderpoint.chart;

import ca.uhn.fhir.context.FhirContext;
import java.time.Clock;
import javax.sql.DataSource;
import org.jooq.ConnectionProvider;
import org.jooq.DSLContext;
import org.springframework.boot.autoconfigure.jooq.DefaultConfigurationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.tenderpoint.access.Sealing;

/** Puts the chart together; for commands that need the record, beside {@link AuditConfiguration}. */
@Configuration(proxyBeanMethods = false)
public class ChartConfiguration {

    /** jOOQ would ask its logger and the driver about every statement, and throw the answers away. */
    @Bean
    DefaultConfigurationCustomizer withoutLogging() {
        return configuration ->
                configuration.settings().withExecuteLogging(false).withFetchWarnings(false);
    }

    @Bean
    ConnectionProvider connections(DataSource source) {
        return new TransactionConnections(source);
    }

    @Bean
    TransactionTemplate chartTransaction(PlatformTransactionManager manager) {
        return new TransactionTemplate(manager);
    }

    @Bean
    AuditJournal auditJournal(AuditTrail audit, Sealing sealing, ChartProperties properties) {
        return new AuditJournal(audit, sealing, properties);
    }

    @Bean
    @DependsOn("flywayInitializer")
    Chart chart(
            DSLContext sql,
            TransactionTemplate transaction,
            AuditTrail audit,
            AuditJournal journal,
            PkAllocator pks,
            FhirContext fhir,
            Clock clock,
            ChartProperties properties,
            Sealing sealing) {
        return new Chart(sql, transaction, audit, journal, pks, fhir, clock, properties, sealing);
    }

    @Bean
    AuditBook auditBook(DSLContext sql, AuditTrail audit, AuditJournal journal, Chart chart, Sealing sealing) {
        return new AuditBook(sql, audit, journal, chart, sealing);
    }

    @Bean
    @DependsOn("flywayInitializer")
    ExportJobs exportJobs(DSLContext sql, TransactionTemplate transaction, AuditTrail audit, Clock clock) {
        return new ExportJobs(sql, transaction, audit, clock);
    }

    @Bean
    Subscribers subscribers(
            DSLContext sql,
            TransactionTemplate transaction,
            AuditTrail audit,
            Sealing sealing,
            Chart chart,
            Clock clock) {
        return new Subscribers(sql, transaction, audit, new SubscriberRows(sql, sealing), chart, clock);
    }

    @Bean
    @DependsOn("flywayInitializer")
    StuckSubscribers stuckSubscribers(DSLContext sql, Clock clock) {
        return new StuckSubscribers(sql, clock);
    }

    @Bean
    ExportLines exportLines(DSLContext sql, Chart chart, AuditTrail audit, Clock clock) {
        return new ExportLines(sql, chart.visibility(), audit, clock);
    }

    @Bean
    BrokenGlass brokenGlass(
            DSLContext sql, TransactionTemplate transaction, AuditTrail audit, Chart chart, Clock clock) {
        return new BrokenGlass(sql, transaction, audit, chart.grants(), clock);
    }
}
