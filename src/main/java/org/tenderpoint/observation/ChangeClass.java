package org.tenderpoint.observation;

/** What the change of one measure over an episode of care amounts to. */
public enum ChangeClass {
    SUBSTANTIAL_IMPROVEMENT("substantial-improvement"),
    MEANINGFUL_IMPROVEMENT("meaningful-improvement"),
    MINIMAL_CHANGE("minimal-change"),
    NO_MEANINGFUL_CHANGE("no-meaningful-change"),
    WORSENING("worsening"),
    INSUFFICIENT_DATA("insufficient-data");

    private final String code;

    ChangeClass(String code) {
        this.code = code;
    }

    /** The code in the local CodeSystem {@code massage}, branch {@code summary-class}. */
    public String code() {
        return code;
    }

    /** True when the change is at least the meaningful one, which is what counts as a response to treatment. */
    public boolean isMeaningful() {
        return this == SUBSTANTIAL_IMPROVEMENT || this == MEANINGFUL_IMPROVEMENT;
    }

    /** True when the measure improved by at least its minimal change, within measurement error or not. */
    boolean isImprovement() {
        return isMeaningful() || this == MINIMAL_CHANGE;
    }
}
