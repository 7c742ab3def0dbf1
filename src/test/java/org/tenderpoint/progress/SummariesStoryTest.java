package org.tenderpoint.progress;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;

/** The walk of the README up to its two summaries: a referral, two visits, and what each of the three sides gets. */
class SummariesStoryTest {

    @EachDatabase
    void physicianAndInsurerEachGetTheirSummaryAndNobodyElseDoes(Database database) throws IOException {
        var server = Server.on(database);
        var physician = server.as("demo-ehr");
        var clinic = server.as("demo-clinic");
        var insurer = server.as("demo-insurer");
        var sent = physician.bundle(walk("referral.json", "", "")).expect(200).json();
        var patient = created(sent, "Patient/");
        var referral = created(sent, "ServiceRequest/");
        for (var step : new String[] {"first-visit.json", "plan.json", "last-visit.json"}) {
            clinic.bundle(walk(step, patient, referral)).expect(200);
        }

        var progress = physician
                .get("/" + referral + "/$progress-summary?as-of=2026-07-07")
                .expect(200)
                .json();
        assertThat(progress.at("/type").asText()).isEqualTo("document");
        assertThat(progress.at("/entry/0/resource/section/0/text/div").asText()).contains("visits, 8 Jun–6 Jul 2026");
        assertThat(clinic.get("/" + patient + "/$progress-summary").expect(200).text())
                .contains("Bottom line");
        assertThat(clinic.post(
                                "/" + patient + "/$progress-summary",
                                """
                        {"resourceType":"Parameters","parameter":[{"name":"as-of","valueDate":"2026-06-10"}]}""")
                        .expect(200)
                        .json()
                        .at("/entry/0/resource/section/0/text/div")
                        .asText())
                .contains("1 of 6 visits");

        var treatment = insurer.get("/" + patient + "/$treatment-summary").expect(200);
        assertThat(treatment.json().at("/entry/0/resource/type/coding/0/code").asText())
                .isEqualTo("34133-9");
        assertThat(treatment.text()).doesNotContain("555-0142").contains("EM-5550142");
        clinic.get("/" + patient + "/$treatment-summary").expect(200);

        var foreign = server.as("demo-other-ehr")
                .get("/" + referral + "/$progress-summary")
                .expect(404);
        var missing = physician
                .get("/ServiceRequest/00000000-0000-4000-8000-000000000000/$progress-summary")
                .expect(404);
        assertThat(foreign.text()).isEqualTo(missing.text());
        server.as("demo-other-insurer")
                .get("/" + patient + "/$treatment-summary")
                .expect(404);
        insurer.get("/" + referral + "/$progress-summary").expect(403);
        physician.get("/" + patient + "/$treatment-summary").expect(403);

        physician.get("/" + referral + "/$progress-summary?as-of=yesterday").expect(400);
        physician.get("/" + referral + "/$progress-summary?as-of=2026-02-30").expect(400);
        physician.get("/" + referral + "/$progress-summary?as-of=2026-07").expect(400);
        insurer.get("/" + patient + "/$treatment-summary?start=2026-08-01&end=2026-07-01")
                .expect(422);
        insurer.get("/" + patient + "/$treatment-summary?coverage=nothing").expect(400);
    }

    private static String walk(String file, String patient, String referral) throws IOException {
        return Files.readString(Path.of("docs", "walk", file))
                .replace("\"PATIENT\"", "\"" + patient + "\"")
                .replace("\"REFERRAL\"", "\"" + referral + "\"");
    }

    private static String created(JsonNode answer, String type) {
        for (var entry : answer.get("entry")) {
            var location = entry.at("/response/location").asText();
            var at = location.indexOf(type);
            if (at >= 0) {
                return location.substring(at).split("/_history/", -1)[0];
            }
        }
        throw new AssertionError("no " + type + " in " + answer);
    }
}
