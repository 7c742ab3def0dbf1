package org.tenderpoint.server;

import java.util.UUID;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.chart.Change;

/** What one request or entry wants written, before it is known which resource it means and what will stand in it. */
public sealed interface Asked {

    /** Where it stands in the request, as a FHIRPath prefix. */
    String path();

    /** Something that names its resource. */
    record Plain(Change.Act act) implements Asked {
        @Override
        public String path() {
            return act.path();
        }
    }

    /**
     * A conditional update.
     *
     * @param where what finds the resource
     * @param resource its content from now on
     * @param fullUrl how other entries point at it
     * @param ifMatch the version the client has seen
     * @param onlyIfNone true to refuse where there is a match already ({@code If-None-Match: *})
     * @param path place in the request
     */
    record Update(
            Condition where,
            Resource resource,
            @Nullable String fullUrl,
            @Nullable Integer ifMatch,
            boolean onlyIfNone,
            String path)
            implements Asked {}

    /** A conditional deletion; several matches are refused. */
    record Delete(Condition where, @Nullable Integer ifMatch, String path) implements Asked {}

    /**
     * A patch.
     *
     * @param type resource type
     * @param id the resource; null where {@code where} finds it
     * @param where the condition; null where {@code id} names it
     * @param patch what to change
     * @param fullUrl how other entries point at it
     * @param ifMatch the version the client has seen
     * @param path place in the request
     */
    record Patch(
            String type,
            @Nullable UUID id,
            @Nullable Condition where,
            JsonPatches.Patch patch,
            @Nullable String fullUrl,
            @Nullable Integer ifMatch,
            String path)
            implements Asked {}
}
