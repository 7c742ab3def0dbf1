package org.tenderpoint.chart;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Param;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.tenderpoint.access.AccessRule;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Role;
import org.tenderpoint.chart.Tables.GrantTable;
import org.tenderpoint.chart.Tables.ResourceTable;

/**
 * The rows that a caller may see, as a condition on any query. What is not visible is not found: not by reading, not
 * by searching, not through a reference, and not by counting.
 */
final class Visibility {

    private static final List<Param<String>> DIRECTORY =
            AccessRule.DIRECTORY.stream().sorted().map(DSL::inline).toList();

    private static final String NOW = "now";
    private static final String ORGANIZATION = "organization";

    private final Clock clock;

    Visibility(Clock clock) {
        this.clock = clock;
    }

    /** Rows of one type. */
    Condition of(Caller caller, ResourceTable rows, String type) {
        return AccessRule.DIRECTORY.contains(type) ? DSL.trueCondition() : ofPatientTypes(caller, rows);
    }

    /** Rows of one type, where a condition beside this one leaves only records that {@link #ofRecord} speaks of. */
    Condition within(Caller caller, ResourceTable rows, String type) {
        var provider = caller.is(Role.EHR) || caller.is(Role.CLINIC);
        return provider && !AccessRule.DIRECTORY.contains(type) ? ofRecord(caller, rows) : of(caller, rows, type);
    }

    /** Rows of any type. */
    Condition ofAnyType(Caller caller, ResourceTable rows) {
        return rows.type.in(DIRECTORY).or(ofPatientTypes(caller, rows));
    }

    /**
     * Rows from which a summary for the caller is made: released, unlabelled rows of the given types, of patients the
     * caller has a grant for. An insurer sees these only inside a treatment summary.
     */
    Condition ofSummary(Caller caller, ResourceTable rows, Set<String> types) {
        return rows.type
                .in(types)
                .and(granted(caller, rows))
                .and(DSL.condition(rows.released))
                .and(DSL.not(rows.sensitive));
    }

    /**
     * Rows of one patient's record, asked about a patient whom {@link #of} lets the caller see: the grant that showed the
     * Patient holds for all of them, so it is not looked up again for each.
     */
    Condition ofRecord(Caller caller, ResourceTable rows) {
        return switch (caller.role()) {
            case ADMINISTRATOR, PRIVACY_OFFICER, PATIENT, INSURER -> DSL.falseCondition();
            case EHR, CLINIC -> ownOrShared(caller, rows);
        };
    }

    private Condition ofPatientTypes(Caller caller, ResourceTable rows) {
        return switch (caller.role()) {
            case ADMINISTRATOR, PRIVACY_OFFICER, PATIENT -> DSL.falseCondition();
            case INSURER ->
                granted(caller, rows).and(rows.type.eq(DSL.inline("Patient")).or(isSourceOfGrant(caller, rows)));
            case EHR, CLINIC -> seenByProvider(caller, rows);
        };
    }

    private Condition seenByProvider(Caller caller, ResourceTable rows) {
        return granted(caller, rows)
                .and(ownOrShared(caller, rows))
                .or(rows.patientPk.isNull().and(rows.owner.eq(organization(caller))));
    }

    private static Condition ownOrShared(Caller caller, ResourceTable rows) {
        return rows.owner
                .eq(organization(caller))
                .or(DSL.condition(rows.released).and(DSL.not(rows.sensitive)));
    }

    private Condition granted(Caller caller, ResourceTable rows) {
        var grant = new GrantTable("g");
        return DSL.exists(DSL.selectOne().from(grant.table).where(holds(caller, grant, rows)));
    }

    /** An insurer sees the Coverage that names it, not the member's other ones. */
    private Condition isSourceOfGrant(Caller caller, ResourceTable rows) {
        var grant = new GrantTable("gs");
        return DSL.exists(DSL.selectOne()
                .from(grant.table)
                .where(holds(caller, grant, rows))
                .and(grant.sourcePk.eq(rows.pk)));
    }

    private Condition holds(Caller caller, GrantTable grant, ResourceTable rows) {
        var now = DSL.param(NOW, IndexRows.utc(clock.instant()));
        return grant.patientPk
                .eq(rows.patientPk)
                .and(grant.grantee.eq(organization(caller)))
                .and(grant.role.eq(DSL.inline(caller.role().name())))
                .and(grant.validFrom.le(now))
                .and(grant.validTo.gt(now));
    }

    private static Param<UUID> organization(Caller caller) {
        return DSL.param(ORGANIZATION, Objects.requireNonNull(caller.organization()));
    }

    /** What of a caller the text of these conditions depends on; equal for two callers who get the same text. */
    static String kind(Caller caller) {
        return caller.role().name();
    }

    /**
     * Rows of any type beside rows that were shown: the grant that showed those holds for the records they belong to, so
     * it is looked up only for rows of other records.
     *
     * @param shown the patients of rows of a type that {@link #of} shows only to whom a grant lets see the patient
     */
    Condition beside(Caller caller, ResourceTable rows, Select<Record1<Long>> shown) {
        var anywhere = ofAnyType(caller, rows);
        return switch (caller.role()) {
            case EHR, CLINIC ->
                rows.patientPk.in(shown).and(ownOrShared(caller, rows)).or(anywhere);
            default -> anywhere;
        };
    }

    /**
     * The values of the parameters in these conditions, for a {@link Statements statement} that was composed before.
     * The conditions' text differs with the caller's {@link #kind} and with nothing else about the caller.
     */
    Map<String, Object> values(Caller caller) {
        var values = new HashMap<String, Object>();
        values.put(NOW, IndexRows.utc(clock.instant()));
        if (caller.organization() != null) {
            values.put(ORGANIZATION, caller.organization());
        }
        return values;
    }

    /** True where what the caller reads is the payer view instead of the resource. */
    static boolean isMasked(Caller caller) {
        return caller.is(Role.INSURER);
    }
}
