package org.tenderpoint.server;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.Parameters;
import org.springframework.stereotype.Component;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;

/** Refuses parameters that an operation does not declare: HAPI would leave them out without a word. */
@Component
@Interceptor
public class OperationParametersInterceptor {

    private static final Set<String> PRESENTATION = Set.of("_format", "_pretty", "_summary", "_elements");

    private final Map<String, Set<String>> declared = new HashMap<>();

    OperationParametersInterceptor(List<FhirProvider> providers) {
        for (var provider : providers) {
            for (var method : provider.getClass().getMethods()) {
                var operation = method.getAnnotation(Operation.class);
                if (operation != null) {
                    var names = declared.computeIfAbsent(operation.name(), name -> new TreeSet<>());
                    for (var parameter : method.getParameters()) {
                        var declaration = parameter.getAnnotation(OperationParam.class);
                        if (declaration != null) {
                            names.add(declaration.name());
                        }
                    }
                }
            }
        }
    }

    /** Looks at URL and body alike. */
    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED)
    public void check(RequestDetails request) {
        var names = declared.get(String.valueOf(request.getOperation()));
        if (names == null) {
            return;
        }
        var sent = new HashSet<>(request.getParameters().keySet());
        if (request.getResource() instanceof Parameters body) {
            body.getParameter().forEach(parameter -> sent.add(parameter.getName()));
        }
        sent.removeAll(PRESENTATION);
        sent.removeIf(name -> names.contains(name.split(":", 2)[0]));
        if (!sent.isEmpty()) {
            throw new Refused(
                    400,
                    sent.stream()
                            .sorted()
                            .map(name -> Issue.notSupported(
                                    "operation-parameter-unknown",
                                    "Parameter " + Issue.echo(name) + " is none of this operation; known: "
                                            + (names.isEmpty() ? "none" : String.join(", ", names)) + "."))
                            .toList());
        }
    }
}
