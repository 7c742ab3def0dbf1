package org.tenderpoint.chart;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Record;
import org.jooq.Sequence;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** The tables of {@code db/migration} for jOOQ. */
final class Tables {

    static final Sequence<Long> CHART_PK = DSL.sequence(DSL.name("chart_pk"), SQLDataType.BIGINT);
    static final Sequence<Long> COMMIT_SEQ = DSL.sequence(DSL.name("commit_seq"), SQLDataType.BIGINT);

    private Tables() {}

    /** {@code resource} or {@code resource_history}, under an alias, because a query may meet a table twice. */
    static final class ResourceTable {
        static final ResourceTable RESOURCE = new ResourceTable("resource", "r");
        static final ResourceTable HISTORY = new ResourceTable("resource_history", "h");

        final Table<Record> table;
        final Field<Long> pk;
        final Field<String> type;
        final Field<UUID> fhirId;
        final Field<Integer> version;
        final Field<OffsetDateTime> lastUpdated;
        final Field<Long> seq;
        final Field<Boolean> deleted;
        final Field<Long> patientPk;
        final Field<UUID> owner;
        final Field<Boolean> released;
        final Field<Boolean> sensitive;
        final Field<String> audience;
        final Field<OffsetDateTime> happened;
        final Field<byte[]> body;
        final Field<byte[]> payerBody;

        ResourceTable(String name, String alias) {
            table = DSL.table(DSL.name(name)).as(alias);
            var prefix = DSL.name(alias);
            pk = bigint(prefix, "pk");
            type = text(prefix, "type");
            fhirId = uuid(prefix, "fhir_id");
            version = DSL.field(prefix.append("version"), SQLDataType.INTEGER);
            lastUpdated = time(prefix, "last_updated");
            seq = bigint(prefix, "seq");
            deleted = bool(prefix, "deleted");
            patientPk = bigint(prefix, "patient_pk");
            owner = uuid(prefix, "owner");
            released = bool(prefix, "released");
            sensitive = bool(prefix, "sensitive");
            audience = text(prefix, "audience");
            happened = time(prefix, "happened");
            body = DSL.field(prefix.append("body"), SQLDataType.VARBINARY);
            payerBody = DSL.field(prefix.append("payer_body"), SQLDataType.VARBINARY);
        }

        static ResourceTable resource(String alias) {
            return new ResourceTable("resource", alias);
        }
    }

    /** One of the six index tables, under an alias. */
    static final class IndexTable {
        final Table<Record> table;
        final Field<Long> resourcePk;
        final Field<Long> patientPk;
        final Field<Short> param;
        final Field<String> system;
        final Field<String> code;
        final Field<Short> part;
        final Field<String> unit;
        final Field<String> targetType;
        final Field<Long> targetPk;
        final Field<OffsetDateTime> low;
        final Field<OffsetDateTime> high;
        final Field<BigDecimal> amount;
        final Field<String> folded;
        final Field<String> exact;
        final Field<String> uri;

        IndexTable(String name, String alias) {
            table = DSL.table(DSL.name(name)).as(alias);
            var prefix = DSL.name(alias);
            resourcePk = bigint(prefix, "resource_pk");
            patientPk = bigint(prefix, "patient_pk");
            param = DSL.field(prefix.append("param"), SQLDataType.SMALLINT);
            system = text(prefix, "system");
            code = text(prefix, "code");
            part = DSL.field(prefix.append("part"), SQLDataType.SMALLINT);
            unit = text(prefix, "unit");
            targetType = text(prefix, "target_type");
            targetPk = bigint(prefix, "target_pk");
            low = time(prefix, "low");
            high = time(prefix, "high");
            amount = DSL.field(prefix.append("amount"), SQLDataType.NUMERIC(38, 12));
            folded = text(prefix, "folded");
            exact = text(prefix, "exact");
            uri = text(prefix, "uri");
        }
    }

    /** {@code access_grant}, under an alias. */
    static final class GrantTable {
        final Table<Record> table;
        final Field<Long> patientPk;
        final Field<UUID> grantee;
        final Field<String> role;
        final Field<String> ground;
        final Field<Long> sourcePk;
        final Field<Long> resourcePk;
        final Field<OffsetDateTime> validFrom;
        final Field<OffsetDateTime> validTo;

        GrantTable(String alias) {
            table = DSL.table(DSL.name("access_grant")).as(alias);
            var prefix = DSL.name(alias);
            patientPk = bigint(prefix, "patient_pk");
            grantee = uuid(prefix, "grantee");
            role = text(prefix, "role");
            ground = text(prefix, "ground");
            sourcePk = bigint(prefix, "source_pk");
            resourcePk = bigint(prefix, "resource_pk");
            validFrom = time(prefix, "valid_from");
            validTo = time(prefix, "valid_to");
        }
    }

    private static Field<Long> bigint(Name prefix, String name) {
        return DSL.field(prefix.append(name), SQLDataType.BIGINT);
    }

    private static Field<String> text(Name prefix, String name) {
        return DSL.field(prefix.append(name), SQLDataType.VARCHAR);
    }

    private static Field<UUID> uuid(Name prefix, String name) {
        return DSL.field(prefix.append(name), SQLDataType.UUID);
    }

    private static Field<Boolean> bool(Name prefix, String name) {
        return DSL.field(prefix.append(name), SQLDataType.BOOLEAN);
    }

    private static Field<OffsetDateTime> time(Name prefix, String name) {
        return DSL.field(prefix.append(name), SQLDataType.TIMESTAMPWITHTIMEZONE);
    }
}
