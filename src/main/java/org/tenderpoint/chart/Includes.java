package org.tenderpoint.chart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.tenderpoint.access.AccessRule;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Interaction;
import org.tenderpoint.chart.Tables.ResourceTable;
import org.tenderpoint.issue.Issue;

/** What the matches of a page point at and what points at them, as far as the caller may see it. */
final class Includes {

    private static final ResourceTable R = ResourceTable.RESOURCE;

    /** Most included rows a page. */
    static final int MOST = 1000;

    /** How often included resources lead to further ones. */
    static final int ROUNDS = 3;

    private final DSLContext sql;
    private final Visibility visibility;
    private final Indexes indexes;
    private final int timeoutSeconds;

    Includes(DSLContext sql, Visibility visibility, Indexes indexes, int timeoutSeconds) {
        this.sql = sql;
        this.visibility = visibility;
        this.indexes = indexes;
        this.timeoutSeconds = timeoutSeconds;
    }

    /**
     * What a page includes.
     *
     * @param rows each once, none of the matches
     * @param cut says so where there would have been more
     */
    record Included(List<Stored> rows, Optional<Issue> cut) {}

    /** @throws org.tenderpoint.issue.Refused 403 for types that the caller may not read or search */
    Included of(Caller caller, Query query, List<Stored> matches) {
        for (var include : query.includes()) {
            require(caller, include);
        }
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
                        return cut(
                                found,
                                "A page includes at most " + MOST + " resources; the rest is left out."
                                        + " Ask for fewer rows a page.");
                    }
                }
            }
            fresh.forEach(row -> found.put(row.pk(), row));
            from = query.includes().stream().anyMatch(Query.Include::iterate) ? fresh : List.of();
        }
        return new Included(List.copyOf(found.values()), Optional.empty());
    }

    private static Included cut(Map<Long, Stored> found, String diagnostics) {
        return new Included(
                List.copyOf(found.values()),
                Optional.of(new Issue(IssueType.TOOCOSTLY, "search-includes-cut", null, diagnostics)));
    }

    private static void require(Caller caller, Query.Include include) {
        Criteria.requirePayerMay(caller, RecordTypes.require(include.source()), include.param());
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
        var declared = RecordTypes.require(include.source())
                .param(include.param())
                .orElseThrow()
                .targets();
        return declared.isEmpty()
                ? RecordTypes.all().stream().map(RecordType::name).collect(Collectors.toSet())
                : declared;
    }

    private List<Stored> rows(Caller caller, Query.Include include, List<Stored> from) {
        var source = RecordTypes.require(include.source());
        var targets = wanted(include);
        // Of many types those are left that the role and the token's scopes cover.
        var permitted = new TreeSet<String>();
        if (include.reverse()) {
            permitted.add(source.name());
        } else {
            targets.stream()
                    .filter(target -> AccessRule.permitting(caller, Interaction.READ, target)
                            .isPresent())
                    .forEach(permitted::add);
        }
        var start = from.stream()
                .filter(row -> include.reverse()
                        ? targets.contains(row.type())
                        : row.type().equals(source.name()))
                .map(Stored::pk)
                .toList();
        return start.isEmpty() || permitted.isEmpty()
                ? List.of()
                : Rows.read(
                        sql.select(Lookup.current())
                                .from(R.table)
                                .where(
                                        include.reverse()
                                                ? pointing(source, include, start)
                                                : pointedAt(source, include, start))
                                .and(R.type.in(permitted))
                                .and(DSL.not(R.deleted))
                                .and(visibility.ofAnyType(caller, R))
                                .orderBy(R.pk)
                                .limit(MOST + 1)
                                .queryTimeout(timeoutSeconds),
                        row -> Lookup.toCurrent(row, Visibility.isMasked(caller))
                                .stored());
    }

    private Condition pointedAt(RecordType<?> source, Query.Include include, List<Long> pks) {
        if (source.namesThePatient(include.param())) {
            var matches = ResourceTable.resource("m");
            return R.pk.in(DSL.select(matches.patientPk).from(matches.table).where(matches.pk.in(pks)));
        }
        var index = indexes.open(source, include.param(), "i");
        return R.pk.in(DSL.select(index.rows().targetPk)
                .from(index.rows().table)
                .where(index.rows().resourcePk.in(pks))
                .and(index.condition()));
    }

    private Condition pointing(RecordType<?> source, Query.Include include, List<Long> pks) {
        if (source.namesThePatient(include.param())) {
            return R.patientPk.in(pks);
        }
        var index = indexes.open(source, include.param(), "i");
        return R.pk.in(DSL.select(index.rows().resourcePk)
                .from(index.rows().table)
                .where(index.rows().targetPk.in(pks))
                .and(index.condition()));
    }
}
