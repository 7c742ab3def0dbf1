package org.tenderpoint.smart;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.tenderpoint.access.Role;
import org.tenderpoint.identity.Client;

/** Clients for the tests of this room. */
final class Registered {

    static final String SECRET = "{bcrypt}$2a$10$l.oa1lvIbJf/7rOKSUgnAezhacimxOnB3kxZpsqKvE9zPendu5bMa";

    private Registered() {}

    static Client ehr() {
        return Client.system(
                "an-ehr", SECRET, Role.EHR, "https://example.org/organization|north", List.of("system/*.cruds"));
    }

    static Client administrator() {
        return Client.system("an-admin", SECRET, Role.ADMINISTRATOR, "", List.of("system/*.cruds"));
    }

    static Client app() {
        return new Client(
                "an-app",
                "",
                null,
                "",
                List.of("user/*.rs", "patient/*.rs"),
                "",
                "",
                "",
                List.of("https://app.example.org/back"),
                "",
                false);
    }

    static ClientRegistry registry(Client... clients) {
        return new ClientRegistry(
                id -> Stream.of(clients)
                        .filter(client -> client.id().equals(id))
                        .findFirst(),
                Duration.ofMinutes(5));
    }
}
