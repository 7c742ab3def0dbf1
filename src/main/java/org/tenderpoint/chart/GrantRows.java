package org.tenderpoint.chart;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.tenderpoint.chart.Columns.GRANTEE;
import static org.tenderpoint.chart.Columns.PATIENT_PK;
import static org.tenderpoint.chart.Columns.RESOURCE_PK;
import static org.tenderpoint.chart.Columns.SOURCE_PK;
import static org.tenderpoint.chart.Columns.VALID_FROM;
import static org.tenderpoint.chart.Columns.VALID_TO;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Patient;
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
import org.tenderpoint.access.ConsentRule;
import org.tenderpoint.access.Consented;
import org.tenderpoint.access.Consented.Span;
import org.tenderpoint.access.Grant;
import org.tenderpoint.access.Role;

/**
 * Who may see a patient, derived from the resources that justify it, in the transaction that writes them, and cut to what
 * the patient's Consents leave of it.
 */
final class GrantRows {

    private static final Table<Record> GRANT = DSL.table(name("access_grant"));
    private static final Field<String> ROLE = field(name("role"), SQLDataType.VARCHAR);
    private static final Field<String> GROUND = field(name("ground"), SQLDataType.VARCHAR);
    private static final Field<OffsetDateTime> SOURCE_FROM =
            field(name("source_from"), SQLDataType.TIMESTAMPWITHTIMEZONE);
    private static final Field<OffsetDateTime> SOURCE_TO = field(name("source_to"), SQLDataType.TIMESTAMPWITHTIMEZONE);

    /** The ground of what was opened in an emergency. */
    static final String BREAK_GLASS = "break-glass";

    private static final List<Field<?>> GRANT_COLUMNS = List.of(
            PATIENT_PK, GRANTEE, ROLE, GROUND, SOURCE_PK, RESOURCE_PK, SOURCE_FROM, SOURCE_TO, VALID_FROM, VALID_TO);

    /** A grant as its source justifies it. */
    private record Justified(
            long patientPk,
            UUID grantee,
            Role role,
            String ground,
            long sourcePk,
            @Nullable Long resourcePk,
            Instant from,
            Instant to) {}

    private final DSLContext sql;
    private final Lookup lookup;
    private final ConsentRows consents;
    private final ChartProperties properties;

    GrantRows(DSLContext sql, Lookup lookup, ChartProperties properties) {
        this.sql = sql;
        this.lookup = lookup;
        this.consents = new ConsentRows(sql);
        this.properties = properties;
    }

    /**
     * Takes away what changed resources gave.
     *
     * @return when each of their grants was to end, by source and grantee
     */
    Map<String, Instant> remove(List<Draft> changed) {
        var endsBefore = new HashMap<String, Instant>();
        var pks = changed.stream().map(draft -> draft.pk).toList();
        sql.select(SOURCE_PK, GRANTEE, SOURCE_TO)
                .from(GRANT)
                .where(SOURCE_PK.in(pks))
                .forEach(row -> endsBefore.put(
                        row.get(SOURCE_PK) + " " + row.get(GRANTEE),
                        row.get(SOURCE_TO).toInstant()));
        // What was opened in an emergency stays open for its hour, whatever becomes of the Patient.
        sql.deleteFrom(GRANT)
                .where(SOURCE_PK.in(pks))
                .and(GROUND.ne(BREAK_GLASS))
                .execute();
        consents.remove(changed.stream()
                .filter(GrantRows::isConsent)
                .map(draft -> draft.pk)
                .toList());
        return endsBefore;
    }

    /**
     * Grants that the resources justify as they now stand. Where a Consent is among them, all of its patient's grants are
     * cut anew.
     */
    void store(
            Caller caller,
            List<Draft> drafts,
            Map<String, Target> targets,
            Instant now,
            Map<String, Instant> endsBefore) {
        var written = drafts.stream()
                .filter(draft -> draft.isWritten() && draft.patientPk != null)
                .toList();
        consents.store(said(caller, written, drafts, now));
        var justified = new LinkedHashSet<Justified>();
        for (var draft : written) {
            if (draft.resource != null) {
                justified.addAll(justified(caller, draft, drafts, targets, now, endsBefore));
            }
        }
        var consenting = written.stream()
                .filter(GrantRows::isConsent)
                .map(draft -> Objects.requireNonNull(draft.patientPk))
                .collect(Collectors.toSet());
        justified.addAll(take(consenting));
        if (!justified.isEmpty()) {
            insert(justified, rules(justified, consenting, written));
        }
    }

    /** Nobody has said anything yet about a patient who is new, unless it is said in the same change. */
    private Map<Long, List<Consented.Rule>> rules(
            Collection<Justified> justified, Set<Long> consenting, List<Draft> written) {
        var created = written.stream()
                .filter(draft -> draft.resource instanceof Patient && draft.before == null)
                .map(draft -> draft.pk)
                .collect(Collectors.toSet());
        var asked = justified.stream()
                .map(Justified::patientPk)
                .filter(patient -> !created.contains(patient) || consenting.contains(patient))
                .collect(Collectors.toCollection(HashSet::new));
        return asked.isEmpty() ? Map.of() : consents.of(asked);
    }

    /**
     * Opens a patient's record to a clinic in an emergency.
     *
     * @return false where the patient's Consents leave nothing of it
     */
    boolean breakGlass(long patient, UUID clinic, Instant from, Instant to) {
        var rules = consents.of(Set.of(patient));
        var left = Consented.spans(rules.getOrDefault(patient, List.of()), clinic, new Span(from, to), true);
        if (left.isEmpty()) {
            return false;
        }
        insert(Set.of(new Justified(patient, clinic, Role.CLINIC, BREAK_GLASS, patient, null, from, to)), rules);
        return true;
    }

    private void insert(Collection<Justified> grants, Map<Long, List<Consented.Rule>> rules) {
        var rows = new ArrayList<@Nullable Object[]>();
        for (var grant : grants) {
            var justified = new Span(grant.from, grant.to);
            // The record is hers, and nobody can forbid it to her (45 CFR 164.524).
            var spans = grant.role == Role.PATIENT && grant.sourcePk == grant.patientPk
                    ? List.of(justified)
                    : Consented.spans(
                            rules.getOrDefault(grant.patientPk, List.of()),
                            grant.grantee,
                            justified,
                            grant.role != Role.INSURER || !properties.insurerNeedsConsent());
            for (var span : spans.isEmpty() ? List.of(new Span(grant.from, grant.from)) : spans) {
                rows.add(new @Nullable Object[] {
                    grant.patientPk,
                    grant.grantee,
                    grant.role.name(),
                    grant.ground,
                    grant.sourcePk,
                    grant.resourcePk,
                    IndexRows.utc(grant.from),
                    IndexRows.utc(grant.to),
                    IndexRows.utc(span.from()),
                    IndexRows.utc(span.to())
                });
            }
        }
        Batches.insert(sql, GRANT, GRANT_COLUMNS, rows);
    }

    /** Takes the patients' grants out of the table, as their sources justify them. */
    private Set<Justified> take(Set<Long> patients) {
        if (patients.isEmpty()) {
            return Set.of();
        }
        var taken = sql.select(GRANT_COLUMNS).from(GRANT).where(PATIENT_PK.in(patients)).fetch().stream()
                .map(row -> new Justified(
                        row.get(PATIENT_PK),
                        row.get(GRANTEE),
                        Role.valueOf(row.get(ROLE)),
                        row.get(GROUND),
                        row.get(SOURCE_PK),
                        row.get(RESOURCE_PK),
                        row.get(SOURCE_FROM).toInstant(),
                        row.get(SOURCE_TO).toInstant()))
                .collect(Collectors.toSet());
        sql.deleteFrom(GRANT).where(PATIENT_PK.in(patients)).execute();
        return taken;
    }

    private List<ConsentRows.Said> said(Caller caller, List<Draft> written, List<Draft> drafts, Instant now) {
        var said = new ArrayList<ConsentRows.Said>();
        for (var draft : written) {
            if (draft.resource == null) {
                continue;
            }
            for (var rule : ConsentRule.from(draft.resource, now)) {
                var grantee = rule.grantee() == null ? null : grantee(rule.grantee(), drafts);
                if (rule.grantee() == null || grantee != null) {
                    said.add(new ConsentRows.Said(draft, rule, grantee, owner(caller, draft)));
                }
            }
        }
        return said;
    }

    private List<Justified> justified(
            Caller caller,
            Draft draft,
            List<Draft> drafts,
            Map<String, Target> targets,
            Instant now,
            Map<String, Instant> endsBefore) {
        var justified = new ArrayList<Justified>();
        var owner = owner(caller, draft);
        var ownerRole = draft.before == null ? caller.role() : draft.before.ownerRole();
        var patient = Objects.requireNonNull(draft.patientPk);
        for (var grant :
                Grant.from(Objects.requireNonNull(draft.resource), ownerRole, now, properties.referrerGrace())) {
            var grantee = grant.grantee() == null ? owner : grantee(grant.grantee(), drafts);
            var only = grant.only() == null ? null : targets.get(grant.only().getReference());
            var isOfPatient = grant.only() == null || (only != null && patient.equals(only.patientPk()));
            if (grantee != null && isOfPatient) {
                justified.add(new Justified(
                        patient,
                        grantee,
                        grant.role(),
                        grant.ground(),
                        draft.pk,
                        only == null ? null : only.pk(),
                        grant.from(),
                        end(grant, endsBefore.get(draft.pk + " " + grantee))));
            }
        }
        return justified;
    }

    private static @Nullable UUID owner(Caller caller, Draft draft) {
        return draft.before == null ? caller.organization() : draft.before.owner();
    }

    private static boolean isConsent(Draft draft) {
        return draft.type.resourceClass() == Consent.class;
    }

    // A referrer's time runs from the first day: writing the resource again does not begin it anew.
    private static Instant end(Grant grant, @Nullable Instant before) {
        var isReferrers = grant.role() == Role.EHR && grant.to().isBefore(Grant.FOREVER);
        return isReferrers && before != null && before.isBefore(grant.to()) ? before : grant.to();
    }

    /**
     * Who is behind a reference: an organization itself, that of a PractitionerRole or the one with that identifier; a
     * patient, or who acts for one.
     */
    private @Nullable UUID grantee(Reference reference, List<Draft> drafts) {
        if (reference.hasReference()) {
            var id = References.id(reference.getReference());
            if (!reference.getReference().startsWith("PractitionerRole/")) {
                return reference.getReference().matches("(Organization|Patient|RelatedPerson)/.*") ? id : null;
            }
            for (var draft : drafts) {
                if (draft.id.equals(id) && draft.resource instanceof PractitionerRole role) {
                    return role.getOrganization().hasReference()
                            ? References.id(role.getOrganization().getReference())
                            : null;
                }
            }
            return lookup.organizationOfRole(id);
        }
        if (reference.getIdentifier().hasValue()) {
            return lookup.organizationWith(
                    reference.getIdentifier().getSystem(),
                    reference.getIdentifier().getValue());
        }
        return null;
    }
}
