package org.tenderpoint.chart;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
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
