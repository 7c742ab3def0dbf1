package org.tenderpoint.chart;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.access.AccessRule;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Grant;
import org.tenderpoint.access.Interaction;
import org.tenderpoint.chart.AuditTrail.Entry;
import org.tenderpoint.chart.Tables.GrantTable;
import org.tenderpoint.chart.Tables.ResourceTable;

/**
 * What a caller may see of all patients for whom it holds a grant, type by type, page by page. Each page is asked for with the
 * rights that hold at its moment, and is in the audit before it is handed over.
 */
public final class ExportLines {

    private static final ResourceTable R = ResourceTable.RESOURCE;
    private static final ResourceTable H = ResourceTable.HISTORY;

    private static final int PATIENTS_AT_ONCE = 50;
    private static final int ROWS = 500;
    private static final Place START = new Place(0, 0);

    private final DSLContext sql;
    private final Visibility visibility;
    private final AuditTrail audit;
    private final Clock clock;
    private final int patientsAtOnce;
    private final int rowsAtOnce;

    ExportLines(DSLContext sql, Visibility visibility, AuditTrail audit, Clock clock) {
        this(sql, visibility, audit, clock, PATIENTS_AT_ONCE, ROWS);
    }

    /**
     * @param patientsAtOnce how many patients are looked at together
     * @param rowsAtOnce how many rows of theirs make a page
     */
    ExportLines(
            DSLContext sql, Visibility visibility, AuditTrail audit, Clock clock, int patientsAtOnce, int rowsAtOnce) {
        this.sql = sql;
        this.visibility = visibility;
        this.audit = audit;
        this.clock = clock;
        this.patientsAtOnce = patientsAtOnce;
        this.rowsAtOnce = rowsAtOnce;
    }

    /**
     * A part of the record.
     *
     * @param type resource type
     * @param since written behind this time; none from the beginning on
     * @param until as it stood then
     * @param deleted true for what was deleted in between, false for what is there
     */
    public record Part(String type, @Nullable Instant since, Instant until, boolean deleted) {}

    /** Takes pages as they come. */
    @FunctionalInterface
    public interface Sink<E extends Exception> {
        void take(List<Stored> page) throws E;
    }

    /** A patient and the Coverage by which an insurer sees her. */
    public record Member(UUID patient, UUID coverage) {}

    /** Where a page ended: the patient's key and the row's. */
    private record Place(long patient, long row) {
        boolean isBehindPatient() {
            return row == Long.MAX_VALUE;
        }
    }

    private record Page(List<Stored> rows, Place end) {}

    /**
     * Hands over all rows of a part.
     *
     * @return how many there were
     * @throws org.tenderpoint.issue.Refused 403 where role or scopes do not cover exporting, or searching the type
     */
    public <E extends Exception> int rows(Caller caller, Part part, Sink<E> sink) throws E {
        var rule = require(caller, part);
        var shown = 0;
        var page = next(caller, part, START);
        while (page.isPresent()) {
            var rows = page.get().rows;
            if (!rows.isEmpty()) {
                audit.write(Entry.done(caller, ExportJobs.FILE, part.type, null, rule.reason())
                        .ofPatients(AuditRows.patients(rows))
                        .about(rows.size()));
                shown += rows.size();
                sink.take(rows);
            }
            page = next(caller, part, page.get().end);
        }
        return shown;
    }

    /** Whether there are any. Nothing is shown by that. */
    public boolean any(Caller caller, Part part) {
        require(caller, part);
        var page = next(caller, part, START);
        while (page.isPresent() && page.get().rows.isEmpty()) {
            page = next(caller, part, page.get().end);
        }
        return page.isPresent();
    }

    /** Writes down that a file was downloaded in which there was nothing. */
    public void nothing(Caller caller, String type) {
        audit.write(Entry.done(caller, ExportJobs.FILE, type, null, "nothing of the record"));
    }

    /** Some of an insurer's members, and the key of the last patient who was looked at. */
    public record Members(List<Member> members, long end) {}

    /**
     * The members of an insurer, some at a time: those whose Coverage it may see. Nothing is shown by that; whoever shows
     * something of a member asks for it as the insurer, and it is written down then.
     *
     * @param after the end of the members before; 0 for the first
     * @return empty behind the last one
     */
    public Optional<Members> members(Caller caller, long after) {
        AccessRule.requireOperation(caller, ExportJobs.OPERATION);
        AccessRule.require(caller, Interaction.SEARCH, "Coverage");
        var patients = patients(caller, new Place(after, Long.MAX_VALUE));
        if (patients.isEmpty()) {
            return Optional.empty();
        }
        var patient = ResourceTable.resource("ep");
        var found = sql.select(patient.fhirId, R.fhirId)
                .from(R.table)
                .join(patient.table)
                .on(patient.pk.eq(R.patientPk))
                .where(R.patientPk.in(patients))
                .and(R.type.eq(DSL.inline("Coverage")))
                .and(DSL.not(R.deleted))
                .and(visibility.of(caller, R, "Coverage"))
                .orderBy(R.patientPk, R.pk)
                .fetch(row -> new Member(row.value1(), row.value2()));
        return Optional.of(new Members(found, patients.get(patients.size() - 1)));
    }

    private static AccessRule require(Caller caller, Part part) {
        AccessRule.requireOperation(caller, ExportJobs.OPERATION);
        return AccessRule.require(caller, Interaction.SEARCH, part.type);
    }

    /** The next page, perhaps of nothing; empty behind the last patient. */
    private Optional<Page> next(Caller caller, Part part, Place after) {
        var patients = patients(caller, after);
        if (patients.isEmpty()) {
            return Optional.empty();
        }
        var rows = rows(caller, part, patients, after);
        var last = rows.isEmpty() ? null : rows.get(rows.size() - 1);
        var end = last == null || rows.size() < rowsAtOnce
                ? new Place(patients.get(patients.size() - 1), Long.MAX_VALUE)
                : new Place(Objects.requireNonNull(last.patientPk()), last.pk());
        return Optional.of(new Page(asTheyStood(caller, part, rows), end));
    }

    /** In the order of their keys, from the index of grants; whether the grant still shows something each row is asked. */
    private List<Long> patients(Caller caller, Place after) {
        var grant = new GrantTable("eg");
        var now = IndexRows.utc(clock.instant());
        return sql.selectDistinct(grant.patientPk)
                .from(grant.table)
                .where(grant.grantee.eq(Objects.requireNonNull(caller.grantee())))
                .and(grant.role.eq(DSL.inline(caller.role().name())))
                .and(after.isBehindPatient() ? grant.patientPk.gt(after.patient) : grant.patientPk.ge(after.patient))
                .and(grant.validFrom.le(now))
                .and(grant.validTo.gt(now))
                .orderBy(grant.patientPk)
                .limit(patientsAtOnce)
                .fetch(grant.patientPk);
    }

    private List<Stored> rows(Caller caller, Part part, List<Long> patients, Place after) {
        var since = part.since == null ? Grant.ALWAYS : part.since;
        return sql.select(Lookup.current())
                .from(R.table)
                .where(R.patientPk.in(patients))
                .and(R.type.eq(DSL.inline(part.type)))
                .and(R.deleted.eq(part.deleted))
                .and(DSL.row(R.patientPk, R.pk).gt(after.patient, after.row))
                .and(R.lastUpdated.gt(IndexRows.utc(since)))
                .and(visibility.of(caller, R, part.type))
                .orderBy(R.patientPk, R.pk)
                .limit(rowsAtOnce)
                .fetch(row -> Lookup.stored(row, R, Visibility.isMasked(caller)));
    }

    /** What was written later is left out; in its place stands what was there before, if the caller may see that. */
    private List<Stored> asTheyStood(Caller caller, Part part, List<Stored> rows) {
        var standing = new ArrayList<Stored>();
        for (var row : rows) {
            if (!row.lastUpdated().isAfter(part.until)) {
                standing.add(row);
            } else if (!part.deleted) {
                before(caller, part, row).ifPresent(standing::add);
            }
        }
        return standing;
    }

    private Optional<Stored> before(Caller caller, Part part, Stored row) {
        var before = new ResourceTable("resource_history", "hb");
        var last = DSL.select(DSL.max(before.version))
                .from(before.table)
                .where(before.pk.eq(row.pk()))
                .and(before.lastUpdated.le(IndexRows.utc(part.until)));
        return sql.select(H.type, H.fhirId, H.version, H.lastUpdated, H.deleted, H.pk, H.patientPk, H.body, H.payerBody)
                .from(H.table)
                .where(H.pk.eq(row.pk()))
                .and(H.version.eq(last))
                .and(DSL.not(H.deleted))
                .and(H.lastUpdated.gt(IndexRows.utc(part.since == null ? Grant.ALWAYS : part.since)))
                .and(visibility.of(caller, H, part.type))
                .fetchOptional(found -> Lookup.stored(found, H, Visibility.isMasked(caller)));
    }
}
