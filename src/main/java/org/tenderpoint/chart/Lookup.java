package org.tenderpoint.chart;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.ResultQuery;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.access.AccessRule;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Interaction;
import org.tenderpoint.access.Role;
import org.tenderpoint.chart.Tables.IndexTable;
import org.tenderpoint.chart.Tables.ResourceTable;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;

/** Small questions to the chart, each one round trip, each answered for the caller who asks. */
final class Lookup {

    private static final ResourceTable R = ResourceTable.RESOURCE;

    /** A row as it stands, with whose record it is. */
    record Current(Stored stored, @Nullable Long patientPk) {}

    private final DSLContext sql;
    private final Statements statements;
    private final Visibility visibility;
    private final ParamIds paramIds;

    Lookup(DSLContext sql, Visibility visibility, ParamIds paramIds) {
        this.sql = sql;
        this.statements = new Statements(sql);
        this.visibility = visibility;
        this.paramIds = paramIds;
    }

    /** A resource as it stands, if the caller may see it; a deleted one too. */
    Optional<Current> current(Caller caller, String type, UUID id) {
        var values = visibility.values(caller);
        values.putAll(values(type, id));
        var found = statements.fetch(
                "current " + Visibility.kind(caller, type),
                () -> one(caller, type, id),
                values,
                row -> toCurrent(row, Visibility.isMasked(caller)));
        return found.stream().findFirst();
    }

    /** That question as a query, whose text differs with the caller's role and with whether the type is a directory's. */
    ResultQuery<?> one(Caller caller, String type, UUID id) {
        return sql.select(current())
                .from(R.table)
                .where(R.fhirId.eq(DSL.param("id", id)))
                .and(R.type.eq(DSL.param("type", type)))
                .and(visibility.of(caller, R, type));
    }

    /** The values of the parameters of {@link #one}, besides those of {@link Visibility#values}. */
    static Map<String, Object> values(String type, UUID id) {
        return Map.of("id", id, "type", type);
    }

    /** The rows behind references, as far as the caller may see them. Deleted rows are no targets. */
    List<Target> visible(Caller caller, Collection<UUID> ids) {
        return visible(caller, ids, List.of()).targets();
    }

    /**
     * Targets, and of what stands beside them as {@code id/version}, in the order of what was asked.
     *
     * @param standing what of a patient's record is asked for in the same question
     */
    record Seen(List<Target> targets, List<Set<String>> standing) {}

    private record SeenRow(int place, Target target, int version) {}

    /** The same, and what of a patient's record stands by now. */
    Seen visible(Caller caller, Collection<UUID> ids, List<Change.Standing> standing) {
        var values = visibility.values(caller);
        var wanted = new ArrayList<Field<UUID>>();
        for (var id : ids) {
            var name = "id" + wanted.size();
            wanted.add(DSL.param(name, id));
            values.put(name, id);
        }
        var types = standing.stream().map(Change.Standing::type).toList();
        for (var place = 0; place < standing.size(); place++) {
            values.put("patient" + place, standing.get(place).patient());
        }
        var rows = statements.fetch(
                "visible " + Visibility.kind(caller) + wanted.size() + types,
                () -> {
                    Select<?> all = seen(0, R.fhirId.in(wanted).and(visibility.ofAnyType(caller, R)));
                    for (var place = 0; place < types.size(); place++) {
                        all = union(all, seen(place + 1, ofPatient(caller, types.get(place), "patient" + place)));
                    }
                    return all;
                },
                values,
                row -> new SeenRow(
                        row.getInt(1),
                        new Target(
                                row.getString(2),
                                row.getObject(3, UUID.class),
                                row.getLong(4),
                                row.getObject(5, Long.class)),
                        row.getInt(6)));
        var targets = new ArrayList<Target>();
        var beside = new ArrayList<Set<String>>();
        standing.forEach(one -> beside.add(new HashSet<>()));
        for (var row : rows) {
            if (row.place() == 0) {
                targets.add(row.target());
            } else {
                beside.get(row.place() - 1).add(row.target().id() + "/" + row.version());
            }
        }
        return new Seen(targets, beside);
    }

    private Select<?> seen(int place, Condition which) {
        return sql.select(DSL.inline(place), R.type, R.fhirId, R.pk, R.patientPk, R.version)
                .from(R.table)
                .where(which)
                .and(DSL.not(R.deleted));
    }

    @SuppressWarnings("unchecked")
    private static Select<?> union(Select<?> one, Select<?> other) {
        return ((Select<Record>) one).unionAll((Select<Record>) other);
    }

    private Condition ofPatient(Caller caller, String type, String parameter) {
        var patient = ResourceTable.resource("sp");
        return R.patientPk
                .in(DSL.select(patient.pk)
                        .from(patient.table)
                        .where(patient.fhirId.eq(DSL.param(parameter, UUID.class)))
                        .and(patient.type.eq(DSL.inline("Patient"))))
                .and(R.type.eq(DSL.inline(type)))
                .and(visibility.of(caller, R, type));
    }

    /**
     * Resources of any type that the caller may read.
     *
     * @param shared true to refuse what others, who may read less, must not get through the caller
     * @throws Refused 422 where something may not be shared
     */
    List<Stored> readable(Caller caller, Collection<UUID> ids, boolean shared) {
        var types = RecordTypes.all().stream()
                .map(RecordType::name)
                .filter(type ->
                        AccessRule.permitting(caller, Interaction.READ, type).isPresent())
                .toList();
        var columns = new ArrayList<>(current());
        columns.add(R.released);
        columns.add(R.sensitive);
        var rows = sql.select(columns)
                .from(R.table)
                .where(R.fhirId.in(ids))
                .and(R.type.in(types))
                .and(DSL.not(R.deleted))
                .and(visibility.ofAnyType(caller, R))
                .orderBy(R.pk)
                .fetch();
        if (shared) {
            var kept = rows.stream()
                    .filter(row -> !row.get(R.released)
                            || row.get(R.sensitive)
                            || !AccessRule.isSeenBy(Role.EHR, row.get(R.type)))
                    .map(row -> row.get(R.type) + "/" + row.get(R.fhirId))
                    .toList();
            if (!kept.isEmpty()) {
                throw Refused.unprocessable(List.of(Issue.businessRule(
                        "document-not-for-others",
                        "Composition.section.entry",
                        "A stored document is read by others; sign or leave out what is a draft, labelled, or not theirs: "
                                + String.join(", ", kept))));
            }
        }
        return rows.map(row -> stored(row, R, Visibility.isMasked(caller)));
    }

    /** Rows about to change, locked until the transaction ends. */
    Result<? extends Record> lockVisible(Caller caller, Collection<UUID> ids) {
        var bare = new ResourceTable("resource", "resource");
        return sql.select(
                        bare.type,
                        bare.fhirId,
                        bare.pk,
                        bare.version,
                        bare.lastUpdated,
                        bare.deleted,
                        bare.patientPk,
                        bare.owner,
                        DSL.field(DSL.name("resource", "owner_role"), String.class),
                        bare.sensitive,
                        bare.audience)
                .from(DSL.table(DSL.name("resource")))
                .where(bare.fhirId.in(ids))
                .and(visibility.ofAnyType(caller, bare))
                .orderBy(bare.pk)
                .forUpdate()
                .fetch();
    }

    /**
     * Resources that carry one of the identifiers, among those the caller may see or has written itself.
     *
     * @param identifiers {@code system|value} or {@code value}
     */
    List<Current> byIdentifier(Caller caller, String type, Collection<String> identifiers) {
        if (RecordTypes.require(type).param("identifier").isEmpty()) {
            return List.of();
        }
        var token = new IndexTable("index_token", "t");
        var anyOf = new ArrayList<Condition>();
        for (var identifier : identifiers) {
            var bar = identifier.indexOf('|');
            var value = token.code.eq(IndexRows.cut(identifier.substring(bar + 1), IndexRows.LONGEST_TOKEN));
            anyOf.add(bar > 0 ? value.and(token.system.eq(identifier.substring(0, bar))) : value);
        }
        var mayKnow = visibility.of(caller, R, type);
        if (caller.organization() != null) {
            mayKnow = mayKnow.or(R.owner.eq(caller.organization()));
        }
        return sql.select(current())
                .from(R.table)
                .where(R.pk.in(DSL.select(token.resourcePk)
                        .from(token.table)
                        .where(token.param.eq(paramIds.id(type, "identifier")))
                        .and(DSL.or(anyOf))))
                .and(DSL.not(R.deleted))
                .and(mayKnow)
                .fetch(Lookup::toCurrent);
    }

    /** Rows by internal key, whoever may see them: for rows that the caller's own claim leads to. */
    Map<Long, Current> currentByPk(Collection<Long> pks) {
        var found = new HashMap<Long, Current>();
        sql.select(current())
                .from(R.table)
                .where(R.pk.in(pks))
                .fetch(Lookup::toCurrent)
                .forEach(current -> found.put(current.stored().pk(), current));
        return found;
    }

    /** The organization that a PractitionerRole belongs to. */
    @Nullable
    UUID organizationOfRole(UUID role) {
        var reference = new IndexTable("index_reference", "i");
        var organization = ResourceTable.resource("o");
        return sql.select(organization.fhirId)
                .from(R.table)
                .join(reference.table)
                .on(reference.resourcePk.eq(R.pk))
                .and(reference.param.eq(paramIds.id("PractitionerRole", "organization")))
                .join(organization.table)
                .on(organization.pk.eq(reference.targetPk))
                .where(R.fhirId.eq(role))
                .limit(1)
                .fetchOne(organization.fhirId);
    }

    /** The organization with an identifier, if there is exactly one. */
    @Nullable
    UUID organizationWith(@Nullable String system, String value) {
        var token = new IndexTable("index_token", "t");
        var found = sql.select(R.fhirId)
                .from(R.table)
                .join(token.table)
                .on(token.resourcePk.eq(R.pk))
                .where(token.param.eq(paramIds.id("Organization", "identifier")))
                .and(token.code.eq(IndexRows.cut(value, IndexRows.LONGEST_TOKEN)))
                .and(system == null ? token.system.isNull() : token.system.eq(system))
                .and(DSL.not(R.deleted))
                .limit(2)
                .fetch(R.fhirId);
        return found.size() == 1 ? found.get(0) : null;
    }

    /** The key of the patient to whom a resource belongs that the caller may see; a Patient belongs to itself. */
    Optional<Long> patientOf(Caller caller, String type, UUID id) {
        return sql.select(R.patientPk)
                .from(R.table)
                .where(R.fhirId.eq(id))
                .and(R.type.eq(type))
                .and(R.patientPk.isNotNull())
                .and(DSL.not(R.deleted))
                .and(visibility.of(caller, R, type))
                .fetchOptional(R.patientPk);
    }

    static List<Field<?>> current() {
        return List.of(R.type, R.fhirId, R.version, R.lastUpdated, R.deleted, R.pk, R.patientPk, R.body, R.payerBody);
    }

    /** Reads a row of {@link #current()}; {@code masked} as in {@link #stored}. */
    static Current toCurrent(ResultSet row, boolean masked) throws SQLException {
        var payerBody = masked ? row.getBytes(9) : null;
        var stored = new Stored(
                row.getString(1),
                row.getObject(2, UUID.class),
                row.getInt(3),
                row.getTimestamp(4).toInstant(),
                row.getBoolean(5),
                row.getLong(6),
                row.getObject(7, Long.class),
                payerBody == null ? row.getBytes(8) : payerBody);
        return new Current(stored, stored.patientPk());
    }

    static Current toCurrent(Record row) {
        return new Current(stored(row, R, false), row.get(R.patientPk));
    }

    /** Reads a row; {@code masked} puts the payer view in the place of the resource where there is one. */
    static Stored stored(Record row, ResourceTable from, boolean masked) {
        var payerBody = masked ? row.get(from.payerBody) : null;
        return new Stored(
                row.get(from.type),
                row.get(from.fhirId),
                row.get(from.version),
                row.get(from.lastUpdated).toInstant(),
                row.get(from.deleted),
                row.get(from.pk),
                row.get(from.patientPk),
                payerBody == null ? row.get(from.body) : payerBody);
    }
}
