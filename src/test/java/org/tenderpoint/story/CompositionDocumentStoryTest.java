package org.tenderpoint.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;
import org.tenderpoint.testing.Client;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;

/** A Composition of the record as a document: what goes along, for whom, and what is kept. */
class CompositionDocumentStoryTest {

    private static final String NOTE =
            """
            {"resourceType":"Composition","status":"%s","title":"Note","date":"2026-07-06",
             "type":{"coding":[{"system":"http://loinc.org","code":"11506-3"}]},
             "subject":{"reference":"%s"},"author":[{"reference":"%s"}],
             "section":[{"title":"Findings","text":{"status":"additional",
               "div":"<div xmlns=\\"http://www.w3.org/1999/xhtml\\">Upper trapezius, <b>left</b></div>"},
               "entry":[{"reference":"%s"},{"reference":"%s"}]}]}""";

    @EachDatabase
    void documentHoldsTheCompositionWhatItPointsAtAndWhoIsNamed(Database database) {
        var server = Server.on(database);
        var sent = treated(server);
        var clinic = server.as("demo-clinic");
        var score = score(clinic, sent, "final");
        var note = note(clinic, sent, "final", score);

        var document = clinic.get("/" + note + "/$document").expect(200).json();

        assertThat(document.path("type").asText()).isEqualTo("document");
        assertThat(document.at("/identifier/value").asText()).startsWith("urn:uuid:");
        assertThat(document.hasNonNull("timestamp")).isTrue();
        assertThat(entries(document)).startsWith(note).doesNotHaveDuplicates();
        assertThat(entries(document)).contains(sent.patient(), score, sent.coverage(), author(clinic, sent));
        assertThat(document.at("/entry/0/fullUrl").asText()).isEqualTo(server.url() + "/fhir/" + note);
        assertThat(document.at("/entry/0/resource/section/0/text/div").asText())
                .contains("Upper trapezius, <b>left</b>");
    }

    @EachDatabase
    void readerGetsOnlyWhatItMaySeeAndADraftIsNobodyElses(Database database) {
        var server = Server.on(database);
        var sent = treated(server);
        var clinic = server.as("demo-clinic");
        var draftScore = score(clinic, sent, "preliminary");
        var note = note(clinic, sent, "final", draftScore);
        var draft = note(clinic, sent, "preliminary", draftScore);

        var seen = entries(
                server.as("demo-ehr").get("/" + note + "/$document").expect(200).json());

        assertThat(entries(clinic.get("/" + note + "/$document").json())).contains(draftScore, sent.coverage());
        assertThat(seen).contains(note, sent.patient()).doesNotContain(draftScore, sent.coverage());
        server.as("demo-ehr").get("/" + draft + "/$document").expect(404);
        server.as("demo-other-clinic").get("/" + note + "/$document").expect(404);
        server.as("demo-insurer").get("/" + note + "/$document").expect(403);
        server.anonymous().get("/" + note + "/$document").expect(401);
        clinic.get("/Composition/00000000-0000-4000-8000-000000000000/$document")
                .expect(404);
    }

    @EachDatabase
    void keptDocumentIsABundleThatIsKeptOnceAndHoldsNothingThatOthersMayNotSee(Database database) {
        var server = Server.on(database);
        var sent = treated(server);
        var clinic = server.as("demo-clinic");
        var score = score(clinic, sent, "final");
        var note = clinic.post(
                        "/Composition", NOTE.formatted("final", sent.patient(), author(clinic, sent), score, score))
                .expect(201)
                .reference();

        var first = clinic.post(
                        "/" + note + "/$document",
                        """
                        {"resourceType":"Parameters","parameter":[{"name":"persist","valueBoolean":true}]}""")
                .expect(200);
        var again = clinic.get("/" + note + "/$document?persist=true").expect(200);

        assertThat(first.reference()).startsWith("Bundle/").isEqualTo(again.reference());
        var kept =
                server.as("demo-ehr").get("/" + first.reference()).expect(200).json();
        assertThat(entries(kept)).contains(note, score, sent.patient());
        server.as("demo-ehr").get("/" + note + "/$document?persist=true").expect(403);

        var withCoverage = note(clinic, sent, "final", score);
        var withDraft = clinic.post(
                        "/Composition",
                        NOTE.formatted(
                                "final",
                                sent.patient(),
                                author(clinic, sent),
                                score,
                                score(clinic, sent, "preliminary")))
                .expect(201)
                .reference();
        for (var refused : List.of(withCoverage, withDraft, note(clinic, sent, "preliminary", score))) {
            var answer = clinic.get("/" + refused + "/$document?persist=true").expect(422);
            assertThat(answer.text()).contains("document-not-for-others");
        }
    }

    @EachDatabase
    void parametersThatAreWrongAreNamed(Database database) {
        var server = Server.on(database);
        var sent = treated(server);
        var clinic = server.as("demo-clinic");
        var note = note(clinic, sent, "final", score(clinic, sent, "final"));

        for (var wrong : List.of("persist=perhaps", "graph=http://example.org/graph", "id=1")) {
            var refused = clinic.get("/" + note + "/$document?" + wrong).expect(400);
            assertThat(refused.json().at("/issue/0/diagnostics").asText())
                    .contains(wrong.substring(0, wrong.indexOf('=')));
        }
    }

    private static Walk.Sent treated(Server server) {
        var walk = new Walk(server);
        var sent = walk.refer();
        walk.record(sent, "plan.json").expect(200);
        return sent;
    }

    private static String score(Client clinic, Walk.Sent sent, String status) {
        return clinic.post(
                        "/Observation",
                        """
                        {"resourceType":"Observation","status":"%s","subject":{"reference":"%s"},
                         "code":{"coding":[{"system":"http://loinc.org","code":"72514-3"}]},
                         "effectiveDateTime":"2026-07-06",
                         "valueQuantity":{"value":4,"system":"http://unitsofmeasure.org","code":"{score}"}}"""
                                .formatted(status, sent.patient()))
                .expect(201)
                .reference();
    }

    /** A note that cites a score and the Coverage. */
    private static String note(Client clinic, Walk.Sent sent, String status, String score) {
        return clinic.post(
                        "/Composition",
                        NOTE.formatted(status, sent.patient(), author(clinic, sent), score, sent.coverage()))
                .expect(201)
                .reference();
    }

    private static String author(Client clinic, Walk.Sent sent) {
        var task = clinic.get("/" + sent.task()).json();
        var owner = task.at("/owner/reference").asText();
        return owner.isEmpty() ? task.at("/requester/reference").asText() : owner;
    }

    private static List<String> entries(JsonNode document) {
        return StreamSupport.stream(document.path("entry").spliterator(), false)
                .map(entry -> entry.at("/resource/resourceType").asText() + "/"
                        + entry.at("/resource/id").asText())
                .toList();
    }
}
