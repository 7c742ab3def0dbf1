package org.tenderpoint.chart;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.access.Origin;
import org.tenderpoint.access.Sealing;
import org.tenderpoint.chart.AuditTrail.Entry;

/** The table of the audit, and how an entry becomes a row of it. */
final class AuditRows {

    static final Table<Record> AUDIT = DSL.table(name("audit"));

    static final Field<Long> ID = field(name("id"), SQLDataType.BIGINT);
    static final Field<OffsetDateTime> RECORDED = field(name("recorded"), SQLDataType.TIMESTAMPWITHTIMEZONE);
    static final Field<String> CLIENT = field(name("client_id"), SQLDataType.VARCHAR);
    static final Field<UUID> ORGANIZATION = field(name("organization"), SQLDataType.UUID);
    static final Field<String> ROLE = field(name("role"), SQLDataType.VARCHAR);
    static final Field<String> INTERACTION = field(name("interaction"), SQLDataType.VARCHAR);
    static final Field<String> RESOURCE_TYPE = field(name("resource_type"), SQLDataType.VARCHAR);
    static final Field<UUID> RESOURCE = field(name("fhir_id"), SQLDataType.UUID);
    static final Field<Integer> VERSION = field(name("version"), SQLDataType.INTEGER);
    static final Field<Long> PATIENT = field(name("patient_pk"), SQLDataType.BIGINT);
    static final Field<Integer> RESOURCES = field(name("resources"), SQLDataType.INTEGER);
    static final Field<String> OUTCOME = field(name("outcome"), SQLDataType.VARCHAR);
    static final Field<String> GROUND = field(name("ground"), SQLDataType.VARCHAR);
    static final Field<String> PERSON = field(name("person"), SQLDataType.VARCHAR);
    static final Field<String> TOKEN = field(name("token_id"), SQLDataType.VARCHAR);
    static final Field<String> ADDRESS = field(name("source_address"), SQLDataType.VARCHAR);
    static final Field<UUID> REQUEST = field(name("request_id"), SQLDataType.UUID);
    static final Field<Long[]> PATIENTS = field(name("patients"), SQLDataType.BIGINT.array());
    static final Field<String> QUERY_HASH = field(name("query_hash"), SQLDataType.VARCHAR);
    static final Field<String> QUERY = field(name("query"), SQLDataType.CLOB);

    /** Came later than the seals, which cover it where it is there. */
    static final Field<String> PURPOSE = field(name("purpose"), SQLDataType.VARCHAR);

    /** All that the server writes of an entry; the database adds when. */
    static final List<Field<?>> COLUMNS = List.of(
            ID,
            RECORDED,
            CLIENT,
            ORGANIZATION,
            ROLE,
            INTERACTION,
            RESOURCE_TYPE,
            RESOURCE,
            VERSION,
            PATIENT,
            RESOURCES,
            OUTCOME,
            GROUND,
            PERSON,
            TOKEN,
            ADDRESS,
            REQUEST,
            PATIENTS,
            QUERY_HASH,
            QUERY,
            PURPOSE);

    /** What the words of a search are encrypted for. */
    static final String QUERY_PURPOSE = "audited query";

    /** Ids of entries are their numbers, in the form that all ids here have. */
    private static final long IDS = 0x61756469_7445_4000L;

    private static final String BREAK_THE_GLASS = "BTG";
    private static final String NOBODY = "-";
    private static final int LONGEST_GROUND = 600;
    private static final int LONGEST_CLIENT = 100;
    private static final int LONGEST_PERSON = 200;
    private static final int LONGEST_ADDRESS = 45;

    private final PkAllocator pks;
    private final Sealing sealing;

    AuditRows(PkAllocator pks, Sealing sealing) {
        this.pks = pks;
        this.sealing = sealing;
    }

    /** The values of {@link #COLUMNS}. */
    @Nullable
    Object[] row(Entry entry, OffsetDateTime recorded) {
        var who = entry.who();
        var origin = Origin.current();
        var query = origin == null ? null : origin.query();
        return new @Nullable Object[] {
            pks.next(),
            recorded,
            who.clientId() == null ? NOBODY : IndexRows.cut(who.clientId(), LONGEST_CLIENT),
            who.organization(),
            who.role() == null ? NOBODY : who.role().name(),
            entry.interaction(),
            entry.type(),
            entry.id(),
            entry.version(),
            entry.patients().size() == 1 ? entry.patients().iterator().next() : null,
            entry.resources(),
            entry.outcome(),
            IndexRows.cut(entry.ground(), LONGEST_GROUND),
            who.person() == null ? null : IndexRows.cut(who.person(), LONGEST_PERSON),
            origin == null ? null : origin.token(),
            origin == null || origin.address() == null ? null : IndexRows.cut(origin.address(), LONGEST_ADDRESS),
            origin == null ? null : origin.request(),
            entry.patients().size() > 1 ? entry.patients().toArray(Long[]::new) : null,
            query == null ? null : sealing.fingerprint(QUERY_PURPOSE, query),
            query == null ? null : sealing.seal(QUERY_PURPOSE, query.getBytes(StandardCharsets.UTF_8)),
            purpose(entry)
        };
    }

    /** An emergency is what it is, whoever declares it. */
    private static @Nullable String purpose(Entry entry) {
        if (entry.interaction().equals(BrokenGlass.OPEN)) {
            return BREAK_THE_GLASS;
        }
        var role = entry.who().role();
        return role == null ? null : role.purpose();
    }

    /** Entries about a patient's record, alone or among others'. */
    static Condition concerns(SQLDialect dialect, long patient) {
        var among = dialect == SQLDialect.POSTGRES
                ? DSL.condition("{0} @> array[{1}]::bigint[]", PATIENTS, DSL.inline(patient))
                : DSL.condition("array_contains({0}, {1})", PATIENTS, DSL.inline(patient));
        // Never unknown, so that it can be negated, and each part in a form for which there is an index.
        return PATIENT.isNotNull()
                .and(PATIENT.eq(patient))
                .or(PATIENTS.isNotNull().and(among));
    }

    /** The FHIR id of an entry. */
    static UUID id(long number) {
        return new UUID(IDS, Long.MIN_VALUE | number);
    }

    /** The number behind a FHIR id; that of no entry where the id is none of these. */
    static long number(UUID id) {
        return id.getMostSignificantBits() == IDS ? id.getLeastSignificantBits() & Long.MAX_VALUE : Long.MIN_VALUE;
    }

    /** None in the place of the sign that stands where nobody is known. */
    static @Nullable String known(String name) {
        return name.equals(NOBODY) ? null : name;
    }

    /** Whose records these are, in the order of their keys. */
    static Set<Long> patients(Collection<Stored> shown) {
        var patients = new TreeSet<Long>();
        shown.stream().map(Stored::patientPk).filter(Objects::nonNull).forEach(patients::add);
        return patients;
    }
}
