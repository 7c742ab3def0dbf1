package org.tenderpoint.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;

/** {@code $outcome-trend} over HTTP: numbers for charts, for those who may read the record. */
class OutcomeTrendStoryTest {

    @EachDatabase
    void physicianAndClinicGetTheSamePoints(Database database) {
        var server = Server.on(database);
        var sent = treated(server);

        var answer = server.as("demo-ehr")
                .get("/" + sent.patient() + "/$outcome-trend?as-of=2026-07-07")
                .expect(200);
        var posted = server.as("demo-clinic")
                .post(
                        "/" + sent.patient() + "/$outcome-trend",
                        """
                        {"resourceType":"Parameters","parameter":[{"name":"as-of","valueDate":"2026-07-07"},
                        {"name":"referral","valueString":"%s"}]}"""
                                .formatted(sent.referral()))
                .expect(200);

        assertThat(posted.text()).isEqualTo(answer.text());
        var trend = named(answer.json(), "trend").get(0);
        assertThat(part(trend, "rule").path("valueCode").asText()).startsWith("PR-");
        assertThat(part(trend, "citation").path("valueString").asText()).isNotBlank();
        assertThat(named(answer.json(), "overall-response")).hasSize(1);
    }

    @EachDatabase
    void thePastIsShownAsItWas(Database database) {
        var server = Server.on(database);
        var sent = treated(server);

        var early = server.as("demo-ehr")
                .get("/" + sent.patient() + "/$outcome-trend?as-of=2026-06-10")
                .expect(200)
                .json();

        assertThat(named(early, "trend")).isNotEmpty().allSatisfy(trend -> assertThat(
                        part(trend, "class").at("/valueCoding/code").asText())
                .isEqualTo("insufficient-data"));
    }

    @EachDatabase
    void othersLearnNothingAndBadInputIsRefused(Database database) {
        var server = Server.on(database);
        var sent = treated(server);
        var path = "/" + sent.patient() + "/$outcome-trend";

        server.anonymous().get(path).expect(401);
        server.as("demo-insurer").get(path).expect(403);
        for (var wrong : List.of("?as-of=2026-02-30", "?referral=nothing", "?colour=red")) {
            server.as("demo-ehr").get(path + wrong).expect(400);
        }
        server.as("demo-ehr")
                .get(path + "?referral=00000000-0000-4000-8000-000000000000")
                .expect(422);
        var foreign = server.as("demo-other-ehr").get(path).expect(404);
        var missing = server.as("demo-ehr")
                .get("/Patient/00000000-0000-4000-8000-000000000000/$outcome-trend")
                .expect(404);
        assertThat(foreign.text()).isEqualTo(missing.text());
    }

    private static Walk.Sent treated(Server server) {
        var walk = new Walk(server);
        var sent = walk.refer();
        for (var file : List.of("plan.json", "first-visit.json", "last-visit.json")) {
            walk.record(sent, file).expect(200);
        }
        return sent;
    }

    private static List<JsonNode> named(JsonNode answer, String name) {
        return StreamSupport.stream(answer.path("parameter").spliterator(), false)
                .filter(parameter -> parameter.path("name").asText().equals(name))
                .toList();
    }

    private static JsonNode part(JsonNode group, String name) {
        return StreamSupport.stream(group.path("part").spliterator(), false)
                .filter(part -> part.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
