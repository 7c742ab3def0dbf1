package org.tenderpoint.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;

/** The same summary as FHIR, plain text and PDF, as Accept or {@code _format} asks. */
class SummaryPagesStoryTest {

    @EachDatabase
    void theSummaryIsSentInTheFormThatIsAskedFor(Database database) {
        var server = Server.on(database);
        var sent = treated(server);
        var physician = server.as("demo-ehr");
        var path = "/" + sent.referral() + "/$progress-summary?as-of=2026-07-07";

        var text = physician
                .send("GET", path, null, Map.of("Accept", "text/plain"))
                .expect(200);
        var pdf = physician
                .send("GET", path, null, Map.of("Accept", "application/fhir+json;q=0.5, application/pdf"))
                .expect(200);
        var fhir = physician.get(path).expect(200);

        assertThat(text.headers().firstValue("Content-Type")).contains("text/plain;charset=UTF-8");
        assertThat(text.text())
                .startsWith("PROGRESS SUMMARY OF MASSAGE THERAPY\nDraft: ")
                .contains("2 of 6 visits");
        assertThat(pdf.headers().firstValue("Content-Type")).contains("application/pdf");
        assertThat(pdf.headers().firstValue("Content-Disposition"))
                .contains("inline; filename=\"progress-summary.pdf\"");
        assertThat(pdf.text()).startsWith("%PDF-");
        assertThat(fhir.json().path("type").asText()).isEqualTo("document");
        for (var format : List.of("text/plain", "pdf", "application/pdf", "json", "xml")) {
            physician.get(path + "&_format=" + format).expect(200);
        }
        assertThat(physician
                        .post(
                                "/" + sent.patient() + "/$progress-summary?_format=text/plain",
                                "{\"resourceType\":\"Parameters\"}")
                        .expect(200)
                        .text())
                .startsWith("PROGRESS");
    }

    @EachDatabase
    void aPageIsForThoseWhoMayReadTheRecordAndOtherResourcesHaveNone(Database database) {
        var server = Server.on(database);
        var sent = treated(server);
        var asPdf = Map.of("Accept", "application/pdf");
        var path = "/" + sent.referral() + "/$progress-summary";

        server.as("demo-other-ehr").send("GET", path, null, asPdf).expect(404);
        server.as("demo-insurer").send("GET", path, null, asPdf).expect(403);
        server.anonymous().send("GET", path, null, asPdf).expect(401);
        var reversed = server.as("demo-ehr")
                .send("GET", path + "?start=2026-07-08&as-of=2026-07-07", null, asPdf)
                .expect(422);
        server.as("demo-ehr").send("GET", "/" + sent.patient(), null, asPdf).expect(406);
        server.as("demo-ehr").get(path + "?_format=turtle").expect(406);

        assertThat(reversed.json().at("/issue/0/details/coding/0/code").asText())
                .isEqualTo("period-reversed");
        assertThat(reversed.text().getBytes(StandardCharsets.UTF_8)).isNotEmpty();
    }

    static Walk.Sent treated(Server server) {
        var walk = new Walk(server);
        var sent = walk.refer();
        for (var file : List.of("plan.json", "first-visit.json", "last-visit.json")) {
            walk.record(sent, file).expect(200);
        }
        return sent;
    }
}
