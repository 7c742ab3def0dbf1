package org.tenderpoint.chart;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.ResultQuery;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.access.AccessRule;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Grant;
import org.tenderpoint.access.Interaction;
import org.tenderpoint.access.Sealing;
import org.tenderpoint.chart.Tables.IndexTable;
import org.tenderpoint.chart.Tables.ResourceTable;
import org.tenderpoint.issue.Refused;

/**
 * A patient's record as the caller may see it, with the people and places that it names: two statements a page. The
 * Patient comes first, the rest in the order in which it was first written, which no later change moves.
 */
final class WholeRecord {

    private static final ResourceTable R = ResourceTable.RESOURCE;
    private static final ResourceTable NAMED = ResourceTable.resource("d");

    /** Page links stay shorter than the longest URL; a record that names more people may name one of them twice. */
    private static final int MOST_REMEMBERED = 200;

    /** One page, and whose record it is. */
    record Page(List<Stored> rows, List<Stored> named, Optional<String> next, long patientPk) {}

    private record Row(Stored stored, long patientPk) {}

    /** Stands for the text of a statement, in which the types are. */
    private record Key(String purpose, Set<String> types) {}

    /** Where a page ended: the last key, and who has been named so far. */
    private record Position(long after, Set<Long> named) {}

    private final Statements statements;
    private final Visibility visibility;
    private final ParamIds paramIds;
    private final AuditJournal journal;
    private final Cursors cursors;

    WholeRecord(DSLContext sql, Visibility visibility, ParamIds paramIds, AuditJournal journal, Sealing sealing) {
        this.journal = journal;
        this.cursors = new Cursors(sealing, "record");
        this.statements = new Statements(sql);
        this.visibility = visibility;
        this.paramIds = paramIds;
    }

    /**
     * A page, written down in the audit.
     *
     * @param entry what is written down, without whose record it is and how much of it was shown
     * @throws Refused 404 where the caller may not know of the patient, or did not get the cursor from here
     */
    Page shown(Caller caller, RecordAsk ask, AuditTrail.Entry entry) {
        var first = ask.cursor().isEmpty();
        var position = ask.cursor()
                .map(cursor -> position(ask, cursors.open(caller, cursor)))
                .orElse(new Position(-1, Set.of()));
        var types = types(caller, ask.types());
        var values = visibility.values(caller);
        values.put("id", ask.patient());
        values.put("since", IndexRows.utc(Objects.requireNonNullElse(ask.since(), Grant.ALWAYS)));
        values.put("from", IndexRows.utc(Objects.requireNonNullElse(ask.from(), Grant.ALWAYS)));
        values.put("to", IndexRows.utc(Objects.requireNonNullElse(ask.to(), Grant.FOREVER)));
        values.put("after", position.after);
        // The Patient, which is always asked for so that its absence is known, and one row that says there are more.
        values.put("rows", ask.count() + 2);
        var found = statements.fetch(
                new Key("record " + Visibility.kind(caller), types),
                () -> query(caller, types),
                values,
                WholeRecord::row);
        if (found.isEmpty()) {
            throw Refused.notFound();
        }
        var patient = found.get(0);
        var rows = new ArrayList<Stored>();
        if (first && types.contains("Patient") && isSince(ask, patient.stored)) {
            rows.add(patient.stored);
        }
        found.stream().skip(1).map(Row::stored).forEach(rows::add);
        var full = rows.size() > ask.count();
        var page = full ? rows.subList(0, ask.count()) : rows;
        var named = named(page, types, position, entry.ofPatient(patient.patientPk));
        var next = full ? Optional.of(seal(caller, ask, position, page, named)) : Optional.<String>empty();
        return new Page(List.copyOf(page), named, next, patient.patientPk);
    }

    /**
     * What the page names and no page before it did. A statement of its own, with the keys of the page in it: joined to
     * the page, the database takes the page for large and reads all references there are.
     */
    private List<Stored> named(List<Stored> page, Set<String> types, Position position, AuditTrail.Entry entry) {
        var values = new HashMap<String, @Nullable Object>(Map.of(
                "pks", page.stream().map(Stored::pk).toArray(Long[]::new),
                "known", position.named.toArray(Long[]::new)));
        var named =
                statements.fetch(new Key("named in record", types), () -> namedQuery(types), values, WholeRecord::row);
        journal.note(entry.about(page.size() + named.size()));
        return named.stream().map(Row::stored).toList();
    }

    private static boolean isSince(RecordAsk ask, Stored stored) {
        return ask.since() == null || !stored.lastUpdated().isBefore(ask.since());
    }

    /** The types that are asked for and that the caller's role and scopes cover. */
    private static Set<String> types(Caller caller, Set<String> wanted) {
        var types = new LinkedHashSet<String>();
        for (var type : RecordTypes.all()) {
            if ((wanted.isEmpty() || wanted.contains(type.name()))
                    && AccessRule.permitting(caller, Interaction.READ, type.name())
                            .isPresent()) {
                types.add(type.name());
            }
        }
        return types;
    }

    private String seal(Caller caller, RecordAsk ask, Position before, List<Stored> page, List<Stored> named) {
        var last = page.get(page.size() - 1);
        var after = last.type().equals("Patient") ? -1 : last.pk();
        var remembered = Stream.concat(before.named.stream(), named.stream().map(Stored::pk))
                .limit(MOST_REMEMBERED)
                .map(String::valueOf)
                .collect(Collectors.joining(" "));
        return cursors.seal(caller, List.of(ask.patient().toString(), Long.toString(after), remembered));
    }

    private static Position position(RecordAsk ask, List<String> values) {
        if (!values.get(0).equals(ask.patient().toString())) {
            throw Refused.notFound();
        }
        var named = values.get(2).isEmpty()
                ? Set.<Long>of()
                : Stream.of(values.get(2).split(" ", -1)).map(Long::valueOf).collect(Collectors.toSet());
        return new Position(Long.parseLong(values.get(1)), named);
    }

    private static Row row(ResultSet row) throws SQLException {
        var stored = new Stored(
                row.getString(1),
                row.getObject(2, UUID.class),
                row.getInt(3),
                row.getTimestamp(4).toInstant(),
                false,
                row.getLong(5),
                row.getObject(7, Long.class),
                row.getBytes(6));
        return new Row(stored, row.getLong(7));
    }

    private ResultQuery<?> query(Caller caller, Set<String> types) {
        var place = DSL.case_(R.pk).when(R.patientPk, DSL.inline(0)).else_(DSL.inline(1));
        return DSL.select(R.type, R.fhirId, R.version, R.lastUpdated, R.pk, R.body, R.patientPk)
                .from(R.table)
                .where(R.patientPk.eq(patient(caller)))
                .and(R.pk.eq(R.patientPk).or(wanted(caller, types)))
                .orderBy(place, R.pk)
                .limit(DSL.param("rows", Integer.class));
    }

    private static Select<?> namedQuery(Set<String> types) {
        return DSL.select(
                        NAMED.type,
                        NAMED.fhirId,
                        NAMED.version,
                        NAMED.lastUpdated,
                        NAMED.pk,
                        NAMED.body,
                        NAMED.patientPk)
                .from(NAMED.table)
                .where(NAMED.pk.in(targets()))
                .and(DSL.not(DSL.condition("{0} = any({1})", NAMED.pk, DSL.param("known", SQLDataType.BIGINT.array()))))
                .and(isOneOf(NAMED, types))
                .and(DSL.not(NAMED.deleted))
                .orderBy(NAMED.pk);
    }

    /** The patient's key, if the caller may see the patient; what the caller may see of its record follows from that. */
    private Select<org.jooq.Record1<Long>> patient(Caller caller) {
        var patient = ResourceTable.resource("p");
        return DSL.select(patient.pk)
                .from(patient.table)
                .where(patient.fhirId.eq(DSL.param("id", UUID.class)))
                .and(patient.type.eq(DSL.inline("Patient")))
                .and(DSL.not(patient.deleted))
                .and(visibility.of(caller, patient, "Patient"));
    }

    private Condition wanted(Caller caller, Set<String> types) {
        var from = time("from");
        var date = new IndexTable("index_date", "w");
        var endedLater = DSL.exists(DSL.selectOne()
                .from(date.table)
                .where(date.resourcePk.eq(R.pk))
                .and(date.param.in(mainDates()))
                .and(date.high.gt(from)));
        return R.pk.gt(DSL.param("after", Long.class))
                .and(DSL.not(R.deleted))
                .and(isOneOf(R, types))
                .and(R.lastUpdated.ge(time("since")))
                .and(visibility.ofRecord(caller, R))
                .and(R.happened
                        .isNull()
                        .or(R.happened.lt(time("to")).and(R.happened.ge(from).or(endedLater))));
    }

    private static Condition isOneOf(ResourceTable rows, Set<String> types) {
        return types.isEmpty()
                ? DSL.falseCondition()
                : rows.type.in(types.stream().map(DSL::inline).toList());
    }

    private static Field<OffsetDateTime> time(String name) {
        return DSL.param(name, SQLDataType.TIMESTAMPWITHTIMEZONE);
    }

    private List<Field<Short>> mainDates() {
        return RecordTypes.all().stream()
                .flatMap(type -> type.params().stream()
                        .filter(param -> type.isMainDate(param.name()))
                        .map(param -> paramIds.id(type.name(), param.name())))
                .map(id -> (Field<Short>) DSL.inline(id))
                .toList();
    }

    /** Directory entries that rows of the page point at, and who and where behind a role. */
    private static Select<org.jooq.Record1<Long>> targets() {
        var direct = new IndexTable("index_reference", "n");
        var toRole = new IndexTable("index_reference", "m");
        var behind = new IndexTable("index_reference", "b");
        return DSL.select(direct.targetPk)
                .from(direct.table)
                .where(isInPage(direct))
                .and(direct.targetType.in(directory()))
                .union(DSL.select(behind.targetPk)
                        .from(toRole.table)
                        .join(behind.table)
                        .on(behind.resourcePk.eq(toRole.targetPk))
                        .where(isInPage(toRole))
                        .and(toRole.targetType.eq(DSL.inline("PractitionerRole")))
                        .and(behind.targetType.in(directory())));
    }

    private static Condition isInPage(IndexTable references) {
        return DSL.condition("{0} = any({1})", references.resourcePk, DSL.param("pks", SQLDataType.BIGINT.array()));
    }

    private static List<Field<String>> directory() {
        return AccessRule.DIRECTORY.stream()
                .sorted()
                .map(type -> (Field<String>) DSL.inline(type))
                .toList();
    }
}
