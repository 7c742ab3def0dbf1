package org.tenderpoint.chart;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;

import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.access.Caller;

/**
 * One resource as it stands, found and written down in the audit. On PostgreSQL that is one statement, which commits by
 * itself: the driver hands its row over after the commit, so nothing is shown that the audit does not know,
 * and the entry costs no round trip of its own. H2 has no such statement and takes two.
 */
final class Shown {

    private static final Table<Record> HIT = DSL.table(name("hit"));

    private final DSLContext sql;
    private final Statements statements;
    private final Lookup lookup;
    private final Visibility visibility;
    private final AuditTrail audit;

    Shown(DSLContext sql, Lookup lookup, Visibility visibility, AuditTrail audit) {
        this.sql = sql;
        this.statements = new Statements(sql);
        this.lookup = lookup;
        this.visibility = visibility;
        this.audit = audit;
    }

    /**
     * A resource, if the caller may see it; a deleted one too, which the caller then is told of.
     *
     * @param interaction under which it stands in the audit
     * @param ground why the caller may see it
     */
    Optional<Stored> current(Caller caller, String interaction, String type, UUID id, String ground) {
        var entry = AuditTrail.Entry.done(caller, interaction, type, id, ground).about(1);
        if (sql.family() != SQLDialect.POSTGRES) {
            var found = lookup.current(caller, type, id);
            found.ifPresent(current ->
                    audit.write(entry.ofVersion(current.stored().version()).ofPatient(current.patientPk())));
            return found.map(Lookup.Current::stored);
        }
        var values = new HashMap<String, @Nullable Object>(visibility.values(caller));
        values.putAll(Lookup.values(type, id));
        values.putAll(audit.values(entry));
        return statements
                .fetch(
                        "shown " + Visibility.kind(caller, type),
                        () -> finding(lookup.one(caller, type, id)),
                        values,
                        row -> Lookup.toCurrent(row, Visibility.isMasked(caller))
                                .stored())
                .stream()
                .findFirst();
    }

    private ResultQuery<?> finding(ResultQuery<?> one) {
        var hit = name("hit").as(Objects.requireNonNull(one));
        var noted = name("noted")
                .as(audit.noting(
                        HIT,
                        List.of(
                                field(name("hit", "version"), SQLDataType.INTEGER),
                                field(name("hit", "patient_pk"), SQLDataType.BIGINT))));
        return sql.with(hit).with(noted).selectFrom(HIT);
    }
}
