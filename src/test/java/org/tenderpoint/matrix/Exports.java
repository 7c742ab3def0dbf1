package org.tenderpoint.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.tenderpoint.testing.Client.Answer;
import org.tenderpoint.testing.Export;

/**
 * The exports of those who may make one, made before anything is asked.
 *
 * @param jobs paths by actor
 * @param files paths of a file of each, by actor
 */
record Exports(Seed seed, Map<String, String> jobs, Map<String, String> files) {

    /** What of P1 and P2 stands in a treatment summary by its id, although the insurer does not see it elsewhere. */
    static final List<String> NAMED_IN_SUMMARIES = List.of("En1", "O1");

    private static final Map<String, String> ORGANIZATIONS =
            Map.of("E1", "e1", "E2", "e2", "IA", "payer", "IB", "other-payer", "E1RO", "e1", "E1SV", "e1");

    static Exports of(Seed seed, Actors actors) {
        var exports = new Exports(seed, new LinkedHashMap<>(), new LinkedHashMap<>());
        ORGANIZATIONS.forEach((actor, organization) -> {
            var export = Export.begin(actors.client(actor), seed.id(organization), "");
            var manifest = export.manifest();
            exports.jobs.put(actor, export.job());
            exports.files.put(
                    actor,
                    Export.file(manifest, "output", "Observation")
                            .or(() -> Export.file(manifest, "output", "Bundle"))
                            .orElseThrow());
        });
        return exports;
    }

    /** A path with what an actor has exported, and what another one has. */
    String filled(String path, String actor) {
        var organization = ORGANIZATIONS.getOrDefault(actor, "e1");
        var other = actor.equals("E1") ? "E2" : "E1";
        return path.replace("{organization}", seed.id(organization))
                .replace("{other-organization}", seed.id(organization.equals("e2") ? "e1" : "e2"))
                .replace("{job}", known(jobs, jobs.containsKey(actor) ? actor : "E1"))
                .replace("{file}", known(files, files.containsKey(actor) ? actor : "E1"))
                .replace("{foreign-job}", known(jobs, other))
                .replace("{foreign-file}", known(files, other));
    }

    private static String known(Map<String, String> paths, String actor) {
        return Objects.requireNonNull(paths.get(actor));
    }

    /** The lines of a file; a treatment summary stands as the patient whom it is about. */
    static List<JsonNode> resources(Answer file) {
        return Export.lines(file).stream()
                .map(line -> line.path("type").asText().equals("document") ? patient(line) : line)
                .toList();
    }

    private static JsonNode patient(JsonNode document) {
        var subject = document.at("/entry/0/resource/subject/reference").asText();
        return JsonNodeFactory.instance.objectNode().put("id", subject.substring(subject.indexOf('/') + 1));
    }

    /** Whoever compares the tables of two moments wants nobody to be at work in between. */
    void awaitAll() {
        try (var connection = seed.server().bean(DataSource.class).getConnection();
                var statement = connection.createStatement()) {
            for (var working = true; working; ) {
                try (var rows = statement.executeQuery("select id from export_job where state = 'ACCEPTED'"
                        + " and next_attempt < current_timestamp + interval '5' minute")) {
                    working = rows.next();
                }
                if (working) {
                    Thread.sleep(50);
                }
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
