package org.tenderpoint.server;

import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.springframework.security.core.context.SecurityContextHolder;
import org.tenderpoint.access.Caller;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;

/** Who sent the request that this thread is answering. */
public final class Callers {

    private Callers() {}

    /** @throws Refused 401 where nobody was authenticated; the filter chain has refused such requests before */
    public static Caller current() {
        return known().orElseThrow(() -> new Refused(
                401, List.of(new Issue(IssueType.LOGIN, "login-required", null, "This needs an access token."))));
    }

    /** The same where a request need not say who sends it. */
    static Optional<Caller> known() {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof Caller caller
                ? Optional.of(caller)
                : Optional.empty();
    }
}
