package org.tenderpoint.demo;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tenderpoint.access.Role;

/** The demonstration's registered clients. */
enum DemoClient {
    EHR("demo-ehr", Role.EHR, "north-family-medicine"),
    OTHER_EHR("demo-other-ehr", Role.EHR, "lakeside-orthopaedics"),
    CLINIC("demo-clinic", Role.CLINIC, "north-massage-clinic"),
    OTHER_CLINIC("demo-other-clinic", Role.CLINIC, "south-massage-clinic"),
    INSURER("demo-insurer", Role.INSURER, "evergreen-mutual"),
    OTHER_INSURER("demo-other-insurer", Role.INSURER, "harbor-health"),
    STATE_FUND("demo-state-fund", Role.INSURER, "cascade-state-fund"),
    VETERANS_CARE("demo-veterans-care", Role.INSURER, "veterans-care"),
    AUTO_INSURER("demo-auto-insurer", Role.INSURER, "cascade-auto");

    private final String id;
    private final Role role;
    private final String organization;

    DemoClient(String id, Role role, String organization) {
        this.id = id;
        this.role = role;
        this.organization = organization;
    }

    String id() {
        return id;
    }

    Role role() {
        return role;
    }

    /** Key of the organization that the client is bound to. */
    String organization() {
        return organization;
    }

    /** The client that acts for an organization. */
    static DemoClient of(String organization) {
        return Stream.of(values())
                .filter(client -> client.organization.equals(organization))
                .findFirst()
                .orElseThrow();
    }

    /** What the console says. */
    static String greeting(String server) {
        var clients = Stream.of(values())
                .map(client -> String.format(
                        Locale.ROOT,
                        "  %-18s %-8s %s",
                        client.id,
                        client.role.name().toLowerCase(Locale.ROOT),
                        client.organization))
                .collect(Collectors.joining("\n"));
        return """

                Tenderpoint shows itself with invented patients.
                FHIR R4: %s/fhir
                Clients (the secret of each is its id with -secret at the end):
                %s
                """
                .formatted(server, clients);
    }
}
