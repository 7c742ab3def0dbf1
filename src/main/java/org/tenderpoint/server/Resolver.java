package org.tenderpoint.server;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tenderpoint.access.AccessRule;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Interaction;
import org.tenderpoint.chart.Change;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.chart.Identifiers;
import org.tenderpoint.chart.Stored;
import org.tenderpoint.guard.ResourceCheck;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;

/**
 * Finds the resources that conditional requests and patches mean, and makes plain acts of them. What it finds may change
 * until the act is carried out; so each act names the version that was found, and is resolved again where that has gone.
 */
@Component
class Resolver {

    private final Chart chart;
    private final JsonPatches patches;
    private final ResourceCheck check;

    Resolver(Chart chart, JsonPatches patches, ResourceCheck check) {
        this.chart = chart;
        this.patches = patches;
        this.check = check;
    }

    /**
     * The acts of one attempt.
     *
     * @param acts one for each thing asked for, in order; null where a conditional deletion matched nothing
     * @param newOnly creations that must not find their identifier known
     */
    record Resolved(List<Change.@Nullable Act> acts, Set<Change.Act> newOnly) {}

    /**
     * @throws Refused 412 for several matches, or a version that has gone; 404 and 410 for a resource to patch; 422 for
     *     a patch that does not apply; 400 for two acts on one resource
     */
    Resolved resolve(Caller caller, List<Asked> asked) {
        Set<Change.Act> newOnly = Collections.newSetFromMap(new IdentityHashMap<>());
        var acts = new java.util.ArrayList<Change.@Nullable Act>();
        var changed = new java.util.HashSet<UUID>();
        for (var one : asked) {
            var act = resolve(caller, one, newOnly);
            var id = act instanceof Change.Update update
                    ? update.id()
                    : act instanceof Change.Delete delete ? delete.id() : null;
            if (act != null && id != null && !changed.add(id)) {
                throw Refused.badRequest(
                        Issue.value("bundle-duplicate-target", one.path(), "Each resource is changed once."));
            }
            acts.add(act);
        }
        return new Resolved(acts, newOnly);
    }

    private Change.@Nullable Act resolve(Caller caller, Asked asked, Set<Change.Act> newOnly) {
        if (asked instanceof Asked.Plain plain) {
            if (plain.act() instanceof Change.Create create) {
                requireIdentifier(create.resource(), create.ifNoneExist(), create.path());
            }
            return plain.act();
        }
        if (asked instanceof Asked.Update update) {
            return update(caller, update, newOnly);
        }
        if (asked instanceof Asked.Delete delete) {
            AccessRule.require(caller, Interaction.SEARCH, delete.where().type());
            var match = only(caller, delete.where(), delete.path());
            if (match == null) {
                return null;
            }
            return new Change.Delete(match.type(), match.id(), seen(delete.ifMatch(), match), delete.path());
        }
        return patch(caller, (Asked.Patch) asked);
    }

    private Change.Act update(Caller caller, Asked.Update asked, Set<Change.Act> newOnly) {
        var match = only(caller, asked.where(), asked.path());
        var resource = asked.resource();
        var id = resource.hasId() ? resource.getIdElement().getIdPart() : null;
        if (match != null) {
            if (asked.onlyIfNone()) {
                throw thereIsOne(asked.path());
            }
            if (id != null && !match.id().toString().equalsIgnoreCase(id)) {
                throw Refused.badRequest(Issue.value(
                        "condition-id",
                        asked.path() + ".id",
                        "The condition finds another resource than the id that was sent; leave the id out."));
            }
            return new Change.Update(match.id(), resource, asked.fullUrl(), seen(asked.ifMatch(), match), asked.path());
        }
        if (id != null) {
            throw Refused.badRequest(Issue.value(
                    "condition-id",
                    asked.path() + ".id",
                    "The condition finds nothing, and ids are given by the server; leave the id out to create."));
        }
        if (asked.ifMatch() != null) {
            throw Refused.versionConflict();
        }
        if (asked.where().identifiers().isEmpty()) {
            throw new Refused(
                    412,
                    List.of(Issue.value(
                            "if-none-exist-invalid",
                            asked.path(),
                            "The condition finds nothing; a resource is created under identifier=system|value only.")));
        }
        requireIdentifier(resource, asked.where().identifiers(), asked.path());
        var create = new Change.Create(resource, asked.fullUrl(), asked.where().identifiers(), null, asked.path());
        newOnly.add(create);
        return create;
    }

    /** 412: the client wanted to write only where nothing stands yet. */
    static Refused thereIsOne(String path) {
        return new Refused(
                412,
                List.of(new Issue(
                        IssueType.CONFLICT,
                        "condition-met",
                        path,
                        "If-None-Match: * was sent, and there is such a resource.")));
    }

    private Change.Act patch(Caller caller, Asked.Patch asked) {
        AccessRule.require(caller, Interaction.UPDATE, asked.type());
        Stored stored;
        if (asked.where() != null) {
            var match = only(caller, asked.where(), asked.path());
            if (match == null) {
                throw Refused.notFound();
            }
            stored = match;
        } else {
            stored = chart.standing(caller, asked.type(), Objects.requireNonNull(asked.id()));
        }
        var version = seen(asked.ifMatch(), stored);
        var resource = check.read(patches.apply(asked.patch(), stored.json()));
        return new Change.Update(stored.id(), resource, asked.fullUrl(), version, asked.path());
    }

    private @Nullable Stored only(Caller caller, Condition where, String path) {
        var matches = chart.matches(caller, where.query());
        if (matches.size() > 1) {
            throw new Refused(
                    412,
                    List.of(new Issue(
                            IssueType.MULTIPLEMATCHES,
                            "condition-ambiguous",
                            path,
                            "Several resources meet the condition; name one by its id.")));
        }
        return matches.isEmpty() ? null : matches.get(0);
    }

    /** The version that was found; whoever has seen another one hears of it at once. */
    private static int seen(@Nullable Integer ifMatch, Stored found) {
        if (ifMatch != null && ifMatch != found.version()) {
            throw Refused.versionConflict();
        }
        return found.version();
    }

    /** A resource without the identifier that it is created under would be found by nobody, and created again. */
    private static void requireIdentifier(Resource resource, List<String> identifiers, String path) {
        for (var identifier : identifiers) {
            if (!Identifiers.has(resource, identifier)) {
                throw Refused.unprocessable(List.of(Issue.value(
                        "condition-identifier-missing",
                        path + ".identifier",
                        "The resource has the identifier that its creation is conditional on.")));
            }
        }
    }
}
