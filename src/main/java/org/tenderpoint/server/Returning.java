package org.tenderpoint.server;

import ca.uhn.fhir.rest.api.PreferReturnEnum;
import ca.uhn.fhir.rest.server.RestfulServerUtils;
import java.util.List;
import java.util.Objects;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.chart.Committed;

/** What the answer to a write holds besides its headers ({@code Prefer: return=…}, R4 http.html#return). */
public enum Returning {
    MINIMAL,
    REPRESENTATION,
    OUTCOME;

    /**
     * What the client prefers.
     *
     * @param otherwise where it says nothing that is known: R4 leaves that to the server
     */
    static Returning of(@Nullable List<String> prefer, Returning otherwise) {
        if (prefer == null) {
            return otherwise;
        }
        return prefer.stream()
                .map(header ->
                        RestfulServerUtils.parsePreferHeader(null, header).getReturn())
                .filter(Objects::nonNull)
                .findFirst()
                .map(Returning::of)
                .orElse(otherwise);
    }

    private static Returning of(PreferReturnEnum prefer) {
        return switch (prefer) {
            case MINIMAL -> MINIMAL;
            case REPRESENTATION -> REPRESENTATION;
            case OPERATION_OUTCOME -> OUTCOME;
        };
    }

    /** Says in an OperationOutcome what was done. */
    static OperationOutcome outcome(Committed committed) {
        var outcome = new OperationOutcome();
        outcome.addIssue()
                .setSeverity(IssueSeverity.INFORMATION)
                .setCode(IssueType.INFORMATIONAL)
                .setDiagnostics(
                        switch (committed.outcome()) {
                            case CREATED -> "Created.";
                            case EXISTING -> "There before; nothing was written.";
                            case UPDATED -> "Updated.";
                            case DELETED -> "Deleted.";
                        });
        return outcome;
    }
}
