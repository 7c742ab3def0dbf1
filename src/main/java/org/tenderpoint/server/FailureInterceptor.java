package org.tenderpoint.server;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.MethodNotAllowedException;
import ca.uhn.fhir.rest.server.exceptions.NotModifiedException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import org.tenderpoint.access.Caller;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.guard.BodyGuard;
import org.tenderpoint.guard.ParserProblems;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;
import org.tenderpoint.issue.Wordless;

/**
 * The last word on every failure: an OperationOutcome in our own words. What went wrong inside stays in the log, under
 * a number that the answer names.
 */
@Component
@Interceptor
public class FailureInterceptor {

    private static final Logger log = LoggerFactory.getLogger(FailureInterceptor.class);
    private static final Pattern HAPI_NUMBER = Pattern.compile("^HAPI-\\d+: ");

    private final ParserProblems problems;
    private final Chart chart;

    FailureInterceptor(ParserProblems problems, Chart chart) {
        this.problems = problems;
        this.chart = chart;
    }

    /** Turns whatever was thrown into a {@link Refused}. */
    @Hook(Pointcut.SERVER_PRE_PROCESS_OUTGOING_EXCEPTION)
    public BaseServerResponseException inOurWords(Throwable thrown, RequestDetails asked, HttpServletRequest request) {
        if (thrown instanceof NotModifiedException notModified) {
            return notModified;
        }
        var interaction = asked.getOperation() != null && asked.getOperation().startsWith("$")
                ? asked.getOperation()
                : asked.getRestOperationType() == null
                        ? "unknown"
                        : asked.getRestOperationType().getCode();
        var id = asked.getId() == null ? null : asked.getId().getIdPart();
        return writtenDown(
                isUnknownRoute(thrown)
                        ? unknownRoute()
                        : inOurWords(thrown, (byte[]) request.getAttribute(BodyGuard.BODY)),
                thrown,
                interaction,
                new EntryTarget(asked.getResourceName(), RequestForms.uuidOrNull(id)));
    }

    /** The same for a request without a body that HAPI has not seen. */
    public Refused inOurWords(Throwable thrown, String interaction, String type, @Nullable UUID id) {
        return writtenDown(inOurWords(thrown, null), thrown, interaction, new EntryTarget(type, id));
    }

    /** The same for one entry of a batch. */
    Refused inOurWords(RuntimeException thrown, Caller caller, EntryTarget about) {
        return writtenDown(inOurWords(thrown, null), thrown, caller, "batch", about);
    }

    private Refused writtenDown(Refused answer, Throwable thrown, String interaction, EntryTarget about) {
        return writtenDown(answer, thrown, Callers.known().orElse(null), interaction, about);
    }

    // Whoever was turned away stands in the audit too, once a request, and so does what failed here.
    private Refused writtenDown(
            Refused answer, Throwable thrown, @Nullable Caller caller, String interaction, EntryTarget about) {
        if (answer.getStatusCode() < HttpStatus.INTERNAL_SERVER_ERROR.value()) {
            refused(answer, caller, interaction, about);
        } else if (causes(thrown).noneMatch(FailureInterceptor::isUnavailable)) {
            // A database that does not answer writes nothing down either, and would keep the answer waiting again.
            try {
                refused(answer, caller, interaction, about);
            } catch (RuntimeException alsoFailed) {
                log.error("a failure could not be written into the audit", Wordless.of(alsoFailed));
            }
        }
        return answer;
    }

    private void refused(Refused answer, @Nullable Caller caller, String interaction, EntryTarget about) {
        chart.refused(
                caller,
                interaction,
                about.type(),
                about.id(),
                answer.issues().get(0).code());
    }

    private static boolean isUnknownRoute(Throwable thrown) {
        return thrown instanceof BaseServerResponseException
                && !(thrown instanceof Refused)
                && String.valueOf(thrown.getMessage()).contains("does not know how to handle");
    }

    private static Refused unknownRoute() {
        return new Refused(
                404,
                List.of(Issue.notSupported(
                        "request-invalid",
                        "There is no such interaction; the CapabilityStatement lists those there are.")));
    }

    private Refused inOurWords(Throwable thrown, byte @Nullable [] body) {
        var inTheBody = problems.read(thrown, body);
        if (inTheBody.isPresent()) {
            return inTheBody.get();
        }
        var refused = causes(thrown).filter(Refused.class::isInstance).findFirst();
        if (refused.isPresent()) {
            return (Refused) refused.get();
        }
        if (thrown instanceof BaseServerResponseException known && known.getStatusCode() < 500) {
            return ofHapi(known);
        }
        // HAPI lets it through where a parameter of an operation is no date or number.
        if (thrown instanceof DataFormatException) {
            return Refused.badRequest(
                    new Issue(IssueType.INVALID, "request-invalid", null, "A value has another form than its type."));
        }
        var number = UUID.randomUUID().toString();
        // HAPI wraps what a provider throws.
        var unavailable =
                causes(thrown).filter(FailureInterceptor::isUnavailable).findFirst();
        if (unavailable.isPresent()) {
            log.warn(
                    "error {}: the database did not answer: {}",
                    number,
                    unavailable.get().getClass().getSimpleName());
            return Refused.busy("The server is busy; try again. Error " + number);
        }
        log.error("error {}", number, Wordless.of(thrown));
        return new Refused(
                500,
                List.of(new Issue(
                        IssueType.EXCEPTION, "internal", null, "Something went wrong here. Error " + number)));
    }

    private static Stream<Throwable> causes(Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause);
    }

    private static boolean isUnavailable(Throwable cause) {
        return cause instanceof TransientDataAccessException
                || cause instanceof DataAccessResourceFailureException
                || cause instanceof CannotCreateTransactionException;
    }

    private static Refused ofHapi(BaseServerResponseException known) {
        var text = known.getMessage() == null
                ? ""
                : HAPI_NUMBER.matcher(known.getMessage()).replaceFirst("");
        var type = known instanceof ResourceNotFoundException
                ? IssueType.NOTFOUND
                : known instanceof MethodNotAllowedException ? IssueType.NOTSUPPORTED : IssueType.INVALID;
        return new Refused(known.getStatusCode(), List.of(new Issue(type, "request-invalid", null, Issue.echo(text))));
    }
}
