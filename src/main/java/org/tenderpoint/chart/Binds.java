package org.tenderpoint.chart;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values of a statement by name, given out as they are added. */
final class Binds {

    private final Map<String, @Nullable Object> values;
    private int added;

    /** @param given values whose names are fixed */
    Binds(Map<String, ? extends @Nullable Object> given) {
        this.values = new HashMap<>(given);
    }

    /** @return the name under which the value is bound */
    String add(Object value) {
        var name = "v" + added++;
        values.put(name, value);
        return name;
    }

    void put(String name, @Nullable Object value) {
        values.put(name, value);
    }

    void putAll(Map<String, ? extends @Nullable Object> more) {
        values.putAll(more);
    }

    Map<String, @Nullable Object> values() {
        return values;
    }
}
