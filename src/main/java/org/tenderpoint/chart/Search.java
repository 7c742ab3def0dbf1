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
    private final Cursors cursors = new Cursors();
    private final int timeoutSeconds;

    Search(DSLContext sql, Visibility visibility, ParamIds paramIds, ChartProperties properties) {
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
                .map(cursor -> keys.after(cursors.open(caller, cursor)))
                .orElseGet(DSL::noCondition);
        var rows = sql.select(columns)
                .from(R.table)
                .where(where)
                .and(afterCursor)
                .orderBy(keys.order())
                .limit(query.count() + 1)
                .queryTimeout(timeoutSeconds)
                .fetch();
        var full = rows.size() > query.count();
        var page = full ? rows.subList(0, query.count()) : rows;
        var masked = Visibility.isMasked(caller);
        var matches = page.stream().map(row -> Lookup.stored(row, R, masked)).toList();
        var known = total == null && !full && query.cursor().isEmpty() ? Integer.valueOf(matches.size()) : total;
        var next = full
                ? Optional.of(cursors.seal(caller, keys.values(page.get(page.size() - 1), COLUMNS_BEFORE_KEYS)))
                : Optional.<String>empty();
        var included = includes.of(caller, query, matches);
        return new SearchPage(
                matches,
                included.rows(),
                Optional.ofNullable(known),
                next,
                notes(query, included.cut().orElse(null)));
    }

    private Condition where(Caller caller, Query query) {
        var where = R.type.eq(query.type().name())
                .and(DSL.not(R.deleted))
                .and(visibility.of(caller, R, query.type().name()));
        for (var criterion : query.criteria()) {
            where = where.and(criteria.of(caller, query.type(), criterion, R, 0));
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
