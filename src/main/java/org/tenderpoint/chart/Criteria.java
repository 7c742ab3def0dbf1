package org.tenderpoint.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.jooq.Condition;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Role;
import org.tenderpoint.chart.SearchParam.Source;
import org.tenderpoint.chart.Tables.IndexTable;
import org.tenderpoint.chart.Tables.ResourceTable;
import org.tenderpoint.issue.Refused;

/**
 * Compiles what a search asks for into SQL in which the caller's rights are part of every condition. Values are bind
 * values: the text depends on the shape of the search alone.
 */
final class Criteria {

    /** What an insurer may search by: a masked element must not be found out by searching for it. */
    private static final Set<String> PAYER_CRITERIA = Set.of(
            "_id", "_lastUpdated", "name", "family", "given", "birthdate", "patient", "beneficiary", "status", "payor");

    private static final Pattern REFERENCE = Pattern.compile(
            "(?:(?<type>[A-Z][A-Za-z]+)/)?(?<id>[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})(?:/_history/\\d+)?");

    private final Visibility visibility;
    private final Indexes indexes;
    private final Hops hops;
    private final ValueSets valueSets;

    Criteria(Visibility visibility, Indexes indexes, ValueSets valueSets) {
        this.visibility = visibility;
        this.indexes = indexes;
        this.valueSets = valueSets;
        this.hops = new Hops(this, visibility, indexes);
    }

    /** @throws Refused 403 for an insurer who searches by what it does not see */
    static void requirePayerMay(Caller caller, RecordType<?> type, String param) {
        if (caller.is(Role.INSURER) && !type.isDirectory() && !PAYER_CRITERIA.contains(param)) {
            throw Refused.forbidden("Searching by this parameter is not covered by this client's role.");
        }
    }

    /**
     * @param rows the resources of {@code type} that are to match
     * @param depth hops taken so far; keeps aliases apart
     */
    Condition of(Caller caller, RecordType<?> type, Query.Criterion criterion, ResourceTable rows, int depth) {
        if (criterion instanceof Query.Match match) {
            requirePayerMay(caller, type, match.param());
            return type.param(match.param()).isEmpty()
                    ? ofEveryType(type, match, rows, depth)
                    : declared(caller, type, match, rows, depth);
        }
        if (criterion instanceof Query.Chain chain) {
            requirePayerMay(caller, type, chain.param());
            return hops.chain(caller, type, chain, rows, depth);
        }
        if (criterion instanceof Query.Has has) {
            requirePayerMay(caller, has.source(), has.param());
            return hops.has(caller, has, rows, depth);
        }
        var patient = ((Query.InCompartment) criterion).patient();
        return rows.patientPk.eq(visiblePatients(caller, List.of(patient), depth));
    }

    /**
     * True for a criterion that leaves only rows of patients whom {@link #visiblePatients} finds: patients of whom the
     * caller sees the Patient, and so has a grant for.
     */
    static boolean namesPatients(RecordType<?> type, Query.Criterion criterion) {
        if (criterion instanceof Query.Match match) {
            return type.namesThePatient(match.param())
                    && !match.modifier().equals(Modifiers.MISSING)
                    && !match.modifier().equals("identifier");
        }
        return criterion instanceof Query.InCompartment;
    }

    private Condition ofEveryType(RecordType<?> type, Query.Match match, ResourceTable rows, int depth) {
        return switch (match.param()) {
            case "_id" -> {
                var ids = match.values().stream()
                        .map(REFERENCE::matcher)
                        .filter(id -> id.matches() && id.group("type") == null)
                        .map(id -> UUID.fromString(id.group("id")))
                        .toList();
                yield match.modifier().equals("not") ? rows.fhirId.notIn(ids) : rows.fhirId.in(ids);
            }
            case "_lastUpdated" ->
                DSL.or(match.values().stream()
                        .map(value -> DateValue.matches(match.param(), rows.lastUpdated, value))
                        .toList());
            case "_profile", "_source" -> uris(type, match, rows, depth);
            default -> tokens(type, match, rows, depth);
        };
    }

    private Condition declared(Caller caller, RecordType<?> type, Query.Match match, ResourceTable rows, int depth) {
        var param = type.param(match.param()).orElseThrow();
        if (match.modifier().equals(Modifiers.MISSING)) {
            return missing(type, match, rows, depth);
        }
        return switch (param.kind()) {
            case TOKEN -> tokens(type, match, rows, depth);
            case REFERENCE ->
                match.modifier().equals("identifier")
                        ? identifiers(type, match, rows, depth)
                        : param.source() == Source.CANONICAL
                                ? exists(type, match, rows, depth, UriValue::canonical)
                                : references(caller, type, param, match, rows, depth);
            case URI -> uris(type, match, rows, depth);
            case COMPOSITE -> composite(type, param, match, rows, depth);
            default -> exists(type, match, rows, depth, test(param, match.modifier()));
        };
    }

    /** Tests one value against an index row. */
    private interface ValueTest {
        Condition matches(IndexTable index, String value);
    }

    private static ValueTest test(SearchParam<?> param, String modifier) {
        return switch (param.kind()) {
            case TOKEN -> (index, value) -> TokenValue.matches(param.name(), index, value);
            case DATE -> (index, value) -> DateValue.matches(param.name(), index, value);
            case QUANTITY -> (index, value) -> QuantityValue.matches(param.name(), index, value);
            case STRING -> (index, value) -> StringValue.matches(index, modifier, value);
            default -> throw new IllegalStateException("no search for " + param.kind());
        };
    }

    private Condition exists(RecordType<?> type, Query.Match match, ResourceTable rows, int depth, ValueTest test) {
        var index = indexes.open(type, match.param(), "i" + depth);
        return DSL.exists(DSL.selectOne()
                .from(index.rows().table)
                .where(index.of(rows))
                .and(DSL.or(match.values().stream()
                        .map(value -> test.matches(index.rows(), value))
                        .toList())));
    }

    private Condition missing(RecordType<?> type, Query.Match match, ResourceTable rows, int depth) {
        var isMissing = match.values().equals(List.of("true"));
        if (type.namesThePatient(match.param())) {
            return isMissing ? rows.patientPk.isNull() : rows.patientPk.isNotNull();
        }
        var index = indexes.open(type, match.param(), "i" + depth);
        var has = DSL.exists(DSL.selectOne().from(index.rows().table).where(index.of(rows)));
        return isMissing ? DSL.not(has) : has;
    }

    private Condition tokens(RecordType<?> type, Query.Match match, ResourceTable rows, int depth) {
        return switch (match.modifier()) {
            case Modifiers.MISSING -> missing(type, match, rows, depth);
            case "not" -> DSL.not(tokens(type, plain(match), rows, depth));
            case "in" -> exists(type, match, rows, depth, this::inValueSet);
            case "not-in" -> DSL.not(exists(type, match, rows, depth, this::inValueSet));
            case "of-type" ->
                exists(
                        type,
                        new Query.Match(ParamIds.TYPED + ParamIds.OF_TYPE, "", match.values()),
                        rows,
                        depth,
                        (index, value) -> TokenValue.ofType(match.param(), index, value));
            default ->
                exists(type, match, rows, depth, (index, value) -> TokenValue.matches(match.param(), index, value));
        };
    }

    private static Query.Match plain(Query.Match match) {
        return new Query.Match(match.param(), "", match.values());
    }

    private Condition inValueSet(IndexTable index, String url) {
        return TokenValue.oneOf(index, valueSets.require(Escapes.undo(url)));
    }

    private Condition uris(RecordType<?> type, Query.Match match, ResourceTable rows, int depth) {
        return match.modifier().equals(Modifiers.MISSING)
                ? missing(type, match, rows, depth)
                : exists(type, match, rows, depth, (index, value) -> UriValue.matches(index, match.modifier(), value));
    }

    private Condition composite(
            RecordType<?> type, SearchParam<?> param, Query.Match match, ResourceTable rows, int depth) {
        var first = type.param(param.members().get(0)).orElseThrow();
        var second = type.param(param.members().get(1)).orElseThrow();
        var one = indexes.open(type, first.name(), "i" + depth);
        var other = indexes.open(type, second.name(), "j" + depth);
        var anyOf = new ArrayList<Condition>();
        for (var value : match.values()) {
            var parts = Escapes.split(value, '$');
            if (parts.size() != 2 || parts.stream().anyMatch(String::isBlank)) {
                throw QueryReader.invalid(
                        "search-value-invalid",
                        param.name(),
                        "The form is " + first.name() + "$" + second.name() + ", such as 72514-3$gt5.");
            }
            anyOf.add(test(first, "")
                    .matches(one.rows(), parts.get(0))
                    .and(test(second, "").matches(other.rows(), parts.get(1))));
        }
        // Values of the resource itself are part 0 on both sides; only codes and amounts stand in components.
        var samePart = second.kind() == SearchParamType.TOKEN || second.kind() == SearchParamType.QUANTITY
                ? other.rows().part.eq(one.rows().part)
                : DSL.noCondition();
        return DSL.exists(DSL.selectOne()
                .from(one.rows().table)
                .join(other.rows().table)
                .on(other.rows().resourcePk.eq(one.rows().resourcePk))
                .and(samePart)
                .where(one.of(rows))
                .and(other.of(rows))
                .and(DSL.or(anyOf)));
    }

    private Condition identifiers(RecordType<?> type, Query.Match match, ResourceTable rows, int depth) {
        return exists(
                type,
                new Query.Match(match.param() + ParamIds.IDENTIFIER, "", match.values()),
                rows,
                depth,
                (index, value) -> TokenValue.matches(match.param(), index, value));
    }

    private Condition references(
            Caller caller, RecordType<?> type, SearchParam<?> param, Query.Match match, ResourceTable rows, int depth) {
        // By the type that the reference names; none where it names the id alone.
        var ids = new TreeMap<String, List<UUID>>();
        for (var value : match.values()) {
            var reference = REFERENCE.matcher(Escapes.undo(value));
            // A reference to elsewhere or to what cannot be is no mistake; nothing here points at it.
            if (reference.matches()) {
                var target = reference.group("type") == null ? match.modifier() : reference.group("type");
                if ((target.isEmpty() || Modifiers.mayPointAt(param, target))
                        && (match.modifier().isEmpty() || match.modifier().equals(target))) {
                    ids.computeIfAbsent(target, t -> new ArrayList<>()).add(UUID.fromString(reference.group("id")));
                }
            }
        }
        if (ids.isEmpty()) {
            return DSL.falseCondition();
        }
        if (type.namesThePatient(match.param())) {
            var patients = Stream.of("", "Patient")
                    .flatMap(target -> ids.getOrDefault(target, List.of()).stream())
                    .toList();
            var visible = visiblePatients(caller, patients, depth);
            return patients.size() == 1 ? rows.patientPk.eq(visible) : rows.patientPk.in(visible);
        }
        var pks = visiblePks(caller, ids, depth);
        return exists(type, plain(match), rows, depth, (index, value) -> index.targetPk.in(pks));
    }

    private Select<Record1<Long>> visiblePatients(Caller caller, List<UUID> ids, int depth) {
        var target = ResourceTable.resource("t" + depth);
        return DSL.select(target.pk)
                .from(target.table)
                .where(target.fhirId.in(ids))
                .and(target.type.eq(DSL.inline("Patient")))
                .and(visibility.of(caller, target, "Patient"));
    }

    private Select<Record1<Long>> visiblePks(Caller caller, Map<String, List<UUID>> ids, int depth) {
        var target = ResourceTable.resource("t" + depth);
        return DSL.select(target.pk)
                .from(target.table)
                .where(DSL.or(ids.entrySet().stream()
                        .map(wanted -> wanted.getKey().isEmpty()
                                ? target.fhirId.in(wanted.getValue())
                                : target.fhirId.in(wanted.getValue()).and(target.type.eq(wanted.getKey())))
                        .toList()))
                .and(visibility.ofAnyType(caller, target));
    }
}
