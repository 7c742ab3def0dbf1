package org.tenderpoint.chart;

import java.time.OffsetDateTime;
import java.util.List;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * What of a search value decides the text of its condition. The value itself is not in it: it is bound under a name, so
 * that searches of the same form share one statement.
 *
 * @param kind tells conditions of one parameter apart, such as a date's prefix
 * @param names under which values are bound
 * @param parts forms of what the value is put together from
 */
record Form(String kind, List<String> names, List<Form> parts) {

    static Form of(String kind, String... names) {
        return new Form(kind, List.of(names), List.of());
    }

    Param<String> text(int index) {
        return DSL.param(names.get(index), SQLDataType.VARCHAR);
    }

    Param<OffsetDateTime> time(int index) {
        return DSL.param(names.get(index), SQLDataType.TIMESTAMPWITHTIMEZONE);
    }

    /** All values, of the type of a field. */
    <T> List<Param<T>> all(Field<T> like) {
        return names.stream().map(name -> DSL.param(name, like.getDataType())).toList();
    }
}
