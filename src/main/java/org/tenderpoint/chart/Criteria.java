package org.tenderpoint.chart;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.jooq.Condition;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.tenderpoint.access.Caller;
import org.tenderpoint.chart.SearchParam.Source;
import org.tenderpoint.chart.Tables.IndexTable;
import org.tenderpoint.chart.Tables.ResourceTable;

/**
 * Compiles what a search asks for into SQL in which the caller's rights are part of every condition. Values do
 * not come here: the text depends on the {@link Shape} of the search alone.
 */
final class Criteria {

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

    /**
     * @param rows the resources of {@code type} that are to match
     * @param depth hops taken so far; keeps aliases apart
     */
    Condition of(Caller caller, RecordType<?> type, Shape.Part part, ResourceTable rows, int depth) {
        if (part instanceof Shape.Match match) {
            return type.param(match.param()).isEmpty()
                    ? ofEveryType(type, match, rows, depth)
                    : declared(caller, type, match, rows, depth);
        }
        if (part instanceof Shape.Chain chain) {
            return hops.chain(caller, type, chain, rows, depth);
        }
        if (part instanceof Shape.Has has) {
            return hops.has(caller, has, rows, depth);
        }
        var patient = ((Shape.InCompartment) part).patient();
        return rows.patientPk.eq(visiblePatients(caller, List.of(patient), depth));
    }

    /**
     * True for a part that leaves only rows of patients whom {@link #visiblePatients} finds: patients of whom the
     * caller sees the Patient, and so has a grant for.
     */
    static boolean namesPatients(RecordType<?> type, Shape.Part part) {
        if (part instanceof Shape.Match match) {
            return type.namesThePatient(match.param())
                    && !match.modifier().equals(Modifiers.MISSING)
                    && !match.modifier().equals("identifier");
        }
        return part instanceof Shape.InCompartment;
    }

    /**
     * True for a condition that few rows fulfil, by their ids or identifiers. Whether there is one that the caller may not see
     * then costs a look at one grant, and not at all grants that the caller has.
     */
    static boolean namesRows(Shape.Part part) {
        return part instanceof Shape.Match match
                && match.modifier().isEmpty()
                && (match.param().equals("identifier") || match.param().equals("_id"));
    }

    private Condition ofEveryType(RecordType<?> type, Shape.Match match, ResourceTable rows, int depth) {
        return switch (match.param()) {
            case "_id" -> {
                var ids = match.forms().get(0).all(rows.fhirId);
                yield match.modifier().equals("not") ? rows.fhirId.notIn(ids) : rows.fhirId.in(ids);
            }
            case "_lastUpdated" -> anyOf(match, form -> DateValue.matches(rows.lastUpdated, form));
            case "_profile", "_source" -> uris(type, match, rows, depth);
            default -> tokens(type, match, rows, depth);
        };
    }

    private Condition declared(Caller caller, RecordType<?> type, Shape.Match match, ResourceTable rows, int depth) {
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
                                ? exists(type, match, rows, depth, UriValue::matches)
                                : references(caller, type, match, rows, depth);
            case URI -> uris(type, match, rows, depth);
            case COMPOSITE -> composite(type, param, match, rows, depth);
            default -> exists(type, match, rows, depth, test(param));
        };
    }

    /** Tests one value against an index row. */
    private interface ValueTest {
        Condition matches(IndexTable index, Form form);
    }

    private static ValueTest test(SearchParam<?> param) {
        return switch (param.kind()) {
            case TOKEN -> TokenValue::matches;
            case DATE -> DateValue::matches;
            case QUANTITY -> QuantityValue::matches;
            case STRING -> StringValue::matches;
            default -> throw new IllegalStateException("no search for " + param.kind());
        };
    }

    private static Condition anyOf(Shape.Match match, Function<Form, Condition> test) {
        return DSL.or(match.forms().stream().map(test).toList());
    }

    private Condition exists(RecordType<?> type, Shape.Match match, ResourceTable rows, int depth, ValueTest test) {
        var index = indexes.open(type, match.param(), "i" + depth);
        return DSL.exists(DSL.selectOne()
                .from(index.rows().table)
                .where(index.of(rows))
                .and(anyOf(match, form -> test.matches(index.rows(), form))));
    }

    private Condition missing(RecordType<?> type, Shape.Match match, ResourceTable rows, int depth) {
        var isMissing = match.forms().get(0).kind().equals("true");
        if (type.namesThePatient(match.param())) {
            return isMissing ? rows.patientPk.isNull() : rows.patientPk.isNotNull();
        }
        var has = hasRows(type, match.param(), rows, "i" + depth);
        // A reference may name its target by an identifier alone; it is there, too, and :identifier finds it.
        if (QueryReader.reference(type, match.param()).isPresent()) {
            has = has.or(hasRows(type, match.param() + ParamIds.IDENTIFIER, rows, "j" + depth));
        }
        return isMissing ? DSL.not(has) : has;
    }

    private Condition hasRows(RecordType<?> type, String param, ResourceTable rows, String alias) {
        var index = indexes.open(type, param, alias);
        return DSL.exists(DSL.selectOne().from(index.rows().table).where(index.of(rows)));
    }

    private Condition tokens(RecordType<?> type, Shape.Match match, ResourceTable rows, int depth) {
        return switch (match.modifier()) {
            case Modifiers.MISSING -> missing(type, match, rows, depth);
            case "not" -> DSL.not(tokens(type, plain(match), rows, depth));
            case "in" -> exists(type, match, rows, depth, this::inValueSet);
            case "not-in" -> DSL.not(exists(type, match, rows, depth, this::inValueSet));
            case "of-type" ->
                exists(
                        type,
                        new Shape.Match(ParamIds.TYPED + ParamIds.OF_TYPE, "", match.forms()),
                        rows,
                        depth,
                        TokenValue::matches);
            default -> exists(type, match, rows, depth, TokenValue::matches);
        };
    }

    private static Shape.Match plain(Shape.Match match) {
        return new Shape.Match(match.param(), "", match.forms());
    }

    private Condition inValueSet(IndexTable index, Form form) {
        return TokenValue.oneOf(index, valueSets.require(form.kind()));
    }

    private Condition uris(RecordType<?> type, Shape.Match match, ResourceTable rows, int depth) {
        return match.modifier().equals(Modifiers.MISSING)
                ? missing(type, match, rows, depth)
                : exists(type, match, rows, depth, UriValue::matches);
    }

    private Condition composite(
            RecordType<?> type, SearchParam<?> param, Shape.Match match, ResourceTable rows, int depth) {
        var first = type.param(param.members().get(0)).orElseThrow();
        var second = type.param(param.members().get(1)).orElseThrow();
        var one = indexes.open(type, first.name(), "i" + depth);
        var other = indexes.open(type, second.name(), "j" + depth);
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
                .and(anyOf(match, form -> test(first)
                        .matches(one.rows(), form.parts().get(0))
                        .and(test(second).matches(other.rows(), form.parts().get(1))))));
    }

    private Condition identifiers(RecordType<?> type, Shape.Match match, ResourceTable rows, int depth) {
        return exists(
                type,
                new Shape.Match(match.param() + ParamIds.IDENTIFIER, "", match.forms()),
                rows,
                depth,
                TokenValue::matches);
    }

    private Condition references(Caller caller, RecordType<?> type, Shape.Match match, ResourceTable rows, int depth) {
        if (match.forms().isEmpty()) {
            return DSL.falseCondition();
        }
        if (type.namesThePatient(match.param())) {
            var patients = match.forms().stream()
                    .filter(form -> Set.of("", "Patient").contains(form.kind()))
                    .toList();
            var visible = visiblePatients(caller, patients, depth);
            var single = patients.size() == 1 && patients.get(0).names().size() == 1;
            return single ? rows.patientPk.eq(visible) : rows.patientPk.in(visible);
        }
        var pks = visiblePks(caller, match.forms(), depth);
        return exists(type, plain(match), rows, depth, (index, form) -> index.targetPk.in(pks));
    }

    private Select<Record1<Long>> visiblePatients(Caller caller, List<Form> ids, int depth) {
        var target = ResourceTable.resource("t" + depth);
        return DSL.select(target.pk)
                .from(target.table)
                .where(target.fhirId.in(ids.stream()
                        .flatMap(form -> form.all(target.fhirId).stream())
                        .toList()))
                .and(target.type.eq(DSL.inline("Patient")))
                .and(visibility.of(caller, target, "Patient"));
    }

    private Select<Record1<Long>> visiblePks(Caller caller, List<Form> byType, int depth) {
        var target = ResourceTable.resource("t" + depth);
        return DSL.select(target.pk)
                .from(target.table)
                .where(DSL.or(byType.stream()
                        .map(form -> {
                            var ids = target.fhirId.in(form.all(target.fhirId));
                            return form.kind().isEmpty() ? ids : ids.and(target.type.eq(DSL.inline(form.kind())));
                        })
                        .toList()))
                .and(visibility.ofAnyType(caller, target));
    }
}
