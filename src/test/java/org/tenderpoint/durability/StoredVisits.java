package org.tenderpoint.durability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.tenderpoint.testing.Client;

/** Holds what a server finds and shows against what its clients wrote into their {@link Journal}. */
final class StoredVisits {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Client clinic;

    StoredVisits(Client clinic) {
        this.clinic = clinic;
    }

    /** @return how many visits are stored */
    int check(Journal journal) throws InterruptedException {
        var threads = Executors.newFixedThreadPool(4);
        try {
            var checks = new ArrayList<Callable<Boolean>>();
            journal.lines().forEach((number, line) -> checks.add(() -> isStored(number, line)));
            var stored = 0;
            for (var checked : threads.invokeAll(checks)) {
                stored += checked.get() ? 1 : 0;
            }
            return stored;
        } catch (ExecutionException failed) {
            throw new AssertionError(failed.getCause().getMessage(), failed.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private boolean isStored(String number, Journal.Line line) throws JsonProcessingException {
        var found = new ArrayList<ObjectNode>();
        clinic.get("/Encounter?identifier=" + Practice.VISIT_NUMBERS + "|" + number
                        + "&_revinclude=Observation:encounter&_revinclude=Procedure:encounter")
                .expect(200)
                .json()
                .path("entry")
                .forEach(entry -> found.add((ObjectNode) entry.path("resource")));
        if (line.told().isEmpty() && found.isEmpty()) {
            return false;
        }
        assertThat(found).as("resources of %s", number).hasSize(7);
        assertThat(found)
                .as("versions of %s", number)
                .extracting(resource -> resource.at("/meta/versionId").asText())
                .containsOnly("1");
        var ids = found.stream()
                .map(resource -> resource.path("resourceType").asText() + "/"
                        + resource.path("id").asText())
                .toList();
        line.told()
                .ifPresent(told -> assertThat(ids).as("ids of %s", number).containsExactlyInAnyOrderElementsOf(told));
        var visit = ids.stream()
                .filter(id -> id.startsWith("Encounter/"))
                .findFirst()
                .orElseThrow();
        assertThat(content(found)).as("content of %s", number).isEqualTo(sent(line.sent(), visit));
        return true;
    }

    private static Set<JsonNode> content(List<ObjectNode> found) {
        var content = new HashSet<JsonNode>();
        found.forEach(resource -> content.add(resource.deepCopy().without(List.of("id", "meta"))));
        return content;
    }

    private static Set<JsonNode> sent(String bundle, String visit) throws JsonProcessingException {
        var entries = JSON.readTree(bundle).path("entry");
        var urn = entries.get(0).path("fullUrl").asText();
        var content = new HashSet<JsonNode>();
        JSON.readTree(bundle.replace("\"reference\": \"" + urn + "\"", "\"reference\": \"" + visit + "\""))
                .path("entry")
                .forEach(entry -> content.add(entry.path("resource")));
        return content;
    }
}
