package org.tenderpoint.server;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.List;
import org.springframework.stereotype.Component;
import org.tenderpoint.chart.RecordTypes;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;

/** Turns {@code Patient/123/Observation} into the search for Observation that it is, in that patient's compartment. */
@Component
@Interceptor
public class CompartmentInterceptor {

    /** Rewrites the request before HAPI looks for the method that answers it. */
    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLER_SELECTED)
    public void route(ServletRequestDetails request) {
        var type = request.getCompartmentName();
        if (type == null || !"Patient".equals(request.getResourceName()) || request.getOperation() != null) {
            return;
        }
        if (request.getRequestType() != RequestTypeEnum.GET) {
            throw new Refused(405, List.of(Issue.notSupported("compartment-invalid", "A compartment is read by GET.")));
        }
        if (!RecordTypes.require(type).isInCompartments()) {
            throw Refused.badRequest(Issue.notSupported(
                    "compartment-invalid", Issue.echo(type) + " belongs to no patient; search it without one."));
        }
        request.getUserData()
                .put(
                        SearchRequest.COMPARTMENT,
                        RequestForms.uuid(request.getId().getIdPart()));
        request.setId(null);
        request.setCompartmentName(null);
        request.setResourceName(type);
    }
}
