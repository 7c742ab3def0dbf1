package org.tenderpoint.chart;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** The small numbers that stand for search parameters in index rows. A number, once given, stays. */
final class ParamIds {

    private static final Field<Short> ID = DSL.field(DSL.name("id"), SQLDataType.SMALLINT);
    private static final Field<String> TYPE = DSL.field(DSL.name("resource_type"), SQLDataType.VARCHAR);
    private static final Field<String> NAME = DSL.field(DSL.name("name"), SQLDataType.VARCHAR);
    private static final List<String> OF_EVERY_TYPE = List.of("_tag", "_security", "_profile", "_source");

    /** Behind the name of a reference: the identifiers of logical references. */
    static final String IDENTIFIER = ":identifier";

    /** The parameter that holds identifiers of several kinds. */
    static final String TYPED = "identifier";

    /** Behind its name: identifiers with their kind. */
    static final String OF_TYPE = ":of-type";

    private final Map<String, Short> ids;

    private ParamIds(Map<String, Short> ids) {
        this.ids = Map.copyOf(ids);
    }

    /** Reads the numbers given so far and gives new ones to parameters declared since. */
    static ParamIds load(DSLContext sql) {
        var table = DSL.table(DSL.name("search_param"));
        var ids = new HashMap<String, Short>();
        sql.select(ID, TYPE, NAME)
                .from(table)
                .forEach(row -> ids.put(row.get(TYPE) + "." + row.get(NAME), row.get(ID)));
        var fresh = addNew(ids);
        if (!fresh.isEmpty()) {
            sql.batch(sql.insertInto(table, ID, TYPE, NAME).values((Short) null, null, null))
                    .bind(fresh.toArray(Object[][]::new))
                    .execute();
        }
        return new ParamIds(ids);
    }

    /** Numbers for the declared parameters alone, as an empty chart would give them. */
    static ParamIds ofDeclared() {
        var ids = new HashMap<String, Short>();
        addNew(ids);
        return new ParamIds(ids);
    }

    private static List<Object[]> addNew(Map<String, Short> ids) {
        var next = ids.values().stream().mapToInt(Short::intValue).max().orElse(0) + 1;
        var fresh = new ArrayList<Object[]>();
        for (var type : RecordTypes.all()) {
            for (var name : names(type)) {
                if (!ids.containsKey(type.name() + "." + name)) {
                    var id = (short) next++;
                    ids.put(type.name() + "." + name, id);
                    fresh.add(new Object[] {id, type.name(), name});
                }
            }
        }
        return fresh;
    }

    private static List<String> names(RecordType<?> type) {
        var names = new ArrayList<>(OF_EVERY_TYPE);
        for (var param : type.params()) {
            if (param.hasRows()) {
                names.add(param.name());
            }
            if (param.kind() == SearchParamType.REFERENCE) {
                names.add(param.name() + IDENTIFIER);
            }
            if (param.name().equals(TYPED)) {
                names.add(TYPED + OF_TYPE);
            }
        }
        return names;
    }

    short id(String type, String name) {
        var id = ids.get(type + "." + name);
        if (id == null) {
            throw new IllegalStateException("search parameter without a number: " + type + "." + name);
        }
        return id;
    }
}
