package org.tenderpoint.chart;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;

/** Columns by their bare names, for statements that meet one table only. */
final class Columns {

    static final Field<Long> PK = field(name("pk"), SQLDataType.BIGINT);
    static final Field<String> TYPE = field(name("type"), SQLDataType.VARCHAR);
    static final Field<UUID> FHIR_ID = field(name("fhir_id"), SQLDataType.UUID);
    static final Field<Integer> VERSION = field(name("version"), SQLDataType.INTEGER);
    static final Field<OffsetDateTime> LAST_UPDATED = field(name("last_updated"), SQLDataType.TIMESTAMPWITHTIMEZONE);
    static final Field<Long> SEQ = field(name("seq"), SQLDataType.BIGINT);
    static final Field<Boolean> DELETED = field(name("deleted"), SQLDataType.BOOLEAN);
    static final Field<Long> PATIENT_PK = field(name("patient_pk"), SQLDataType.BIGINT);
    static final Field<UUID> OWNER = field(name("owner"), SQLDataType.UUID);
    static final Field<String> OWNER_ROLE = field(name("owner_role"), SQLDataType.VARCHAR);
    static final Field<Boolean> RELEASED = field(name("released"), SQLDataType.BOOLEAN);
    static final Field<Boolean> IS_SENSITIVE = field(name("sensitive"), SQLDataType.BOOLEAN);
    static final Field<OffsetDateTime> HAPPENED = field(name("happened"), SQLDataType.TIMESTAMPWITHTIMEZONE);
    static final Field<byte[]> BODY = field(name("body"), SQLDataType.VARBINARY);
    static final Field<byte[]> PAYER_BODY = field(name("payer_body"), SQLDataType.VARBINARY);
    static final Field<String> CLAIM_KEY = field(name("claim_key"), SQLDataType.VARCHAR);
    static final Field<Long> RESOURCE_PK = field(name("resource_pk"), SQLDataType.BIGINT);
    static final Field<Long> SOURCE_PK = field(name("source_pk"), SQLDataType.BIGINT);
    static final Field<Short> PARAM = field(name("param"), SQLDataType.SMALLINT);
    static final Field<String> SYSTEM = field(name("system"), SQLDataType.VARCHAR);
    static final Field<UUID> GRANTEE = field(name("grantee"), SQLDataType.UUID);
    static final Field<String> AUDIENCE = field(name("audience"), SQLDataType.VARCHAR);
    static final Field<OffsetDateTime> VALID_FROM = field(name("valid_from"), SQLDataType.TIMESTAMPWITHTIMEZONE);
    static final Field<OffsetDateTime> VALID_TO = field(name("valid_to"), SQLDataType.TIMESTAMPWITHTIMEZONE);

    private Columns() {}
}
