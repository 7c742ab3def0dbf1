package org.tenderpoint.server;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Parameters;

/** The simple parameters of a request as text, whether they came in the URL or in a Parameters resource. */
public final class OperationInput {

    private OperationInput() {}

    /** Names and values, in the order in which they were sent. */
    public static Map<String, String[]> of(RequestDetails request) {
        if (!(request.getResource() instanceof Parameters parameters)) {
            return request.getParameters();
        }
        var values = new LinkedHashMap<String, List<String>>();
        for (var parameter : parameters.getParameter()) {
            if (parameter.getValue() != null && parameter.getValue().isPrimitive()) {
                values.computeIfAbsent(parameter.getName(), name -> new ArrayList<>())
                        .add(parameter.getValue().primitiveValue());
            }
        }
        var asInUrl = new LinkedHashMap<String, String[]>();
        values.forEach((name, list) -> asInUrl.put(name, list.toArray(String[]::new)));
        return asInUrl;
    }
}
