package org.tenderpoint.screening;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import org.hl7.fhir.r4.model.Task.TaskPriority;

/** How soon somebody has to act on a warning sign; the most urgent first. */
enum Urgency {
    @JsonProperty("emergency")
    EMERGENCY("emergency", TaskPriority.STAT, Duration.ofMinutes(5)),
    @JsonProperty("immediate")
    IMMEDIATE("immediate", TaskPriority.STAT, Duration.ofMinutes(15)),
    @JsonProperty("same-day")
    SAME_DAY("same day", TaskPriority.ASAP, Duration.ofHours(8)),
    @JsonProperty("two-days")
    TWO_DAYS("within two working days", TaskPriority.URGENT, Duration.ofDays(2)),
    @JsonProperty("next-report")
    NEXT_REPORT("with the next report", TaskPriority.ROUTINE, Duration.ofDays(30));

    private final String words;
    private final TaskPriority priority;
    private final Duration within;

    Urgency(String words, TaskPriority priority, Duration within) {
        this.words = words;
        this.priority = priority;
        this.within = within;
    }

    String words() {
        return words;
    }

    TaskPriority priority() {
        return priority;
    }

    /** Counted from the moment at which the sign was found. */
    Duration within() {
        return within;
    }
}
