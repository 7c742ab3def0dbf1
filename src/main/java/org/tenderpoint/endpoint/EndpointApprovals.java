package org.tenderpoint.endpoint;

import ca.uhn.fhir.context.FhirContext;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.Endpoint;
import org.hl7.fhir.r4.model.Endpoint.EndpointStatus;
import org.springframework.stereotype.Component;
import org.tenderpoint.access.AccessRule;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Interaction;
import org.tenderpoint.chart.Change;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.chart.Query;
import org.tenderpoint.chart.QueryReader;
import org.tenderpoint.chart.RecordTypes;
import org.tenderpoint.chart.Stored;
import org.tenderpoint.guard.PublicAddress;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;
import org.tenderpoint.server.FhirJson;

/**
 * The Endpoints that wait for an administrator, and what she says to each. One that waits has the status {@code test};
 * approved, it is {@code active}, and refused, {@code off}. Its client cannot change it in between, so what is approved is
 * what was looked at.
 */
@Component
public class EndpointApprovals {

    private static final String TYPE = "Endpoint";

    private final Chart chart;
    private final FhirContext fhir;

    public EndpointApprovals(Chart chart, FhirContext fhir) {
        this.chart = chart;
        this.fhir = fhir;
    }

    /** Those that wait, oldest change first. */
    public List<Endpoint> waiting(Caller caller) {
        var asked = new HashMap<String, String[]>();
        asked.put("status", new String[] {EndpointStatus.TEST.toCode()});
        asked.put("_sort", new String[] {"_lastUpdated"});
        asked.put("_count", new String[] {Integer.toString(Query.LARGEST_PAGE)});
        var found = new ArrayList<Endpoint>();
        for (var more = true; more; ) {
            var page = chart.search(caller, QueryReader.read(RecordTypes.require(TYPE), asked));
            page.matches().forEach(stored -> found.add(parsed(stored)));
            page.next().ifPresent(cursor -> asked.put("_cursor", new String[] {cursor}));
            more = page.next().isPresent();
        }
        return found;
    }

    /**
     * From here on it is active.
     *
     * @throws Refused 403 for whoever keeps no directory, 404 where there is none, 422 where it does not wait, or its host
     *     is one of inside
     */
    public Endpoint approve(Caller caller, UUID id) {
        return decide(caller, id, EndpointStatus.ACTIVE);
    }

    /**
     * It is not to be used.
     *
     * @throws Refused as {@link #approve}
     */
    public Endpoint refuse(Caller caller, UUID id) {
        return decide(caller, id, EndpointStatus.OFF);
    }

    private Endpoint decide(Caller caller, UUID id, EndpointStatus status) {
        AccessRule.require(caller, Interaction.UPDATE, TYPE);
        var standing = chart.standing(caller, TYPE, id);
        var endpoint = parsed(standing);
        if (endpoint.getStatus() != EndpointStatus.TEST) {
            throw refused("endpoint-decided", "Endpoint.status", "This Endpoint does not wait for an approval.");
        }
        if (status == EndpointStatus.ACTIVE && PublicAddress.isKnownInside(host(endpoint))) {
            throw refused("endpoint-address", "Endpoint.address", "The host of this address is found inside of here.");
        }
        endpoint.setStatus(status);
        chart.commit(Change.by(caller)
                .because(status == EndpointStatus.ACTIVE ? "endpoint approved" : "endpoint refused")
                .add(new Change.Update(id, endpoint, null, standing.version(), TYPE)));
        return endpoint;
    }

    /** An administrator may have written it herself, in any form. */
    private static String host(Endpoint endpoint) {
        try {
            var host = URI.create(String.valueOf(endpoint.getAddress())).getHost();
            return host == null ? "localhost" : host;
        } catch (IllegalArgumentException none) {
            return "localhost";
        }
    }

    private Endpoint parsed(Stored stored) {
        return (Endpoint) FhirJson.parse(fhir, stored.json());
    }

    private static Refused refused(String code, String expression, String diagnostics) {
        return Refused.unprocessable(List.of(Issue.value(code, expression, diagnostics)));
    }
}
