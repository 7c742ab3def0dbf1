package org.tenderpoint.server;

import java.util.UUID;
import org.tenderpoint.access.Caller;
import org.tenderpoint.chart.SearchPage;

/**
 * An operation on an instance that shows stored resources and does without parameters. Where it is called by GET with none,
 * {@link PlainRequests} answers it before HAPI looks at the request.
 */
public interface PlainOperation {

    /** The type it is called on. */
    String type();

    /** Its name, with the dollar. */
    String name();

    /** What it shows, as far as the caller may call it and see it. */
    SearchPage page(Caller caller, UUID id);
}
