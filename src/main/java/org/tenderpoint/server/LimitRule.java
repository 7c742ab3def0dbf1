package org.tenderpoint.server;

import java.util.List;
import org.tenderpoint.access.Caller;
import org.tenderpoint.chart.Change;

/**
 * A limit that only the transaction itself can judge, because others may be writing at the same moment. Rooms bring theirs
 * as beans.
 */
public interface LimitRule {

    /**
     * @param acts everything that one request asks for
     * @return limits to be held; each costs the transaction three questions, so none where there is plenty left
     */
    default List<Change.AtMost> limits(Caller caller, List<Change.Act> acts) {
        return List.of();
    }

    /**
     * What of the record the room's rules went by, remembered or not. Where it does not stand so any more when the request
     * is carried out, the rules look again.
     */
    default List<Change.Standing> standing(Caller caller, List<Change.Act> acts) {
        return List.of();
    }
}
