package org.tenderpoint.chart;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.access.Caller;

/** What one request does to the chart: wholly or not at all. */
public final class Change {

    private final Caller caller;
    private final List<Act> acts = new ArrayList<>();
    private final Map<Reference, String> asSent = new IdentityHashMap<>();
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

    public Change add(Act act) {
        acts.add(act);
        return this;
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
        asSent.putIfAbsent(reference, reference.getReference());
        reference.setReference(target);
    }

    /** Puts the references back as they were sent: the ids that an attempt gave out end with it. */
    void undoRewriting() {
        asSent.forEach(Reference::setReference);
        asSent.clear();
    }
}
