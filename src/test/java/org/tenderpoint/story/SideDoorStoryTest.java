package org.tenderpoint.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import org.tenderpoint.testing.Client;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;

/** Ways round the front door that were tried, each closed. */
class SideDoorStoryTest {

    @EachDatabase
    void anInsurerCannotSortOrIncludeByWhatItsViewHides(Database database) {
        var insurer = Server.on(database).as("demo-insurer");

        insurer.get("/Patient?_sort=identifier&_count=1").expect(403);
        insurer.get("/Patient?_include=Patient:general-practitioner").expect(403);
        insurer.get("/Practitioner?_revinclude=Patient:general-practitioner").expect(403);
        insurer.get("/Patient?_sort=family").expect(200);
    }

    @EachDatabase
    void aPageLinkIsSealedAndIsNobodyElses(Database database) {
        var server = Server.on(database);
        var next = server.as("demo-clinic")
                .get("/Observation?_sort=-date&_count=2")
                .expect(200)
                .json()
                .path("link")
                .path(1)
                .path("url")
                .asText();
        var path = next.substring(next.indexOf("/Observation"));

        server.as("demo-clinic").get(path).expect(200);
        server.as("demo-other-clinic").get(path).expect(404);
        server.as("demo-clinic").get("/Observation?_count=2&_cursor=MzphYmM").expect(404);
    }

    @EachDatabase
    void aTransactionThatReadsIsRefusedBeforeItWrites(Database database) {
        var server = Server.on(database);
        var walk = new Walk(server);
        var sent = walk.refer();
        var visit = Walk.about(sent, "first-visit.json")
                .replaceFirst(
                        "\"entry\": \\[",
                        "\"entry\": [{\"request\": {\"method\": \"GET\", \"url\": \"" + sent.patient() + "\"}},");

        server.as("demo-clinic").bundle(visit).expect(400);

        assertThat(observations(server.as("demo-clinic"), sent)).isZero();
    }

    @EachDatabase
    void oneResourceIsChangedOnceHoweverItsIdIsSpelt(Database database) {
        var server = Server.on(database);
        var walk = new Walk(server);
        var sent = walk.refer();
        var reference = Walk.references(
                        walk.record(sent, "first-visit.json").expect(200).json())
                .get(1);
        var id = reference.substring("Observation/".length());
        var entry = "{\"resource\":{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"text\":\"Pain\"},"
                + "\"subject\":{\"reference\":\"" + sent.patient()
                + "\"}},\"request\":{\"method\":\"PUT\",\"url\":\"Observation/%s\"}}";

        server.as("demo-clinic")
                .bundle("{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[" + entry.formatted(id) + ","
                        + entry.formatted(id.toUpperCase(Locale.ROOT)) + "]}")
                .expect(400);
    }

    @EachDatabase
    void whatWasThereBeforeIsAnsweredByItsIdAlone(Database database) {
        var server = Server.on(database);
        var patient = "{\"resourceType\":\"Patient\",\"identifier\":[{\"system\":\"urn:side-door\",\"value\":\"%s\"}]}"
                .formatted(database);
        var condition = Map.of("If-None-Exist", "identifier=urn:side-door|" + database);

        var first = server.as("demo-ehr")
                .send("POST", "/Patient", patient, condition)
                .expect(201);
        var again = server.as("demo-ehr")
                .send("POST", "/Patient", patient, condition)
                .expect(200);

        assertThat(again.reference()).isEqualTo(first.reference());
        assertThat(again.text()).doesNotContain("urn:side-door");
    }

    @EachDatabase
    void deletingWithoutAnIdIsNoMethodOfOurs(Database database) {
        Server.on(database).as("demo-clinic").delete("/Appointment").expect(405);
    }

    @EachDatabase
    void unknownFormatsAndSummariesAreRefused(Database database) {
        var clinic = Server.on(database).as("demo-clinic");

        clinic.get("/Patient?_format=csv").expect(406);
        clinic.get("/Patient?_summary=bad").expect(400);
        clinic.get("/Patient?_id:exact=x").expect(400);
        clinic.get("/Observation?status.name=final").expect(400);
    }

    private static int observations(Client client, Walk.Sent sent) {
        return client.get("/Observation?patient=" + sent.patient() + "&_summary=count")
                .expect(200)
                .json()
                .path("total")
                .asInt();
    }
}
