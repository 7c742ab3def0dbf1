package org.tenderpoint.chart;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.tenderpoint.chart.Columns.PARAM;
import static org.tenderpoint.chart.Columns.PATIENT_PK;
import static org.tenderpoint.chart.Columns.RESOURCE_PK;
import static org.tenderpoint.chart.Columns.SYSTEM;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** The six index tables: what a search finds a resource by. */
final class IndexTables {

    private static final Field<Short> PART = field(name("part"), SQLDataType.SMALLINT);

    private static final List<Field<?>> TOKEN_COLUMNS =
            List.of(RESOURCE_PK, PATIENT_PK, PARAM, SYSTEM, field(name("code"), SQLDataType.VARCHAR), PART);
    private static final List<Field<?>> REFERENCE_COLUMNS = List.of(
            RESOURCE_PK,
            PATIENT_PK,
            PARAM,
            field(name("target_type"), SQLDataType.VARCHAR),
            field(name("target_pk"), SQLDataType.BIGINT));
    private static final List<Field<?>> DATE_COLUMNS = List.of(
            RESOURCE_PK,
            PATIENT_PK,
            PARAM,
            field(name("low"), SQLDataType.TIMESTAMPWITHTIMEZONE),
            field(name("high"), SQLDataType.TIMESTAMPWITHTIMEZONE));
    private static final List<Field<?>> QUANTITY_COLUMNS = List.of(
            RESOURCE_PK,
            PATIENT_PK,
            PARAM,
            field(name("amount"), SQLDataType.NUMERIC(38, 12)),
            SYSTEM,
            field(name("code"), SQLDataType.VARCHAR),
            PART,
            field(name("unit"), SQLDataType.VARCHAR));
    private static final List<Field<?>> STRING_COLUMNS = List.of(
            RESOURCE_PK,
            PATIENT_PK,
            PARAM,
            field(name("folded"), SQLDataType.VARCHAR),
            field(name("exact"), SQLDataType.VARCHAR));
    private static final List<Field<?>> URI_COLUMNS =
            List.of(RESOURCE_PK, PATIENT_PK, PARAM, field(name("uri"), SQLDataType.VARCHAR));
    private final DSLContext sql;
    private final ParamIds paramIds;

    IndexTables(DSLContext sql, ParamIds paramIds) {
        this.sql = sql;
        this.paramIds = paramIds;
    }

    /** Index rows for everything that was written and not deleted. */
    void store(List<Draft> drafts, Map<String, Target> targets) {
        var index = new IndexRows(paramIds);
        for (var draft : drafts) {
            if (draft.isWritten() && draft.resource != null) {
                index.add(draft.type, draft.resource, draft.pk, draft.patientPk, reference -> {
                    var target = targets.get(reference);
                    return target == null ? null : target.pk();
                });
            }
        }
        Batches.insert(sql, DSL.table(name("index_token")), TOKEN_COLUMNS, index.tokens);
        Batches.insert(sql, DSL.table(name("index_reference")), REFERENCE_COLUMNS, index.references);
        Batches.insert(sql, DSL.table(name("index_date")), DATE_COLUMNS, index.dates);
        Batches.insert(sql, DSL.table(name("index_quantity")), QUANTITY_COLUMNS, index.quantities);
        Batches.insert(sql, DSL.table(name("index_string")), STRING_COLUMNS, index.strings);
        Batches.insert(sql, DSL.table(name("index_uri")), URI_COLUMNS, index.uris);
    }

    /** Takes the index rows of changed resources away. */
    void remove(Collection<Long> pks) {
        for (var table : List.of(
                "index_token", "index_reference", "index_date", "index_quantity", "index_string", "index_uri")) {
            sql.deleteFrom(DSL.table(name(table))).where(RESOURCE_PK.in(pks)).execute();
        }
    }
}
