package org.tenderpoint.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;

/** The two summaries as operations: their parameters, and each status code that their pages list. */
class SummaryOperationsStoryTest {

    @EachDatabase
    void aSummaryLooksAtTheDaysThatAreAskedFor(Database database) {
        var server = Server.on(database);
        var sent = treated(server);
        var clinic = server.as("demo-clinic");

        var wholeCourse = bottomLine(clinic.get("/" + sent.referral() + "/$progress-summary?as-of=2026-07-07")
                .expect(200)
                .json());
        var firstWeek = bottomLine(clinic.post(
                        "/" + sent.patient() + "/$progress-summary",
                        """
                        {"resourceType":"Parameters","parameter":[{"name":"as-of","valueDate":"2026-06-10"}]}""")
                .expect(200)
                .json());
        var july = clinic.get("/" + sent.patient() + "/$treatment-summary?start=2026-07-01&end=2026-07-31&coverage="
                        + sent.coverage())
                .expect(200);

        assertThat(wholeCourse).contains("2 of 6 visits, 8 Jun–6 Jul 2026");
        assertThat(firstWeek).contains("1 of 6 visits, 8 Jun 2026");
        assertThat(july.text()).contains("6 Jul 2026").doesNotContain("<td>8 Jun 2026</td><td>97");
    }

    @EachDatabase
    void whatCannotBeAnsweredIsRefusedWithItsStatus(Database database) {
        var server = Server.on(database);
        var sent = treated(server);
        var physician = server.as("demo-ehr");
        var insurer = server.as("demo-insurer");

        for (var day : List.of("yesterday", "2026-02-30", "2026-07")) {
            physician
                    .get("/" + sent.referral() + "/$progress-summary?as-of=" + day)
                    .expect(400);
            insurer.get("/" + sent.patient() + "/$treatment-summary?start=" + day)
                    .expect(400);
        }
        insurer.get("/" + sent.patient() + "/$treatment-summary?coverage=nothing")
                .expect(400);
        insurer.get("/" + sent.patient() + "/$treatment-summary?start=2026-08-01&end=2026-07-01")
                .expect(422);
        insurer.get("/" + sent.referral() + "/$progress-summary").expect(403);
        physician.get("/" + sent.patient() + "/$treatment-summary").expect(403);
        server.anonymous().get("/" + sent.referral() + "/$progress-summary").expect(401);

        var foreign = server.as("demo-other-ehr")
                .get("/" + sent.referral() + "/$progress-summary")
                .expect(404);
        var missing = physician
                .get("/ServiceRequest/00000000-0000-4000-8000-000000000000/$progress-summary")
                .expect(404);
        assertThat(foreign.text()).isEqualTo(missing.text());
    }

    /** Sent element by element, as HAPI writes it, no answer would know its length beforehand. */
    @EachDatabase
    void anAnswerThatFitsIntoTheBufferIsSentInOnePiece(Database database) {
        var answer = Server.on(database)
                .as("demo-clinic")
                .post(
                        "/Patient/$validate",
                        "{\"resourceType\":\"Patient\",\"gender\":\"female\",\"birthDate\":\"1979-04-12\"}")
                .expect(200);

        assertThat(answer.headers().firstValue("Content-Length"))
                .contains(Integer.toString(answer.text().length()));
    }

    private static Walk.Sent treated(Server server) {
        var walk = new Walk(server);
        var sent = walk.refer();
        for (var file : List.of("plan.json", "first-visit.json", "last-visit.json")) {
            walk.record(sent, file).expect(200);
        }
        return sent;
    }

    private static String bottomLine(JsonNode document) {
        return document.at("/entry/0/resource/section/1/text/div").asText();
    }
}
