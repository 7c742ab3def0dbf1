package org.tenderpoint.chart;

import ca.uhn.fhir.context.FhirContext;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.DependsOn;
import org.springframework.context.annotation.Primary;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Sealing;
import org.tenderpoint.chart.Tables.ResourceTable;

/**
 * A chart that shows every row to everybody and writes nothing into the audit, so that the benchmark can say what rights and
 * entries cost. It is no part of the product, and no setting leads to it. No {@code @Configuration}, so that no component scan
 * of a test finds it.
 */
public final class OpenDoors {

    @Bean
    @Primary
    AuditTrail silentAudit(
            DSLContext sql, PlatformTransactionManager manager, PkAllocator pks, Clock clock, Sealing sealing) {
        return new Silent(sql, manager, pks, clock, sealing);
    }

    @Bean
    @Primary
    @DependsOn("flywayInitializer")
    Chart openChart(
            DSLContext sql,
            TransactionTemplate transaction,
            AuditTrail audit,
            PkAllocator pks,
            FhirContext fhir,
            Clock clock,
            ChartProperties properties,
            Sealing sealing) {
        return new Chart(
                sql,
                transaction,
                audit,
                // Never started: what is noted goes to the audit at once, which keeps nothing.
                new AuditJournal(audit, sealing, properties),
                pks,
                fhir,
                clock,
                properties,
                sealing,
                ids -> new Open(clock, ids, properties));
    }

    private static final class Silent extends AuditTrail {

        private Silent(
                DSLContext sql, PlatformTransactionManager manager, PkAllocator pks, Clock clock, Sealing sealing) {
            super(sql, manager, pks, clock, sealing);
        }

        @Override
        void write(@Nullable Object[] row) {}

        @Override
        void writeWith(Entry entry) {}
    }

    private static final class Open extends Visibility {

        private Open(Clock clock, ParamIds ids, ChartProperties properties) {
            super(clock, ids, properties);
        }

        @Override
        Condition of(Caller caller, ResourceTable rows, String type) {
            return DSL.trueCondition();
        }

        @Override
        Condition ofMany(Caller caller, ResourceTable rows, String type) {
            return DSL.trueCondition();
        }

        @Override
        Condition within(Caller caller, ResourceTable rows, String type) {
            return DSL.trueCondition();
        }

        @Override
        Condition ofAnyType(Caller caller, ResourceTable rows) {
            return DSL.trueCondition();
        }

        @Override
        Condition ofRecord(Caller caller, ResourceTable rows) {
            return DSL.trueCondition();
        }

        @Override
        Condition ofSummary(Caller caller, ResourceTable rows, Set<String> types, boolean forPayers) {
            return rows.type.in(types);
        }

        @Override
        Condition beside(
                Caller caller, ResourceTable rows, String type, Select<Record1<Long>> shown, List<String> types) {
            return DSL.trueCondition();
        }
    }
}
