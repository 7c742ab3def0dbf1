package org.tenderpoint.treatmentsummary;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a payer turns minutes into fifteen-minute units; the two rules give different sums for the same day. */
public enum UnitRule {
    /**
     * The minutes of all timed services of a day are added, and the sum gives the units.
     *
     * @see "Medicare Claims Processing Manual, chapter 5, section 20.2"
     */
    @JsonProperty("cms")
    CMS,
    /** Each service stands alone and earns a unit for every quarter hour of which more than half was worked. */
    @JsonProperty("ama-midpoint")
    AMA_MIDPOINT;

    /**
     * Units of a number of minutes: of the whole day under {@link #CMS}, of one service under {@link #AMA_MIDPOINT}.
     *
     * @param minutes hands-on minutes, zero or more
     * @return 0 for 0-7 minutes, 1 for 8-22, 2 for 23-37, and so on by quarter hours
     */
    static int unitsFor(int minutes) {
        return (minutes + 7) / 15;
    }
}
