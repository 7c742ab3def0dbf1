package org.tenderpoint.smart;

import java.time.Duration;
import java.util.List;
import org.tenderpoint.access.Role;

/** Clients for the tests of this room. */
final class Registered {

    static final String SECRET = "{bcrypt}$2a$10$l.oa1lvIbJf/7rOKSUgnAezhacimxOnB3kxZpsqKvE9zPendu5bMa";

    private Registered() {}

    static SmartProperties.Client ehr() {
        return new SmartProperties.Client(
                "an-ehr", SECRET, Role.EHR, "https://example.org/organization|north", List.of("system/*.cruds"));
    }

    static SmartProperties.Client administrator() {
        return new SmartProperties.Client("an-admin", SECRET, Role.ADMINISTRATOR, "", List.of("system/*.cruds"));
    }

    static ClientRegistry registry(SmartProperties.Client... clients) {
        return new ClientRegistry(new SmartProperties(Duration.ofMinutes(5), List.of(clients)));
    }
}
