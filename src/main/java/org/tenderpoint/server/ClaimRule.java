package org.tenderpoint.server;

import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Resource;
import org.tenderpoint.access.Caller;

/** Makes a creation idempotent: the same key from the same organization leads to the same resource. */
@FunctionalInterface
public interface ClaimRule {

    /**
     * @param caller who sends
     * @param created the new resources of one request
     * @return a key for each resource that has one, by identity; keys that share the text before {@code #} stand and
     *     fall together
     */
    Map<Resource, String> claims(Caller caller, List<Resource> created);
}
