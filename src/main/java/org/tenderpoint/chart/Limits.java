package org.tenderpoint.chart;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tenderpoint.access.Caller;
import org.tenderpoint.issue.Refused;

/**
 * Numbers that a change must not exceed, counted inside its own transaction. The resource that everybody counts by is
 * locked until the end, so that two changes at the same moment count one after the other.
 */
final class Limits {

    private final Lookup lookup;
    private final Search search;

    Limits(Lookup lookup, Search search) {
        this.lookup = lookup;
        this.search = search;
    }

    /** What there was before the change; nothing is asked where it has no limits. */
    Map<Change.AtMost, Integer> before(Change change) {
        var limits = change.limits();
        if (limits.isEmpty()) {
            return Map.of();
        }
        lookup.lockVisible(
                change.caller(), limits.stream().map(Change.AtMost::countedBy).toList());
        return counts(change.caller(), limits);
    }

    /** @throws Refused 422 where the change has made a number grow beyond its limit */
    void check(Change change, Map<Change.AtMost, Integer> before) {
        var exceeded = counts(change.caller(), before.keySet()).entrySet().stream()
                .filter(count -> count.getValue() > count.getKey().most()
                        && count.getValue() > before.getOrDefault(count.getKey(), 0))
                .map(count -> count.getKey().refusal())
                .toList();
        if (!exceeded.isEmpty()) {
            throw Refused.unprocessable(List.copyOf(exceeded));
        }
    }

    private Map<Change.AtMost, Integer> counts(Caller caller, Collection<Change.AtMost> limits) {
        var counts = new HashMap<Change.AtMost, Integer>();
        limits.forEach(limit ->
                counts.put(limit, search.run(caller, limit.counted()).matches().size()));
        return counts;
    }
}
