package org.tenderpoint.chart;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.tenderpoint.access.Grant;
import org.tenderpoint.access.Sealing;

/**
 * A chain over the audit. Each seal covers a span of the database's time in which no entry can come any more: it holds the
 * number and the hash of each entry of the span, and the hash of the seal before it, and is signed with a key that the
 * database does not know. Nobody waits for it. A seal is one row, so that whoever is killed while sealing has sealed
 * nothing; where several seal at once, one of them succeeds.
 */
public final class AuditSeals {

    /** Forty bytes an entry, in a column that ends at a megabyte on H2. */
    private static final int MOST_IN_A_SEAL = 10_000;

    private static final int MOST_PROBLEMS = 1000;
    private static final int HASH_BYTES = 32;
    private static final int BYTES = Long.BYTES + HASH_BYTES;
    private static final String PURPOSE = "audit seal";
    private static final String NONE = "";

    static final Table<Record> SEAL = DSL.table(name("audit_seal"));
    static final Field<Long> NO = field(name("no"), SQLDataType.BIGINT);
    private static final Field<OffsetDateTime> SEALED = field(name("sealed"), SQLDataType.TIMESTAMPWITHTIMEZONE);
    private static final Field<OffsetDateTime> FROM = field(name("span_from"), SQLDataType.TIMESTAMPWITHTIMEZONE);
    static final Field<OffsetDateTime> TO = field(name("span_to"), SQLDataType.TIMESTAMPWITHTIMEZONE);
    private static final Field<Integer> ENTRIES = field(name("entries"), SQLDataType.INTEGER);
    private static final Field<byte[]> CONTENT = field(name("content"), SQLDataType.VARBINARY);
    private static final Field<String> PREVIOUS = field(name("previous"), SQLDataType.VARCHAR);
    private static final Field<String> HASH = field(name("hash"), SQLDataType.VARCHAR);
    private static final Field<String> SIGNATURE = field(name("signature"), SQLDataType.CLOB);

    private final DSLContext sql;
    private final Sealing sealing;
    private final Clock clock;
    private final SealedEntries entries;

    AuditSeals(DSLContext sql, Sealing sealing, Clock clock) {
        this.sql = sql;
        this.entries = new SealedEntries(sql);
        this.sealing = sealing;
        this.clock = clock;
    }

    /**
     * The end of the chain, to be kept where nobody who writes here can reach it.
     *
     * @param no of the last seal; 0 where there is none
     * @param hash of it
     */
    public record Head(long no, String hash) {

        /** @throws IllegalArgumentException for a text that is not a number, a colon and a hash */
        public static Head parse(String text) {
            var colon = text.indexOf(':');
            return new Head(Long.parseLong(text.substring(0, Math.max(0, colon))), text.substring(colon + 1));
        }

        @Override
        public String toString() {
            return no + ":" + hash;
        }
    }

    /**
     * What a look at the whole chain finds.
     *
     * @param head its end
     * @param sealed how many entries it covers
     * @param waiting how many entries are not sealed yet
     * @param purged how many entries were taken away because their years were over; their seals are still there
     * @param problems each names an entry or a seal; empty where all is as it was sealed
     */
    public record Verdict(Head head, long sealed, long waiting, long purged, List<String> problems) {}

    /** The last seal. */
    public Head head() {
        var last = last();
        return last == null ? new Head(0, NONE) : new Head(last.get(NO), last.get(HASH));
    }

    /**
     * Seals what is new, in as many seals as it takes. What comes while that goes on waits for the next time: a server
     * under load would seal a handful over and over.
     *
     * @param rest how long an entry lies before it is sealed; longer than a server may take from the beginning of a
     *     transaction until the database lists it
     * @return how many entries; 0 where there were none, or another server has just sealed them
     */
    public int seal(Duration rest) {
        var settled = settled(rest);
        var sealed = 0;
        for (var more = settled.isPresent(); more; ) {
            var entries = next(settled.get());
            sealed += entries;
            more = entries > 0;
        }
        return sealed;
    }

    private int next(OffsetDateTime settled) {
        var last = last();
        var from = last == null ? IndexRows.utc(Grant.ALWAYS) : last.get(TO);
        if (!settled.isAfter(from)) {
            return 0;
        }
        var next = entries.of(from, settled, MOST_IN_A_SEAL + 1);
        var to = next.size() > MOST_IN_A_SEAL ? next.get(MOST_IN_A_SEAL).written() : settled;
        var covered = next.stream().filter(one -> one.written().isBefore(to)).toList();
        if (covered.isEmpty()) {
            return 0;
        }
        var content = ByteBuffer.allocate(covered.size() * BYTES);
        covered.forEach(one -> content.putLong(one.id()).put(one.hash()));
        var no = last == null ? 1 : last.get(NO) + 1;
        var previous = last == null ? NONE : last.get(HASH);
        var hash = hash(no, previous, from, to, content.array());
        try {
            sql.insertInto(SEAL)
                    .columns(NO, SEALED, FROM, TO, ENTRIES, CONTENT, PREVIOUS, HASH, SIGNATURE)
                    .values(
                            no,
                            IndexRows.utc(clock.instant()),
                            from,
                            to,
                            covered.size(),
                            content.array(),
                            previous,
                            hash,
                            sealing.seal(PURPOSE, hash.getBytes(StandardCharsets.UTF_8)))
                    .execute();
            return covered.size();
        } catch (DataIntegrityViolationException sealedByAnother) {
            return 0;
        }
    }

    /**
     * A time before which no entry comes any more, if it can be told now: no transaction is open that began before it.
     * Entries bear the time at which their transaction began.
     */
    private Optional<OffsetDateTime> settled(Duration rest) {
        if (sql.family() == SQLDialect.POSTGRES) {
            return Optional.of(sql.fetchSingle(
                            "select least(min(xact_start), now() - {0} * interval '1 millisecond') from pg_stat_activity"
                                    + " where datname = current_database() and pid <> pg_backend_pid()",
                            DSL.inline(rest.toMillis()))
                    .get(0, OffsetDateTime.class));
        }
        // One process has the database; what its threads have written and not committed is listed.
        var now = sql.fetchSingle("select current_timestamp").get(0, OffsetDateTime.class);
        var open = sql.fetchSingle("select count(*) from information_schema.sessions"
                        + " where contains_uncommitted and session_id <> session_id()")
                .get(0, Long.class);
        return open > 0 ? Optional.empty() : Optional.of(now.minus(rest));
    }

    /**
     * Reads the whole chain and every entry that it covers.
     *
     * @param kept an end of the chain that was kept elsewhere; none to take the chain's word for where it ends
     */
    public Verdict verify(@Nullable Head kept) {
        var told = AuditPurge.told(sql, sealing);
        var problems = new ArrayList<String>(told.problems());
        var gone = 0L;
        var previous = new Head(0, NONE);
        var from = IndexRows.utc(Grant.ALWAYS);
        var sealed = 0L;
        var isKept = kept == null || previous.equals(kept);
        for (var no : sql.select(NO).from(SEAL).orderBy(NO).fetch(NO)) {
            var seal = sql.select(NO, FROM, TO, CONTENT, PREVIOUS, HASH, SIGNATURE)
                    .from(SEAL)
                    .where(NO.eq(no))
                    .fetchSingle();
            look(seal, previous, from, problems);
            var found = compare(seal, problems);
            sealed += found.sealed;
            if (no <= told.upTo()) {
                gone += found.missing.size();
            } else {
                found.missing.forEach(id -> add(problems, "entry " + id + " is missing"));
            }
            previous = new Head(no, seal.get(HASH));
            from = seal.get(TO);
            isKept |= previous.equals(kept);
        }
        if (!isKept) {
            problems.add("the chain has no seal " + kept);
        }
        if (gone != told.removed()) {
            add(
                    problems,
                    gone + " entries of up to seal " + told.upTo() + " are missing, and " + told.removed()
                            + " were purged");
        }
        var waiting = sql.fetchCount(DSL.selectOne().from(AuditRows.AUDIT).where(SealedEntries.WRITTEN.ge(from)));
        return new Verdict(previous, sealed, waiting, told.removed(), List.copyOf(problems));
    }

    private void look(Record seal, Head before, OffsetDateTime from, List<String> problems) {
        var no = seal.get(NO);
        if (no != before.no + 1
                || !seal.get(PREVIOUS).equals(before.hash)
                || !seal.get(FROM).isEqual(from)) {
            problems.add("seal " + no + " does not follow the one before it");
        }
        var hash = hash(no, seal.get(PREVIOUS), seal.get(FROM), seal.get(TO), seal.get(CONTENT));
        var signed = sealing.open(PURPOSE, seal.get(SIGNATURE)).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
        if (!seal.get(HASH).equals(hash) || !signed.equals(Optional.of(hash))) {
            problems.add("seal " + no + " was changed");
        }
    }

    /** What a seal covers: how many entries, and those of them that are not there. */
    private record Found(int sealed, Set<Long> missing) {}

    private Found compare(Record seal, List<String> problems) {
        var sealed = hashes(seal.get(CONTENT));
        var size = sealed.size();
        // No more of them than were sealed, unless somebody has put them in.
        for (var one : entries.of(seal.get(FROM), seal.get(TO), 2 * MOST_IN_A_SEAL)) {
            var hash = sealed.remove(one.id());
            if (hash == null) {
                add(problems, "entry " + one.id() + " was put in later");
            } else if (!Arrays.equals(hash, one.hash())) {
                add(problems, "entry " + one.id() + " was changed");
            }
        }
        return new Found(size, sealed.keySet());
    }

    private static void add(List<String> problems, String problem) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(problem);
        }
    }

    private @Nullable Record last() {
        return sql.select(NO, TO, HASH).from(SEAL).orderBy(NO.desc()).limit(1).fetchOne();
    }

    private static Map<Long, byte[]> hashes(byte[] content) {
        var hashes = new LinkedHashMap<Long, byte[]>();
        var buffer = ByteBuffer.wrap(content);
        while (buffer.remaining() >= BYTES) {
            var id = buffer.getLong();
            var hash = new byte[HASH_BYTES];
            buffer.get(hash);
            hashes.put(id, hash);
        }
        return hashes;
    }

    private static String hash(long no, String previous, OffsetDateTime from, OffsetDateTime to, byte[] content) {
        var digest = SealedEntries.sha256();
        digest.update((no + ":" + previous + ":" + from.toInstant() + ":" + to.toInstant() + ":")
                .getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest.digest(content));
    }
}
