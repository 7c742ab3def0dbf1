package org.tenderpoint.chart;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.jooq.DSLContext;
import org.jooq.ResultQuery;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Sealing;
import org.tenderpoint.chart.Tables.ResourceTable;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;

/**
 * Runs a {@link Query}. On PostgreSQL one statement finds the page and what a single include leads to; a total and
 * further includes take one more each. H2 takes one for each of these.
 */
final class Search {

    /** SQLSTATE of a statement that was stopped, in both databases. */
    private static final String STOPPED = "57014";

    private static final ResourceTable R = ResourceTable.RESOURCE;

    private final DSLContext sql;
    private final Statements statements;
    private final Visibility visibility;
    private final SearchTexts texts;
    private final Includes includes;
    private final AuditJournal journal;
    private final NamedPatients named;
    private final ValueSets valueSets = new ValueSets();
    private final Cursors cursors;
    private final int timeoutSeconds;

    /** A row of a page or of what it includes; with its place in the order where a page ends with it. */
    private record Found(Stored stored, boolean included, List<String> place) {}

    private record Paged(List<Stored> matches, List<Stored> included, Optional<Issue> cut, Optional<String> next) {}

    Search(
            DSLContext sql,
            Visibility visibility,
            Lookup lookup,
            ParamIds paramIds,
            AuditJournal journal,
            ChartProperties properties,
            Sealing sealing) {
        this.cursors = new Cursors(sealing, "search");
        this.sql = sql;
        this.statements = new Statements(sql);
        this.visibility = visibility;
        this.journal = journal;
        this.named = new NamedPatients(lookup);
        this.timeoutSeconds = (int) Math.max(1, properties.searchTimeout().toSeconds());
        var indexes = new Indexes(paramIds);
        this.includes = new Includes(statements, visibility, indexes, timeoutSeconds);
        this.texts = new SearchTexts(sql, visibility, indexes, includes, valueSets);
    }

    /**
     * A page for a caller who asked for it.
     *
     * @param entry what is written down about it, without the number of resources
     * @throws Refused 503 where the database takes too long
     */
    SearchPage shown(Caller caller, Query query, AuditTrail.Entry entry) {
        return run(caller, query, entry);
    }

    /** A page for an operation that writes down itself what it shows. */
    SearchPage run(Caller caller, Query query) {
        return run(caller, query, null);
    }

    private SearchPage run(Caller caller, Query query, AuditTrail.@Nullable Entry entry) {
        var binds = new Binds(visibility.values(caller));
        var shape = new ShapeReader(caller, binds, valueSets).read(query);
        Includes.require(caller, query);
        var after = query.cursor().map(cursor -> place(caller, query, shape, cursor));
        binds.putAll(SortKeys.values(after.orElse(List.of())));
        var total = query.total() ? inTime(() -> count(caller, shape, binds)) : null;
        if (query.count() == 0) {
            if (entry != null) {
                journal.note(entry.ofPatients(total == null || total == 0 ? Set.of() : named.in(caller, query)));
            }
            return new SearchPage(
                    List.of(), List.of(), Optional.ofNullable(total), Optional.empty(), notes(query, Optional.empty()));
        }
        var isLost = entry != null && after.isPresent() && !isSeen(caller, query, after.get());
        var page = inTime(() -> sql.family() == SQLDialect.POSTGRES && includesOnce(query)
                ? together(caller, query, shape, binds)
                : oneByOne(caller, query, shape, binds));
        if (isLost && page.matches.isEmpty()) {
            // Others of its rows may be left; where none is, whatever the link led to was taken back, and it leads
            // nowhere.
            throw Refused.notFound();
        }
        if (entry != null) {
            var shown =
                    Stream.concat(page.matches.stream(), page.included.stream()).toList();
            journal.note(entry.ofPatients(AuditRows.patients(shown)).about(shown.size()));
        }
        var isWhole = page.next.isEmpty() && query.cursor().isEmpty();
        var known = total == null && isWhole ? Integer.valueOf(page.matches.size()) : total;
        return new SearchPage(
                page.matches, page.included, Optional.ofNullable(known), page.next, notes(query, page.cut));
    }

    /** Whether the row behind which a page begins is there for the caller still, be it deleted. */
    private boolean isSeen(Caller caller, Query query, List<String> place) {
        var last = Long.parseLong(place.get(place.size() - 1));
        return sql.fetchExists(DSL.selectOne()
                .from(R.table)
                .where(R.pk.eq(last))
                .and(visibility.of(caller, R, query.type().name())));
    }

    private static boolean includesOnce(Query query) {
        return query.includes().size() == 1 && !query.includes().get(0).iterate();
    }

    private int count(Caller caller, Shape shape, Binds binds) {
        return statements
                .fetch(
                        SearchTexts.Key.count(caller, shape),
                        () -> texts.count(caller, shape),
                        binds.values(),
                        row -> row.getInt(1),
                        timeoutSeconds)
                .get(0);
    }

    private Paged together(Caller caller, Query query, Shape shape, Binds binds) {
        var step = Includes.step(caller, query.includes().get(0), query.type().name());
        if (step.isEmpty()) {
            return oneByOne(caller, query, shape, binds);
        }
        var after = query.cursor().isPresent();
        var found = rows(
                caller,
                query,
                SearchTexts.Key.together(caller, shape, after, step.get()),
                () -> texts.together(caller, shape, after, step.get()),
                binds);
        var included = found.stream()
                .filter(Found::included)
                .map(Found::stored)
                .sorted(Comparator.comparingLong(Stored::pk))
                .toList();
        var cut = included.size() > Includes.MOST ? Optional.of(Includes.tooMany()) : Optional.<Issue>empty();
        var matches = found.stream().filter(row -> !row.included).toList();
        return new Paged(
                page(query, matches),
                cut.isPresent() ? included.subList(0, Includes.MOST) : included,
                cut,
                next(caller, query, matches));
    }

    private Paged oneByOne(Caller caller, Query query, Shape shape, Binds binds) {
        var after = query.cursor().isPresent();
        var found = rows(
                caller,
                query,
                SearchTexts.Key.page(caller, shape, after),
                () -> texts.page(caller, shape, after),
                binds);
        var matches = page(query, found);
        var included = includes.of(caller, query, matches);
        return new Paged(matches, included.rows(), included.cut(), next(caller, query, found));
    }

    private List<Found> rows(
            Caller caller, Query query, SearchTexts.Key key, Supplier<ResultQuery<?>> text, Binds binds) {
        var masked = Visibility.isMasked(caller);
        return statements.fetch(
                key,
                text,
                binds.values(),
                row -> {
                    var included = row.getBoolean(SearchTexts.IS_INCLUDED);
                    // Only the last row of a page may have a next page behind it.
                    var place = !included && row.getRow() == query.count()
                            ? SortKeys.place(row, SearchTexts.COLUMNS_BEFORE_KEYS)
                            : List.<String>of();
                    return new Found(Lookup.toCurrent(row, masked).stored(), included, place);
                },
                timeoutSeconds);
    }

    private static List<Stored> page(Query query, List<Found> found) {
        return found.stream().limit(query.count()).map(Found::stored).toList();
    }

    private Optional<String> next(Caller caller, Query query, List<Found> found) {
        return found.size() <= query.count()
                ? Optional.empty()
                : Optional.of(sealed(caller, query, found.get(query.count() - 1).place));
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

    private List<String> place(Caller caller, Query query, Shape shape, String cursor) {
        var values = cursors.open(caller, cursor);
        // An earlier version of this server may have sealed other values for the same order.
        if (!values.get(0).equals(order(query)) || values.size() != texts.valuesOfAPlace(shape) + 1) {
            throw Refused.notFound();
        }
        return values.subList(1, values.size());
    }

    private static List<Issue> notes(Query query, Optional<Issue> cut) {
        var notes = new ArrayList<Issue>();
        for (var name : query.ignored()) {
            notes.add(new Issue(
                    IssueType.NOTSUPPORTED,
                    "search-parameter-ignored",
                    null,
                    "Parameter " + Issue.echo(name) + " is unknown and was left out."));
        }
        cut.ifPresent(notes::add);
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
