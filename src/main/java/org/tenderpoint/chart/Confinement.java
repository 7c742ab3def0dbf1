package org.tenderpoint.chart;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.tenderpoint.access.AccessRule;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Region;
import org.tenderpoint.access.Scope;
import org.tenderpoint.access.Scope.Category;
import org.tenderpoint.access.Scope.Context;
import org.tenderpoint.chart.Tables.IndexTable;
import org.tenderpoint.chart.Tables.ResourceTable;

/**
 * What a token's scopes leave of the rows that its caller may see: those of one patient, or those in one category. As
 * everything about access it is part of the query, so that a chain or a count finds no more than a read.
 */
final class Confinement {

    private static final String PATIENT = "scopePatient";
    private static final String CATEGORY = "category";

    private final ParamIds paramIds;

    Confinement(ParamIds paramIds) {
        this.paramIds = paramIds;
    }

    /** False for most callers, about whom nothing more has to be asked. */
    static boolean isOn(Caller caller) {
        for (var scope : caller.scopes().allowed()) {
            if (scope.context() == Context.PATIENT || scope.category() != null) {
                return true;
            }
        }
        return false;
    }

    /** Rows of one type. */
    Condition of(Caller caller, ResourceTable rows, String type) {
        return caller.scopes()
                .confinement(type)
                .map(regions -> anyOf(caller, regions, List.of(type), rows))
                .orElseGet(DSL::noCondition);
    }

    /** Rows of any type, each as its type is confined. */
    Condition ofAnyType(Caller caller, ResourceTable rows) {
        var alike = new LinkedHashMap<Optional<Set<Region>>, List<String>>();
        for (var type : RecordTypes.all()) {
            var regions =
                    caller.scopes().confinement(type.name()).map(found -> type.isDirectory() ? open(found) : found);
            alike.computeIfAbsent(regions, r -> new java.util.ArrayList<>()).add(type.name());
        }
        return DSL.or(alike.entrySet().stream()
                .map(group -> {
                    var ofType = rows.type.in(
                            group.getValue().stream().map(DSL::inline).toList());
                    return group.getKey()
                            .map(regions -> ofType.and(anyOf(caller, regions, group.getValue(), rows)))
                            .orElse(ofType);
                })
                .toList());
    }

    /** The directory belongs to no patient, so a scope that names one says nothing about it. */
    private static Set<Region> open(Set<Region> regions) {
        return regions.stream()
                .map(region -> new Region(false, region.category()))
                .collect(java.util.stream.Collectors.toSet());
    }

    private Condition anyOf(Caller caller, Set<Region> regions, List<String> types, ResourceTable rows) {
        return DSL.or(regions.stream()
                .map(region -> condition(caller, region, types, rows))
                .toList());
    }

    private Condition condition(Caller caller, Region region, List<String> types, ResourceTable rows) {
        var isDirectory = AccessRule.DIRECTORY.containsAll(types);
        var condition = region.ofPatient() && !isDirectory
                ? rows.patientPk.eq(patient(DSL.param(PATIENT, Objects.requireNonNull(caller.patient()))))
                : DSL.trueCondition();
        return region.category() == null
                ? condition
                : condition.and(isIn(
                        region.category(), Objects.requireNonNull(names(caller).get(region.category())), types, rows));
    }

    /** The key of a patient. */
    static Select<Record1<Long>> patient(Param<UUID> id) {
        var patient = ResourceTable.resource("sp");
        return DSL.select(patient.pk)
                .from(patient.table)
                .where(patient.fhirId.eq(id))
                .and(patient.type.eq(DSL.inline("Patient")));
    }

    /** A type without a category has nothing in one. */
    private Condition isIn(Category category, String name, List<String> types, ResourceTable rows) {
        var ids = types.stream()
                .filter(type -> RecordTypes.require(type).param("category").isPresent())
                .map(type -> (Field<Short>) DSL.inline(paramIds.id(type, "category")))
                .toList();
        var token = new IndexTable("index_token", "sc");
        var code = token.code.eq(DSL.param(name + "Code", category.code()));
        return ids.isEmpty()
                ? DSL.falseCondition()
                : DSL.exists(DSL.selectOne()
                        .from(token.table)
                        .where(token.resourcePk.eq(rows.pk))
                        .and(token.param.in(ids))
                        .and(
                                category.system() == null
                                        ? code
                                        : code.and(token.system.eq(DSL.param(name + "System", category.system())))));
    }

    /** A parameter's name for each category of a token. */
    private static Map<Category, String> names(Caller caller) {
        var sorted = new TreeMap<String, Category>();
        caller.scopes().allowed().stream()
                .map(Scope::category)
                .filter(Objects::nonNull)
                .forEach(category -> sorted.put(category.toString(), category));
        var names = new HashMap<Category, String>();
        sorted.values().forEach(category -> names.put(category, CATEGORY + names.size()));
        return names;
    }

    /** The values of the parameters in these conditions. */
    Map<String, Object> values(Caller caller) {
        var values = new HashMap<String, Object>();
        if (caller.patient() != null) {
            values.put(PATIENT, caller.patient());
        }
        names(caller).forEach((category, name) -> {
            values.put(name + "Code", category.code());
            if (category.system() != null) {
                values.put(name + "System", category.system());
            }
        });
        return values;
    }
}
