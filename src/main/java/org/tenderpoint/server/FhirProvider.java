package org.tenderpoint.server;

import java.util.Set;

/** A bean with HAPI endpoint methods that a room brings to the server. */
public interface FhirProvider {

    /** Operations of this provider that also answer in the forms of {@link PageForm}, with their dollar sign. */
    default Set<String> pages() {
        return Set.of();
    }
}
