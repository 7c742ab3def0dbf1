package org.tenderpoint.chart;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A question for a patient's whole record.
 *
 * @param patient FHIR id
 * @param types resource types wanted; empty for all
 * @param since only what changed then or later
 * @param from only care that had not ended before; what bears no date is in scope of every span
 * @param to only care that had begun before; exclusive
 * @param count rows a page, 1 to {@link #LARGEST_PAGE}; what the rows name comes on top
 * @param cursor where the page before ended
 */
public record RecordAsk(
        UUID patient,
        Set<String> types,
        @Nullable Instant since,
        @Nullable Instant from,
        @Nullable Instant to,
        int count,
        Optional<String> cursor) {

    /** Most rows a page, and rows a page where the client does not say: a record comes whole as a rule. */
    public static final int LARGEST_PAGE = 5000;

    public RecordAsk {
        types = Set.copyOf(types);
    }
}
