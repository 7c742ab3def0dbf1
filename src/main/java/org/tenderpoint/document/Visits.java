package org.tenderpoint.document;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Visits on one referral.
 *
 * @param planned as the referral orders; null when it names no number
 * @param attended finished visits
 * @param missed visits to which the patient did not come
 * @param first day of the first finished visit; null when there is none
 * @param last day of the last finished visit; null when there is none
 */
public record Visits(
        @Nullable Integer planned, int attended, int missed, @Nullable LocalDate first, @Nullable LocalDate last) {

    /** Ordered visits that are not used yet; null when the referral names no number. */
    public @Nullable Integer left() {
        return planned == null ? null : Math.max(0, planned - attended);
    }

    /** {@code 6 of 8 visits}, or {@code 6 visits}. */
    public String text() {
        return planned == null ? Words.count(attended, "visit") : attended + " of " + Words.count(planned, "visit");
    }
}
