package org.tenderpoint.chart;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Subscription;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Sealing;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;

/**
 * The row beside each Subscription, written and taken away in the transaction that does so with the resource. What a
 * subscriber wants to be sent as headers is sealed here and stands nowhere else: neither its owner nor a backup shows it.
 */
final class SubscriberRows {

    /** Each change is held against all of them. */
    private static final int MOST_OF_AN_ORGANIZATION = 50;

    private static final String PURPOSE = "subscription headers";

    static final Table<Record> SUBSCRIBERS = DSL.table(name("subscriber"));
    static final Field<UUID> ID = field(name("id"), SQLDataType.UUID);
    static final Field<String> STATE = field(name("state"), SQLDataType.VARCHAR);
    static final Field<String> TOPIC = field(name("topic"), SQLDataType.VARCHAR);
    static final Field<String> HEADERS = field(name("headers"), SQLDataType.CLOB);
    static final Field<OffsetDateTime> ENDS = field(name("ends"), SQLDataType.TIMESTAMPWITHTIMEZONE);
    static final Field<Long> SENT = field(name("sent"), SQLDataType.BIGINT);
    static final Field<Integer> FAILURES = field(name("failures"), SQLDataType.INTEGER);
    static final Field<OffsetDateTime> FAILING_SINCE = field(name("failing_since"), SQLDataType.TIMESTAMPWITHTIMEZONE);
    static final Field<String> PROBLEM = field(name("problem"), SQLDataType.VARCHAR);
    static final Field<OffsetDateTime> NEXT = field(name("next_attempt"), SQLDataType.TIMESTAMPWITHTIMEZONE);
    static final Field<Long> FENCE = field(name("fence"), SQLDataType.BIGINT);

    static final Table<Record> EVENTS = DSL.table(name("subscriber_event"));
    static final Field<UUID> SUBSCRIBER = field(name("subscriber"), SQLDataType.UUID);

    private final DSLContext sql;
    private final Sealing sealing;

    SubscriberRows(DSLContext sql, Sealing sealing) {
        this.sql = sql;
        this.sealing = sealing;
    }

    /** What is kept of a resource and shown: of a Subscription everything but its headers. */
    static Resource withoutSecrets(Resource resource) {
        if (!(resource instanceof Subscription subscription)
                || !subscription.getChannel().hasHeader()) {
            return resource;
        }
        var shown = subscription.copy();
        shown.getChannel().getHeader().clear();
        return shown;
    }

    /** @throws Refused 422 where the organization has too many already */
    void store(Caller caller, List<Draft> drafts, Instant now) {
        for (var draft : drafts) {
            if (!(draft.act instanceof Change.Update)
                    && draft.isWritten()
                    && draft.type.resourceClass() == Subscription.class) {
                if (draft.resource instanceof Subscription subscription) {
                    requireRoom(caller, draft);
                    insert(caller, draft.id, subscription, now);
                } else {
                    remove(draft.id);
                }
            }
        }
    }

    private void requireRoom(Caller caller, Draft draft) {
        if (sql.fetchCount(SUBSCRIBERS, OwnerColumns.ORGANIZATION.eq(caller.organization()))
                >= MOST_OF_AN_ORGANIZATION) {
            throw Refused.unprocessable(List.of(Issue.businessRule(
                    "subscription-too-many",
                    draft.act.path(),
                    "An organization has at most " + MOST_OF_AN_ORGANIZATION
                            + " Subscriptions; delete those that are not needed.")));
        }
    }

    private void insert(Caller caller, UUID id, Subscription subscription, Instant now) {
        var headers = subscription.getChannel().getHeader().stream()
                .map(PrimitiveType::getValue)
                .collect(Collectors.joining("\n"));
        sql.insertInto(SUBSCRIBERS)
                .set(ID, id)
                .set(OwnerColumns.of(caller))
                .set(TOPIC, subscription.getCriteria())
                .set(
                        HEADERS,
                        headers.isEmpty() ? null : sealing.seal(PURPOSE, headers.getBytes(StandardCharsets.UTF_8)))
                .set(
                        ENDS,
                        subscription.hasEnd()
                                ? IndexRows.utc(subscription.getEnd().toInstant())
                                : null)
                .set(STATE, Subscriber.State.HANDSHAKE.name())
                .set(SENT, 0L)
                .set(FAILURES, 0)
                .set(NEXT, IndexRows.utc(now))
                .set(FENCE, 0L)
                .execute();
    }

    private void remove(UUID id) {
        sql.deleteFrom(EVENTS).where(SUBSCRIBER.eq(id)).execute();
        sql.deleteFrom(SUBSCRIBERS).where(ID.eq(id)).execute();
    }

    /** The headers, each as it was given. */
    List<String> headers(UUID id) {
        return sql.select(HEADERS)
                .from(SUBSCRIBERS)
                .where(ID.eq(id))
                .and(HEADERS.isNotNull())
                .fetchOptional(HEADERS)
                .flatMap(kept -> sealing.open(PURPOSE, kept))
                .map(plain -> List.of(new String(plain, StandardCharsets.UTF_8).split("\n", -1)))
                .orElse(List.of());
    }

    static Subscriber read(Record row) {
        return new Subscriber(
                row.get(ID),
                OwnerColumns.read(row),
                row.get(TOPIC),
                instant(row.get(ENDS)),
                Subscriber.State.valueOf(row.get(STATE)),
                row.get(SENT),
                row.get(FAILURES),
                instant(row.get(FAILING_SINCE)),
                row.get(PROBLEM),
                row.get(FENCE));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
