package org.tenderpoint.chart;

import java.util.List;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.tenderpoint.chart.SearchParam.Source;
import org.tenderpoint.chart.Tables.IndexTable;
import org.tenderpoint.chart.Tables.ResourceTable;

/** Which index rows answer a parameter. */
final class Indexes {

    private final ParamIds paramIds;

    Indexes(ParamIds paramIds) {
        this.paramIds = paramIds;
    }

    /**
     * The rows of one parameter.
     *
     * @param rows the index table under its alias
     * @param condition leaves the rows of that parameter
     * @param samePatient true where index row and resource name the same patient
     */
    record Opened(IndexTable rows, Condition condition, boolean samePatient) {

        /** The rows of that parameter that belong to a resource. */
        Condition of(ResourceTable resource) {
            var own = rows.resourcePk.eq(resource.pk).and(condition);
            // The same patient on both sides leads the database from a patient's key to a handful of index rows, where
            // it would otherwise gather everybody's rows of that value.
            return samePatient ? own.and(rows.patientPk.eq(resource.patientPk)) : own;
        }
    }

    /** @param param declared, of every type, or one of those that index an identifier's other sides */
    Opened open(RecordType<?> type, String param, String alias) {
        var declared = type.param(param);
        var rows = new IndexTable(declared.isPresent() ? table(declared.get()) : table(param), alias);
        var ids = declared.isPresent() ? ids(type, declared.get()) : List.of(paramIds.id(type.name(), param));
        var ofParam = ids.size() == 1
                ? rows.param.eq(DSL.inline(ids.get(0)))
                : rows.param.in(ids.stream().map(DSL::inline).toList());
        var targets = declared.filter(p -> p.source() == Source.ANY_MEMBER)
                .map(SearchParam::targets)
                .orElse(Set.of());
        return new Opened(
                rows,
                targets.isEmpty()
                        ? ofParam
                        : ofParam.and(rows.targetType.in(
                                targets.stream().sorted().map(DSL::inline).toList())),
                type.needsAPatient());
    }

    /** The numbers of a parameter: its own, or those of its members. */
    List<Short> ids(RecordType<?> type, SearchParam<?> param) {
        return param.source() == Source.ANY_MEMBER
                ? param.members().stream()
                        .flatMap(member -> ids(type, type.param(member).orElseThrow()).stream())
                        .toList()
                : List.of(paramIds.id(type.name(), param.name()));
    }

    private static String table(SearchParam<?> param) {
        if (param.source() == Source.CANONICAL) {
            return "index_uri";
        }
        return switch (param.kind()) {
            case TOKEN -> "index_token";
            case REFERENCE -> "index_reference";
            case DATE -> "index_date";
            case QUANTITY -> "index_quantity";
            case STRING -> "index_string";
            case URI -> "index_uri";
            default -> throw new IllegalStateException("no index for " + param.kind());
        };
    }

    private static String table(String ofEveryType) {
        return Set.of("_profile", "_source").contains(ofEveryType) ? "index_uri" : "index_token";
    }
}
