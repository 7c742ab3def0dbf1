package org.tenderpoint.chart;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Role;
import org.tenderpoint.access.Scopes;

/** Whose some work in the background is: a system, with what its token allowed when it asked for the work. */
final class OwnerColumns {

    static final Field<String> CLIENT = field(name("client_id"), SQLDataType.VARCHAR);
    static final Field<String> ROLE = field(name("role"), SQLDataType.VARCHAR);
    static final Field<UUID> ORGANIZATION = field(name("organization"), SQLDataType.UUID);

    private static final Field<String> SCOPES = field(name("scopes"), SQLDataType.CLOB);

    private OwnerColumns() {}

    static Map<Field<?>, @Nullable Object> of(Caller owner) {
        var values = new LinkedHashMap<Field<?>, @Nullable Object>();
        values.put(CLIENT, owner.clientId());
        values.put(ROLE, owner.role().name());
        values.put(ORGANIZATION, owner.organization());
        values.put(
                SCOPES, owner.scopes().allowed().stream().map(Object::toString).collect(Collectors.joining(" ")));
        return values;
    }

    static Caller read(Record row) {
        return new Caller(
                row.get(CLIENT),
                Role.valueOf(row.get(ROLE)),
                Objects.requireNonNull(row.get(ORGANIZATION)),
                Scopes.parse(Arrays.asList(row.get(SCOPES).split(" ", -1))));
    }
}
