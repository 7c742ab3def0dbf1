package org.tenderpoint.chart;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.SelectField;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Sealing;
import org.tenderpoint.chart.Tables.ResourceTable;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;

/** Runs a {@link Query}: one statement for the page, one for a total, one for each include. */
final class Search {

    private static final ResourceTable R = ResourceTable.RESOURCE;
    private static final int COLUMNS_BEFORE_KEYS = Lookup.current().size();

    /** SQLSTATE of a statement that was stopped, in both databases. */
    private static final String STOPPED = "57014";

    private final DSLContext sql;
    private final Visibility visibility;
    private final Indexes indexes;
    private final Criteria criteria;
    private final Includes includes;
    private final Cursors cursors;
    private final int timeoutSeconds;

    /** A match, and its place in the order. */
    private record Found(Stored stored, List<String> place) {}

    Search(DSLContext sql, Visibility visibility, ParamIds paramIds, ChartProperties properties, Sealing sealing) {
        this.cursors = new Cursors(sealing, "search");
        this.sql = sql;
        this.visibility = visibility;
        this.indexes = new Indexes(paramIds);
        this.criteria = new Criteria(visibility, indexes, new ValueSets());
        this.timeoutSeconds = (int) Math.max(1, properties.searchTimeout().toSeconds());
        this.includes = new Includes(sql, visibility, indexes, timeoutSeconds);
    }

    /** @throws Refused 503 where the database takes too long */
    SearchPage run(Caller caller, Query query) {
        query.sort().forEach(sort -> Criteria.requirePayerMay(caller, query.type(), sort.param()));
        var where = where(caller, query);
        var total = query.total() ? inTime(() -> count(where)) : null;
        if (query.count() == 0) {
            return new SearchPage(
                    List.of(), List.of(), Optional.ofNullable(total), Optional.empty(), notes(query, null));
        }
        return inTime(() -> page(caller, query, where, total));
    }

    private int count(Condition where) {
        return sql.selectCount()
                .from(R.table)
                .where(where)
                .queryTimeout(timeoutSeconds)
                .fetchSingle()
                .value1();
    }

    private SearchPage page(Caller caller, Query query, Condition where, @Nullable Integer total) {
        var keys = new SortKeys(query, R, indexes);
        var columns = new ArrayList<SelectField<?>>(Lookup.current());
        columns.addAll(keys.fields());
        var afterCursor = query.cursor()
                .map(cursor -> keys.after(place(caller, query, cursor)))
                .orElseGet(DSL::noCondition);
        var rows = sql.select(columns)
                .from(R.table)
                .where(where)
                .and(afterCursor)
                .orderBy(keys.order())
                .limit(query.count() + 1)
                .queryTimeout(timeoutSeconds);
        var masked = Visibility.isMasked(caller);
        var found = Rows.read(
                rows, row -> new Found(Lookup.toCurrent(row, masked).stored(), keys.values(row, COLUMNS_BEFORE_KEYS)));
        var full = found.size() > query.count();
        var page = full ? found.subList(0, query.count()) : found;
        var matches = page.stream().map(Found::stored).toList();
        var known = total == null && !full && query.cursor().isEmpty() ? Integer.valueOf(matches.size()) : total;
        var next = full
                ? Optional.of(sealed(caller, query, page.get(page.size() - 1).place()))
                : Optional.<String>empty();
        var included = includes.of(caller, query, matches);
        return new SearchPage(
                matches,
                included.rows(),
                Optional.ofNullable(known),
                next,
                notes(query, included.cut().orElse(null)));
    }

    /** A place is one in an order: that of another type or with other keys it says nothing about. */
    private static String order(Query query) {
        return query.type().name() + query.sort();
    }

    private String sealed(Caller caller, Query query, List<String> place) {
        var values = new ArrayList<String>();
        values.add(order(query));
        values.addAll(place);
        return cursors.seal(caller, values);
    }

    private List<String> place(Caller caller, Query query, String cursor) {
        var values = cursors.open(caller, cursor);
        if (!values.get(0).equals(order(query))) {
            throw Refused.notFound();
        }
        return values.subList(1, values.size());
    }

    private Condition where(Caller caller, Query query) {
        var type = query.type();
        var ofKnownPatients = query.criteria().stream().anyMatch(criterion -> Criteria.namesPatients(type, criterion));
        var where = R.type.eq(type.name())
                .and(DSL.not(R.deleted))
                .and(
                        ofKnownPatients
                                ? visibility.within(caller, R, type.name())
                                : visibility.of(caller, R, type.name()));
        for (var criterion : query.criteria()) {
            where = where.and(criteria.of(caller, type, criterion, R, 0));
        }
        return where;
    }

    private static List<Issue> notes(Query query, @Nullable Issue cut) {
        var notes = new ArrayList<Issue>();
        for (var name : query.ignored()) {
            notes.add(new Issue(
                    IssueType.NOTSUPPORTED,
                    "search-parameter-ignored",
                    null,
                    "Parameter " + Issue.echo(name) + " is unknown and was left out."));
        }
        if (cut != null) {
            notes.add(cut);
        }
        return notes;
    }

    private static <T> T inTime(Supplier<T> work) {
        try {
            return work.get();
        } catch (org.springframework.dao.DataAccessException | org.jooq.exception.DataAccessException failed) {
            if (Stream.iterate((Throwable) failed, Objects::nonNull, Throwable::getCause)
                    .anyMatch(cause -> cause instanceof SQLException sql && STOPPED.equals(sql.getSQLState()))) {
                throw new Refused(
                        503,
                        List.of(new Issue(
                                IssueType.TOOCOSTLY,
                                "search-too-slow",
                                null,
                                "The search took too long and was stopped. Narrow it: name the patient, a code or a"
                                        + " period, take chains and _has away, or leave _total out.")));
            }
            throw failed;
        }
    }
}
