package org.tenderpoint.story;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;
import org.hl7.fhir.r4.model.Bundle;
import org.tenderpoint.document.SchemaCheck;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;

/** The International Patient Summary: its sections, what stands in for nothing, and for whom it is. */
class PatientSummaryStoryTest {

    @EachDatabase
    void requiredSectionsAreThereWithEntriesOrAReasonAndEverythingHasANarrative(Database database) {
        var server = Server.on(database);
        var walk = new Walk(server);
        var sent = walk.refer();
        for (var file : List.of("plan.json", "first-visit.json", "last-visit.json")) {
            walk.record(sent, file).expect(200);
        }

        var answer =
                server.as("demo-clinic").get("/" + sent.patient() + "/$summary").expect(200);

        var document = answer.json();
        assertThat(document.at("/meta/profile/0").asText()).endsWith("/Bundle-uv-ips");
        assertThat(document.at("/entry/0/resource/meta/profile/0").asText()).endsWith("/Composition-uv-ips");
        assertThat(document.at("/entry/0/resource/type/coding/0/code").asText()).isEqualTo("60591-5");
        assertThat(codes(document))
                .startsWith("11450-4", "48765-2", "10160-0")
                .contains("47420-5", "18776-5", "30954-2")
                .doesNotHaveDuplicates();
        for (var section : document.at("/entry/0/resource/section")) {
            assertThat(section.at("/text/div").asText())
                    .as(section.path("title").asText())
                    .isNotBlank();
        }
        for (var required : List.of("11450-4", "48765-2", "10160-0")) {
            var section = section(document, required);
            assertThat(section.path("entry").size() > 0 ^ section.has("emptyReason"))
                    .as(required)
                    .isTrue();
        }
        assertThat(section(document, "11450-4").at("/entry/0/reference").asText())
                .isEqualTo(sent.condition());
        assertThat(section(document, "48765-2").at("/emptyReason/coding/0/code").asText())
                .isEqualTo("unavailable");
        var urls = document.path("entry").findValuesAsText("fullUrl");
        for (var section : document.at("/entry/0/resource/section")) {
            for (var entry : section.path("entry")) {
                assertThat(urls)
                        .contains(server.url() + "/fhir/"
                                + entry.path("reference").asText());
            }
        }
        var bundle = FhirContext.forR4Cached().newJsonParser().parseResource(Bundle.class, answer.text());
        // The definitions of IPS are on no registry that a build reaches; R4 itself is checked.
        bundle.getMeta().getProfile().clear();
        bundle.getEntryFirstRep().getResource().getMeta().getProfile().clear();
        assertThat(SchemaCheck.errors(bundle)).isEmpty();
    }

    @EachDatabase
    void itIsForThoseWhoMayReadTheRecord(Database database) {
        var server = Server.on(database);
        var sent = new Walk(server).refer();
        var summary = "/" + sent.patient() + "/$summary";

        server.as("demo-ehr").get(summary).expect(200);
        server.as("demo-other-ehr").get(summary).expect(404);
        server.as("demo-other-clinic").get(summary).expect(404);
        server.as("demo-insurer").get(summary).expect(403);
        server.anonymous().get(summary).expect(401);
        var refused = server.as("demo-clinic")
                .get(summary + "?profile=http://example.org/other")
                .expect(400);
        assertThat(refused.text()).contains("profile");
        server.as("demo-clinic").get(summary + "?identifier=1").expect(400);
        server.as("demo-clinic")
                .get(summary + "?profile=http://hl7.org/fhir/uv/ips/StructureDefinition/Bundle-uv-ips")
                .expect(200);
    }

    private static List<String> codes(JsonNode document) {
        return StreamSupport.stream(document.at("/entry/0/resource/section").spliterator(), false)
                .map(section -> section.at("/code/coding/0/code").asText())
                .toList();
    }

    private static JsonNode section(JsonNode document, String code) {
        return StreamSupport.stream(document.at("/entry/0/resource/section").spliterator(), false)
                .filter(section -> section.at("/code/coding/0/code").asText().equals(code))
                .findFirst()
                .orElseThrow();
    }
}
