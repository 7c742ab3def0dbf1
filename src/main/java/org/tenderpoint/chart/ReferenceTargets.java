package org.tenderpoint.chart;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.access.Caller;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;

/** Where the references of a change lead: into the request, to an identifier, or to what the caller may see. */
final class ReferenceTargets {

    private final Lookup lookup;

    ReferenceTargets(Lookup lookup) {
        this.lookup = lookup;
    }

    /**
     * Finds out where every reference points, and lets those into the request point into the chart.
     *
     * @return by reference as it now stands
     */
    Map<String, Target> resolve(Change change, List<Draft> drafts) {
        var inside = inside(drafts);
        var outside = new HashMap<String, String>();
        var conditional = new TreeMap<String, String>();
        var issues = new ArrayList<Issue>();
        for (var draft : drafts) {
            if (draft.isWritten() && draft.resource != null) {
                for (var found : draft.references()) {
                    var reference = found.reference();
                    var path = draft.act.path() + found.pathBelowResource();
                    var own = own(inside, draft, reference.getReference());
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
                rewriteLinks(change, draft, inside);
            }
        }
        if (!issues.isEmpty()) {
            throw new Refused(
                    issues.stream().anyMatch(i -> i.code().equals("reference-unresolved")) ? 400 : 422, issues);
        }
        var targets = new HashMap<>(inside);
        resolveConditional(change, drafts, conditional, targets);
        lookOutside(change, drafts, outside, targets);
        refuseDeleted(drafts, targets);
        return targets;
    }

    private static Map<String, Target> inside(List<Draft> drafts) {
        var inside = new HashMap<String, Target>();
        for (var draft : drafts) {
            var target = new Target(draft.type.name(), draft.id, draft.pk, null);
            var fullUrl = draft.fullUrl();
            if (fullUrl != null) {
                inside.put(fullUrl, target);
            }
            inside.put(target.reference(), target);
        }
        return inside;
    }

    /** A relative reference in an entry whose fullUrl is a URL is relative to that server (R4, bundle.html#references). */
    private static @Nullable Target own(Map<String, Target> inside, Draft draft, String reference) {
        var own = inside.get(reference);
        var fullUrl = draft.fullUrl();
        if (own != null || fullUrl == null || !fullUrl.startsWith("http") || reference.indexOf(':') >= 0) {
            return own;
        }
        var type = fullUrl.lastIndexOf('/', fullUrl.lastIndexOf('/') - 1);
        return type < 0 ? null : inside.get(fullUrl.substring(0, type + 1) + reference);
    }

    /** Addresses and narratives that name another entry follow it too (R4, http.html#trules). */
    private static void rewriteLinks(Change change, Draft draft, Map<String, Target> inside) {
        for (var address : draft.pointers().addresses()) {
            var own = inside.get(address.getValue());
            if (own != null) {
                change.rewrite(address, own.reference());
            }
        }
        for (var link : draft.pointers().links()) {
            var own = inside.get(link.getAttribute("href"));
            if (own != null) {
                change.rewrite(link, own.reference());
            }
        }
    }

    private static void refuseDeleted(List<Draft> drafts, Map<String, Target> targets) {
        var deleted = drafts.stream()
                .filter(draft -> draft.act instanceof Change.Delete)
                .map(draft -> draft.pk)
                .toList();
        if (deleted.isEmpty()) {
            return;
        }
        var issues = new ArrayList<Issue>();
        for (var draft : drafts) {
            for (var found : draft.references()) {
                var target = targets.get(found.reference().getReference());
                if (target != null && deleted.contains(target.pk())) {
                    issues.add(missing(draft.act.path() + found.pathBelowResource()));
                }
            }
        }
        if (!issues.isEmpty()) {
            throw Refused.unprocessable(issues);
        }
    }

    private static Issue missing(String path) {
        return new Issue(
                IssueType.NOTFOUND,
                "reference-not-found",
                path,
                "The reference points at nothing that exists and that you have access to.");
    }

    private void resolveConditional(
            Change change, List<Draft> drafts, Map<String, String> conditional, Map<String, Target> targets) {
        var issues = new ArrayList<Issue>();
        for (var wanted : conditional.entrySet()) {
            var matches = matches(change.caller(), wanted.getKey(), drafts);
            if (matches.size() != 1) {
                issues.add(
                        matches.isEmpty()
                                ? missing(wanted.getValue())
                                : new Issue(
                                        IssueType.MULTIPLEMATCHES,
                                        "reference-ambiguous",
                                        wanted.getValue(),
                                        "Several resources have the identifier that this reference goes by."));
                continue;
            }
            var target = matches.get(0);
            targets.putIfAbsent(target.reference(), target);
            for (var draft : drafts) {
                if (draft.resource != null) {
                    draft.references().stream()
                            .map(References.Found::reference)
                            .filter(reference -> reference.getReference().equals(wanted.getKey()))
                            .forEach(reference -> change.rewrite(reference, target.reference()));
                }
            }
        }
        if (!issues.isEmpty()) {
            throw Refused.unprocessable(issues);
        }
    }

    /** What has the identifier once all else is carried out (R4, http.html#trules, the last of the steps). */
    private List<Target> matches(Caller caller, String reference, List<Draft> drafts) {
        var question = reference.indexOf('?');
        var type = reference.substring(0, question);
        if (RecordTypes.find(type).isEmpty()) {
            return List.of();
        }
        String identifier;
        try {
            identifier = URLDecoder.decode(
                    reference.substring(question + Identifiers.CONDITION.length()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return List.of();
        }
        var changed = drafts.stream().filter(Draft::isWritten).toList();
        var matches = new ArrayList<Target>();
        for (var draft : changed) {
            if (draft.resource != null
                    && draft.type.name().equals(type)
                    && Identifiers.has(draft.resource, identifier)) {
                matches.add(new Target(type, draft.id, draft.pk, null));
            }
        }
        for (var standing : lookup.byIdentifier(caller, type, List.of(identifier))) {
            var stored = standing.stored();
            if (changed.stream().noneMatch(draft -> draft.pk == stored.pk())) {
                matches.add(new Target(stored.type(), stored.id(), stored.pk(), standing.patientPk()));
            }
        }
        return matches;
    }

    private void lookOutside(
            Change change, List<Draft> drafts, Map<String, String> outside, Map<String, Target> targets) {
        var standing = drafts.stream().anyMatch(Draft::isWritten) ? change.standing() : List.<Change.Standing>of();
        if (outside.isEmpty() && standing.isEmpty()) {
            return;
        }
        var found = new HashMap<String, Target>();
        var seen = lookup.visible(
                change.caller(), outside.keySet().stream().map(References::id).toList(), standing);
        seen.targets().forEach(target -> found.put(target.reference(), target));
        refuseMoved(standing, seen.standing());
        var missing = new ArrayList<Issue>();
        outside.forEach((reference, path) -> {
            var target = found.get(References.withoutVersion(reference));
            if (target == null) {
                missing.add(missing(path));
            } else {
                targets.put(reference, target);
            }
        });
        if (!missing.isEmpty()) {
            PatientKeys.refuseMove(drafts, targets);
            // Somebody else's patient and a patient that does not exist get the same answer.
            var aboutAPatient = outside.keySet().stream()
                    .anyMatch(reference -> reference.startsWith("Patient/")
                            && !found.containsKey(References.withoutVersion(reference)));
            throw new Refused(aboutAPatient ? 404 : 422, missing);
        }
    }

    /** What a rule went by may have been written by somebody else, on another server, since it looked. */
    private static void refuseMoved(List<Change.Standing> expected, List<Set<String>> standing) {
        var moved = false;
        for (var i = 0; i < expected.size(); i++) {
            if (!expected.get(i).versions().equals(standing.get(i))) {
                expected.get(i).outdated().run();
                moved = true;
            }
        }
        if (moved) {
            throw new Refused(
                    409,
                    List.of(new Issue(
                            IssueType.CONFLICT,
                            "record-moved",
                            null,
                            "Somebody has changed meanwhile what this request was judged by; send it again.")));
        }
    }

    /** What points into another patient's record. */
    static void check(Draft draft, Map<String, Target> targets, List<Issue> issues) {
        if (draft.resource == null || draft.patientPk == null) {
            return;
        }
        for (var found : draft.references()) {
            var target = targets.get(found.reference().getReference());
            if (target != null
                    && target.patientPk() != null
                    && !target.patientPk().equals(draft.patientPk)) {
                issues.add(Issue.businessRule(
                        "reference-other-patient",
                        draft.act.path() + found.pathBelowResource(),
                        "The reference points into another patient's record."));
            }
        }
    }
}
