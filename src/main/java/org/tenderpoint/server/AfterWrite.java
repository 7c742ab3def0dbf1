package org.tenderpoint.server;

import java.util.List;
import org.hl7.fhir.r4.model.Resource;
import org.tenderpoint.access.Caller;

/**
 * Hears of what was written, once it is on disk. It is called on the thread of the request, so it only takes note; a
 * crash may come before it, so whoever must not miss anything reads the {@link org.tenderpoint.chart.ChangeFeed} too.
 */
@FunctionalInterface
public interface AfterWrite {

    /**
     * @param caller who wrote
     * @param resources what, with references as they stand in the chart
     */
    void written(Caller caller, List<Resource> resources);
}
