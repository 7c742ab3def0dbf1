package org.tenderpoint.chart;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.Communication;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** What a change leaves behind for whoever notifies others: in its own transaction, so that no crash comes in between. */
final class ChangeNotices {

    /** Of these somebody may be notified. None of them is part of a visit, which stays as short as it was. */
    static final Set<String> TYPES = Set.of("Task", "DocumentReference", "Bundle");

    static final Table<Record> NOTICES = DSL.table(name("change_notice"));
    static final Field<Long> ID = field(name("id"), SQLDataType.BIGINT);
    static final Field<String> TYPE = field(name("type"), SQLDataType.VARCHAR);
    static final Field<UUID> FOCUS = field(name("fhir_id"), SQLDataType.UUID);

    private static final List<Field<?>> COLUMNS = List.of(TYPE, FOCUS);

    private final DSLContext sql;

    ChangeNotices(DSLContext sql) {
        this.sql = sql;
    }

    /**
     * What was written, and what a Communication sends, which somebody may see from then on. What was deleted can be read by
     * nobody, so nobody is told of it.
     */
    void store(List<Draft> drafts, Map<String, Target> targets) {
        var rows = new ArrayList<@Nullable Object[]>();
        for (var draft : drafts) {
            if (!draft.isWritten() || draft.resource == null) {
                continue;
            }
            if (TYPES.contains(draft.type.name())) {
                rows.add(row(draft.type.name(), draft.id));
            }
            if (draft.type.resourceClass() == Communication.class) {
                draft.references().stream()
                        .map(found -> targets.get(found.reference().getReference()))
                        .filter(target -> target != null && TYPES.contains(target.type()))
                        .forEach(target -> rows.add(row(target.type(), target.id())));
            }
        }
        Batches.insert(sql, NOTICES, COLUMNS, rows);
    }

    private static @Nullable Object[] row(String type, UUID id) {
        return new @Nullable Object[] {type, id};
    }
}
