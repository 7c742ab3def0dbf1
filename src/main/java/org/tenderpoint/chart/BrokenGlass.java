package org.tenderpoint.chart;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;
import org.tenderpoint.access.AccessRule;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Region;
import org.tenderpoint.chart.AuditTrail.Entry;
import org.tenderpoint.chart.Tables.ResourceTable;
import org.tenderpoint.issue.Refused;

/**
 * The way into the record of a patient whom a clinic does not treat: in an emergency, with a reason, for an hour, and a
 * privacy officer looks at it afterwards.
 */
public final class BrokenGlass {

    /** The operation that opens a record. */
    public static final String OPEN = "$break-glass";

    /** The operation that lists what was opened. */
    public static final String LIST = "$break-glass-list";

    /** The operation by which somebody has looked at it. */
    public static final String REVIEW = "$break-glass-review";

    /** How long a record stays open. */
    private static final Duration OPEN_FOR = Duration.ofHours(1);

    /** Most that are listed. */
    private static final int MOST = 500;

    private static final String REVIEWS = "a privacy officer reviews emergencies";

    private static final ResourceTable R = ResourceTable.resource("r");
    private static final Table<Record> CASES = DSL.table(name("break_glass"));
    private static final Field<UUID> ID = field(name("id"), SQLDataType.UUID);
    private static final Field<UUID> PATIENT = field(name("patient"), SQLDataType.UUID);
    private static final Field<UUID> ORGANIZATION = field(name("organization"), SQLDataType.UUID);
    private static final Field<String> CLIENT = field(name("client_id"), SQLDataType.VARCHAR);
    private static final Field<String> PERSON = field(name("person"), SQLDataType.VARCHAR);
    private static final Field<String> REASON = field(name("reason"), SQLDataType.VARCHAR);
    private static final Field<OffsetDateTime> OPENED = field(name("opened"), SQLDataType.TIMESTAMPWITHTIMEZONE);
    private static final Field<OffsetDateTime> ENDS = field(name("ends"), SQLDataType.TIMESTAMPWITHTIMEZONE);
    private static final Field<OffsetDateTime> REVIEWED = field(name("reviewed"), SQLDataType.TIMESTAMPWITHTIMEZONE);
    private static final Field<String> REVIEWER = field(name("reviewer"), SQLDataType.VARCHAR);

    private final DSLContext sql;
    private final TransactionTemplate transaction;
    private final AuditTrail audit;
    private final GrantRows grants;
    private final Clock clock;

    BrokenGlass(DSLContext sql, TransactionTemplate transaction, AuditTrail audit, GrantRows grants, Clock clock) {
        this.sql = sql;
        this.transaction = transaction;
        this.audit = audit;
        this.grants = grants;
        this.clock = clock;
    }

    /**
     * A record that was opened.
     *
     * @param id of the case
     * @param patient FHIR id
     * @param organization FHIR id of the clinic
     * @param client the client that asked
     * @param person who sat before it, as a relative reference; none where a system asked
     * @param reason in the asker's words
     * @param opened from when
     * @param ends until when
     * @param reviewed when a privacy officer has looked at it; none before
     */
    public record Case(
            UUID id,
            UUID patient,
            UUID organization,
            String client,
            @Nullable String person,
            String reason,
            Instant opened,
            Instant ends,
            @Nullable Instant reviewed) {}

    /**
     * Opens the record of a patient to the caller's clinic.
     *
     * @throws Refused 403 where the caller's role or scopes do not cover it, or the patient's Consent shuts the clinic
     *     out; 404 where there is no such patient, or the token is confined to another
     */
    public Case open(Caller caller, UUID patient, String reason) {
        AccessRule.requireOperation(caller, OPEN, "Patient");
        if (isConfinedToAnother(caller, patient)) {
            throw Refused.notFound();
        }
        return Objects.requireNonNull(transaction.execute(status -> {
            var pk = sql.select(R.pk)
                    .from(R.table)
                    .where(R.fhirId.eq(patient))
                    .and(R.type.eq("Patient"))
                    .and(DSL.not(R.deleted))
                    .fetchOptional(R.pk)
                    .orElseThrow(Refused::notFound);
            var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            var organization = Objects.requireNonNull(caller.organization());
            var opened = new Case(
                    UUID.randomUUID(),
                    patient,
                    organization,
                    caller.clientId(),
                    caller.user(),
                    reason,
                    now,
                    now.plus(OPEN_FOR),
                    null);
            if (!grants.breakGlass(pk, organization, opened.opened, opened.ends)) {
                throw Refused.forbidden("The patient's consent shuts this clinic out, in an emergency too.");
            }
            sql.insertInto(CASES, ID, PATIENT, ORGANIZATION, CLIENT, PERSON, REASON, OPENED, ENDS)
                    .values(
                            opened.id,
                            patient,
                            organization,
                            opened.client,
                            opened.person,
                            reason,
                            IndexRows.utc(now),
                            IndexRows.utc(opened.ends))
                    .execute();
            audit.writeWith(Entry.done(caller, OPEN, "Patient", patient, GrantRows.BREAK_GLASS + ": " + reason)
                    .ofPatient(pk)
                    .about(1));
            return opened;
        }));
    }

    /** What was opened, the newest first, and what nobody has looked at before the rest. */
    public List<Case> list(Caller caller) {
        AccessRule.requireOperation(caller, LIST);
        var cases = sql.selectFrom(CASES)
                .orderBy(REVIEWED.isNotNull(), OPENED.desc())
                .limit(MOST)
                .fetch(BrokenGlass::read);
        audit.write(Entry.done(caller, LIST, "Patient", null, REVIEWS)
                .ofPatients(keys(cases))
                .about(cases.size()));
        return cases;
    }

    /**
     * Somebody has looked at a case.
     *
     * @throws Refused 404 where there is no such case that nobody has looked at
     */
    public Case review(Caller caller, UUID id) {
        AccessRule.requireOperation(caller, REVIEW);
        return Objects.requireNonNull(transaction.execute(status -> {
            Condition open = ID.eq(id).and(REVIEWED.isNull());
            var changed = sql.update(CASES)
                    .set(REVIEWED, IndexRows.utc(clock.instant()))
                    .set(REVIEWER, caller.user() == null ? caller.clientId() : caller.user())
                    .where(open)
                    .execute();
            if (changed == 0) {
                throw Refused.notFound();
            }
            var reviewed = sql.selectFrom(CASES).where(ID.eq(id)).fetchSingle(BrokenGlass::read);
            audit.writeWith(Entry.done(caller, REVIEW, "Patient", reviewed.patient, REVIEWS)
                    .ofPatients(keys(List.of(reviewed)))
                    .about(1));
            return reviewed;
        }));
    }

    /** Whose records they are. */
    private Set<Long> keys(List<Case> cases) {
        return sql.select(R.pk)
                .from(R.table)
                .where(R.fhirId.in(cases.stream().map(Case::patient).toList()))
                .and(R.type.eq("Patient"))
                .fetchSet(R.pk);
    }

    /** True for a token that shows one patient's record only, and not this one's: the grant would be no use to it. */
    private static boolean isConfinedToAnother(Caller caller, UUID patient) {
        return !patient.equals(caller.patient())
                && caller.scopes()
                        .confinement("Patient")
                        .filter(regions -> regions.stream().allMatch(Region::ofPatient))
                        .isPresent();
    }

    private static Case read(Record row) {
        var reviewed = row.get(REVIEWED);
        return new Case(
                row.get(ID),
                row.get(PATIENT),
                row.get(ORGANIZATION),
                row.get(CLIENT),
                row.get(PERSON),
                row.get(REASON),
                row.get(OPENED).toInstant(),
                row.get(ENDS).toInstant(),
                reviewed == null ? null : reviewed.toInstant());
    }
}
