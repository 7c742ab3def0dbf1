package org.tenderpoint.chart;

import static org.jooq.impl.DSL.name;
import static org.tenderpoint.chart.Columns.AUDIENCE;
import static org.tenderpoint.chart.Columns.BODY;
import static org.tenderpoint.chart.Columns.DELETED;
import static org.tenderpoint.chart.Columns.FHIR_ID;
import static org.tenderpoint.chart.Columns.HAPPENED;
import static org.tenderpoint.chart.Columns.IS_SENSITIVE;
import static org.tenderpoint.chart.Columns.LAST_UPDATED;
import static org.tenderpoint.chart.Columns.OWNER;
import static org.tenderpoint.chart.Columns.OWNER_ROLE;
import static org.tenderpoint.chart.Columns.PATIENT_PK;
import static org.tenderpoint.chart.Columns.PAYER_BODY;
import static org.tenderpoint.chart.Columns.PK;
import static org.tenderpoint.chart.Columns.RELEASED;
import static org.tenderpoint.chart.Columns.SEQ;
import static org.tenderpoint.chart.Columns.TYPE;
import static org.tenderpoint.chart.Columns.VERSION;

import ca.uhn.fhir.context.FhirContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.access.Audience;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.PayerView;
import org.tenderpoint.chart.Committed.Outcome;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;

/** The rows of the record: the version that stands, and the older ones behind it. */
final class Versions {

    /** Bytes of JSON: what both databases take in one column. */
    private static final int LARGEST_RESOURCE = 1_000_000;

    private static final List<String> SENSITIVE = List.of("R", "V", "ETH", "PSY", "SDV", "HIV", "SUD", "42CFRPart2");

    private static final Table<Record> RESOURCE = DSL.table(name("resource"));
    private static final Table<Record> HISTORY = DSL.table(name("resource_history"));
    private static final List<Field<?>> HISTORY_COLUMNS = List.of(
            PK,
            TYPE,
            FHIR_ID,
            VERSION,
            LAST_UPDATED,
            SEQ,
            DELETED,
            PATIENT_PK,
            OWNER,
            OWNER_ROLE,
            RELEASED,
            IS_SENSITIVE,
            AUDIENCE,
            HAPPENED,
            BODY,
            PAYER_BODY);

    private final DSLContext sql;
    private final FhirContext fhir;

    Versions(DSLContext sql, FhirContext fhir) {
        this.sql = sql;
        this.fhir = fhir;
    }

    /** Copies the current version of changed rows into the history. */
    void retire(Collection<Long> pks) {
        sql.insertInto(HISTORY)
                .columns(HISTORY_COLUMNS)
                .select(sql.select(HISTORY_COLUMNS).from(RESOURCE).where(PK.in(pks)))
                .execute();
    }

    /** Writes the new version of every draft. */
    List<Committed> store(Caller caller, List<Draft> drafts, Instant now) {
        var inserts = new ArrayList<@Nullable Object[]>();
        var updates = new ArrayList<@Nullable Object[]>();
        var committed = new ArrayList<Committed>();
        for (var draft : drafts) {
            if (!draft.isWritten()) {
                var existing = Objects.requireNonNull(draft.existing);
                committed.add(new Committed(existing.deleted() ? Outcome.DELETED : Outcome.EXISTING, existing));
                continue;
            }
            var stored = version(caller, draft, now, inserts, updates);
            var outcome =
                    draft.resource == null ? Outcome.DELETED : draft.before == null ? Outcome.CREATED : Outcome.UPDATED;
            committed.add(new Committed(outcome, stored));
        }
        insertResources(inserts);
        updateResources(updates);
        return committed;
    }

    private Stored version(
            Caller caller,
            Draft draft,
            Instant now,
            List<@Nullable Object[]> inserts,
            List<@Nullable Object[]> updates) {
        var before = draft.before;
        var version = before == null ? 1 : before.version() + 1;
        // The clock may step back; a resource's lastUpdated never does.
        var updated = before != null && !now.isAfter(before.lastUpdated())
                ? before.lastUpdated().plusMillis(1)
                : now;
        var resource = draft.resource;
        var type = draft.type;
        byte[] body;
        byte @Nullable [] payerBody = null;
        var released = true;
        @Nullable String audience;
        OffsetDateTime happened = null;
        if (resource == null) {
            body = new byte[0];
            draft.sensitive = Objects.requireNonNull(before).sensitive();
            audience = before.audience();
        } else {
            resource = SubscriberRows.withoutSecrets(resource);
            resource.setId(type.name() + "/" + draft.id);
            resource.getMeta()
                    .setVersionId(Integer.toString(version))
                    .setLastUpdatedElement(new InstantType(Date.from(updated)));
            var parser = fhir.newJsonParser();
            body = parser.encodeResourceToString(resource).getBytes(StandardCharsets.UTF_8);
            if (body.length > LARGEST_RESOURCE) {
                throw new Refused(
                        413,
                        List.of(new Issue(
                                IssueType.TOOLONG,
                                "resource-too-large",
                                draft.act.path(),
                                "A resource has at most " + LARGEST_RESOURCE + " bytes of JSON.")));
            }
            payerBody = PayerView.of(resource)
                    .map(view -> parser.encodeResourceToString(view).getBytes(StandardCharsets.UTF_8))
                    .orElse(null);
            released = type.isReleased(resource);
            // A label can be raised by a client, never taken away.
            draft.sensitive = (before != null && before.sensitive())
                    || Audience.labels(resource).map(Coding::getCode).anyMatch(SENSITIVE::contains);
            audience = before != null && before.audience() != null
                    ? before.audience()
                    : Audience.of(resource).map(Audience::name).orElse(null);
            happened = type.happened(resource)
                    .flatMap(FhirDates::of)
                    .map(span -> IndexRows.utc(span.low()))
                    .orElse(null);
        }
        if (before == null) {
            inserts.add(new @Nullable Object[] {
                draft.pk,
                type.name(),
                draft.id,
                version,
                IndexRows.utc(updated),
                false,
                draft.patientPk,
                caller.organization(),
                caller.role().name(),
                released,
                draft.sensitive,
                audience,
                happened,
                body,
                payerBody
            });
        } else {
            updates.add(new @Nullable Object[] {
                version,
                IndexRows.utc(updated),
                resource == null,
                released,
                draft.sensitive,
                audience,
                happened,
                body,
                payerBody,
                draft.pk
            });
        }
        return new Stored(type.name(), draft.id, version, updated, resource == null, draft.pk, draft.patientPk, body);
    }

    private void insertResources(List<@Nullable Object[]> rows) {
        if (rows.isEmpty()) {
            return;
        }
        Batches.run(sql, "insert resource", this::insertResource, rows);
    }

    private String insertResource() {
        return sql.insertInto(RESOURCE)
                .columns(
                        PK,
                        TYPE,
                        FHIR_ID,
                        VERSION,
                        LAST_UPDATED,
                        DELETED,
                        PATIENT_PK,
                        OWNER,
                        OWNER_ROLE,
                        RELEASED,
                        IS_SENSITIVE,
                        AUDIENCE,
                        HAPPENED,
                        BODY,
                        PAYER_BODY,
                        SEQ)
                .values(
                        DSL.param("pk", PK),
                        DSL.param("type", TYPE),
                        DSL.param("fhir_id", FHIR_ID),
                        DSL.param("version", VERSION),
                        DSL.param("last_updated", LAST_UPDATED),
                        DSL.param("deleted", DELETED),
                        DSL.param("patient_pk", PATIENT_PK),
                        DSL.param("owner", OWNER),
                        DSL.param("owner_role", OWNER_ROLE),
                        DSL.param("released", RELEASED),
                        DSL.param("sensitive", IS_SENSITIVE),
                        DSL.param("audience", AUDIENCE),
                        DSL.param("happened", HAPPENED),
                        DSL.param("body", BODY),
                        DSL.param("payer_body", PAYER_BODY),
                        Tables.COMMIT_SEQ.nextval())
                .getSQL();
    }

    // In place and not by a new row: who waits for this row's lock must find its new version behind it, not a gap.
    private void updateResources(List<@Nullable Object[]> rows) {
        if (rows.isEmpty()) {
            return;
        }
        Batches.run(sql, "update resource", this::updateResource, rows);
    }

    private String updateResource() {
        return sql.update(RESOURCE)
                .set(VERSION, DSL.param("version", VERSION))
                .set(LAST_UPDATED, DSL.param("last_updated", LAST_UPDATED))
                .set(DELETED, DSL.param("deleted", DELETED))
                .set(RELEASED, DSL.param("released", RELEASED))
                .set(IS_SENSITIVE, DSL.param("sensitive", IS_SENSITIVE))
                .set(AUDIENCE, DSL.param("audience", AUDIENCE))
                .set(HAPPENED, DSL.param("happened", HAPPENED))
                .set(BODY, DSL.param("body", BODY))
                .set(PAYER_BODY, DSL.param("payer_body", PAYER_BODY))
                .set(SEQ, Tables.COMMIT_SEQ.nextval())
                .where(PK.eq(DSL.param("pk", PK)))
                .getSQL();
    }
}
