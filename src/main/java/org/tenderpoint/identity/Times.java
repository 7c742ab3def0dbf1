package org.tenderpoint.identity;

import java.time.Instant;
import java.util.Objects;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** Times as the columns keep them: milliseconds since 1970, which both databases bind and compare alike. */
final class Times {

    private Times() {}

    static long bind(Instant time) {
        return time.toEpochMilli();
    }

    static Instant instant(Record row, String column) {
        return Objects.requireNonNull(instantOrNone(row, column), column);
    }

    static @Nullable Instant instantOrNone(Record row, String column) {
        var time = row.get(column, Long.class);
        return time == null ? null : Instant.ofEpochMilli(time);
    }
}
