package org.tenderpoint.chart;

/**
 * What became of one act of a {@link Change}, on disk by the time the caller sees this.
 *
 * @param outcome what was done
 * @param stored the version that now stands
 */
public record Committed(Outcome outcome, Stored stored) {

    /** What was done. */
    public enum Outcome {
        CREATED,
        /** It was there before; nothing was written. */
        EXISTING,
        UPDATED,
        DELETED
    }
}
