package org.tenderpoint.export;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.tenderpoint.access.Caller;
import org.tenderpoint.chart.ExportJob;
import org.tenderpoint.chart.ExportJob.State;
import org.tenderpoint.chart.ExportJobs;
import org.tenderpoint.guard.Refusals;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;
import org.tenderpoint.server.Callers;
import org.tenderpoint.server.FailureInterceptor;
import org.tenderpoint.server.RequestForms;

/** A job and its files: how far it is, what is in it, and its end. Whose it is not, for that it is not there. */
final class ExportServlet extends HttpServlet {

    static final String BELOW_BASE = "/export";
    static final String ENDING = ".ndjson";

    private static final long serialVersionUID = 1L;
    private static final Pattern PATH = Pattern.compile("/([0-9a-f-]{36})(?:/([A-Za-z]{1,40})\\.ndjson)?");
    private static final int BUFFER = 64 * 1024;

    private final transient ExportJobs jobs;
    private final transient ExportFiles files;
    private final transient FailureInterceptor failures;
    private final transient Refusals refusals;
    private final transient Clock clock;

    ExportServlet(ExportJobs jobs, ExportFiles files, FailureInterceptor failures, Refusals refusals, Clock clock) {
        this.jobs = jobs;
        this.files = files;
        this.failures = failures;
        this.refusals = refusals;
        this.clock = clock;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var path = PATH.matcher(String.valueOf(request.getPathInfo()));
        var isKnown = path.matches();
        var file = isKnown ? path.group(2) : null;
        var act = file != null
                ? ExportJobs.FILE
                : request.getMethod().equals("DELETE") ? ExportJobs.DELETION : ExportJobs.STATUS;
        try {
            var id = isKnown ? RequestForms.uuidOrNull(path.group(1)) : null;
            if (id == null) {
                throw Refused.notFound();
            }
            requirePlain(request, response, file != null);
            if (file != null) {
                download(Callers.current(), id, file, response);
            } else if (act.equals(ExportJobs.DELETION)) {
                jobs.delete(Callers.current(), id);
                response.setStatus(HttpServletResponse.SC_ACCEPTED);
            } else {
                status(jobs.status(Callers.current(), id), request, response);
            }
        } catch (RuntimeException thrown) {
            var refused = failures.inOurWords(thrown, act, "Group", null);
            if (response.isCommitted()) {
                // Half a file must not look like a whole one: the connection breaks.
                throw new IOException(
                        "a file ended in the middle: " + refused.issues().get(0).code());
            }
            // What was not sent yet is not sent: a refusal stands alone.
            response.resetBuffer();
            refusals.write(refused, request, response);
        }
    }

    private static void requirePlain(HttpServletRequest request, HttpServletResponse response, boolean isFile) {
        var methods = isFile ? List.of("GET", "HEAD") : List.of("GET", "HEAD", "DELETE");
        if (!methods.contains(request.getMethod())) {
            response.setHeader("Allow", String.join(", ", methods));
            throw new Refused(
                    405,
                    List.of(Issue.notSupported(
                            "method", "This path takes " + String.join(", ", methods) + " and no other method.")));
        }
        if (request.getQueryString() != null) {
            throw Refused.badRequest(Issue.notSupported(
                    "operation-parameter-unknown", "A job and its files take no parameters; leave the query out."));
        }
    }

    private void status(ExportJob job, HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        if (job.state() == State.FAILED) {
            refusals.write(
                    new Refused(
                            500,
                            List.of(new Issue(
                                    IssueType.EXCEPTION,
                                    "export-failed",
                                    null,
                                    "What there is to export could not be found out; begin another export."))),
                    request,
                    response);
            return;
        }
        if (job.state() == State.ACCEPTED) {
            var wait = Duration.between(clock.instant(), job.nextAttempt()).toSeconds();
            response.setStatus(HttpServletResponse.SC_ACCEPTED);
            response.setHeader("X-Progress", job.attempt() == 0 ? "waiting for changes under way" : "looking");
            response.setHeader("Retry-After", Long.toString(Math.max(1, Math.min(wait, 10))));
            return;
        }
        var manifest = Manifest.of(job);
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType("application/json");
        response.setHeader(
                "Expires",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(job.expires().atOffset(ZoneOffset.UTC)));
        response.setContentLength(manifest.length);
        response.getOutputStream().write(manifest);
    }

    private void download(Caller caller, UUID id, String file, HttpServletResponse response) throws IOException {
        var job = jobs.own(caller, id);
        response.setBufferSize(BUFFER);
        files.write(caller, job, file, () -> {
            head(response);
            return response.getOutputStream();
        });
        head(response);
    }

    private static void head(HttpServletResponse response) {
        if (!response.isCommitted()) {
            response.setStatus(HttpServletResponse.SC_OK);
            response.setContentType("application/fhir+ndjson");
            response.setHeader("Cache-Control", "no-store");
            response.setHeader("X-Content-Type-Options", "nosniff");
        }
    }
}
