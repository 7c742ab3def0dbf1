package org.tenderpoint.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;
import java.util.function.BiFunction;
import org.hl7.fhir.r4.model.Endpoint;
import org.tenderpoint.access.Caller;
import org.tenderpoint.admin.AdminActs.Impossible;
import org.tenderpoint.endpoint.EndpointApprovals;
import org.tenderpoint.issue.Refused;

/** The acts of an administrator on Endpoints that wait, the same by command, over HTTP and on the page. */
final class EndpointActs {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final EndpointApprovals approvals;

    EndpointActs(EndpointApprovals approvals) {
        this.approvals = approvals;
    }

    /** Those that wait. */
    JsonNode list(Caller caller) {
        var all = JSON.createArrayNode();
        approvals.waiting(caller).forEach(endpoint -> all.add(shown(endpoint)));
        return all;
    }

    /** @throws Impossible where there is none with that id, or it does not wait, or its host is one of inside */
    ObjectNode approve(Caller caller, String id) {
        return decided(caller, id, approvals::approve);
    }

    /** @throws Impossible where there is none with that id, or it does not wait */
    ObjectNode refuse(Caller caller, String id) {
        return decided(caller, id, approvals::refuse);
    }

    private static ObjectNode decided(Caller caller, String id, BiFunction<Caller, UUID, Endpoint> decision) {
        try {
            return shown(decision.apply(caller, UUID.fromString(id)));
        } catch (IllegalArgumentException otherForm) {
            throw new Impossible("this needs the id of an Endpoint");
        } catch (Refused refused) {
            throw new Impossible(refused.issues().get(0).diagnostics());
        }
    }

    private static ObjectNode shown(Endpoint endpoint) {
        return JSON.createObjectNode()
                .put("endpoint", endpoint.getIdElement().getIdPart())
                .put("status", endpoint.getStatus().toCode())
                .put("name", endpoint.getName())
                .put("organization", endpoint.getManagingOrganization().getReference())
                .put("address", endpoint.getAddress());
    }
}
