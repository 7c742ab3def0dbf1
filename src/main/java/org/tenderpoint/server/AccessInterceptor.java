package org.tenderpoint.server;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.Objects;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.tenderpoint.access.AccessRule;
import org.tenderpoint.access.Interaction;
import org.tenderpoint.issue.Refused;

/**
 * Asks {@link AccessRule} about every request before anything of it is read but its URL, and again about what goes out.
 * The doors of the chart ask the same; this is for the endpoint that somebody adds and that asks nobody. What it does not
 * know is refused.
 */
@Component
@Interceptor
public class AccessInterceptor {

    private static final Logger log = LoggerFactory.getLogger(AccessInterceptor.class);

    /** What describes the server or an answer, and nobody's record. */
    private static final Set<String> OF_EVERYBODY = Set.of("OperationDefinition", "OperationOutcome");

    /** Throws 403 where no rule covers the interaction or the operation. */
    @Hook(Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED)
    public void admit(ServletRequestDetails request) {
        var kind = request.getRestOperationType();
        var type = String.valueOf(request.getResourceName());
        switch (kind) {
            // Everybody's, and asked for each entry by those who carry it out.
            case METADATA, TRANSACTION -> {}
            case EXTENDED_OPERATION_SERVER, EXTENDED_OPERATION_TYPE, EXTENDED_OPERATION_INSTANCE ->
                requireOperation(request.getOperation());
            case READ -> {
                if (!OF_EVERYBODY.contains(type)) {
                    require(Interaction.READ, type);
                }
            }
            case VREAD -> require(Interaction.VREAD, type);
            case SEARCH_TYPE -> require(Interaction.SEARCH, type);
            case HISTORY_INSTANCE -> require(Interaction.HISTORY, type);
            case CREATE -> require(Interaction.CREATE, type);
            case UPDATE, PATCH -> require(Interaction.UPDATE, type);
            // Whoever keeps what is never deleted is told what to do instead.
            case DELETE ->
                require(AccessRule.isOffered(Interaction.DELETE, type) ? Interaction.DELETE : Interaction.UPDATE, type);
            default -> throw defect("no rule is about " + kind);
        }
    }

    /** Throws 403 where a resource goes out whose type the caller's role does not see. */
    @Hook(Pointcut.SERVER_OUTGOING_RESPONSE)
    public void release(RequestDetails request, IBaseResource answer) {
        var kind = request.getRestOperationType();
        if (kind == RestOperationTypeEnum.READ || kind == RestOperationTypeEnum.VREAD) {
            requireSeen(answer.fhirType());
        } else if (kind == RestOperationTypeEnum.SEARCH_TYPE || kind == RestOperationTypeEnum.HISTORY_INSTANCE) {
            ((Bundle) answer)
                    .getEntry().stream()
                            .map(Bundle.BundleEntryComponent::getResource)
                            .filter(Objects::nonNull)
                            .forEach(resource -> requireSeen(resource.fhirType()));
        }
    }

    private static void requireOperation(String operation) {
        var caller = Callers.current();
        if (!AccessRule.isRefusedByTheRecord(caller.role(), operation)) {
            AccessRule.requireOperation(caller, operation);
        }
    }

    private static void require(Interaction interaction, String type) {
        AccessRule.require(Callers.current(), interaction, type);
    }

    private static void requireSeen(String type) {
        if (!OF_EVERYBODY.contains(type)
                && !AccessRule.isSeenBy(Callers.current().role(), type)) {
            throw defect(type + " was about to be shown to " + Callers.current().role());
        }
    }

    private static Refused defect(String what) {
        log.error("refused at the last gate: {}", what);
        return Refused.forbidden("This client's role does not cover what was asked.");
    }
}
