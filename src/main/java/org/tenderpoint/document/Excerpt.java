package org.tenderpoint.document;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What somebody reads of a patient's record: what is left out here is not made into a resource at all. */
@FunctionalInterface
public interface Excerpt {

    /** Everything. */
    Excerpt WHOLE = stored -> true;

    /**
     * Takes from a resource what is not read of it.
     *
     * @param stored a resource as JSON, which this may change
     * @return false where nothing of it is read
     */
    boolean reads(ObjectNode stored);
}
