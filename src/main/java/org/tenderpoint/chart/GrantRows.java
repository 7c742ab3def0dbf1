package org.tenderpoint.chart;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.tenderpoint.chart.Columns.GRANTEE;
import static org.tenderpoint.chart.Columns.PATIENT_PK;
import static org.tenderpoint.chart.Columns.SOURCE_PK;
import static org.tenderpoint.chart.Columns.VALID_TO;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Reference;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Grant;
import org.tenderpoint.access.Role;

/** Who may see a patient, derived from the resources that justify it, in the transaction that writes them. */
final class GrantRows {

    private static final Table<Record> GRANT = DSL.table(name("access_grant"));
    private static final List<Field<?>> GRANT_COLUMNS = List.of(
            PATIENT_PK,
            GRANTEE,
            field(name("role"), SQLDataType.VARCHAR),
            field(name("ground"), SQLDataType.VARCHAR),
            SOURCE_PK,
            field(name("valid_from"), SQLDataType.TIMESTAMPWITHTIMEZONE),
            VALID_TO);
    private final DSLContext sql;
    private final Lookup lookup;
    private final ChartProperties properties;

    GrantRows(DSLContext sql, Lookup lookup, ChartProperties properties) {
        this.sql = sql;
        this.lookup = lookup;
        this.properties = properties;
    }

    /**
     * Takes away the grants that changed resources gave.
     *
     * @return when each of them was to end, by source and grantee
     */
    Map<String, Instant> remove(Collection<Long> pks) {
        var endsBefore = new HashMap<String, Instant>();
        sql.select(SOURCE_PK, GRANTEE, VALID_TO)
                .from(GRANT)
                .where(SOURCE_PK.in(pks))
                .forEach(row -> endsBefore.put(
                        row.get(SOURCE_PK) + " " + row.get(GRANTEE),
                        row.get(VALID_TO).toInstant()));
        sql.deleteFrom(GRANT).where(SOURCE_PK.in(pks)).execute();
        return endsBefore;
    }

    /** Grants that the resources justify as they now stand. */
    void store(Caller caller, List<Draft> drafts, Instant now, Map<String, Instant> endsBefore) {
        var rows = new ArrayList<@Nullable Object[]>();
        for (var draft : drafts) {
            if (!draft.isWritten() || draft.resource == null || draft.patientPk == null) {
                continue;
            }
            var owner = draft.before == null ? caller.organization() : draft.before.owner();
            var ownerRole = draft.before == null ? caller.role() : draft.before.ownerRole();
            for (var grant : Grant.from(draft.resource, ownerRole, now, properties.referrerGrace())) {
                var grantee = grant.grantee() == null ? owner : grantee(grant.grantee(), drafts);
                if (grantee != null) {
                    rows.add(new @Nullable Object[] {
                        draft.patientPk,
                        grantee,
                        grant.role().name(),
                        grant.ground(),
                        draft.pk,
                        IndexRows.utc(grant.from()),
                        IndexRows.utc(end(grant, endsBefore.get(draft.pk + " " + grantee)))
                    });
                }
            }
        }
        Batches.insert(sql, GRANT, GRANT_COLUMNS, rows);
    }

    // A referrer's time runs from the first day: writing the resource again does not begin it anew.
    private static Instant end(Grant grant, @Nullable Instant before) {
        var isReferrers = grant.role() == Role.EHR && grant.to().isBefore(Grant.FOREVER);
        return isReferrers && before != null && before.isBefore(grant.to()) ? before : grant.to();
    }

    /** The organization behind a reference: itself, the one of a PractitionerRole, or the one with that identifier. */
    private @Nullable UUID grantee(Reference reference, List<Draft> drafts) {
        if (reference.hasReference()) {
            var id = References.id(reference.getReference());
            if (reference.getReference().startsWith("Organization/")) {
                return id;
            }
            for (var draft : drafts) {
                if (draft.id.equals(id) && draft.resource instanceof PractitionerRole role) {
                    return role.getOrganization().hasReference()
                            ? References.id(role.getOrganization().getReference())
                            : null;
                }
            }
            return reference.getReference().startsWith("PractitionerRole/") ? lookup.organizationOfRole(id) : null;
        }
        if (reference.getIdentifier().hasValue()) {
            return lookup.organizationWith(
                    reference.getIdentifier().getSystem(),
                    reference.getIdentifier().getValue());
        }
        return null;
    }
}
