package org.tenderpoint.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Bundle;
import org.tenderpoint.document.InventedRecord;
import org.tenderpoint.document.SchemaCheck;
import org.tenderpoint.testing.Client;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;

/** The letters over HTTP: for whom, in which forms, and what is missing. */
class LetterStoryTest {

    private static final List<String> LETTERS = List.of("$plan-of-care-letter", "$medical-necessity-letter");

    @EachDatabase
    void clinicAndPhysicianGetTheSameLettersInEachForm(Database database) {
        var server = Server.on(database);
        var sent = planned(server);

        for (var letter : LETTERS) {
            var path = "/" + sent.referral() + "/" + letter + "?as-of=2026-07-07";
            var toPhysician = server.as("demo-ehr").get(path).expect(200);
            var text = page(server.as("demo-clinic"), path, "text/plain").expect(200);
            var pdf = page(server.as("demo-ehr"), path, "application/pdf").expect(200);
            var posted = server.as("demo-clinic")
                    .post(
                            "/" + sent.referral() + "/" + letter + "?_format=text/plain",
                            """
                            {"resourceType":"Parameters","parameter":[{"name":"as-of","valueDate":"2026-07-07"}]}""")
                    .expect(200);

            assertThat(posted.text()).isEqualTo(text.text());
            assertThat(text.text()).contains("From 8 Jun 2026 to 20 Jul 2026; 6 visits are ordered.");
            assertThat(pdf.text()).startsWith("%PDF-");
            assertThat(SchemaCheck.errors(
                            InventedRecord.FHIR.newJsonParser().parseResource(Bundle.class, toPhysician.text())))
                    .isEmpty();
        }
    }

    @EachDatabase
    void othersLearnNothingAndBadInputIsRefused(Database database) {
        var server = Server.on(database);
        var sent = planned(server);

        for (var letter : LETTERS) {
            var path = "/" + sent.referral() + "/" + letter;
            server.anonymous().get(path).expect(401);
            server.as("demo-insurer").get(path).expect(403);
            server.as("demo-ehr").get(path + "?as-of=2026-02-30").expect(400);
            server.as("demo-ehr").get(path + "?colour=red").expect(400);
            server.as("demo-ehr").get(path + "?_format=turtle").expect(406);
            var foreign = server.as("demo-other-ehr").get(path).expect(404);
            var missing = server.as("demo-ehr")
                    .get("/ServiceRequest/00000000-0000-4000-8000-000000000000/" + letter)
                    .expect(404);
            assertThat(foreign.text()).isEqualTo(missing.text());
        }
    }

    @EachDatabase
    void aLetterWithoutWhatItHasToSayIsRefused(Database database) {
        var server = Server.on(database);
        var walk = new Walk(server);
        var sent = walk.refer();

        var noPlan = server.as("demo-clinic")
                .get("/" + sent.referral() + "/$plan-of-care-letter")
                .expect(422);
        walk.record(sent, "plan.json").expect(200);
        var noFrequency = server.as("demo-clinic")
                .get("/" + sent.referral() + "/$medical-necessity-letter")
                .expect(422);

        assertThat(noPlan.json().findValuesAsText("code")).contains("letter-plan-missing");
        assertThat(noFrequency.json().findValuesAsText("code")).contains("letter-frequency-missing");
        assertThat(noFrequency.json().at("/issue/0/expression/0").asText())
                .isEqualTo("CarePlan.activity.detail.scheduledTiming");
    }

    private static Client.Answer page(Client client, String path, String form) {
        return client.send("GET", path, null, Map.of("Accept", form));
    }

    private static Walk.Sent planned(Server server) {
        var walk = new Walk(server);
        var sent = walk.refer();
        walk.record(sent, "first-visit.json").expect(200);
        server.as("demo-clinic")
                .post(
                        "/CarePlan",
                        """
                        {"resourceType":"CarePlan","status":"active","intent":"plan","subject":{"reference":"%s"},
                        "period":{"start":"2026-06-08","end":"2026-07-20"},"supportingInfo":[{"reference":"%s"}],
                        "activity":[{"detail":{"status":"in-progress","code":{"coding":[
                        {"system":"https://tenderpoint.org/fhir/CodeSystem/massage","code":"effleurage"}]},
                        "scheduledTiming":{"repeat":{"frequency":1,"period":1,"periodUnit":"wk"}}}}]}"""
                                .formatted(sent.patient(), sent.referral()))
                .expect(201);
        return sent;
    }
}
