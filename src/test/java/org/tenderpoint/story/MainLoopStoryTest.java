package org.tenderpoint.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.tenderpoint.testing.Client;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;

/** A referral arrives, is treated, is reported to the physician and to the insurer; nobody else learns of it. */
class MainLoopStoryTest {

    @EachDatabase
    void aReferralComesBackAsAProgressSummaryAndATreatmentSummary(Database database) {
        var server = Server.on(database);
        var walk = new Walk(server);

        var sent = walk.refer();
        accept(server.as("demo-clinic"), sent.task());
        for (var file : List.of("plan.json", "first-visit.json", "last-visit.json")) {
            walk.record(sent, file).expect(200);
        }
        var progress = server.as("demo-ehr")
                .get("/" + sent.referral() + "/$progress-summary")
                .expect(200);
        var treatment = server.as("demo-insurer")
                .get("/" + sent.patient() + "/$treatment-summary")
                .expect(200);

        assertThat(progress.json().path("type").asText()).isEqualTo("document");
        assertThat(narratives(progress.json()))
                .contains("2 of 6 visits")
                .contains("meaningful improvement")
                .contains("Overall: responder")
                .contains("Farrar 2001")
                .contains("Petrissage")
                .contains("No adverse events recorded")
                .contains("Sit through a one-hour meeting")
                .contains("the plan of care has ended");
        assertThat(narratives(treatment.json()))
                .contains("97140")
                .contains("97124")
                .contains("Evergreen Mutual")
                .contains("6 by the referral");
        assertThat(treatment.text())
                .doesNotContain("Sits for twenty minutes")
                .doesNotContain("555-0142")
                .doesNotContain("\"Composition/")
                .doesNotContain("44249-1");
    }

    @EachDatabase
    void theSameReferralAgainChangesNothingAndAnswersWithTheSameIds(Database database) {
        var server = Server.on(database);
        var bundle = new Walk(server).referralBundle();

        var first = server.as("demo-ehr").bundle(bundle).expect(200).json();
        var again = server.as("demo-ehr").bundle(bundle).expect(200).json();

        assertThat(Walk.references(again)).isEqualTo(Walk.references(first));
        assertThat(again.findValuesAsText("status")).containsOnly("200 OK");
        var history = server.as("demo-ehr")
                .get("/" + Walk.sent(first).referral() + "/_history")
                .expect(200);
        assertThat(history.json().path("entry")).hasSize(1);
    }

    @EachDatabase
    void nobodyElseCanTellThatThePatientExists(Database database) {
        var server = Server.on(database);
        var walk = new Walk(server);
        var sent = walk.refer();
        walk.record(sent, "first-visit.json").expect(200);
        var nowhere = UUID.randomUUID().toString();

        for (var stranger : List.of("demo-other-ehr", "demo-other-insurer", "demo-other-clinic")) {
            var client = server.as(stranger);
            var real = client.get("/" + sent.patient());
            var invented = client.get("/Patient/" + nowhere);

            assertThat(real.status()).as(stranger).isEqualTo(404);
            assertThat(real.text()).as(stranger).isEqualTo(invented.text());
            assertThat(client.get("/Patient?family=Quist&birthdate=1979-05-14&_total=accurate")
                            .expect(200)
                            .json()
                            .path("total")
                            .asInt())
                    .as(stranger)
                    .isZero();
        }
        assertThat(server.as("demo-other-ehr")
                        .get("/" + sent.referral() + "/$progress-summary")
                        .status())
                .isEqualTo(404);
        assertThat(server.as("demo-other-insurer")
                        .get("/" + sent.patient() + "/$treatment-summary")
                        .status())
                .isEqualTo(404);
        assertThat(server.as("demo-other-clinic")
                        .get("/Observation?subject:Patient.family=Quist")
                        .expect(200)
                        .json()
                        .path("entry"))
                .isEmpty();
        assertThat(server.anonymous().get("/" + sent.patient()).status()).isEqualTo(401);
    }

    @EachDatabase
    void somebodyElsesPatientCannotBeWrittenAbout(Database database) {
        var server = Server.on(database);
        var walk = new Walk(server);
        var sent = walk.refer();

        var answer = server.as("demo-other-clinic").bundle(Walk.about(sent, "first-visit.json"));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(server.as("demo-clinic")
                        .get("/Encounter?patient=" + sent.patient())
                        .expect(200)
                        .json()
                        .path("entry"))
                .isEmpty();
    }

    @EachDatabase
    void theSameIdentifierFromAnotherSenderIsAnotherPatientAndLearnsNothing(Database database) {
        var server = Server.on(database);
        var walk = new Walk(server);
        var sent = walk.refer();
        var bundle = walk.referralBundle()
                .replace("organization|north-family-medicine", "organization|lakeside-orthopaedics");

        var other =
                Walk.sent(server.as("demo-other-ehr").bundle(bundle).expect(200).json());

        assertThat(other.patient()).isNotEqualTo(sent.patient());
        assertThat(other.referral()).isNotEqualTo(sent.referral());
    }

    @EachDatabase
    void eachSeesOnlyWhatItsRoleCovers(Database database) {
        var server = Server.on(database);
        var walk = new Walk(server);
        var sent = walk.refer();
        var observation = Walk.references(
                        walk.record(sent, "first-visit.json").expect(200).json())
                .stream()
                .filter(reference -> reference.startsWith("Observation/"))
                .findFirst()
                .orElseThrow();

        assertThat(server.as("demo-ehr").get("/" + observation).status()).isEqualTo(200);
        assertThat(server.as("demo-ehr").get("/" + sent.coverage()).status()).isEqualTo(403);
        assertThat(server.as("demo-insurer").get("/" + observation).status()).isEqualTo(403);
        assertThat(server.as("demo-insurer").get("/" + sent.coverage()).status())
                .isEqualTo(200);
        assertThat(server.as("demo-insurer")
                        .get("/" + sent.patient())
                        .expect(200)
                        .json()
                        .has("telecom"))
                .isFalse();
        assertThat(server.as("demo-clinic").delete("/" + observation).status()).isEqualTo(403);
        assertThat(server.as("demo-ehr")
                        .bundle(Walk.about(sent, "first-visit.json"))
                        .status())
                .isEqualTo(403);
    }

    @EachDatabase
    void aDraftStaysInsideTheClinic(Database database) {
        var server = Server.on(database);
        var walk = new Walk(server);
        var sent = walk.refer();
        var draft = Walk.about(sent, "first-visit.json")
                .replace("\"status\": \"final\"", "\"status\": \"preliminary\"")
                .replace("\"status\": \"finished\"", "\"status\": \"in-progress\"");

        var written = Walk.references(
                server.as("demo-clinic").bundle(draft).expect(200).json());

        assertThat(server.as("demo-clinic").get("/" + written.get(1)).status()).isEqualTo(200);
        assertThat(server.as("demo-ehr").get("/" + written.get(1)).status()).isEqualTo(404);
        assertThat(server.as("demo-ehr")
                        .get("/Observation?patient=" + sent.patient())
                        .expect(200)
                        .json()
                        .path("entry"))
                .isEmpty();
    }

    private static void accept(Client clinic, String task) {
        var standing = clinic.get("/" + task).expect(200);
        var accepted = standing.text().replace("\"status\":\"requested\"", "\"status\":\"accepted\"");
        clinic.put("/" + task, accepted, Map.of("If-Match", "W/\"1\"")).expect(200);
    }

    private static String narratives(JsonNode document) {
        return String.join("\n", document.findValuesAsText("div")).replaceAll("<[^>]*>", " ");
    }
}
