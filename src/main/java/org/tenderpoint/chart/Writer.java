package org.tenderpoint.chart;

import static org.tenderpoint.chart.Columns.FHIR_ID;

import ca.uhn.fhir.context.FhirContext;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.jooq.DSLContext;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Interaction;
import org.tenderpoint.access.Role;
import org.tenderpoint.access.Sealing;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;

/**
 * Carries out one {@link Change} inside one database transaction: claims, references, rows, index, grants. The steps
 * stand in the order in which they hit the database; each is one round trip, and only where there is something to do.
 */
final class Writer {

    private final PkAllocator pks;
    private final Lookup lookup;
    private final Clock clock;
    private final Namespaces namespaces;
    private final Claims claims;
    private final Deletions deletions;
    private final ReferenceTargets references;
    private final Versions versions;
    private final IndexTables index;
    private final GrantRows grants;
    private final SubscriberRows subscribers;
    private final ChangeNotices notices;

    Writer(
            DSLContext sql,
            FhirContext fhir,
            ParamIds paramIds,
            PkAllocator pks,
            Lookup lookup,
            Clock clock,
            ChartProperties properties,
            Sealing sealing) {
        this.pks = pks;
        this.lookup = lookup;
        this.clock = clock;
        this.namespaces = new Namespaces(sql, clock);
        this.claims = new Claims(sql, lookup, namespaces);
        this.deletions = new Deletions(sql, lookup);
        this.references = new ReferenceTargets(lookup);
        this.versions = new Versions(sql, fhir);
        this.index = new IndexTables(sql, paramIds);
        this.grants = new GrantRows(sql, lookup, properties);
        this.subscribers = new SubscriberRows(sql, sealing);
        this.notices = new ChangeNotices(sql);
    }

    /** What was done, and whose record it touched. */
    record Result(List<Committed> committed, Set<Long> patients) {}

    /** Runs inside the transaction that the caller opened. */
    Result write(Change change) {
        var caller = change.caller();
        var drafts = change.acts().stream().map(this::draft).toList();
        // Deletions come first (R4, http.html#trules): what they free may be claimed by what is created.
        lockRowsToChange(caller, drafts);
        var deleted = drafts.stream()
                .filter(draft -> draft.act instanceof Change.Delete && draft.isWritten())
                .map(draft -> draft.pk)
                .toList();
        deletions.refuseReferred(caller, drafts);
        claims.release(deleted);
        claims.matchExisting(caller, drafts, deleted);
        claims.claim(caller, drafts);
        refuseKnown(change, drafts);
        var targets = references.resolve(change, drafts);
        PatientKeys.find(drafts, targets);
        requireOwnPatient(caller, drafts);
        var issues = new ArrayList<Issue>();
        drafts.stream().filter(Draft::isWritten).forEach(draft -> ReferenceTargets.check(draft, targets, issues));
        if (!issues.isEmpty()) {
            throw Refused.unprocessable(issues);
        }
        return store(caller, drafts, targets);
    }

    /** A token that is confined to a patient writes for nobody else, whoever else its caller sees. */
    private void requireOwnPatient(Caller caller, List<Draft> drafts) {
        var confined = drafts.stream()
                .filter(draft -> draft.isWritten() && !draft.type.isDirectory())
                .filter(draft -> caller.scopes().isConfinedToPatient(interaction(draft), draft.type.name()))
                .toList();
        if (confined.isEmpty()) {
            return;
        }
        var patient = caller.patient() == null ? null : lookup.patientOf(caller, "Patient", caller.patient());
        if (patient == null
                || !confined.stream()
                        .allMatch(draft -> patient.isPresent() && patient.get().equals(draft.patientPk))) {
            throw Refused.forbidden("This token is for one patient; what it writes belongs to that one.");
        }
    }

    private static Interaction interaction(Draft draft) {
        return draft.act instanceof Change.Create
                ? Interaction.CREATE
                : draft.act instanceof Change.Update ? Interaction.UPDATE : Interaction.DELETE;
    }

    private static void refuseKnown(Change change, List<Draft> drafts) {
        for (var draft : drafts) {
            if (!draft.isWritten() && change.isNewOnly(draft.act)) {
                throw new Refused(
                        412,
                        List.of(new Issue(
                                IssueType.CONFLICT,
                                "condition-known",
                                draft.act.path(),
                                "This identifier is known already, on a resource that you cannot change.")));
            }
        }
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

    private void lockRowsToChange(Caller caller, List<Draft> drafts) {
        var changed = drafts.stream()
                .filter(draft -> !(draft.act instanceof Change.Create))
                .toList();
        if (changed.isEmpty()) {
            return;
        }
        var rows = new HashMap<UUID, Draft.Row>();
        lookup.lockVisible(caller, changed.stream().map(draft -> draft.id).toList())
                .forEach(r -> rows.put(r.get(FHIR_ID), Draft.Row.of(r)));
        for (var draft : changed) {
            var row = rows.get(draft.id);
            if (row == null || !row.type().equals(draft.type.name())) {
                throw Refused.notFound();
            }
            if (row.deleted() && draft.act instanceof Change.Delete) {
                // Deleting again has no effect (R4, http.html#delete).
                draft.adopt(new Lookup.Current(row.grave(), row.patientPk()));
                continue;
            }
            if (row.deleted()) {
                throw Refused.gone();
            }
            if (!mayChange(caller, row)) {
                throw Refused.forbidden("This resource was written by another organization.");
            }
            var ifMatch = draft.act instanceof Change.Update update
                    ? update.ifMatch()
                    : ((Change.Delete) draft.act).ifMatch();
            if (ifMatch != null && ifMatch != row.version()) {
                throw Refused.versionConflict();
            }
            draft.before = row;
            draft.pk = row.pk();
            draft.patientPk = row.patientPk();
        }
    }

    /** Own work may be changed; a Task by both sides of the referral; a Patient's data by the treating clinic too. */
    private static boolean mayChange(Caller caller, Draft.Row row) {
        if (caller.is(Role.ADMINISTRATOR) || Objects.equals(row.owner(), caller.organization())) {
            return true;
        }
        return row.type().equals("Task") || (row.type().equals("Patient") && caller.is(Role.CLINIC));
    }

    private Result store(Caller caller, List<Draft> drafts, Map<String, Target> targets) {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var endsBefore = retire(drafts);
        var committed = versions.store(caller, drafts, now);
        index.store(drafts, targets);
        namespaces.store(drafts);
        grants.store(caller, drafts, targets, now, endsBefore);
        subscribers.store(caller, drafts, now);
        notices.store(drafts, targets);
        var patients = new HashSet<Long>();
        for (var draft : drafts) {
            if (draft.patientPk != null) {
                patients.add(draft.patientPk);
            }
        }
        return new Result(committed, patients);
    }

    GrantRows grants() {
        return grants;
    }

    /** Makes room for the new version of every changed row; says when the grants of the old one were to end. */
    private Map<String, Instant> retire(List<Draft> drafts) {
        var changed = drafts.stream()
                .filter(draft -> draft.before != null)
                .map(draft -> draft.pk)
                .toList();
        if (changed.isEmpty()) {
            return Map.of();
        }
        versions.retire(changed);
        index.remove(changed);
        var endsBefore = grants.remove(
                drafts.stream().filter(draft -> draft.before != null).toList());
        claims.keep(drafts);
        return endsBefore;
    }
}
