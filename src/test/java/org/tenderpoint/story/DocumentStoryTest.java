package org.tenderpoint.story;

import static org.assertj.core.api.Assertions.assertThat;

import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;

/** Documents and the papers about them belong to a patient like everything else. */
class DocumentStoryTest {

    @EachDatabase
    void aDocumentIsKeptForThePatientItsCompositionNames(Database database) {
        var server = Server.on(database);
        var walk = new Walk(server);
        var sent = walk.refer();
        walk.record(sent, "first-visit.json").expect(200);
        var clinic = server.as("demo-clinic");
        var document = clinic.get("/" + sent.referral() + "/$progress-summary").expect(200);

        var kept = clinic.post("/Bundle", document.text()).expect(201).reference();

        assertThat(server.as("demo-ehr")
                        .get("/" + kept)
                        .expect(200)
                        .json()
                        .path("type")
                        .asText())
                .isEqualTo("document");
        assertThat(server.as("demo-other-ehr").get("/" + kept).status()).isEqualTo(404);
    }

    @EachDatabase
    void aBundleThatIsNoDocumentIsNotKept(Database database) {
        var server = Server.on(database);

        var answer = server.as("demo-clinic").post("/Bundle", "{\"resourceType\":\"Bundle\",\"type\":\"collection\"}");

        assertThat(answer.expect(422).text()).contains("bundle-not-a-document");
    }

    @EachDatabase
    void aProvenanceBelongsToThePatientOfWhatItIsAbout(Database database) {
        var server = Server.on(database);
        var walk = new Walk(server);
        var sent = walk.refer();
        var observation = Walk.references(
                        walk.record(sent, "first-visit.json").expect(200).json())
                .get(1);

        var provenance = server.as("demo-clinic")
                .post(
                        "/Provenance",
                        """
                        {"resourceType":"Provenance","target":[{"reference":"%s"}],"recorded":"2026-06-08T17:00:00Z",
                         "agent":[{"who":{"display":"Therapist"}}]}
                        """
                                .formatted(observation))
                .expect(201)
                .reference();

        server.as("demo-ehr").get("/" + provenance).expect(200);
        assertThat(server.as("demo-other-ehr").get("/" + provenance).status()).isEqualTo(404);
        assertThat(server.as("demo-other-clinic")
                        .get("/Provenance?target=" + observation)
                        .expect(200)
                        .json()
                        .path("entry"))
                .isEmpty();
    }
}
