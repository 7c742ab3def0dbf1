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
import org.jooq.SelectConditionStep;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.tenderpoint.access.AccessRule;
import org.tenderpoint.access.Audience;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Role;
import org.tenderpoint.chart.Tables.GrantTable;
import org.tenderpoint.chart.Tables.IndexTable;
import org.tenderpoint.chart.Tables.ResourceTable;

/**
 * The rows that a caller may see, as a condition on any query. What is not visible is not found: not by reading, not
 * by searching, not through a reference, and not by counting.
 */
class Visibility {

    private static final List<Param<String>> DIRECTORY =
            AccessRule.DIRECTORY.stream().sorted().map(DSL::inline).toList();

    private static final List<Param<String>> OWN =
            AccessRule.OWN.stream().sorted().map(DSL::inline).toList();

    /** What is sent to somebody: seen by whoever it was sent to, and of what is made for payers by nobody else. */
    private static final Set<String> DOCUMENTS =
            Set.of("Composition", "Bundle", "DocumentReference", "Binary", "Communication");

    private static final List<Param<String>> DOCUMENT_TYPES =
            DOCUMENTS.stream().sorted().map(DSL::inline).toList();

    /** What is known of the types of the rows. */
    private enum Kind {
        DOCUMENT,
        BINARY,
        OWN,
        OTHER,
        ANY;

        static Kind of(String type) {
            return AccessRule.OWN.contains(type) ? OWN : ofRecord(type);
        }

        private static Kind ofRecord(String type) {
            return type.equals("Binary") ? BINARY : DOCUMENTS.contains(type) ? DOCUMENT : OTHER;
        }
    }

    /**
     * Behind an {@code exists}, so that it is looked up for each row. PostgreSQL would rather gather all that could be asked
     * for first, such as all grants of the caller, for a single row too. It cannot where rows are left out, and leaving out
     * none changes nothing.
     */
    static final Param<Integer> LOOKED_UP = DSL.inline(0);

    private static final String NOW = "now";
    private static final String GRANTEE = "grantee";
    private static final String PATIENT = "patient";

    private final Clock clock;
    private final ParamIds paramIds;
    private final Confinement confinement;
    private final boolean patientSeesDrafts;

    Visibility(Clock clock, ParamIds paramIds, ChartProperties properties) {
        this.clock = clock;
        this.paramIds = paramIds;
        this.confinement = new Confinement(paramIds);
        this.patientSeesDrafts = properties.patientSeesDrafts();
    }

    /** Rows of one type of which few are looked at, because their ids are known: the grant is asked for at each. */
    Condition of(Caller caller, ResourceTable rows, String type) {
        return of(caller, rows, type, true);
    }

    /** Rows of one type of which nobody knows how many are looked at: the database may gather all grants first. */
    Condition ofMany(Caller caller, ResourceTable rows, String type) {
        return of(caller, rows, type, false);
    }

    private Condition of(Caller caller, ResourceTable rows, String type, boolean areFew) {
        var kind = Kind.of(type);
        var visible = AccessRule.DIRECTORY.contains(type)
                ? DSL.trueCondition()
                : kind == Kind.OWN ? own(caller, rows) : ofPatientTypes(caller, rows, kind, areFew);
        return Confinement.isOn(caller) ? visible.and(confinement.of(caller, rows, type)) : visible;
    }

    /** Rows of one type, where a condition beside this one leaves only records that {@link #ofRecord} speaks of. */
    Condition within(Caller caller, ResourceTable rows, String type) {
        if (caller.is(Role.INSURER) || AccessRule.DIRECTORY.contains(type) || Kind.of(type) == Kind.OWN) {
            return ofMany(caller, rows, type);
        }
        var visible = ofRecord(caller, rows, Kind.of(type));
        return Confinement.isOn(caller) ? visible.and(confinement.of(caller, rows, type)) : visible;
    }

    /** Rows of any type. */
    Condition ofAnyType(Caller caller, ResourceTable rows) {
        var visible = rows.type.in(DIRECTORY).or(ofPatientTypes(caller, rows, Kind.ANY, true));
        return Confinement.isOn(caller) ? visible.and(confinement.ofAnyType(caller, rows)) : visible;
    }

    /**
     * Rows from which a summary for the caller is made: released, unlabelled rows of the given types, of patients the
     * caller has a grant for. An insurer sees these only inside a treatment summary.
     *
     * @param forPayers true to leave out what the patient has paid for and keeps from payers, and all that is part of it
     */
    Condition ofSummary(Caller caller, ResourceTable rows, Set<String> types, boolean forPayers) {
        var visible = rows.type
                .in(types)
                .and(granted(caller, rows, true))
                .and(DSL.condition(rows.released))
                .and(DSL.not(rows.sensitive));
        if (Confinement.isOn(caller)) {
            visible = visible.and(confinement.ofAnyType(caller, rows));
        }
        return forPayers ? visible.and(isForPayers(rows)) : visible;
    }

    /** Neither itself kept from payers nor part of a visit that is. */
    private Condition isForPayers(ResourceTable rows) {
        var visit = ResourceTable.resource("v");
        var part = new IndexTable("index_reference", "pv");
        var ofVisit = RecordTypes.all().stream()
                .filter(type -> type.param("encounter").isPresent())
                .map(type -> DSL.inline(paramIds.id(type.name(), "encounter")))
                .toList();
        return isNot(Audience.NO_PAYER, rows)
                .and(DSL.notExists(DSL.selectOne()
                        .from(part.table)
                        .join(visit.table)
                        .on(visit.pk.eq(part.targetPk))
                        .where(part.resourcePk.eq(rows.pk))
                        .and(part.param.in(ofVisit))
                        .and(visit.audience.eq(DSL.inline(Audience.NO_PAYER.name())))
                        .offset(LOOKED_UP)));
    }

    /**
     * Rows of one patient's record, asked about a patient whom {@link #of} lets the caller see: the grant that showed the
     * Patient holds for all of them, so it is not looked up again for each.
     */
    Condition ofRecord(Caller caller, ResourceTable rows) {
        var visible = ofRecord(caller, rows, Kind.ANY);
        return Confinement.isOn(caller) ? visible.and(confinement.ofAnyType(caller, rows)) : visible;
    }

    private Condition ofRecord(Caller caller, ResourceTable rows, Kind kind) {
        return switch (caller.role()) {
            case ADMINISTRATOR, PRIVACY_OFFICER, INSURER -> DSL.falseCondition();
            case PATIENT -> ofPatient(rows);
            case EHR, CLINIC -> ownOrShared(caller, rows, kind);
        };
    }

    /** Rows of {@link AccessRule#OWN}, which a patient has none of. */
    private static Condition own(Caller caller, ResourceTable rows) {
        return caller.organization() == null
                ? DSL.falseCondition()
                : rows.patientPk.isNull().and(rows.owner.eq(organization(caller)));
    }

    private Condition ofPatientTypes(Caller caller, ResourceTable rows, Kind kind, boolean areFew) {
        return switch (caller.role()) {
            case ADMINISTRATOR, PRIVACY_OFFICER -> DSL.falseCondition();
            case INSURER -> seenByInsurer(caller, rows, kind);
            case PATIENT ->
                granted(caller, rows, areFew)
                        .and(rows.patientPk.eq(
                                Confinement.patient(DSL.param(PATIENT, Objects.requireNonNull(caller.patient())))))
                        .and(ofPatient(rows));
            case EHR, CLINIC ->
                seenByProvider(caller, rows, kind, areFew)
                        .or(rows.patientPk.isNull().and(rows.owner.eq(organization(caller))));
        };
    }

    private Condition ofPatient(ResourceTable rows) {
        return patientSeesDrafts ? DSL.noCondition() : DSL.condition(rows.released);
    }

    private Condition seenByProvider(Caller caller, ResourceTable rows, Kind kind, boolean areFew) {
        var grant = new GrantTable("g");
        var ofRecord = grant.resourcePk.isNull().and(ownOrShared(caller, rows, kind));
        return kind == Kind.OTHER
                ? granted(caller, rows, areFew).and(ownOrShared(caller, rows, kind))
                : DSL.exists(DSL.selectOne()
                        .from(grant.table)
                        .where(holds(caller, grant, rows))
                        .and(ofRecord.or(isSent(grant, rows))));
    }

    private Condition ownOrShared(Caller caller, ResourceTable rows, Kind kind) {
        var shared = DSL.condition(rows.released).and(DSL.not(rows.sensitive));
        return rows.owner
                .eq(organization(caller))
                .or(
                        switch (kind) {
                            case OTHER, OWN -> shared;
                            case DOCUMENT -> shared.and(isNot(Audience.PAYER, rows));
                            case BINARY ->
                                shared.and(isNot(Audience.PAYER, rows)).and(isFiled(rows));
                            case ANY ->
                                shared.and(rows.type.notIn(DOCUMENT_TYPES).or(isNot(Audience.PAYER, rows)))
                                        .and(rows.type.ne(DSL.inline("Binary")).or(isFiled(rows)));
                        });
    }

    /** The content of a draft is a draft, and that of a labelled paper is labelled. */
    private Condition isFiled(ResourceTable rows) {
        var location = new IndexTable("index_uri", "bl");
        var paper = ResourceTable.resource("bp");
        return DSL.notExists(DSL.selectOne()
                .from(location.table)
                .join(paper.table)
                .on(paper.pk.eq(location.resourcePk))
                .where(location.param.eq(DSL.inline(paramIds.id("DocumentReference", "location"))))
                .and(location.uri.eq(DSL.concat(DSL.inline("Binary/"), rows.fhirId.cast(SQLDataType.VARCHAR))))
                .and(DSL.not(paper.deleted))
                .and(DSL.condition(DSL.not(paper.released)).or(DSL.condition(paper.sensitive)))
                .offset(LOOKED_UP));
    }

    private static Condition isNot(Audience audience, ResourceTable rows) {
        return rows.audience.isNull().or(rows.audience.ne(DSL.inline(audience.name())));
    }

    /** What was sent to the caller alone. A draft or a labelled resource is nobody else's even then. */
    private static Condition isSent(GrantTable grant, ResourceTable rows) {
        return grant.resourcePk.eq(rows.pk).and(DSL.condition(rows.released)).and(DSL.not(rows.sensitive));
    }

    /** An insurer sees its member's payer view, the Coverage that names it (not the other ones), and what it was sent. */
    private Condition seenByInsurer(Caller caller, ResourceTable rows, Kind kind) {
        var grant = new GrantTable("g");
        var ofMember = rows.type.eq(DSL.inline("Patient")).or(grant.sourcePk.eq(rows.pk));
        var seen = DSL.exists(DSL.selectOne()
                .from(grant.table)
                .where(holds(caller, grant, rows))
                .and(grant.resourcePk.isNull().and(ofMember).or(isSent(grant, rows))));
        return kind == Kind.ANY ? seen.or(rows.type.in(OWN).and(own(caller, rows))) : seen;
    }

    private Condition granted(Caller caller, ResourceTable rows, boolean areFew) {
        var grant = new GrantTable("g");
        var held = DSL.selectOne()
                .from(grant.table)
                .where(holds(caller, grant, rows))
                .and(grant.resourcePk.isNull());
        return DSL.exists(areFew ? held.offset(LOOKED_UP) : held);
    }

    /** The patients of whom the caller has a grant for something. */
    SelectConditionStep<Record1<Long>> patients(Caller caller) {
        var grant = new GrantTable("g");
        return DSL.selectDistinct(grant.patientPk).from(grant.table).where(isHeld(caller, grant));
    }

    private Condition holds(Caller caller, GrantTable grant, ResourceTable rows) {
        return grant.patientPk.eq(rows.patientPk).and(isHeld(caller, grant));
    }

    private Condition isHeld(Caller caller, GrantTable grant) {
        var now = DSL.param(NOW, IndexRows.utc(clock.instant()));
        return grant.grantee
                .eq(DSL.param(GRANTEE, Objects.requireNonNull(caller.grantee())))
                .and(grant.role.eq(DSL.inline(caller.role().name())))
                .and(grant.validFrom.le(now))
                .and(grant.validTo.gt(now));
    }

    private static Param<UUID> organization(Caller caller) {
        return DSL.param(GRANTEE, Objects.requireNonNull(caller.organization()));
    }

    /** What of a caller the text of these conditions depends on; equal for two callers who get the same text. */
    static String kind(Caller caller) {
        return Confinement.isOn(caller)
                ? caller.role() + " " + caller.scopes().allowed()
                : caller.role().name();
    }

    /** The same for rows of one type, where the text says nothing else of it. */
    static String kind(Caller caller, String type) {
        return kind(caller)
                + AccessRule.DIRECTORY.contains(type)
                + Kind.of(type)
                + (Confinement.isOn(caller) ? type : "");
    }

    /**
     * Rows beside rows that were shown: the grant that showed those holds for the records they belong to, so it is looked
     * up only for rows of other records. What was sent to the caller shows nothing beside it.
     *
     * @param type of the rows that were shown
     * @param shown their patients
     * @param types of the rows beside them
     */
    Condition beside(Caller caller, ResourceTable rows, String type, Select<Record1<Long>> shown, List<String> types) {
        var only = types.size() == 1 ? types.get(0) : null;
        var anywhere = only == null ? ofAnyType(caller, rows) : of(caller, rows, only);
        var isProvider = caller.is(Role.EHR) || caller.is(Role.CLINIC);
        return isProvider && isOfARecord(type) && (only == null || isOfARecord(only)) && !Confinement.isOn(caller)
                ? rows.patientPk
                        .in(shown)
                        .and(ownOrShared(caller, rows, only == null ? Kind.ANY : Kind.OTHER))
                        .or(anywhere)
                : anywhere;
    }

    private static boolean isOfARecord(String type) {
        return Kind.of(type) == Kind.OTHER && !AccessRule.DIRECTORY.contains(type);
    }

    /**
     * The values of the parameters in these conditions, for a {@link Statements statement} that was composed before.
     * The conditions' text differs with the caller's {@link #kind} and with nothing else about the caller.
     */
    Map<String, Object> values(Caller caller) {
        var values = new HashMap<String, Object>();
        values.put(NOW, IndexRows.utc(clock.instant()));
        if (caller.grantee() != null) {
            values.put(GRANTEE, caller.grantee());
        }
        if (caller.patient() != null) {
            values.put(PATIENT, caller.patient());
        }
        if (Confinement.isOn(caller)) {
            values.putAll(confinement.values(caller));
        }
        return values;
    }

    /** True where what the caller reads is the payer view instead of the resource. */
    static boolean isMasked(Caller caller) {
        return caller.is(Role.INSURER);
    }
}
