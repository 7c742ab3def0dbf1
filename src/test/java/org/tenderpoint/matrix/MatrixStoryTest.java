package org.tenderpoint.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.tenderpoint.chart.SettledAudit;
import org.tenderpoint.testing.Checksum;
import org.tenderpoint.testing.Client.Answer;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;

/**
 * The access matrix, cell by cell: the status, exactly what may be seen and nothing else, nothing written where it was
 * refused, and one row in the audit that says so.
 */
class MatrixStoryTest {

    private static final Set<String> NOT_SUCCESSFUL = Set.of("4");

    @EachDatabase
    void everyCellIsAnsweredAsTheMatrixSays(Database database) {
        var server = Server.on(database);
        var seed = Seed.in(server);
        var actors = new Actors(seed);
        var links = new HashMap<String, String>();
        links.put("next", next(actors.client("TA").get("/Patient?_count=1").expect(200)));
        links.put("payer-next", next(actors.client("IA").get("/Bundle?_count=1").expect(200)));
        var exports = Exports.of(seed, actors);
        var requests = new Requests(seed, actors, links, exports);
        var failures = new ArrayList<String>();

        for (var row : Cells.all()) {
            if (row.isGiven()) {
                happen(row.request(), seed, actors);
            } else {
                judge(row, seed, actors, requests, failures);
                exports.awaitAll();
            }
        }

        assertThat(failures).isEmpty();
    }

    @Test
    void theDocsPublishTheMatrixAsItIsTested() throws IOException {
        var documented = Files.readString(Path.of("docs/access-matrix.md"));
        var rows = Cells.all().stream().map(Cells::documented).toList();

        assertThat(documented.lines().filter(line -> line.startsWith("| ")).skip(1))
                .containsExactlyElementsOf(rows);
    }

    /** The refused first, so that one look at the database is enough to see that none of them has changed it. */
    private static void judge(Cells row, Seed seed, Actors actors, Requests requests, List<String> failures) {
        var source = seed.server().bean(DataSource.class);
        var refused = row.cells().keySet().stream()
                .filter(actor -> row.cells().get(actor).startsWith("4"))
                .toList();
        var before = refused.isEmpty() || row.request().startsWith("GET") ? null : Checksum.of(source);
        refused.forEach(actor -> judge(row, actor, seed, actors, requests, failures));
        if (before != null && !Checksum.of(source).equals(before)) {
            failures.add(row.row() + " " + row.operation() + ": something was written by one of " + refused);
        }
        row.cells().keySet().stream()
                .filter(actor -> !refused.contains(actor))
                .forEach(actor -> judge(row, actor, seed, actors, requests, failures));
    }

    private static void judge(
            Cells row, String actor, Seed seed, Actors actors, Requests requests, List<String> failures) {
        var expected = Objects.requireNonNull(row.cells().get(actor)).split(" ", 2);
        var sent = requests.of(row.request(), actor);
        actors.client(actor).prepare();
        var before = auditRows(seed);
        var answer = requests.send(sent, actor);
        var problems = new ArrayList<String>();
        if (answer.status() != Integer.parseInt(expected[0])) {
            problems.add("status " + answer.status());
        } else if (expected[0].startsWith("2")) {
            content(expected.length > 1 ? expected[1] : "", sent, answer, seed).ifPresent(problems::add);
        }
        var told = actors.hiddenFrom(actor).stream()
                .filter(name -> (answer.text() + answer.headers()).contains(seed.id(name)))
                .filter(name -> !(sent.path() + sent.body()).contains(seed.id(name)))
                // What a treatment summary is made from, it names.
                .filter(name -> !sent.path().endsWith("/Bundle.ndjson") || !Exports.NAMED_IN_SUMMARIES.contains(name))
                // The audit names patients, and is what a privacy officer reviews.
                .filter(name -> !actor.equals("PO") || !sent.path().matches("/AuditEvent/.*|.*/\\$ac.*"))
                .toList();
        if (!told.isEmpty()) {
            problems.add("tells of " + told);
        }
        var rows = auditRows(seed) - before;
        var wanted = answer.status() == 401 ? 1 : Integer.parseInt(row.audit());
        if (rows != wanted) {
            problems.add(rows + " rows in the audit");
        } else if (!row.request().contains(" batch")) {
            var outcome = lastOutcome(seed);
            var should = NOT_SUCCESSFUL.contains(expected[0].substring(0, 1)) ? "refused" : "success";
            if (!outcome.equals(should)) {
                problems.add("audit says " + outcome);
            }
        }
        if (!problems.isEmpty()) {
            failures.add(row.row() + " " + row.operation() + " by " + actor + " should be "
                    + String.join(" ", expected) + ": " + problems + " "
                    + answer.text().substring(0, Math.min(200, answer.text().length())));
        }
    }

    private static java.util.Optional<String> content(String expected, Requests.Sent sent, Answer answer, Seed seed) {
        if (expected.startsWith("=")) {
            var total = answer.json().path("total").asText();
            return total.equals(expected.substring(1))
                    ? java.util.Optional.empty()
                    : java.util.Optional.of("a total of " + total);
        }
        if (expected.contains("/")) {
            var statuses = new ArrayList<String>();
            answer.json()
                    .path("entry")
                    .forEach(entry ->
                            statuses.add(entry.at("/response/status").asText().substring(0, 3)));
            return String.join("/", statuses).equals(expected)
                    ? java.util.Optional.empty()
                    : java.util.Optional.of("entries " + statuses);
        }
        if (expected.isEmpty() && !sent.method().equals("GET")
                || sent.path().contains("_cursor")
                || sent.path().contains("$treatment")) {
            return java.util.Optional.empty();
        }
        var names = seed.ids().entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
        var found = new TreeSet<String>();
        for (var resource : resources(answer)) {
            var name = names.get(resource.path("id").asText());
            if (name != null) {
                found.add(name);
            }
        }
        found.removeAll(List.of("north", "south", "e1", "e2", "payer", "other-payer"));
        var wanted = new TreeSet<>(expected.isEmpty() ? List.of() : List.of(expected.split(" ")));
        return found.equals(wanted) ? java.util.Optional.empty() : java.util.Optional.of("holds " + found);
    }

    private static List<JsonNode> resources(Answer whole) {
        if (whole.headers().firstValue("Content-Type").orElse("").contains("ndjson")) {
            return Exports.resources(whole);
        }
        var answer = whole.json();
        var type = answer.path("type").asText();
        if (!answer.path("resourceType").asText().equals("Bundle") || type.equals("document")) {
            return List.of(answer);
        }
        var resources = new ArrayList<JsonNode>();
        answer.path("entry").forEach(entry -> resources.add(entry.path("resource")));
        return resources;
    }

    private static void happen(String what, Seed seed, Actors actors) {
        if (what.equals("withdraw")) {
            var body = Bodies.withId(
                    Bodies.consent("Patient/" + seed.id("P1"), seed.id("payer"), "inactive"), seed.id("K1"));
            actors.client("TA").put("/Consent/" + seed.id("K1"), body, Map.of()).expect(200);
            return;
        }
        var closed = Bodies.withId(
                Bodies.referral("Patient/" + seed.id("P1"), seed.id("e1")).replace("\"active\"", "\"completed\""),
                seed.id("SR1"));
        actors.client("E1")
                .put("/ServiceRequest/" + seed.id("SR1"), closed, Map.of())
                .expect(200);
        // The time of grace is over: nobody waits for ninety days here.
        seed.execute("update access_grant set valid_to = current_timestamp where role = 'EHR' and resource_pk is null"
                + " and patient_pk = (select pk from resource where fhir_id = '" + seed.id("P1") + "')");
    }

    private static String next(Answer answer) {
        for (var link : answer.json().path("link")) {
            if (link.path("relation").asText().equals("next")) {
                var url = link.path("url").asText();
                return url.substring(url.indexOf("/fhir/") + "/fhir".length());
            }
        }
        throw new AssertionError("no next page: " + answer.text());
    }

    private static long auditRows(Seed seed) {
        return Long.parseLong(ask(seed, "select cast(count(*) as varchar) from audit"));
    }

    private static String lastOutcome(Seed seed) {
        return ask(
                seed, "select outcome from audit where recorded = (select max(recorded) from audit) order by id desc");
    }

    private static String ask(Seed seed, String question) {
        SettledAudit.of(seed.server());
        try (var connection = seed.server().bean(DataSource.class).getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(question)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
