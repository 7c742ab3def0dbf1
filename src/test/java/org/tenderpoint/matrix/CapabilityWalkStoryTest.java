package org.tenderpoint.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.tenderpoint.access.AccessRule;
import org.tenderpoint.access.Interaction;
import org.tenderpoint.access.Role;
import org.tenderpoint.testing.Client;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;
import org.tenderpoint.testing.TokenHolder;

/**
 * A walk over all that the CapabilityStatement offers, as somebody of each role: what a rule gives is not refused, what no
 * rule gives is 403 before anything else is said, and nothing is offered that nobody has.
 */
class CapabilityWalkStoryTest {

    private static final String PARAMETERS = "{\"resourceType\":\"Parameters\"}";

    private final List<String> problems = new ArrayList<>();
    private int asked;

    @EachDatabase
    void everyTypeInteractionAndOperationHasARuleForEachRole(Database database) {
        var server = Server.on(database);
        Seed.organizations(server, Seed.ORGANIZED);
        var actors = actors(server);
        assertThat(actors.keySet()).containsExactlyInAnyOrder(Role.values());
        var rest = server.anonymous().get("/metadata").expect(200).json().at("/rest/0");

        for (var resource : rest.path("resource")) {
            var type = resource.path("type").asText();
            // How an operation is defined says nothing of anybody.
            if (!type.equals("OperationDefinition")) {
                resource.path("interaction")
                        .forEach(one -> walk(actors, type, one.path("code").asText()));
            }
        }
        operations(rest).forEach((operation, type) -> walkOperation(actors, operation, type));
        for (var interaction : rest.path("interaction")) {
            assertThat(interaction.path("code").asText())
                    .as("of the whole server")
                    .isIn("transaction", "batch");
        }

        assertThat(problems).isEmpty();
        assertThat(asked).isGreaterThan(1_000);
        assertThat(operations(rest).keySet()).containsExactlyInAnyOrderElementsOf(AccessRule.operations());
    }

    private static Map<Role, Client> actors(Server server) {
        return Map.of(
                Role.CLINIC, server.as("north"),
                Role.EHR, server.as("e1"),
                Role.INSURER, server.as("payer"),
                Role.ADMINISTRATOR, server.as("admin"),
                Role.PATIENT, server.as(TokenHolder.patient(UUID.randomUUID().toString(), "patient/*.cruds")),
                Role.PRIVACY_OFFICER,
                        server.as(new TokenHolder(
                                TokenHolder.APP, "Practitioner/po", "PRIVACY_OFFICER", null, null, "user/*.cruds")));
    }

    private void walk(Map<Role, Client> actors, String type, String code) {
        var interaction = interaction(code);
        if (interaction.isEmpty()) {
            problems.add("no rule is about " + code + " of " + type);
            return;
        }
        if (!AccessRule.isOffered(interaction.get(), type)) {
            problems.add(code + " of " + type + " is offered and nobody has it");
        }
        actors.forEach((role, client) -> {
            var permitted = isPermitted(role, interaction.get(), type);
            // What may be created would be; the matrix creates.
            if (!permitted || !code.equals("create")) {
                judge(role + " " + code + " " + type, send(client, code, type), permitted);
            }
        });
    }

    private static boolean isPermitted(Role role, Interaction interaction, String type) {
        return AccessRule.ALL.stream()
                .anyMatch(rule -> rule.role() == role
                        && rule.types().contains(type)
                        && rule.interactions().contains(interaction));
    }

    private static Optional<Interaction> interaction(String code) {
        return switch (code) {
            case "read" -> Optional.of(Interaction.READ);
            case "vread" -> Optional.of(Interaction.VREAD);
            case "search-type" -> Optional.of(Interaction.SEARCH);
            case "history-instance" -> Optional.of(Interaction.HISTORY);
            case "create" -> Optional.of(Interaction.CREATE);
            case "update", "patch" -> Optional.of(Interaction.UPDATE);
            case "delete" -> Optional.of(Interaction.DELETE);
            default -> Optional.empty();
        };
    }

    private static Client.Answer send(Client client, String code, String type) {
        var id = UUID.randomUUID().toString();
        var one = "/" + type + "/" + id;
        return switch (code) {
            case "read" -> client.get(one);
            case "vread" -> client.get(one + "/_history/1");
            case "search-type" -> client.get("/" + type + "?_count=0");
            case "history-instance" -> client.get(one + "/_history");
            case "create" -> client.post("/" + type, "{\"resourceType\":\"" + type + "\"}");
            case "update" -> client.put(one, "{\"resourceType\":\"" + type + "\",\"id\":\"" + id + "\"}", Map.of());
            case "patch" -> client.send("PATCH", one, "[]", Map.of("Content-Type", "application/json-patch+json"));
            default -> client.delete(one);
        };
    }

    private void walkOperation(Map<Role, Client> actors, String operation, String type) {
        actors.forEach((role, client) -> {
            var permitted = AccessRule.has(role, operation);
            var answers = List.of(
                    client.post("/" + type + "/" + operation, PARAMETERS),
                    client.post("/" + type + "/" + UUID.randomUUID() + "/" + operation, PARAMETERS));
            // An operation is of a type or of a resource; the other one of the two is not there.
            var answer = answers.stream()
                    .filter(one -> one.status() != 404 || !one.text().contains("\"request-invalid\""))
                    .findFirst();
            if (answer.isEmpty()) {
                problems.add(operation + " of " + type + " is not there");
            } else if (AccessRule.isRefusedByTheRecord(role, operation)) {
                assertThat(answer.get().status()).as(role + " " + operation).isEqualTo(404);
            } else {
                judge(role + " " + operation + " " + type, answer.get(), permitted);
            }
        });
    }

    private void judge(String what, Client.Answer answer, boolean permitted) {
        asked++;
        if ((answer.status() == 403) == permitted || answer.status() >= 500) {
            problems.add(what + (permitted ? " has a rule" : " has no rule") + " and is answered " + answer.status()
                    + " "
                    + answer.text().substring(0, Math.min(200, answer.text().length())));
        }
    }

    /** Operations and a type that each is asked of. */
    private static Map<String, String> operations(JsonNode rest) {
        var operations = new LinkedHashMap<String, String>();
        for (var resource : rest.path("resource")) {
            for (var operation : resource.path("operation")) {
                operations.putIfAbsent(
                        "$" + operation.path("name").asText(),
                        resource.path("type").asText());
            }
        }
        return operations;
    }
}
