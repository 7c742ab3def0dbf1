package org.tenderpoint.chart;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.UriType;
import org.hl7.fhir.utilities.xhtml.XhtmlNode;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.access.Caller;
import org.tenderpoint.issue.Issue;

/** What one request does to the chart: wholly or not at all. */
public final class Change {

    private final Caller caller;
    private final List<Act> acts = new ArrayList<>();
    private final Set<Act> newOnly = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Runnable> undo = new ArrayDeque<>();
    private final List<AtMost> limits = new ArrayList<>();
    private final List<Standing> standing = new ArrayList<>();
    private String reason = "";

    private Change(Caller caller) {
        this.caller = caller;
    }

    public static Change by(Caller caller) {
        return new Change(caller);
    }

    /** One entry of the change. */
    public sealed interface Act permits Create, Update, Delete {
        /** Where the entry stands in the request, as a FHIRPath prefix such as {@code Bundle.entry[2].resource}. */
        String path();
    }

    /**
     * A new resource.
     *
     * @param resource its id is assigned here; an id sent along is dropped
     * @param fullUrl how other entries point at it; none outside Bundles
     * @param ifNoneExist identifiers ({@code system|value}) of which none may be known to the caller yet: where one is,
     *     that resource is answered and nothing is written
     * @param claim a key of the caller's own that makes the creation idempotent; none where repeating means another one
     * @param path place in the request
     */
    public record Create(
            Resource resource, @Nullable String fullUrl, List<String> ifNoneExist, @Nullable String claim, String path)
            implements Act {}

    /**
     * A new version.
     *
     * @param id the resource to change
     * @param resource its content from now on
     * @param fullUrl how other entries point at it
     * @param ifMatch the version the client has seen; none to overwrite whatever is there
     * @param path place in the request
     */
    public record Update(UUID id, Resource resource, @Nullable String fullUrl, @Nullable Integer ifMatch, String path)
            implements Act {}

    /**
     * A soft deletion: the versions stay.
     *
     * @param type resource type
     * @param id the resource to delete
     * @param ifMatch the version the client has seen
     * @param path place in the request
     */
    public record Delete(String type, UUID id, @Nullable Integer ifMatch, String path) implements Act {}

    /**
     * A number that the change must not make greater than it may be.
     *
     * @param countedBy the resource that is locked meanwhile
     * @param counted what is counted, all of it on one page
     * @param most how many there may be
     * @param refusal what the sender hears otherwise
     */
    public record AtMost(UUID countedBy, Query counted, int most, Issue refusal) {}

    /**
     * What a rule went by, and what has to stand still so when the change is carried out. It is looked at with the
     * references of the change, in the same question.
     *
     * @param type of the resources
     * @param patient FHIR id of the patient to whom they belong
     * @param versions all of them that the caller sees, each as {@code id/version}
     * @param outdated forgets what the rule went by, so that it looks again
     */
    public record Standing(String type, UUID patient, Set<String> versions, Runnable outdated) {
        public Standing {
            versions = Set.copyOf(versions);
        }
    }

    public Change add(Act act) {
        acts.add(act);
        return this;
    }

    /**
     * Refuses the change where a conditional create finds its identifier known already, instead of answering with what
     * stands: for senders who would rather change that.
     */
    public Change addNewOnly(Create create) {
        newOnly.add(create);
        return add(create);
    }

    boolean isNewOnly(Act act) {
        return newOnly.contains(act);
    }

    /** Refuses the change where a number grows beyond its limit; it is counted inside the transaction. */
    public Change atMost(List<AtMost> more) {
        limits.addAll(more);
        return this;
    }

    /** Refuses the change where somebody has written meanwhile what a rule went by: {@code record-moved}. */
    public Change expecting(List<Standing> more) {
        standing.addAll(more);
        return this;
    }

    List<Standing> standing() {
        return List.copyOf(standing);
    }

    List<AtMost> limits() {
        return List.copyOf(limits);
    }

    /** Says why, for the audit. */
    public Change because(String why) {
        this.reason = why;
        return this;
    }

    public Caller caller() {
        return caller;
    }

    public List<Act> acts() {
        return List.copyOf(acts);
    }

    public String reason() {
        return reason;
    }

    /** Lets a reference of one of the resources point into the chart. */
    void rewrite(Reference reference, String target) {
        var asSent = reference.getReference();
        undo.push(() -> reference.setReference(asSent));
        reference.setReference(target);
    }

    /** Lets an address in one of the resources, such as an attachment's, point into the chart. */
    void rewrite(UriType uri, String target) {
        var asSent = uri.getValue();
        undo.push(() -> uri.setValue(asSent));
        uri.setValue(target);
    }

    /** Lets a link of a narrative point into the chart. */
    void rewrite(XhtmlNode link, String target) {
        var asSent = link.getAttribute("href");
        undo.push(() -> link.setAttribute("href", asSent));
        link.setAttribute("href", target);
    }

    /** Puts everything back as it was sent: the ids that an attempt gave out end with it. */
    void undoRewriting() {
        while (!undo.isEmpty()) {
            undo.pop().run();
        }
    }
}
