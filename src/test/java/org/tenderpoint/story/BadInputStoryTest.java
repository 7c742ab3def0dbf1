package org.tenderpoint.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.testing.Checksum;
import org.tenderpoint.testing.Client;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;

/**
 * Bad input gets a 4xx within two seconds, an OperationOutcome that names the element, and changes nothing. One row a
 * case.
 */
class BadInputStoryTest {

    private static final Pattern INTERNALS =
            Pattern.compile("(?i)exception|org\\.tenderpoint|ca\\.uhn|java\\.|select |insert |HAPI-\\d|stack");

    private static final Duration LONGEST = Duration.ofSeconds(2);

    /**
     * A case.
     *
     * @param name what is wrong
     * @param by demonstration client
     * @param method HTTP method
     * @param path below {@code /fhir}
     * @param body what is sent
     * @param headers besides the usual
     * @param status what it gets
     * @param expression the element named in the answer, or its end; none where there is no element
     */
    private record Case(
            String name,
            String by,
            String method,
            String path,
            @Nullable String body,
            Map<String, String> headers,
            int status,
            @Nullable String expression) {}

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
        var before = Checksum.of(server.bean(DataSource.class));
        var failures = new ArrayList<String>();

        for (var bad : cases(walk, new Walk(server), sent, observation)) {
            judge(server.as(bad.by), bad, failures);
        }

        assertThat(failures).isEmpty();
        assertThat(Checksum.of(server.bean(DataSource.class))).isEqualTo(before);
        server.as("demo-clinic").get("/" + observation).expect(200);
    }

    private static void judge(Client client, Case bad, List<String> failures) {
        var start = Instant.now();
        var answer = client.send(bad.method, bad.path, bad.body, bad.headers);
        var took = Duration.between(start, Instant.now());
        if (took.compareTo(LONGEST) > 0) {
            // Once may be the machine's doing; a bomb is slow every time.
            start = Instant.now();
            client.send(bad.method, bad.path, bad.body, bad.headers);
            took = Duration.between(start, Instant.now());
        }
        var problems = new ArrayList<String>();
        if (answer.status() != bad.status) {
            problems.add("status " + answer.status() + " instead of " + bad.status);
        }
        if (!answer.text().contains("\"resourceType\":\"OperationOutcome\"")) {
            problems.add("no OperationOutcome");
        } else if (bad.expression != null
                && answer.json().findValues("expression").stream()
                        .flatMap(list -> StreamSupport.stream(list.spliterator(), false))
                        .noneMatch(expression -> expression.asText().endsWith(bad.expression))) {
            problems.add("does not name " + bad.expression);
        }
        if (INTERNALS.matcher(answer.text()).find()) {
            problems.add("tells internals");
        }
        if (took.compareTo(LONGEST) > 0) {
            problems.add("took " + took);
        }
        if (!problems.isEmpty()) {
            failures.add(bad.name + ": " + problems + " " + answer.text());
        }
    }

    private static List<Case> cases(Walk walk, Walk unsent, Walk.Sent sent, String observation) {
        var referral = walk.referralBundle();
        var fresh = unsent.referralBundle();
        var visit = Walk.about(sent, "first-visit.json");
        var list = new ArrayList<Case>();
        // form
        list.add(post("broken JSON", "demo-ehr", "/Patient", "{\"resourceType\":\"Patient\"", 400, null));
        list.add(post("empty body", "demo-ehr", "/Patient", "", 400, null));
        list.add(post("a JSON array", "demo-ehr", "/Patient", "[]", 400, null));
        list.add(post(
                "unknown element",
                "demo-ehr",
                "/Patient",
                "{\"resourceType\":\"Patient\",\"nickname\":\"x\"}",
                400,
                "nickname"));
        list.add(post(
                "unknown element deep in a Bundle",
                "demo-clinic",
                "",
                visit.replaceFirst("\"basedOn\"", "\"basedUpon\""),
                400,
                "entry[0].resource.basedUpon"));
        list.add(post(
                "wrong type",
                "demo-ehr",
                "/Patient",
                "{\"resourceType\":\"Patient\",\"active\":\"yes\"}",
                400,
                "active"));
        list.add(post(
                "a date that is none",
                "demo-ehr",
                "/Patient",
                "{\"resourceType\":\"Patient\",\"birthDate\":\"2026-02-30\"}",
                400,
                "birthDate"));
        list.add(post(
                "duplicate key",
                "demo-ehr",
                "/Patient",
                "{\"resourceType\":\"Patient\",\"active\":true,\"active\":false}",
                400,
                null));
        list.add(post(
                "number bomb",
                "demo-clinic",
                "/Observation",
                "{\"resourceType\":\"Observation\",\"valueQuantity\":{\"value\":1e1000000}}",
                400,
                null));
        list.add(post("deep nesting", "demo-ehr", "/Patient", nested(400), 400, null));
        list.add(new Case(
                "gzip body", "demo-ehr", "POST", "/Patient", "{}", Map.of("Content-Encoding", "gzip"), 415, null));
        list.add(new Case(
                "an image", "demo-ehr", "POST", "/Patient", "{}", Map.of("Content-Type", "image/png"), 415, null));
        list.add(post("an unknown type", "demo-ehr", "/Basic", "{\"resourceType\":\"Basic\"}", 404, null));
        // search
        list.add(get("unknown search parameter", "/Observation?colour=red", 400));
        list.add(get("impossible date", "/Observation?date=2026-99-99", 400));
        list.add(get("_count that is no number", "/Observation?_count=abc", 400));
        list.add(get("quantity bomb", "/Observation?value-quantity=1e999999", 400));
        list.add(get("unknown sort", "/Observation?_sort=colour", 400));
        list.add(get("wildcard include", "/Observation?_include=*", 403));
        list.add(get("an id that cannot exist", "/Observation/none-such", 404));
        list.add(get("a version that is no number", "/" + observation + "/_history/abc", 404));
        list.add(get("a version beyond all numbers", "/" + observation + "/_history/99999999999999999999", 404));
        // Bundles
        list.add(post(
                "a Bundle without a type", "demo-ehr", "", "{\"resourceType\":\"Bundle\",\"entry\":[]}", 400, null));
        list.add(post(
                "an entry without a request",
                "demo-ehr",
                "",
                "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[{\"resource\":{\"resourceType\":\"Patient\"}}]}",
                400,
                "entry[0].request"));
        list.add(post(
                "a reference that no entry resolves",
                "demo-clinic",
                "",
                visit.replaceFirst(
                        "(?s)(\"resourceType\": \"Composition\".*?\"encounter\": \\{\\s*\"reference\": )\"[^\"]*\"",
                        "$1\"urn:uuid:00000000-0000-4000-8000-00000000dead\""),
                400,
                "encounter"));
        list.add(post(
                "a reference to nothing",
                "demo-clinic",
                "",
                visit.replace(sent.referral(), "ServiceRequest/00000000-0000-4000-8000-00000000dead"),
                422,
                "entry[0].resource.basedOn[0]"));
        list.add(post(
                "a reference to elsewhere",
                "demo-clinic",
                "",
                visit.replace(sent.referral(), "https://elsewhere.example/fhir/ServiceRequest/1"),
                422,
                "entry[0].resource.basedOn[0]"));
        list.add(post("somebody else's patient", "demo-other-clinic", "", visit, 404, null));
        // versions
        list.add(put(
                "If-Match of another version",
                observation,
                Map.of("If-Match", "W/\"9\""),
                412,
                observation(sent, observation)));
        list.add(put(
                "If-Match that is none",
                observation,
                Map.of("If-Match", "latest"),
                400,
                observation(sent, observation)));
        // rules
        list.add(post(
                "a referral without a reason",
                "demo-ehr",
                "",
                fresh.replaceFirst("(?s),\\s*\"reasonReference\": \\[.*?\\]", ""),
                422,
                "entry[3].resource.reasonCode"));
        list.add(post(
                "a referral without a requester",
                "demo-ehr",
                "",
                fresh.replaceFirst("(?s)(\"authoredOn\": \"2026-06-01\"),\\s*\"requester\": \\{[^}]*\\}", "$1"),
                422,
                "entry[3].resource.requester"));
        list.add(post(
                "a referral in another practice's name",
                "demo-ehr",
                "",
                fresh.replace("organization|north-family-medicine", "organization|lakeside-orthopaedics"),
                403,
                null));
        list.add(post(
                "the same order for another patient",
                "demo-ehr",
                "",
                referral.replaceAll("NFM-[0-9a-f]+", "NFM-somebody-else"),
                409,
                null));
        list.add(post(
                "pain of eleven",
                "demo-clinic",
                "",
                visit.replaceFirst("\"value\": 7,", "\"value\": 11,"),
                422,
                "entry[1].resource.value"));
        list.add(post(
                "no unit",
                "demo-clinic",
                "",
                visit.replaceFirst(
                        "(?s)(\"value\": 7),\\s*\"unit\": \"\\{score\\}\",\\s*\"system\": \"[^\"]*\",\\s*\"code\": \"\\{score\\}\"",
                        "$1"),
                422,
                "entry[1].resource.value.ofType(Quantity).code"));
        list.add(post(
                "an end before the start",
                "demo-clinic",
                "",
                visit.replace("2026-06-08T10:00:00-07:00", "2026-06-08T08:00:00-07:00"),
                422,
                "entry[0].resource.period"));
        list.add(post(
                "a script in the narrative",
                "demo-clinic",
                "",
                visit.replace("<p>Sits", "<script>alert(1)</script><p>Sits"),
                400,
                null));
        // methods
        list.add(new Case("a method of our own", "demo-ehr", "PWN", "/Patient", null, Map.of(), 405, null));
        list.add(new Case("deleting a finding", "demo-clinic", "DELETE", "/" + observation, null, Map.of(), 403, null));
        return list;
    }

    private static String observation(Walk.Sent sent, String observation) {
        return "{\"resourceType\":\"Observation\",\"id\":\"" + observation.substring("Observation/".length())
                + "\",\"status\":\"final\",\"code\":{\"text\":\"Pain\"},\"subject\":{\"reference\":\"" + sent.patient()
                + "\"}}";
    }

    private static String nested(int depth) {
        var open = "{\"url\":\"urn:x\",\"extension\":[".repeat(depth);
        return "{\"resourceType\":\"Patient\",\"extension\":[" + open + "{\"url\":\"urn:x\",\"valueString\":\"x\"}"
                + "]}".repeat(depth) + "]}";
    }

    private static Case post(
            String name, String by, String path, String body, int status, @Nullable String expression) {
        return new Case(name, by, "POST", path, body, Map.of(), status, expression);
    }

    private static Case put(String name, String reference, Map<String, String> headers, int status, String body) {
        return new Case(name, "demo-clinic", "PUT", "/" + reference, body, headers, status, null);
    }

    private static Case get(String name, String path, int status) {
        return new Case(name, "demo-clinic", "GET", path, null, Map.of(), status, null);
    }
}
