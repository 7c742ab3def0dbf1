package org.tenderpoint.chart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.access.AccessRule;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Interaction;
import org.tenderpoint.access.Role;
import org.tenderpoint.chart.Tables.IndexTable;
import org.tenderpoint.chart.Tables.ResourceTable;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;

/** What the matches of a page point at and what points at them, as far as the caller may see it. */
final class Includes {

    private static final ResourceTable R = ResourceTable.RESOURCE;

    private static final String START = "start";

    /** Most included rows a page. */
    static final int MOST = 1000;

    /** How often included resources lead to further ones. */
    static final int ROUNDS = 3;

    private final Statements statements;
    private final Visibility visibility;
    private final Indexes indexes;
    private final int timeoutSeconds;

    Includes(Statements statements, Visibility visibility, Indexes indexes, int timeoutSeconds) {
        this.statements = statements;
        this.visibility = visibility;
        this.indexes = indexes;
        this.timeoutSeconds = timeoutSeconds;
    }

    private record Key(String caller, Step step) {}

    /**
     * What a page includes.
     *
     * @param rows each once, none of the matches
     * @param cut says so where there would have been more
     */
    record Included(List<Stored> rows, Optional<Issue> cut) {}

    /**
     * One include as far as a caller may follow it: what decides the text of its statement, together with who asks.
     *
     * @param source type that holds the reference; none for every reference of every type
     * @param permitted types of the rows that it leads to
     */
    record Step(@Nullable RecordType<?> source, String param, boolean reverse, List<String> permitted) {}

    /** @throws Refused 403 for types that the caller may not read or search */
    static void require(Caller caller, Query query) {
        query.includes().forEach(include -> require(caller, include));
    }

    /** The step that an include means for rows of a type; none where it leads nowhere. */
    static Optional<Step> step(Caller caller, Query.Include include, String fromType) {
        var starts = include.reverse() ? wanted(include).contains(fromType) : isSource(include, fromType);
        var step = step(caller, include);
        return starts && !step.permitted.isEmpty() ? Optional.of(step) : Optional.empty();
    }

    private static Step step(Caller caller, Query.Include include) {
        // Of many types those are left that the role and the token's scopes cover.
        var permitted = include.reverse()
                ? List.of(include.source())
                : wanted(include).stream()
                        .filter(target -> AccessRule.permitting(caller, Interaction.READ, target)
                                .isPresent())
                        .sorted()
                        .toList();
        var source = include.isOfAnything() ? null : RecordTypes.require(include.source());
        return new Step(source, include.param(), include.reverse(), permitted);
    }

    private static boolean isSource(Query.Include include, String type) {
        return include.isOfAnything() || include.source().equals(type);
    }

    /** @param matches rows for which {@link #require} was asked */
    Included of(Caller caller, Query query, List<Stored> matches) {
        var known = matches.stream().map(Stored::pk).collect(Collectors.toSet());
        var found = new LinkedHashMap<Long, Stored>();
        var from = matches;
        for (int round = 0; !from.isEmpty(); round++) {
            if (round > ROUNDS) {
                return cut(
                        found,
                        "Includes were followed " + ROUNDS + " times from one resource to the next;"
                                + " what lies further is left out.");
            }
            var fresh = new ArrayList<Stored>();
            for (var include : query.includes()) {
                if (round == 0 || include.iterate()) {
                    for (var row : rows(caller, include, from)) {
                        if (known.add(row.pk())) {
                            fresh.add(row);
                        }
                    }
                    if (found.size() + fresh.size() > MOST) {
                        fresh.stream().limit(MOST - found.size()).forEach(row -> found.put(row.pk(), row));
                        return new Included(List.copyOf(found.values()), Optional.of(tooMany()));
                    }
                }
            }
            fresh.forEach(row -> found.put(row.pk(), row));
            from = query.includes().stream().anyMatch(Query.Include::iterate) ? fresh : List.of();
        }
        return new Included(List.copyOf(found.values()), Optional.empty());
    }

    /** Says that a page would include more than {@link #MOST} rows. */
    static Issue tooMany() {
        return new Issue(
                IssueType.TOOCOSTLY,
                "search-includes-cut",
                null,
                "A page includes at most " + MOST + " resources; the rest is left out. Ask for fewer rows a page.");
    }

    private static Included cut(Map<Long, Stored> found, String diagnostics) {
        return new Included(
                List.copyOf(found.values()),
                Optional.of(new Issue(IssueType.TOOCOSTLY, "search-includes-cut", null, diagnostics)));
    }

    private static void require(Caller caller, Query.Include include) {
        if (include.isOfAnything()) {
            if (!caller.is(Role.CLINIC) && !caller.is(Role.PATIENT)) {
                throw Refused.forbidden("An include names its type and parameter; this role has no wildcard.");
            }
            return;
        }
        ShapeReader.requirePayerMay(caller, RecordTypes.require(include.source()), include.param());
        if (include.reverse()) {
            AccessRule.require(caller, Interaction.SEARCH, include.source());
            return;
        }
        var wanted = wanted(include);
        if (wanted.size() == 1) {
            AccessRule.require(caller, Interaction.READ, wanted.iterator().next());
        }
    }

    private static Set<String> wanted(Query.Include include) {
        if (include.target().isPresent()) {
            return Set.of(include.target().get());
        }
        if (include.isOfAnything()) {
            return everyType();
        }
        var declared = RecordTypes.require(include.source())
                .param(include.param())
                .orElseThrow()
                .targets();
        return declared.isEmpty() ? everyType() : declared;
    }

    private static Set<String> everyType() {
        return RecordTypes.all().stream().map(RecordType::name).collect(Collectors.toSet());
    }

    private List<Stored> rows(Caller caller, Query.Include include, List<Stored> from) {
        var step = step(caller, include);
        var targets = wanted(include);
        var start = from.stream()
                .filter(row -> include.reverse() ? targets.contains(row.type()) : isSource(include, row.type()))
                .map(Stored::pk)
                .toArray(Long[]::new);
        if (start.length == 0 || step.permitted.isEmpty()) {
            return List.of();
        }
        var values = visibility.values(caller);
        values.put(START, start);
        return statements.fetch(
                new Key(Visibility.kind(caller), step),
                () -> query(step, Includes::isInStart, visibility.ofAnyType(caller, R)),
                values,
                row -> Lookup.toCurrent(row, Visibility.isMasked(caller)).stored(),
                timeoutSeconds);
    }

    private static Condition isInStart(Field<Long> pk) {
        return DSL.condition("{0} = any({1})", pk, DSL.param(START, SQLDataType.BIGINT.array()));
    }

    /**
     * The rows that a step leads to, oldest first, one more than a page includes.
     *
     * @param isStart true for the keys of the rows that it starts from
     * @param visible true for rows that the caller may see
     */
    Select<?> query(Step step, Function<Field<Long>, Condition> isStart, Condition visible) {
        return DSL.select(Lookup.current())
                .from(R.table)
                .where(step.reverse ? pointing(step, isStart) : pointedAt(step, isStart))
                .and(R.type.in(step.permitted.stream().map(DSL::inline).toList()))
                .and(DSL.not(R.deleted))
                .and(visible)
                .orderBy(R.pk)
                .limit(DSL.inline(MOST + 1));
    }

    private Condition pointedAt(Step step, Function<Field<Long>, Condition> isStart) {
        var matches = ResourceTable.resource("m");
        var patients = R.pk.in(DSL.select(matches.patientPk).from(matches.table).where(isStart.apply(matches.pk)));
        if (step.source == null) {
            var any = new IndexTable("index_reference", "i");
            return patients.or(R.pk.in(DSL.select(any.targetPk).from(any.table).where(isStart.apply(any.resourcePk))));
        }
        if (step.source.namesThePatient(step.param)) {
            return patients;
        }
        var index = indexes.open(step.source, step.param, "i");
        return R.pk.in(DSL.select(index.rows().targetPk)
                .from(index.rows().table)
                .where(isStart.apply(index.rows().resourcePk))
                .and(index.condition()));
    }

    private Condition pointing(Step step, Function<Field<Long>, Condition> isStart) {
        var source = Objects.requireNonNull(step.source);
        if (source.namesThePatient(step.param)) {
            return isStart.apply(R.patientPk);
        }
        var index = indexes.open(source, step.param, "i");
        return R.pk.in(DSL.select(index.rows().resourcePk)
                .from(index.rows().table)
                .where(isStart.apply(index.rows().targetPk))
                .and(index.condition()));
    }
}
