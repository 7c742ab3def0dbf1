package org.tenderpoint.delivery;

import ca.uhn.fhir.context.FhirContext;
import java.util.Map;
import org.hl7.fhir.r4.model.Endpoint;
import org.springframework.stereotype.Component;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Scopes;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.chart.Query;
import org.tenderpoint.chart.QueryReader;
import org.tenderpoint.chart.RecordTypes;
import org.tenderpoint.server.FhirJson;

/** Whether somebody may be notified at an address: an administrator has approved it for that organization. */
@Component
class ApprovedEndpoints {

    private static final String TYPE = "Endpoint";

    private final Chart chart;
    private final FhirContext fhir;

    ApprovedEndpoints(Chart chart, FhirContext fhir) {
        this.chart = chart;
        this.fhir = fhir;
    }

    /** Asked whenever something is about to be sent: an approval can be taken back. */
    boolean include(Caller owner, String address) {
        // The directory is open to all clients, whatever the token of one says of it; and nothing of it is shown here.
        var reader = new Caller(owner.clientId(), owner.role(), owner.organization(), Scopes.ALL_SYSTEM);
        var query = QueryReader.read(
                RecordTypes.require(TYPE),
                Map.of(
                        "organization", new String[] {"Organization/" + owner.organization()},
                        "status", new String[] {"active"},
                        "_count", new String[] {Integer.toString(Query.LARGEST_PAGE)}));
        return chart.matches(reader, query).stream()
                .map(stored -> (Endpoint) FhirJson.parse(fhir, stored.json()))
                .anyMatch(endpoint -> address.equals(endpoint.getAddress()));
    }
}
