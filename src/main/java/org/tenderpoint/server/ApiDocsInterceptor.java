package org.tenderpoint.server;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.OperationDefinition;
import org.springframework.stereotype.Component;

/** Answers {@code GET /fhir/api-docs} for callers: the API in OpenAPI 3. The filter chain has refused everybody else. */
@Component
@Interceptor
public class ApiDocsInterceptor {

    private static final String PATH = "api-docs";

    /** Returns false where the request has been answered here. */
    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLER_SELECTED)
    public boolean answer(ServletRequestDetails request, HttpServletRequest http, HttpServletResponse response)
            throws IOException {
        if (!PATH.equals(request.getRequestPath()) || !"GET".equals(http.getMethod())) {
            return true;
        }
        Callers.current();
        var capability = (Capability) ((FhirServer) request.getServer()).getServerConformanceProvider();
        var statement = (CapabilityStatement) capability.getServerConformance(http, request);
        var document = ApiDocs.of(
                statement,
                request.getFhirServerBase(),
                canonical -> (OperationDefinition) capability.readOperationDefinition(
                        new IdType("OperationDefinition", canonical.substring(canonical.lastIndexOf('/') + 1)),
                        request));
        var json = document.toString().getBytes(StandardCharsets.UTF_8);
        response.setContentType("application/json;charset=UTF-8");
        response.setContentLength(json.length);
        response.getOutputStream().write(json);
        return false;
    }
}
