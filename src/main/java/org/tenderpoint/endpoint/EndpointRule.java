package org.tenderpoint.endpoint;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.hl7.fhir.r4.model.Endpoint;
import org.hl7.fhir.r4.model.Endpoint.EndpointStatus;
import org.hl7.fhir.r4.model.Reference;
import org.springframework.stereotype.Component;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Role;
import org.tenderpoint.guard.PublicAddress;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;
import org.tenderpoint.server.WriteRule;

/**
 * What a client may say about where it wants to be notified: in its own name, at an address of the world, and as long as
 * nobody has approved it, as no more than a wish. The directory is everybody's to read, so it holds no credentials.
 */
@Component
class EndpointRule implements WriteRule {

    /** @throws Refused 403 for an Endpoint of another organization */
    @Override
    public List<Issue> check(Write write) {
        if (!(write.resource() instanceof Endpoint endpoint)) {
            return List.of();
        }
        var issues = new ArrayList<Issue>();
        if (endpoint.hasHeader()) {
            issues.add(Issue.value(
                    "endpoint-header",
                    write.path() + ".header",
                    "An Endpoint has no header: every registered client reads it. Agree on credentials with the"
                            + " administrator."));
        }
        if (!write.caller().is(Role.ADMINISTRATOR)) {
            requireOwn(write, endpoint.getManagingOrganization(), issues);
            asked(write.path(), endpoint, issues);
        }
        return issues;
    }

    private static void requireOwn(Write write, Reference organization, List<Issue> issues) {
        var element = write.path() + ".managingOrganization";
        if (!organization.hasReference()) {
            issues.add(
                    Issue.required(
                            "endpoint-organization",
                            element,
                            "An Endpoint names whose it is: managingOrganization is a reference to your Organization, by its id."));
        } else if (!isOwn(write.caller(), organization)) {
            throw Refused.forbidden(
                    "An Endpoint is registered in the sender's own name: " + element + " is another organization.");
        } else if (organization.hasIdentifier()) {
            // Who reads the directory might go by it, and it may be another's.
            issues.add(Issue.value(
                    "endpoint-organization",
                    element + ".identifier",
                    "The reference says whose the Endpoint is; leave the identifier beside it out."));
        }
    }

    private static boolean isOwn(Caller caller, Reference organization) {
        return ("Organization/" + Objects.requireNonNull(caller.organization())).equals(organization.getReference());
    }

    private static void asked(String path, Endpoint endpoint, List<Issue> issues) {
        if (endpoint.getStatus() != EndpointStatus.TEST) {
            issues.add(Issue.value(
                    "endpoint-status",
                    path + ".status",
                    "An Endpoint is registered with the status test; it becomes active when an administrator approves"
                            + " its address."));
        }
        if (!isPublic(endpoint.getAddress())) {
            issues.add(Issue.value(
                    "endpoint-address",
                    path + ".address",
                    "The address of an Endpoint is an https URL of a host that the world can reach, without user,"
                            + " password, query and fragment."));
        }
    }

    private static boolean isPublic(String address) {
        try {
            return address != null && PublicAddress.isNamedBy(URI.create(address));
        } catch (IllegalArgumentException none) {
            return false;
        }
    }
}
