package org.tenderpoint.screening;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How much a contraindication matters. */
enum Severity {
    /** Note it and adapt. */
    @JsonProperty("low")
    LOW,
    /** Treat with restrictions, and know before hands are laid on. */
    @JsonProperty("moderate")
    MODERATE,
    /** Do not treat until cleared. */
    @JsonProperty("high")
    HIGH
}
