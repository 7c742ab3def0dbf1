package org.tenderpoint.chart;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.access.Caller;

/**
 * An export that a client has asked for.
 *
 * @param id of the job; not to be guessed, and of use to its owner alone
 * @param owner who asked, with what the token allowed then
 * @param ask what was asked for
 * @param until the records as they stood then
 * @param state how far it is
 * @param attempt number of the attempt to find out what there is; 0 before the first
 * @param nextAttempt when the next node may take it up
 * @param files names of the files, once it is done
 * @param expires when it is gone
 */
public record ExportJob(
        UUID id,
        Caller owner,
        Ask ask,
        Instant until,
        State state,
        int attempt,
        Instant nextAttempt,
        List<String> files,
        Instant expires) {

    public ExportJob {
        files = List.copyOf(files);
    }

    /** How far a job is. */
    public enum State {
        /** Accepted; a node has it in hand or will have. */
        ACCEPTED,
        /** Its files can be downloaded. */
        DONE,
        /** Nobody could find out what there is. */
        FAILED
    }

    /**
     * What a client asks for.
     *
     * @param base URL of the FHIR server
     * @param request URL that was asked
     * @param types resource types
     * @param since only what was written behind this time; none for everything
     */
    public record Ask(String base, String request, List<String> types, @Nullable Instant since) {

        public Ask {
            types = List.copyOf(types);
        }
    }
}
