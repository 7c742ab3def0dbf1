package org.tenderpoint.server;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.Resource;
import org.tenderpoint.access.Caller;
import org.tenderpoint.issue.Issue;

/** A rule that a resource has to keep before it is written. Rooms bring theirs as beans; the sender hears of all. */
@FunctionalInterface
public interface WriteRule {

    /**
     * @param write the resource and its surroundings
     * @return what is wrong; nothing where the rule is kept or is not about this resource
     */
    List<Issue> check(Write write);

    /** True where the others may take for granted what this one asks for: they are not asked about what it is against. */
    default boolean isFirst() {
        return false;
    }

    /** What is wrong with the resources of one request beside each other. */
    default List<Issue> together(List<Write> writes) {
        return List.of();
    }

    /**
     * A resource that somebody wants to write.
     *
     * @param caller who
     * @param resource what; not yet changed in any way
     * @param path FHIRPath of the resource in the request, such as {@code Observation} or
     *     {@code Bundle.entry[2].resource}
     * @param isCreate true for a new resource
     * @param before what stands now, for an update; asked from the chart only where a rule needs it
     */
    record Write(
            Caller caller, Resource resource, String path, boolean isCreate, Supplier<Optional<Resource>> before) {}
}
