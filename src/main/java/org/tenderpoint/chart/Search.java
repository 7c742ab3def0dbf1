package org.tenderpoint.chart;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.OrderField;
import org.jooq.Record;
import org.jooq.SelectField;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.access.AccessRule;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Grant;
import org.tenderpoint.access.Interaction;
import org.tenderpoint.access.Role;
import org.tenderpoint.chart.FhirDates.Span;
import org.tenderpoint.chart.Tables.IndexTable;
import org.tenderpoint.chart.Tables.ResourceTable;
import org.tenderpoint.issue.Refused;

/** Compiles a {@link Query} into SQL in which the caller's rights are part of every condition, and runs it. */
final class Search {

    private static final ResourceTable R = ResourceTable.RESOURCE;

    /** What an insurer may search by: a masked element must not be found out by searching for it. */
    private static final Set<String> PAYER_CRITERIA = Set.of(
            "_id", "_lastUpdated", "name", "family", "given", "birthdate", "patient", "beneficiary", "status", "payor");

    private static final Pattern PREFIXED = Pattern.compile("(eq|ne|gt|lt|ge|le|sa|eb|ap)?(.+)");
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,18}(\\.\\d{1,12})?([eE][+-]?\\d{1,2})?");
    private static final int COLUMNS_BEFORE_KEYS = Lookup.current().size();

    /** One page of matches. */
    record Page(List<Stored> matches, List<Stored> included, @Nullable Integer total, Optional<String> next) {}

    private final DSLContext sql;
    private final Visibility visibility;
    private final ParamIds paramIds;
    private final Cursors cursors = new Cursors();

    Search(DSLContext sql, Visibility visibility, ParamIds paramIds) {
        this.sql = sql;
        this.visibility = visibility;
        this.paramIds = paramIds;
    }

    Page run(Caller caller, Query query) {
        var where = where(caller, query, R);
        Integer total = null;
        if (query.total()) {
            total = sql.selectCount().from(R.table).where(where).fetchSingle().value1();
        }
        if (query.count() == 0) {
            return new Page(List.of(), List.of(), total, Optional.empty());
        }
        query.sort().forEach(sort -> requirePayerMay(caller, query.type(), sort.param()));
        query.includes().forEach(include -> requirePayerMay(caller, type(include.source()), include.param()));
        query.revIncludes().forEach(include -> requirePayerMay(caller, type(include.source()), include.param()));
        var keys = keys(query);
        var columns = new ArrayList<SelectField<?>>(Lookup.current());
        keys.forEach(key -> columns.add(key.field));
        var afterCursor = query.cursor()
                .map(cursor -> after(keys, cursors.open(caller, cursor)))
                .orElseGet(DSL::noCondition);
        var rows = sql.select(columns)
                .from(R.table)
                .where(where)
                .and(afterCursor)
                .orderBy(keys.stream().map(Key::order).toList())
                .limit(query.count() + 1)
                .fetch();
        var full = rows.size() > query.count();
        var page = full ? rows.subList(0, query.count()) : rows;
        var masked = Visibility.isMasked(caller);
        var matches = page.stream().map(row -> Lookup.stored(row, R, masked)).toList();
        if (total == null && !full && query.cursor().isEmpty()) {
            total = matches.size();
        }
        var next = full
                ? Optional.of(cursors.seal(caller, values(page.get(page.size() - 1), keys.size())))
                : Optional.<String>empty();
        return new Page(matches, included(caller, query, page, masked), total, next);
    }

    private Condition where(Caller caller, Query query, ResourceTable rows) {
        var where = rows.type
                .eq(query.type().name())
                .and(DSL.not(rows.deleted))
                .and(visibility.of(caller, rows, query.type().name()));
        for (var criterion : query.criteria()) {
            where = where.and(criterion(caller, query.type(), criterion, rows, 0));
        }
        return where;
    }

    private Condition criterion(
            Caller caller, RecordType<?> type, Query.Criterion criterion, ResourceTable rows, int depth) {
        requirePayerMay(caller, type, criterion.param());
        var isReference = type.param(criterion.param())
                .filter(param -> param.kind() == SearchParamType.REFERENCE)
                .isPresent();
        if (!criterion.chain().isEmpty() && !isReference) {
            throw QueryReader.invalid(
                    "search-chain-unknown", criterion.param(), "Only a reference leads to another resource.");
        }
        if (criterion.param().equals("_id") && !criterion.modifier().isEmpty()) {
            throw unknownModifier(criterion);
        }
        switch (criterion.param()) {
            case "_id" -> {
                return rows.fhirId.in(criterion.values().stream()
                        .map(Search::uuid)
                        .flatMap(Optional::stream)
                        .toList());
            }
            case "_lastUpdated" -> {
                return anyOf(criterion, value -> {
                    var span = prefixed(criterion, value);
                    return instant(span.prefix, rows.lastUpdated, dateSpan(criterion, span.value));
                });
            }
            case "_profile" -> {
                return exists("index_uri", type, criterion, rows, depth, (i, value) -> i.uri.eq(value));
            }
            case "_tag", "_security" -> {
                return exists("index_token", type, criterion, rows, depth, Search::token);
            }
            default -> {
                // declared parameters follow
            }
        }
        var param = type.param(criterion.param()).orElseThrow();
        return switch (param.kind()) {
            case TOKEN -> tokenCriterion(type, criterion, rows, depth);
            case REFERENCE -> referenceCriterion(caller, type, criterion, rows, depth);
            case DATE ->
                exists("index_date", type, criterion, rows, depth, (i, value) -> {
                    var span = prefixed(criterion, value);
                    return date(span.prefix, i, dateSpan(criterion, span.value));
                });
            case QUANTITY ->
                exists("index_quantity", type, criterion, rows, depth, (i, v) -> quantity(criterion, i, v));
            case STRING -> exists("index_string", type, criterion, rows, depth, (i, v) -> string(criterion, i, v));
            case URI -> exists("index_uri", type, criterion, rows, depth, (i, value) -> i.uri.eq(unescape(value)));
            default -> throw new IllegalStateException("no search for " + param.kind());
        };
    }

    private static void requirePayerMay(Caller caller, RecordType<?> type, String param) {
        if (caller.is(Role.INSURER) && !type.isDirectory() && !PAYER_CRITERIA.contains(param)) {
            throw Refused.forbidden("Searching by this parameter is not covered by this client's role.");
        }
    }

    private Condition tokenCriterion(RecordType<?> type, Query.Criterion criterion, ResourceTable rows, int depth) {
        if (criterion.modifier().equals("not")) {
            var positive = new Query.Criterion(criterion.param(), "", "", criterion.values());
            return DSL.not(exists("index_token", type, positive, rows, depth, Search::token));
        }
        return exists("index_token", type, criterion, rows, depth, Search::token);
    }

    private Condition referenceCriterion(
            Caller caller, RecordType<?> type, Query.Criterion criterion, ResourceTable rows, int depth) {
        var param = type.param(criterion.param()).orElseThrow();
        if (criterion.modifier().equals("missing")) {
            return exists("index_reference", type, criterion, rows, depth, (i, v) -> DSL.trueCondition());
        }
        if (!criterion.modifier().isEmpty() && !param.targets().contains(criterion.modifier())) {
            throw unknownModifier(criterion);
        }
        if (!criterion.chain().isEmpty()) {
            return chained(caller, type, param, criterion, rows, depth);
        }
        var ids = new ArrayList<UUID>();
        for (var value : criterion.values()) {
            var slash = value.lastIndexOf('/');
            var target = slash < 0 ? criterion.modifier() : value.substring(0, slash);
            if (target.isEmpty() || param.targets().isEmpty() || param.targets().contains(target)) {
                uuid(value.substring(slash + 1)).ifPresent(ids::add);
            }
        }
        var target = ResourceTable.resource("t" + depth);
        var targetPks = DSL.select(target.pk)
                .from(target.table)
                .where(target.fhirId.in(ids))
                .and(visibility.ofAnyType(caller, target));
        if (type.namesThePatient(criterion.param())) {
            return ids.size() == 1 ? rows.patientPk.eq(targetPks) : rows.patientPk.in(targetPks);
        }
        return exists("index_reference", type, criterion, rows, depth, (i, v) -> i.targetPk.in(targetPks));
    }

    /** {@code subject:Patient.identifier=…}: the hop is taken only to rows that the caller may see. */
    private Condition chained(
            Caller caller,
            RecordType<?> type,
            SearchParam<?> param,
            Query.Criterion criterion,
            ResourceTable rows,
            int depth) {
        var targets = criterion.modifier().isEmpty() ? param.targets() : Set.of(criterion.modifier());
        var colon = criterion.chain().indexOf(':');
        var name = colon < 0 ? criterion.chain() : criterion.chain().substring(0, colon);
        var modifier = colon < 0 ? "" : criterion.chain().substring(colon + 1);
        var hops = new ArrayList<Condition>();
        for (var targetName : targets) {
            var targetType = RecordTypes.find(targetName).orElse(null);
            if (targetType == null
                    || (targetType.param(name).isEmpty() && !name.equals("_id"))
                    || (targets.size() > 1
                            && AccessRule.permitting(caller, Interaction.SEARCH, targetName)
                                    .isEmpty())) {
                continue;
            }
            AccessRule.require(caller, Interaction.SEARCH, targetName);
            var target = ResourceTable.resource("c" + depth + "_" + hops.size());
            var inner = new Query.Criterion(name, modifier, "", criterion.values());
            hops.add(DSL.exists(DSL.selectOne()
                    .from(target.table)
                    .where(pointsAt(type, criterion.param(), rows, target, depth))
                    .and(target.type.eq(targetName))
                    .and(DSL.not(target.deleted))
                    .and(visibility.of(caller, target, targetName))
                    .and(criterion(caller, targetType, inner, target, depth + 1))));
        }
        if (hops.isEmpty()) {
            throw QueryReader.invalid(
                    "search-chain-unknown", criterion.param(), "No type that this points at has that parameter.");
        }
        return DSL.or(hops);
    }

    private Condition pointsAt(RecordType<?> type, String param, ResourceTable rows, ResourceTable target, int depth) {
        if (type.namesThePatient(param)) {
            return target.pk.eq(rows.patientPk);
        }
        var index = new IndexTable("index_reference", "p" + depth);
        return target.pk.in(DSL.select(index.targetPk)
                .from(index.table)
                .where(index.resourcePk.eq(rows.pk))
                .and(index.param.eq(paramIds.id(type.name(), param))));
    }

    private interface ValueTest {
        Condition matches(IndexTable index, String value);
    }

    private interface AnyTest {
        Condition matches(String value);
    }

    private static Condition anyOf(Query.Criterion criterion, AnyTest test) {
        return DSL.or(criterion.values().stream().map(test::matches).toList());
    }

    private Condition exists(
            String table,
            RecordType<?> type,
            Query.Criterion criterion,
            ResourceTable rows,
            int depth,
            ValueTest test) {
        var index = new IndexTable(table, "i" + depth);
        var base = index.param.eq(paramIds.id(type.name(), criterion.param()));
        if (criterion.modifier().equals("missing")) {
            var has = rows.pk.in(
                    DSL.select(index.resourcePk).from(index.table).where(base.and(index.resourcePk.eq(rows.pk))));
            return switch (criterion.values().get(0)) {
                case "true" -> DSL.not(has);
                case "false" -> has;
                default ->
                    throw QueryReader.invalid("search-value-invalid", criterion.param(), ":missing is true or false.");
            };
        }
        checkModifier(criterion, table);
        // The same patient on both sides leads the database from a patient's key to a handful of index rows, where it
        // would otherwise gather everybody's rows of that value.
        var samePatient = type.needsAPatient() ? index.patientPk.eq(rows.patientPk) : DSL.noCondition();
        return DSL.exists(DSL.selectOne()
                .from(index.table)
                .where(index.resourcePk.eq(rows.pk))
                .and(samePatient)
                .and(base)
                .and(anyOf(criterion, value -> test.matches(index, value))));
    }

    private static void checkModifier(Query.Criterion criterion, String table) {
        var known = table.equals("index_string") ? Set.of("", "exact", "contains") : Set.of("");
        if (!known.contains(criterion.modifier()) && !table.equals("index_reference")) {
            throw unknownModifier(criterion);
        }
    }

    private static Refused unknownModifier(Query.Criterion criterion) {
        return QueryReader.invalid(
                "search-modifier-unknown",
                criterion.param() + ":" + criterion.modifier(),
                "This modifier is not offered for this parameter.");
    }

    private static Condition token(IndexTable index, String value) {
        var bar = value.indexOf('|');
        if (bar < 0) {
            return index.code.eq(IndexRows.cut(unescape(value), IndexRows.LONGEST_TOKEN));
        }
        var system = unescape(value.substring(0, bar));
        var code = IndexRows.cut(unescape(value.substring(bar + 1)), IndexRows.LONGEST_TOKEN);
        var inSystem = system.isEmpty() ? index.system.isNull() : index.system.eq(system);
        return code.isEmpty() ? inSystem : index.code.eq(code).and(inSystem);
    }

    private static Condition string(Query.Criterion criterion, IndexTable index, String value) {
        var text = unescape(value);
        return switch (criterion.modifier()) {
            case "exact" -> index.exact.eq(IndexRows.cut(text, IndexRows.LONGEST_STRING));
            case "contains" -> index.folded.contains(IndexRows.fold(text));
            default -> index.folded.startsWith(IndexRows.fold(text));
        };
    }

    private record Prefixed(String prefix, String value) {}

    private static Prefixed prefixed(Query.Criterion criterion, String value) {
        if (!criterion.modifier().isEmpty() && !criterion.modifier().equals("missing")) {
            throw unknownModifier(criterion);
        }
        Matcher matcher = PREFIXED.matcher(value);
        if (!matcher.matches()) {
            throw QueryReader.invalid("search-value-invalid", criterion.param(), "This is no value.");
        }
        return new Prefixed(matcher.group(1) == null ? "eq" : matcher.group(1), matcher.group(2));
    }

    private static Span dateSpan(Query.Criterion criterion, String value) {
        return FhirDates.parse(value)
                .orElseThrow(() -> QueryReader.invalid(
                        "search-value-invalid",
                        criterion.param(),
                        "A date has the form 2026-03-04 or 2026-03-04T10:00:00Z, with eq, ne, gt, lt, ge, le, sa, eb"
                                + " or ap before it."));
    }

    // The prefixes compare spans: what the search says and what the resource says, each with its own precision
    // (https://hl7.org/fhir/R4/search.html#prefix). Spans are half-open.
    private static Condition date(String prefix, IndexTable index, Span span) {
        var low = IndexRows.utc(span.low());
        var high = IndexRows.utc(span.high());
        return switch (prefix) {
            case "eq" -> index.low.ge(low).and(index.high.le(high));
            case "ne" -> index.low.lt(low).or(index.high.gt(high));
            case "gt" -> index.high.gt(high);
            case "lt" -> index.low.lt(low);
            case "ge" -> index.high.gt(high).or(index.low.ge(low).and(index.high.le(high)));
            case "le" -> index.low.lt(low).or(index.low.ge(low).and(index.high.le(high)));
            case "sa" -> index.low.ge(high);
            case "eb" -> index.high.le(low);
            default -> approximately(index, span);
        };
    }

    /** Ten per cent of the distance from now, as the specification suggests, and at least the span itself. */
    private static Condition approximately(IndexTable index, Span span) {
        var slack = java.time.Duration.between(span.low(), Instant.now()).abs().dividedBy(10);
        return index.low
                .lt(IndexRows.utc(span.high().plus(slack)))
                .and(index.high.gt(IndexRows.utc(span.low().minus(slack))));
    }

    private static Condition instant(String prefix, Field<OffsetDateTime> instant, Span span) {
        var low = IndexRows.utc(span.low());
        var high = IndexRows.utc(span.high());
        return switch (prefix) {
            case "eq", "ap" -> instant.ge(low).and(instant.lt(high));
            case "ne" -> instant.lt(low).or(instant.ge(high));
            case "gt", "sa" -> instant.ge(high);
            case "lt", "eb" -> instant.lt(low);
            case "ge" -> instant.ge(low);
            default -> instant.lt(high);
        };
    }

    private static Condition quantity(Query.Criterion criterion, IndexTable index, String value) {
        var parts = value.split("\\|", -1);
        var prefixed = prefixed(criterion, parts[0]);
        if (!NUMBER.matcher(prefixed.value).matches() || (parts.length != 1 && parts.length != 3)) {
            throw QueryReader.invalid(
                    "search-value-invalid",
                    criterion.param(),
                    "A quantity has the form 5.4 or 5.4|http://unitsofmeasure.org|mg or 5.4||mg.");
        }
        var number = new BigDecimal(prefixed.value);
        // 5.4 means 5.35 up to 5.45: half of the last digit to either side.
        var half = BigDecimal.ONE.movePointLeft(number.scale()).divide(BigDecimal.valueOf(2));
        var low = number.subtract(half);
        var high = number.add(half);
        var amount =
                switch (prefixed.prefix) {
                    case "eq" -> index.amount.ge(low).and(index.amount.lt(high));
                    case "ne" -> index.amount.lt(low).or(index.amount.ge(high));
                    case "gt", "sa" -> index.amount.gt(number);
                    case "lt", "eb" -> index.amount.lt(number);
                    case "ge" -> index.amount.ge(number);
                    case "le" -> index.amount.le(number);
                    default -> {
                        var tenth = number.abs().divide(BigDecimal.TEN);
                        yield index.amount.between(number.subtract(tenth), number.add(tenth));
                    }
                };
        if (parts.length == 3) {
            var unit = index.code.eq(unescape(parts[2]));
            amount = amount.and(parts[1].isEmpty() ? unit : unit.and(index.system.eq(unescape(parts[1]))));
        }
        return amount;
    }

    private static String unescape(String value) {
        return value.replaceAll("\\\\([,|$\\\\])", "$1");
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return text.length() == 36 ? Optional.of(UUID.fromString(text)) : Optional.empty();
        } catch (IllegalArgumentException notAnId) {
            return Optional.empty();
        }
    }

    // ---- sorting and paging -------------------------------------------------------------------------------------

    /** A sort key, read back from the last row of a page as text, so that the next page begins behind it. */
    private record Key(Field<?> field, boolean descending) {
        OrderField<?> order() {
            return descending ? field.desc() : field.asc();
        }

        @SuppressWarnings({"unchecked", "rawtypes"})
        Condition equal(String value) {
            return ((Field) field).eq(DSL.val(value).cast(field.getDataType()));
        }

        @SuppressWarnings({"unchecked", "rawtypes"})
        Condition beyond(String value) {
            var bound = DSL.val(value).cast(field.getDataType());
            return descending ? ((Field) field).lt(bound) : ((Field) field).gt(bound);
        }
    }

    private List<Key> keys(Query query) {
        var keys = new ArrayList<Key>();
        for (var sort : query.sort()) {
            keys.add(new Key(sortField(query.type(), sort), sort.descending()));
        }
        keys.add(new Key(R.pk, !query.sort().isEmpty() && query.sort().get(0).descending()));
        return keys;
    }

    private Field<?> sortField(RecordType<?> type, Query.Sort sort) {
        switch (sort.param()) {
            case "_id" -> {
                return R.fhirId.cast(SQLDataType.VARCHAR(36));
            }
            case "_lastUpdated" -> {
                return R.lastUpdated;
            }
            default -> {
                // declared parameters follow
            }
        }
        var param = type.param(sort.param()).orElseThrow();
        var id = paramIds.id(type.name(), param.name());
        return switch (param.kind()) {
            case DATE -> {
                var i = new IndexTable("index_date", "s");
                var first = sort.descending() ? DSL.max(i.low) : DSL.min(i.low);
                // What has no date comes last either way.
                var last = IndexRows.utc(sort.descending() ? Grant.ALWAYS : Grant.FOREVER);
                yield type.isMainDate(param.name())
                        ? DSL.coalesce(R.happened, DSL.val(last))
                        : DSL.coalesce(scalar(first, i, id), DSL.val(last));
            }
            case TOKEN -> {
                var i = new IndexTable("index_token", "s");
                yield DSL.coalesce(scalar(DSL.min(i.code), i, id), DSL.val(""));
            }
            case STRING -> {
                var i = new IndexTable("index_string", "s");
                yield DSL.coalesce(scalar(DSL.min(i.folded), i, id), DSL.val(""));
            }
            case QUANTITY -> {
                var i = new IndexTable("index_quantity", "s");
                yield DSL.coalesce(scalar(DSL.min(i.amount), i, id), DSL.val(BigDecimal.ZERO));
            }
            default -> {
                var i = new IndexTable("index_uri", "s");
                yield DSL.coalesce(scalar(DSL.min(i.uri), i, id), DSL.val(""));
            }
        };
    }

    private static <T> Field<T> scalar(Field<T> value, IndexTable index, short param) {
        return DSL.field(DSL.select(value)
                .from(index.table)
                .where(index.resourcePk.eq(R.pk))
                .and(index.param.eq(param)));
    }

    private static Condition after(List<Key> keys, List<String> values) {
        if (values.size() != keys.size()) {
            throw Refused.notFound();
        }
        Condition beyond = DSL.falseCondition();
        Condition equalSoFar = DSL.noCondition();
        for (int i = 0; i < keys.size(); i++) {
            beyond = beyond.or(equalSoFar.and(keys.get(i).beyond(values.get(i))));
            equalSoFar = equalSoFar.and(keys.get(i).equal(values.get(i)));
        }
        return beyond;
    }

    private static List<String> values(Record last, int keys) {
        return IntStream.range(0, keys)
                .mapToObj(i -> String.valueOf(last.get(COLUMNS_BEFORE_KEYS + i)))
                .toList();
    }

    // ---- includes -----------------------------------------------------------------------------------------------

    private List<Stored> included(Caller caller, Query query, List<? extends Record> page, boolean masked) {
        if (page.isEmpty() || (query.includes().isEmpty() && query.revIncludes().isEmpty())) {
            return List.of();
        }
        var pks = page.stream().map(row -> row.get(R.pk)).toList();
        var found = new LinkedHashMap<Long, Stored>();
        for (var include : query.includes()) {
            if (!include.source().equals(query.type().name())) {
                throw QueryReader.invalid("include-invalid", "_include", "It starts from the type that is searched.");
            }
            var targets =
                    type(include.source()).param(include.param()).orElseThrow().targets();
            var wanted = include.target().map(Set::of).orElse(targets);
            wanted.stream()
                    .filter(target -> include.target().isPresent() || wanted.size() == 1)
                    .forEach(target -> AccessRule.require(caller, Interaction.READ, target));
            var i = new IndexTable("index_reference", "i");
            var pointed = DSL.select(i.targetPk)
                    .from(i.table)
                    .where(i.resourcePk.in(pks))
                    .and(i.param.eq(paramIds.id(include.source(), include.param())));
            collect(
                    caller,
                    R.pk.in(pointed).and(wanted.isEmpty() ? DSL.noCondition() : R.type.in(wanted)),
                    masked,
                    found);
        }
        for (var include : query.revIncludes()) {
            AccessRule.require(caller, Interaction.SEARCH, include.source());
            var i = new IndexTable("index_reference", "i");
            var pointing = DSL.select(i.resourcePk)
                    .from(i.table)
                    .where(i.targetPk.in(pks))
                    .and(i.param.eq(paramIds.id(include.source(), include.param())));
            collect(caller, R.pk.in(pointing), masked, found);
        }
        pks.forEach(found::remove);
        return List.copyOf(found.values());
    }

    private void collect(Caller caller, Condition condition, boolean masked, Map<Long, Stored> found) {
        sql.select(Lookup.current())
                .from(R.table)
                .where(condition)
                .and(DSL.not(R.deleted))
                .and(visibility.ofAnyType(caller, R))
                .orderBy(R.pk)
                .limit(Query.LARGEST_PAGE * 4)
                .fetch(row -> Lookup.stored(row, R, masked))
                .forEach(stored -> found.putIfAbsent(stored.pk(), stored));
    }

    private static RecordType<?> type(String name) {
        return RecordTypes.find(name).orElseThrow();
    }
}
