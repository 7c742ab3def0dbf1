package org.tenderpoint.server;

import java.util.List;
import org.tenderpoint.access.Caller;
import org.tenderpoint.chart.Change;

/**
 * Adds to a change what follows from it, so that both are written or neither. Asked after all rules are kept; what it
 * adds is the server's own and is not asked whether the caller may write that type.
 */
@FunctionalInterface
public interface Derivation {

    /**
     * @param caller who writes
     * @param acts what is written
     * @return the same in the same order, then what follows; only how others point at an act may differ
     */
    List<Change.Act> derive(Caller caller, List<Change.Act> acts);
}
