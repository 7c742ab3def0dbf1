package org.tenderpoint.issue;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.util.List;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/** A request that is not carried out. Nothing of it was written; the answer lists everything that has to change. */
public final class Refused extends BaseServerResponseException {

    private static final long serialVersionUID = 1L;

    private final transient List<Issue> issues;

    /**
     * @param status HTTP status, 400-499, or 503 where the caller may try again
     * @param issues at least one
     */
    public Refused(int status, List<Issue> issues) {
        super(status, issues.get(0).code(), outcome(issues));
        this.issues = List.copyOf(issues);
    }

    public List<Issue> issues() {
        return issues;
    }

    /** 400: the request itself is not understood. */
    public static Refused badRequest(Issue issue) {
        return new Refused(400, List.of(issue));
    }

    /** 403: the caller's role or scope does not cover this type or operation; decided before the database. */
    public static Refused forbidden(String diagnostics) {
        return new Refused(403, List.of(new Issue(IssueType.FORBIDDEN, "not-permitted", null, diagnostics)));
    }

    /** 404: there is no such resource, or none that this caller may know of. Both answers are the same to the byte. */
    public static Refused notFound() {
        return new Refused(
                404,
                List.of(new Issue(
                        IssueType.NOTFOUND,
                        "not-found",
                        null,
                        "There is no such resource, or you have no access to it.")));
    }

    /** 410: it was there, the caller may know, and it was deleted. */
    public static Refused gone() {
        return new Refused(410, List.of(new Issue(IssueType.DELETED, "deleted", null, "The resource was deleted.")));
    }

    /** 412: someone else changed the resource, or the version named does not exist. */
    public static Refused versionConflict() {
        return new Refused(
                412,
                List.of(new Issue(
                        IssueType.CONFLICT,
                        "version-conflict",
                        null,
                        "If-Match names a version that is not the current one; read the resource again.")));
    }

    /** 503: nothing was written; the same request may go through in a moment. */
    public static Refused busy(String diagnostics) {
        var busy = new Refused(503, List.of(new Issue(IssueType.TRANSIENT, "try-again", null, diagnostics)));
        busy.addResponseHeader("Retry-After", "5");
        return busy;
    }

    /** 422: well formed, but against the rules; all reasons at once. */
    public static Refused unprocessable(List<Issue> issues) {
        return new Refused(422, issues);
    }

    /** The OperationOutcome that says all of the issues, in their order. */
    public static OperationOutcome outcome(List<Issue> issues) {
        var outcome = new OperationOutcome();
        issues.forEach(issue -> outcome.addIssue(issue.toComponent()));
        return outcome;
    }
}
