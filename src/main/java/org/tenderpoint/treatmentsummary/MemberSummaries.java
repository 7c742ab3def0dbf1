package org.tenderpoint.treatmentsummary;

import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.springframework.stereotype.Component;
import org.tenderpoint.access.AccessRule;
import org.tenderpoint.access.Caller;
import org.tenderpoint.issue.Refused;

/** Treatment summaries of many members, one after the other. */
@Component
public class MemberSummaries {

    /** The operation by which one member's is asked for. */
    public static final String OPERATION = TreatmentSummaries.OPERATION;

    private static final int NOT_FOUND = 404;
    private static final int UNPROCESSABLE = 422;

    private final TreatmentSummaries summaries;
    private final Clock clock;

    MemberSummaries(TreatmentSummaries summaries, Clock clock) {
        this.summaries = summaries;
        this.clock = clock;
    }

    /** @throws Refused 403 where the caller's role or scopes do not cover treatment summaries */
    public static void require(Caller caller) {
        AccessRule.requireOperation(caller, TreatmentSummaries.OPERATION, "Patient");
    }

    /**
     * What {@code Patient/{id}/$treatment-summary} says of a member now, from the beginning of the cover to today, with the
     * same entry in the audit.
     *
     * @param coverage id of the Coverage by which the caller sees the member
     * @param base address of the FHIR server
     * @return empty where the caller may not see the member any more, or the Coverage ended a moment ago
     */
    public Optional<Bundle> of(Caller caller, UUID patient, UUID coverage, String base) {
        try {
            return Optional.of(summaries
                    .forPatient(caller, patient, null, null, coverage, base)
                    .bundle(clock.instant()));
        } catch (Refused refused) {
            if (refused.getStatusCode() == NOT_FOUND || refused.getStatusCode() == UNPROCESSABLE) {
                return Optional.empty();
            }
            throw refused;
        }
    }
}
