package org.tenderpoint.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.tenderpoint.testing.Checksum;
import org.tenderpoint.testing.Client;
import org.tenderpoint.testing.Client.Answer;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;

/**
 * Bad input gets a 4xx within two seconds, an OperationOutcome that names the element, and changes nothing. One row a
 * case, in the table that the docs publish.
 */
class BadInputStoryTest {

    private static final Pattern INTERNALS =
            Pattern.compile("(?i)exception|org\\.tenderpoint|ca\\.uhn|java\\.|select |insert |HAPI-\\d|stack");

    private static final Duration LONGEST = Duration.ofSeconds(2);

    @EachDatabase
    void badInputIsRefusedByNameAndChangesNothing(Database database) {
        var server = Server.on(database);
        var walk = new Walk(server);
        var sent = walk.refer();
        var observation = Walk.references(
                        walk.record(sent, "first-visit.json").expect(200).json())
                .stream()
                .filter(reference -> reference.startsWith("Observation/"))
                .findFirst()
                .orElseThrow();
        var there = new HashMap<String, String>();
        there.put("patient", sent.patient());
        there.put("referral", sent.referral());
        there.put("observation", observation);
        there.put("id", observation.substring("Observation/".length()));
        there.put("visit.json", Walk.about(sent, "first-visit.json"));
        there.put("referral.json", new Walk(server).referralBundle());
        there.put("again.json", walk.referralBundle());
        var before = Checksum.of(server.bean(DataSource.class));
        var failures = new ArrayList<String>();

        for (var bad : BadInput.all()) {
            judge(server.as(bad.by()), bad, there, failures);
        }

        assertThat(failures).isEmpty();
        assertThat(Checksum.of(server.bean(DataSource.class))).isEqualTo(before);
        server.as("demo-clinic").get("/" + observation).expect(200);
    }

    @EachDatabase
    void whatLooksBadAndIsNotIsTaken(Database database) {
        var server = Server.on(database);
        var clinic = server.as("demo-clinic");
        var deepest = "{\"resourceType\":\"Patient\",\"extension\":[" + "{\"url\":\"urn:x\",\"extension\":[".repeat(30)
                + "{\"url\":\"urn:x\",\"valueString\":\"x\"}" + "]}".repeat(30) + "]}";
        var strange = Map.of("Prefer", "return=everything; colour=red, respond-async;;");

        // B23: 63 levels; the next extension is refused, as the table says.
        clinic.post("/Patient", deepest).expect(201);
        // B88: a preference that nobody knows is no mistake (RFC 7240, section 2).
        clinic.send("POST", "/Patient", "{\"resourceType\":\"Patient\"}", strange)
                .expect(201);
    }

    @EachDatabase
    void theServersOwnMetadataIsNotTheClients(Database database) {
        var clinic = Server.on(database).as("demo-clinic");
        var patient = clinic.post("/Patient", "{\"resourceType\":\"Patient\"}")
                .expect(201)
                .reference();
        var id = patient.substring("Patient/".length());
        var sent =
                """
                {"resourceType":"Patient","id":"%s","meta":{"versionId":"77","lastUpdated":"1999-01-01T00:00:00Z"}}"""
                        .formatted(id);

        clinic.put("/" + patient, sent, Map.of()).expect(200);

        var meta = clinic.get("/" + patient).expect(200).json().path("meta");
        assertThat(meta.path("versionId").asText()).isEqualTo("2");
        assertThat(Instant.parse(meta.path("lastUpdated").asText()))
                .isAfter(Instant.now().minusSeconds(600));
    }

    @EachDatabase
    void aLabelOfConfidentialityIsNotTakenOffByLeavingItAway(Database database) {
        var server = Server.on(database);
        var patient = new Walk(server).refer().patient();
        var clinic = server.as("demo-clinic");
        var remark =
                """
                {"resourceType":"Observation",%s"status":"final","code":{"text":"Remark"},\
                "subject":{"reference":"%s"},"valueString":"x"}""";
        var label = "\"meta\":{\"security\":[{\"system\":\"http://terminology.hl7.org/CodeSystem/v3-Confidentiality\","
                + "\"code\":\"R\"}]},";
        var open = clinic.post("/Observation", remark.formatted("", patient))
                .expect(201)
                .reference();
        var written = clinic.post("/Observation", remark.formatted(label, patient))
                .expect(201)
                .reference();

        var id = "\"id\":\"" + written.substring("Observation/".length()) + "\",";
        clinic.put("/" + written, remark.formatted(id, patient), Map.of()).expect(200);

        server.as("demo-ehr").get("/" + open).expect(200);
        server.as("demo-ehr").get("/" + written).expect(404);
    }

    @Test
    void theDocsPublishTheTableAsItIsTested() throws IOException {
        var documented = Files.readString(Path.of("docs/bad-input.md"));
        var rows = BadInput.all().stream().map(BadInput::documented).toList();

        assertThat(documented.lines().filter(line -> line.startsWith("| ")).skip(1))
                .containsExactlyElementsOf(rows);
    }

    private static void judge(Client client, BadInput bad, Map<String, String> there, List<String> failures) {
        var start = Instant.now();
        var answer = send(client, bad, there);
        var took = Duration.between(start, Instant.now());
        if (took.compareTo(LONGEST) > 0) {
            // Once may be the machine's doing; a bomb is slow every time.
            start = Instant.now();
            send(client, bad, there);
            took = Duration.between(start, Instant.now());
        }
        var problems = new ArrayList<String>();
        if (answer.status() != bad.status()) {
            problems.add("status " + answer.status() + " instead of " + bad.status());
        }
        if (!answer.text().contains("\"resourceType\":\"OperationOutcome\"")) {
            problems.add("no OperationOutcome");
        } else {
            var code = answer.json().at("/issue/0/code").asText();
            if (!code.equals(bad.code())) {
                problems.add("code " + code + " instead of " + bad.code());
            }
            if (bad.expression() != null
                    && answer.json().findValues("expression").stream()
                            .flatMap(list -> StreamSupport.stream(list.spliterator(), false))
                            .noneMatch(expression -> expression.asText().endsWith(bad.expression()))) {
                problems.add("does not name " + bad.expression());
            }
        }
        if (INTERNALS.matcher(answer.text()).find()) {
            problems.add("tells internals");
        }
        if (took.compareTo(LONGEST) > 0) {
            problems.add("took " + took);
        }
        if (!problems.isEmpty()) {
            failures.add(bad.row() + " " + bad.what() + ": " + problems + " "
                    + answer.text().substring(0, Math.min(300, answer.text().length())));
        }
    }

    private static Answer send(Client client, BadInput bad, Map<String, String> there) {
        return client.sendBytes(
                bad.method(), bad.path(there), bad.bytes(there), bad.headers() == null ? Map.of() : bad.headers());
    }
}
