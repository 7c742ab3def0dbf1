package org.tenderpoint.chart;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.tenderpoint.chart.Columns.GRANTEE;
import static org.tenderpoint.chart.Columns.PATIENT_PK;
import static org.tenderpoint.chart.Columns.PK;
import static org.tenderpoint.chart.Columns.SOURCE_PK;
import static org.tenderpoint.chart.Columns.VALID_FROM;
import static org.tenderpoint.chart.Columns.VALID_TO;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.access.ConsentRule;
import org.tenderpoint.access.ConsentRule.Decision;
import org.tenderpoint.access.Consented;

/** What patients' Consents say, as rows: kept apart from the grants, so that a grant given later is cut by them too. */
final class ConsentRows {

    private static final Table<Record> RULE = DSL.table(name("consent_rule"));
    private static final Field<UUID> KEEPER = field(name("keeper"), SQLDataType.UUID);
    private static final Field<String> DECISION = field(name("decision"), SQLDataType.VARCHAR);
    private static final Field<Integer> DEPTH = field(name("depth"), SQLDataType.INTEGER);
    private static final List<Field<?>> COLUMNS =
            List.of(SOURCE_PK, PATIENT_PK, GRANTEE, KEEPER, DECISION, DEPTH, VALID_FROM, VALID_TO);

    private final DSLContext sql;

    ConsentRows(DSLContext sql) {
        this.sql = sql;
    }

    /** Takes away what changed Consents said. */
    void remove(Collection<Long> consents) {
        if (!consents.isEmpty()) {
            sql.deleteFrom(RULE).where(SOURCE_PK.in(consents)).execute();
        }
    }

    /** A rule and the key of whom it is about. */
    record Said(Draft consent, ConsentRule rule, @Nullable UUID grantee, @Nullable UUID keeper) {}

    void store(List<Said> said) {
        var rows = new ArrayList<@Nullable Object[]>();
        for (var one : said) {
            rows.add(new @Nullable Object[] {
                one.consent.pk,
                one.consent.patientPk,
                one.grantee,
                one.keeper,
                one.rule.decision().name(),
                one.rule.depth(),
                IndexRows.utc(one.rule.from()),
                IndexRows.utc(one.rule.to())
            });
        }
        Batches.insert(sql, RULE, COLUMNS, rows);
    }

    /**
     * What the patients' Consents say, by patient. Whoever changes grants or Consents of a patient holds the Patient's row
     * until it is done: of a new grant and a new denial, the later one sees the earlier.
     */
    Map<Long, List<Consented.Rule>> of(Collection<Long> patients) {
        sql.select(PK)
                .from(DSL.table(name("resource")))
                .where(PK.in(patients))
                .orderBy(PK)
                .forUpdate()
                .fetch();
        var rules = new HashMap<Long, List<Consented.Rule>>();
        sql.select(COLUMNS).from(RULE).where(PATIENT_PK.in(patients)).forEach(row -> rules.computeIfAbsent(
                        row.get(PATIENT_PK), patient -> new ArrayList<>())
                .add(new Consented.Rule(
                        row.get(SOURCE_PK),
                        row.get(GRANTEE),
                        row.get(KEEPER),
                        Decision.valueOf(row.get(DECISION)),
                        row.get(DEPTH),
                        row.get(VALID_FROM).toInstant(),
                        row.get(VALID_TO).toInstant())));
        return rules;
    }
}
