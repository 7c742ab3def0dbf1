package org.tenderpoint.chart;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;

import ca.uhn.fhir.context.FhirContext;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Grant;
import org.tenderpoint.access.PayerView;
import org.tenderpoint.access.Role;
import org.tenderpoint.chart.Committed.Outcome;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;

/**
 * Carries out one {@link Change} inside one database transaction: claims, references, rows, index, grants. The steps
 * stand in the order in which they hit the database; each is one round trip, and only where there is something to do.
 */
final class Writer {

    /** Owner of claims on directory resources, which everybody shares. */
    private static final UUID EVERYBODY = new UUID(0, 0);

    /** Bytes of JSON: what both databases take in one column. */
    private static final int LARGEST_RESOURCE = 1_000_000;

    private static final List<String> SENSITIVE = List.of("R", "V", "ETH", "PSY", "SDV", "HIV", "SUD", "42CFRPart2");

    private static final Table<Record> RESOURCE = DSL.table(name("resource"));
    private static final Table<Record> HISTORY = DSL.table(name("resource_history"));
    private static final Table<Record> CLAIM = DSL.table(name("claim"));
    private static final Table<Record> GRANT = DSL.table(name("access_grant"));

    private static final Field<Long> PK = field(name("pk"), SQLDataType.BIGINT);
    private static final Field<String> TYPE = field(name("type"), SQLDataType.VARCHAR);
    private static final Field<UUID> FHIR_ID = field(name("fhir_id"), SQLDataType.UUID);
    private static final Field<Integer> VERSION = field(name("version"), SQLDataType.INTEGER);
    private static final Field<OffsetDateTime> LAST_UPDATED =
            field(name("last_updated"), SQLDataType.TIMESTAMPWITHTIMEZONE);
    private static final Field<Long> SEQ = field(name("seq"), SQLDataType.BIGINT);
    private static final Field<Boolean> DELETED = field(name("deleted"), SQLDataType.BOOLEAN);
    private static final Field<Long> PATIENT_PK = field(name("patient_pk"), SQLDataType.BIGINT);
    private static final Field<UUID> OWNER = field(name("owner"), SQLDataType.UUID);
    private static final Field<String> OWNER_ROLE = field(name("owner_role"), SQLDataType.VARCHAR);
    private static final Field<Boolean> RELEASED = field(name("released"), SQLDataType.BOOLEAN);
    private static final Field<Boolean> IS_SENSITIVE = field(name("sensitive"), SQLDataType.BOOLEAN);
    private static final Field<OffsetDateTime> HAPPENED = field(name("happened"), SQLDataType.TIMESTAMPWITHTIMEZONE);
    private static final Field<byte[]> BODY = field(name("body"), SQLDataType.VARBINARY);
    private static final Field<byte[]> PAYER_BODY = field(name("payer_body"), SQLDataType.VARBINARY);
    private static final Field<String> CLAIM_KEY = field(name("claim_key"), SQLDataType.VARCHAR);
    private static final Field<Long> RESOURCE_PK = field(name("resource_pk"), SQLDataType.BIGINT);
    private static final Field<Long> SOURCE_PK = field(name("source_pk"), SQLDataType.BIGINT);
    private static final Field<Short> PARAM = field(name("param"), SQLDataType.SMALLINT);
    private static final Field<String> SYSTEM = field(name("system"), SQLDataType.VARCHAR);

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
    private static final Field<UUID> GRANTEE = field(name("grantee"), SQLDataType.UUID);
    private static final Field<OffsetDateTime> VALID_TO = field(name("valid_to"), SQLDataType.TIMESTAMPWITHTIMEZONE);
    private static final List<Field<?>> GRANT_COLUMNS = List.of(
            PATIENT_PK,
            GRANTEE,
            field(name("role"), SQLDataType.VARCHAR),
            field(name("ground"), SQLDataType.VARCHAR),
            SOURCE_PK,
            field(name("valid_from"), SQLDataType.TIMESTAMPWITHTIMEZONE),
            VALID_TO);
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
            HAPPENED,
            BODY,
            PAYER_BODY);

    /** Where a reference points: enough to index it and to check whose record it is. */
    record Target(String type, UUID id, long pk, @Nullable Long patientPk) {
        String reference() {
            return type + "/" + id;
        }
    }

    /** A row that stands and is about to be changed. */
    private record Row(
            String type,
            UUID id,
            long pk,
            int version,
            Instant lastUpdated,
            boolean deleted,
            @Nullable Long patientPk,
            @Nullable UUID owner,
            boolean sensitive,
            Role ownerRole) {}

    /** One act on its way into the chart. */
    private static final class Draft {
        final Change.Act act;
        final RecordType<?> type;
        final @Nullable Resource resource;
        UUID id;
        long pk;

        @Nullable
        Long patientPk;

        @Nullable
        Row before;

        @Nullable
        Stored existing;

        boolean sensitive;

        private @Nullable List<References.Found> references;

        Draft(Change.Act act, RecordType<?> type, @Nullable Resource resource, UUID id, long pk) {
            this.act = act;
            this.type = type;
            this.resource = resource;
            this.id = id;
            this.pk = pk;
        }

        boolean isWritten() {
            return existing == null;
        }

        /** The literal references of the resource; looked for once, since they stay where they are. */
        List<References.Found> references() {
            if (references == null) {
                references = resource == null ? List.of() : References.in(resource);
            }
            return references;
        }
    }

    private final DSLContext sql;
    private final FhirContext fhir;
    private final ParamIds paramIds;
    private final PkAllocator pks;
    private final Lookup lookup;
    private final Clock clock;
    private final ChartProperties properties;

    Writer(
            DSLContext sql,
            FhirContext fhir,
            ParamIds paramIds,
            PkAllocator pks,
            Lookup lookup,
            Clock clock,
            ChartProperties properties) {
        this.sql = sql;
        this.fhir = fhir;
        this.paramIds = paramIds;
        this.pks = pks;
        this.lookup = lookup;
        this.clock = clock;
        this.properties = properties;
    }

    /** What was done, and whose record it touched. */
    record Result(List<Committed> committed, Set<Long> patients) {}

    /** Runs inside the transaction that the caller opened. */
    Result write(Change change) {
        var caller = change.caller();
        var drafts = change.acts().stream().map(this::draft).toList();
        matchExisting(caller, drafts);
        claim(caller, drafts);
        lockRowsToChange(caller, drafts);
        var targets = resolveReferences(change, drafts);
        findPatients(drafts, targets);
        var issues = new ArrayList<Issue>();
        drafts.stream().filter(Draft::isWritten).forEach(draft -> checkReferences(draft, targets, issues));
        if (!issues.isEmpty()) {
            throw Refused.unprocessable(issues);
        }
        return store(caller, drafts, targets);
    }

    private Draft draft(Change.Act act) {
        if (act instanceof Change.Create create) {
            return new Draft(
                    act,
                    RecordTypes.require(create.resource().fhirType()),
                    create.resource(),
                    UUID.randomUUID(),
                    pks.next());
        }
        if (act instanceof Change.Update update) {
            return new Draft(act, RecordTypes.require(update.resource().fhirType()), update.resource(), update.id(), 0);
        }
        var delete = (Change.Delete) act;
        return new Draft(act, RecordTypes.require(delete.type()), null, delete.id(), 0);
    }

    // Conditional create: what the caller already knows under one of the identifiers is answered and not written again.
    private void matchExisting(Caller caller, List<Draft> drafts) {
        for (var draft : drafts) {
            if (draft.act instanceof Change.Create create
                    && !create.ifNoneExist().isEmpty()) {
                var matches = lookup.byIdentifier(caller, draft.type.name(), create.ifNoneExist());
                if (matches.size() > 1) {
                    throw new Refused(
                            412,
                            List.of(new Issue(
                                    IssueType.MULTIPLEMATCHES,
                                    "if-none-exist-ambiguous",
                                    create.path(),
                                    "More than one resource has this identifier.")));
                }
                matches.forEach(match -> adopt(draft, match));
            }
        }
    }

    // One row per key, whoever comes first: the others wait here for the first one's commit and then find its row.
    private void claim(Caller caller, List<Draft> drafts) {
        var wanted = new TreeMap<String, Draft>();
        var twins = new HashMap<Draft, Draft>();
        for (var draft : drafts) {
            if (draft.act instanceof Change.Create create && draft.isWritten()) {
                for (var key : claimKeys(create)) {
                    var first = wanted.putIfAbsent(claimOwner(caller, draft) + " " + key, draft);
                    if (first != null && first != draft) {
                        twins.put(draft, first);
                    }
                }
            }
        }
        if (wanted.isEmpty()) {
            return;
        }
        var lost = insertClaims(wanted) == wanted.size() ? Map.<Draft, Long>of() : lostClaims(wanted);
        if (!lost.isEmpty()) {
            releaseClaimsOf(lost.keySet().stream().map(draft -> draft.pk).toList());
            var winners = lookup.currentByPk(lost.values());
            lost.forEach((draft, pk) -> adopt(draft, Objects.requireNonNull(winners.get(pk), "claimed row vanished")));
            refuseHalfKnown(drafts, lost.keySet());
        }
        twins.forEach((draft, first) -> {
            draft.existing = first.existing;
            draft.id = first.id;
            draft.pk = first.pk;
            draft.patientPk = first.patientPk;
        });
        if (twins.values().stream().anyMatch(Draft::isWritten)) {
            throw Refused.badRequest(Issue.value(
                    "bundle-duplicate-condition",
                    "Bundle.entry",
                    "Two entries create the same resource conditionally."));
        }
    }

    /** Returns how many were new; where all were, nobody has to be asked whose they are. */
    private int insertClaims(Map<String, Draft> wanted) {
        var values = new ArrayList<@Nullable Object>();
        wanted.forEach((key, draft) -> {
            values.add(UUID.fromString(key.substring(0, 36)));
            values.add(key.substring(37));
            values.add(draft.pk);
            values.add(draft.id);
        });
        // Both databases understand this as it stands; jOOQ would rewrite it for H2 into something that can collide.
        return Statements.update(
                sql,
                "insert into claim (owner, claim_key, resource_pk, fhir_id) values (?, ?, ?, ?)"
                        + ", (?, ?, ?, ?)".repeat(wanted.size() - 1) + " on conflict do nothing",
                values.toArray());
    }

    /** The drafts of which somebody else holds a key, each with the row that the key leads to. */
    private Map<Draft, Long> lostClaims(Map<String, Draft> wanted) {
        var owners = new HashSet<UUID>();
        var keys = new HashSet<String>();
        wanted.keySet().forEach(key -> {
            owners.add(UUID.fromString(key.substring(0, 36)));
            keys.add(key.substring(37));
        });
        var standing = new HashMap<String, Long>();
        sql.select(OWNER, CLAIM_KEY, RESOURCE_PK)
                .from(CLAIM)
                .where(OWNER.in(owners))
                .and(CLAIM_KEY.in(keys))
                .forEach(row -> standing.put(row.get(OWNER) + " " + row.get(CLAIM_KEY), row.get(RESOURCE_PK)));
        var lost = new LinkedHashMap<Draft, Long>();
        wanted.forEach((key, draft) -> {
            var winner = Objects.requireNonNull(standing.get(key), "claim vanished");
            if (winner != draft.pk) {
                lost.put(draft, winner);
            }
        });
        return lost;
    }

    // Keys that share the text before # belong to one sending: it is either known as a whole or new as a whole.
    private static void refuseHalfKnown(List<Draft> drafts, Set<Draft> lost) {
        var known = new HashSet<String>();
        lost.forEach(draft -> sending(draft).ifPresent(known::add));
        for (var draft : drafts) {
            if (draft.isWritten() && sending(draft).filter(known::contains).isPresent()) {
                throw new Refused(
                        409,
                        List.of(new Issue(
                                IssueType.CONFLICT,
                                "sent-before-with-other-content",
                                draft.act.path(),
                                "This was received before under the same identifier and with other content;"
                                        + " change the resources that stand by PUT.")));
            }
        }
    }

    private static Optional<String> sending(Draft draft) {
        return draft.act instanceof Change.Create create && create.claim() != null
                ? Optional.of(create.claim().split("#", 2)[0])
                : Optional.empty();
    }

    // A draft that lost one of its keys must not keep the others: they would point at a row that is never written.
    private void releaseClaimsOf(Collection<Long> unwritten) {
        sql.deleteFrom(CLAIM).where(RESOURCE_PK.in(unwritten)).execute();
    }

    private static List<String> claimKeys(Change.Create create) {
        var keys = new ArrayList<String>();
        create.ifNoneExist()
                .forEach(identifier -> keys.add(create.resource().fhirType() + "?identifier=" + identifier));
        if (create.claim() != null) {
            keys.add(create.claim());
        }
        return keys;
    }

    private static UUID claimOwner(Caller caller, Draft draft) {
        return draft.type.isDirectory() || caller.organization() == null ? EVERYBODY : caller.organization();
    }

    private static void adopt(Draft draft, Lookup.Current match) {
        draft.existing = match.stored();
        draft.id = match.stored().id();
        draft.pk = match.stored().pk();
        draft.patientPk = match.patientPk();
    }

    private void lockRowsToChange(Caller caller, List<Draft> drafts) {
        var changed = drafts.stream()
                .filter(draft -> !(draft.act instanceof Change.Create))
                .toList();
        if (changed.isEmpty()) {
            return;
        }
        var rows = new HashMap<UUID, Row>();
        lookup.lockVisible(caller, changed.stream().map(draft -> draft.id).toList())
                .forEach(r -> rows.put(r.get(FHIR_ID), row(r)));
        for (var draft : changed) {
            var row = rows.get(draft.id);
            if (row == null || !row.type.equals(draft.type.name())) {
                throw Refused.notFound();
            }
            if (row.deleted) {
                throw draft.act instanceof Change.Delete ? Refused.gone() : Refused.notFound();
            }
            if (!mayChange(caller, row)) {
                throw Refused.forbidden("This resource was written by another organization.");
            }
            var ifMatch = draft.act instanceof Change.Update update
                    ? update.ifMatch()
                    : ((Change.Delete) draft.act).ifMatch();
            if (ifMatch != null && ifMatch != row.version) {
                throw Refused.versionConflict();
            }
            draft.before = row;
            draft.pk = row.pk;
            draft.patientPk = row.patientPk;
        }
    }

    private static Row row(Record r) {
        return new Row(
                r.get(TYPE),
                r.get(FHIR_ID),
                r.get(PK),
                r.get(VERSION),
                r.get(LAST_UPDATED).toInstant(),
                r.get(DELETED),
                r.get(PATIENT_PK),
                r.get(OWNER),
                r.get(IS_SENSITIVE),
                Role.valueOf(r.get(OWNER_ROLE)));
    }

    /** Own work may be changed; a Task by both sides of the referral; a Patient's data by the treating clinic too. */
    private static boolean mayChange(Caller caller, Row row) {
        if (caller.is(Role.ADMINISTRATOR) || Objects.equals(row.owner, caller.organization())) {
            return true;
        }
        return row.type.equals("Task") || (row.type.equals("Patient") && caller.is(Role.CLINIC));
    }

    private Map<String, Target> resolveReferences(Change change, List<Draft> drafts) {
        var inside = new HashMap<String, Target>();
        for (var draft : drafts) {
            var fullUrl = draft.act instanceof Change.Create create
                    ? create.fullUrl()
                    : draft.act instanceof Change.Update update ? update.fullUrl() : null;
            var target = new Target(draft.type.name(), draft.id, draft.pk, null);
            if (fullUrl != null) {
                inside.put(fullUrl, target);
            }
            inside.put(target.reference(), target);
        }
        var outside = new HashMap<String, String>();
        var conditional = new HashMap<String, String>();
        var issues = new ArrayList<Issue>();
        for (var draft : drafts) {
            if (draft.isWritten() && draft.resource != null) {
                for (var found : draft.references()) {
                    var reference = found.reference();
                    var path = draft.act.path() + found.pathBelowResource();
                    var own = inside.get(reference.getReference());
                    if (own != null) {
                        change.rewrite(reference, own.reference());
                    } else if (References.isConditional(reference.getReference())) {
                        conditional.putIfAbsent(reference.getReference(), path);
                    } else {
                        References.check(reference.getReference(), path)
                                .ifPresentOrElse(
                                        issues::add, () -> outside.putIfAbsent(reference.getReference(), path));
                    }
                }
            }
        }
        if (!issues.isEmpty()) {
            throw new Refused(
                    issues.stream().anyMatch(i -> i.code().equals("reference-unresolved")) ? 400 : 422, issues);
        }
        var targets = new HashMap<String, Target>();
        targets.putAll(inside);
        resolveConditional(change, drafts, conditional, targets);
        lookOutside(change.caller(), outside, targets);
        return targets;
    }

    private void resolveConditional(
            Change change, List<Draft> drafts, Map<String, String> conditional, Map<String, Target> targets) {
        for (var wanted : conditional.entrySet()) {
            var question = wanted.getKey().indexOf('?');
            var type = wanted.getKey().substring(0, question);
            var identifier = wanted.getKey().substring(question + "?identifier=".length());
            var matches = lookup.byIdentifier(
                    change.caller(), type, List.of(java.net.URLDecoder.decode(identifier, StandardCharsets.UTF_8)));
            if (matches.size() != 1) {
                throw Refused.unprocessable(List.of(Issue.value(
                        "reference-not-found",
                        wanted.getValue(),
                        "A conditional reference must match exactly one resource that you have access to.")));
            }
            var match = matches.get(0);
            var target = new Target(type, match.stored().id(), match.stored().pk(), match.patientPk());
            targets.put(target.reference(), target);
            for (var draft : drafts) {
                if (draft.resource != null) {
                    draft.references().stream()
                            .map(References.Found::reference)
                            .filter(reference -> reference.getReference().equals(wanted.getKey()))
                            .forEach(reference -> change.rewrite(reference, target.reference()));
                }
            }
        }
    }

    private void lookOutside(Caller caller, Map<String, String> outside, Map<String, Target> targets) {
        if (outside.isEmpty()) {
            return;
        }
        var found = new HashMap<String, Target>();
        lookup.visible(caller, outside.keySet().stream().map(References::id).toList())
                .forEach(target -> found.put(target.reference(), target));
        var missing = new ArrayList<Issue>();
        outside.forEach((reference, path) -> {
            var target = found.get(References.withoutVersion(reference));
            if (target == null) {
                missing.add(new Issue(
                        IssueType.NOTFOUND,
                        "reference-not-found",
                        path,
                        "The reference points at nothing that exists and that you have access to."));
            } else {
                targets.put(reference, target);
            }
        });
        if (!missing.isEmpty()) {
            // Somebody else's patient and a patient that does not exist get the same answer.
            var aboutAPatient = outside.keySet().stream()
                    .anyMatch(reference -> reference.startsWith("Patient/")
                            && !found.containsKey(References.withoutVersion(reference)));
            throw new Refused(aboutAPatient ? 404 : 422, missing);
        }
    }

    private void findPatients(List<Draft> drafts, Map<String, Target> targets) {
        var issues = new ArrayList<Issue>();
        // What belongs to the patient of something else comes last: that something may stand in the same request.
        var inOrder = drafts.stream()
                .sorted(Comparator.comparing(draft -> draft.type.belongsThroughAnother()))
                .toList();
        for (var draft : inOrder) {
            if (draft.resource == null) {
                continue;
            }
            if (!draft.isWritten()) {
                refuseOtherPatient(draft, targets);
                continue;
            }
            if (draft.resource instanceof Patient) {
                draft.patientPk = draft.pk;
                continue;
            }
            var patient = draft.type
                    .patientOf(draft.resource)
                    .filter(Reference::hasReference)
                    .map(reference -> targets.get(reference.getReference()))
                    .map(target -> patientBehind(draft.type, target, drafts));
            if (patient.isEmpty() && draft.type.needsAPatient()) {
                issues.add(Issue.required(
                        "patient-missing",
                        draft.act.path(),
                        "A " + draft.type.name() + " names the patient it belongs to by a reference to a Patient."));
            }
            if (draft.before != null && !Objects.equals(draft.before.patientPk, patient.orElse(null))) {
                throw Refused.forbidden("A resource stays with the patient it was written for.");
            }
            draft.patientPk = patient.orElse(null);
        }
        if (!issues.isEmpty()) {
            throw Refused.unprocessable(issues);
        }
        // Rows inside the bundle are now known to belong to somebody, too.
        for (var draft : drafts) {
            var key = draft.type.name() + "/" + draft.id;
            targets.computeIfPresent(
                    key, (k, target) -> new Target(target.type, target.id, target.pk, draft.patientPk));
        }
    }

    private static @Nullable Long patientBehind(RecordType<?> type, Target target, List<Draft> drafts) {
        if (target.type.equals("Patient")) {
            return target.pk;
        }
        if (!type.belongsThroughAnother()) {
            return null;
        }
        return drafts.stream()
                .filter(draft -> draft.pk == target.pk)
                .map(draft -> draft.patientPk)
                .findFirst()
                .orElse(target.patientPk);
    }

    // The same identifier sent for somebody else is no repetition: one of the two is a mistake.
    private static void refuseOtherPatient(Draft draft, Map<String, Target> targets) {
        var patient = Optional.ofNullable(draft.resource)
                .flatMap(draft.type::patientOf)
                .map(reference -> targets.get(reference.getReference()));
        if (patient.isPresent() && !Objects.equals(patient.get().pk, draft.patientPk)) {
            throw new Refused(
                    409,
                    List.of(new Issue(
                            IssueType.CONFLICT,
                            "identifier-of-other-patient",
                            draft.act.path(),
                            "This identifier was received before for another patient.")));
        }
    }

    private void checkReferences(Draft draft, Map<String, Target> targets, List<Issue> issues) {
        if (draft.resource == null || draft.patientPk == null) {
            return;
        }
        for (var found : draft.references()) {
            var target = targets.get(found.reference().getReference());
            if (target != null && target.patientPk != null && !target.patientPk.equals(draft.patientPk)) {
                issues.add(Issue.businessRule(
                        "reference-other-patient",
                        draft.act.path() + found.pathBelowResource(),
                        "The reference points into another patient's record."));
            }
        }
    }

    private Result store(Caller caller, List<Draft> drafts, Map<String, Target> targets) {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var index = new IndexRows(paramIds);
        var inserts = new ArrayList<@Nullable Object[]>();
        var updates = new ArrayList<@Nullable Object[]>();
        var committed = new ArrayList<Committed>();
        var patients = new HashSet<Long>();
        var endsBefore = retire(drafts);
        for (var draft : drafts) {
            if (draft.patientPk != null) {
                patients.add(draft.patientPk);
            }
            if (!draft.isWritten()) {
                committed.add(new Committed(Outcome.EXISTING, Objects.requireNonNull(draft.existing)));
                continue;
            }
            var stored = version(caller, draft, now, inserts, updates);
            var outcome =
                    draft.resource == null ? Outcome.DELETED : draft.before == null ? Outcome.CREATED : Outcome.UPDATED;
            committed.add(new Committed(outcome, stored));
            if (draft.resource != null) {
                index.add(draft.type, draft.resource, draft.pk, draft.patientPk, reference -> {
                    var target = targets.get(reference);
                    return target == null ? null : target.pk;
                });
            }
        }
        insertResources(inserts);
        updateResources(updates);
        Batches.insert(sql, DSL.table(name("index_token")), TOKEN_COLUMNS, index.tokens);
        Batches.insert(sql, DSL.table(name("index_reference")), REFERENCE_COLUMNS, index.references);
        Batches.insert(sql, DSL.table(name("index_date")), DATE_COLUMNS, index.dates);
        Batches.insert(sql, DSL.table(name("index_quantity")), QUANTITY_COLUMNS, index.quantities);
        Batches.insert(sql, DSL.table(name("index_string")), STRING_COLUMNS, index.strings);
        Batches.insert(sql, DSL.table(name("index_uri")), URI_COLUMNS, index.uris);
        storeGrants(caller, drafts, now, endsBefore);
        return new Result(committed, patients);
    }

    /** Copies the current version of every changed row into the history and takes its index rows away. */
    private Map<String, Instant> retire(List<Draft> drafts) {
        var endsBefore = new HashMap<String, Instant>();
        var pksToRetire = drafts.stream()
                .filter(draft -> draft.before != null)
                .map(draft -> draft.pk)
                .toList();
        if (pksToRetire.isEmpty()) {
            return endsBefore;
        }
        sql.insertInto(HISTORY)
                .columns(HISTORY_COLUMNS)
                .select(sql.select(HISTORY_COLUMNS).from(RESOURCE).where(PK.in(pksToRetire)))
                .execute();
        for (var table : List.of(
                "index_token", "index_reference", "index_date", "index_quantity", "index_string", "index_uri")) {
            sql.deleteFrom(DSL.table(name(table)))
                    .where(RESOURCE_PK.in(pksToRetire))
                    .execute();
        }
        sql.select(SOURCE_PK, GRANTEE, VALID_TO)
                .from(GRANT)
                .where(SOURCE_PK.in(pksToRetire))
                .forEach(row -> endsBefore.put(
                        row.get(SOURCE_PK) + " " + row.get(GRANTEE),
                        row.get(VALID_TO).toInstant()));
        sql.deleteFrom(GRANT).where(SOURCE_PK.in(pksToRetire)).execute();
        var deleted = drafts.stream()
                .filter(draft -> draft.resource == null)
                .map(draft -> draft.pk)
                .toList();
        if (!deleted.isEmpty()) {
            sql.deleteFrom(CLAIM).where(RESOURCE_PK.in(deleted)).execute();
        }
        return endsBefore;
    }

    private Stored version(
            Caller caller,
            Draft draft,
            Instant now,
            List<@Nullable Object[]> inserts,
            List<@Nullable Object[]> updates) {
        var before = draft.before;
        var version = before == null ? 1 : before.version + 1;
        // The clock may step back; a resource's lastUpdated never does.
        var updated = before != null && !now.isAfter(before.lastUpdated) ? before.lastUpdated.plusMillis(1) : now;
        var resource = draft.resource;
        var type = draft.type;
        byte[] body;
        byte @Nullable [] payerBody = null;
        var released = true;
        OffsetDateTime happened = null;
        if (resource == null) {
            body = new byte[0];
            draft.sensitive = Objects.requireNonNull(before).sensitive;
        } else {
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
            draft.sensitive = (before != null && before.sensitive)
                    || resource.getMeta().getSecurity().stream()
                            .map(Coding::getCode)
                            .anyMatch(SENSITIVE::contains);
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
                happened,
                body,
                payerBody,
                draft.pk
            });
        }
        return new Stored(type.name(), draft.id, version, updated, resource == null, draft.pk, body);
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
                .set(HAPPENED, DSL.param("happened", HAPPENED))
                .set(BODY, DSL.param("body", BODY))
                .set(PAYER_BODY, DSL.param("payer_body", PAYER_BODY))
                .set(SEQ, Tables.COMMIT_SEQ.nextval())
                .where(PK.eq(DSL.param("pk", PK)))
                .getSQL();
    }

    private void storeGrants(Caller caller, List<Draft> drafts, Instant now, Map<String, Instant> endsBefore) {
        var rows = new ArrayList<@Nullable Object[]>();
        for (var draft : drafts) {
            if (!draft.isWritten() || draft.resource == null || draft.patientPk == null) {
                continue;
            }
            var owner = draft.before == null ? caller.organization() : draft.before.owner;
            var ownerRole = draft.before == null ? caller.role() : draft.before.ownerRole;
            for (var grant : Grant.from(draft.resource, ownerRole, now, properties.referrerGrace())) {
                var grantee = grant.grantee() == null ? owner : grantee(grant.grantee(), drafts);
                if (grantee != null) {
                    rows.add(new @Nullable Object[] {
                        draft.patientPk,
                        grantee,
                        grant.role().name(),
                        grant.ground(),
                        draft.pk,
                        IndexRows.utc(grant.from()),
                        IndexRows.utc(end(grant, endsBefore.get(draft.pk + " " + grantee)))
                    });
                }
            }
        }
        Batches.insert(sql, GRANT, GRANT_COLUMNS, rows);
    }

    // A referrer's time runs from the first day: writing the resource again does not begin it anew.
    private static Instant end(Grant grant, @Nullable Instant before) {
        var isReferrers = grant.role() == Role.EHR && grant.to().isBefore(Grant.FOREVER);
        return isReferrers && before != null && before.isBefore(grant.to()) ? before : grant.to();
    }

    /** The organization behind a reference: itself, the one of a PractitionerRole, or the one with that identifier. */
    private @Nullable UUID grantee(Reference reference, List<Draft> drafts) {
        if (reference.hasReference()) {
            var id = References.id(reference.getReference());
            if (reference.getReference().startsWith("Organization/")) {
                return id;
            }
            for (var draft : drafts) {
                if (draft.id.equals(id) && draft.resource instanceof PractitionerRole role) {
                    return role.getOrganization().hasReference()
                            ? References.id(role.getOrganization().getReference())
                            : null;
                }
            }
            return reference.getReference().startsWith("PractitionerRole/") ? lookup.organizationOfRole(id) : null;
        }
        if (reference.getIdentifier().hasValue()) {
            return lookup.organizationWith(
                    reference.getIdentifier().getSystem(),
                    reference.getIdentifier().getValue());
        }
        return null;
    }
}
