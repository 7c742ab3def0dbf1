package org.tenderpoint.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Resource;
import org.tenderpoint.document.InventedRecord;
import org.tenderpoint.document.SchemaCheck;
import org.tenderpoint.testing.Client;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;

/** What the server writes by itself about the demonstration patients is valid FHIR: summaries, letters, screening. */
class EmittedStoryTest {

    private static final Set<String> WRITTEN_BY_SCREENING =
            Set.of("DetectedIssue", "Flag", "Communication", "Task", "CarePlan");

    @EachDatabase
    void summariesAndLettersOfEveryPatientAreValid(Database database) {
        var server = Server.on(database);

        var documents = Course.ALL.stream()
                .flatMap(course -> documents(server, course).stream())
                .toList();

        assertThat(documents).hasSizeGreaterThan(2 * Course.ALL.size());
        assertThat(documents).allSatisfy(document -> assertThat(SchemaCheck.errors(parsed(document)))
                .isEmpty());
    }

    @EachDatabase
    void whatScreeningLeavesInTheRecordIsValid(Database database) {
        var server = Server.on(database);
        var left = new ArrayList<JsonNode>();
        for (var course : Course.ALL) {
            var clinic = server.as(DemoClient.of(course.clinic()).id());
            var patient = only(clinic, "Patient", course);
            clinic.post("/" + patient + "/$screen", "{\"resourceType\":\"Parameters\"}")
                    .expect(200);
            for (var type : WRITTEN_BY_SCREENING) {
                clinic.get("/" + type + "?patient=" + patient + "&_count=100")
                        .expect(200)
                        .json()
                        .path("entry")
                        .forEach(entry -> left.add(entry.path("resource")));
            }
        }

        assertThat(left)
                .extracting(resource -> resource.path("resourceType").asText())
                .contains("DetectedIssue", "Flag", "Communication", "Task", "CarePlan");
        assertThat(left).allSatisfy(resource -> assertThat(SchemaCheck.errors(parsed(resource.toString())))
                .isEmpty());
    }

    private static List<String> documents(Server server, Course course) {
        var clinic = server.as(DemoClient.of(course.clinic()).id());
        var referral = only(clinic, "ServiceRequest", course);
        var documents = new ArrayList<String>();
        documents.add(
                clinic.get("/" + referral + "/$progress-summary").expect(200).text());
        // A patient without a plan, without all that a letter says, or without cover, has no such document.
        for (var path : List.of(
                "/" + referral + "/$plan-of-care-letter",
                "/" + referral + "/$medical-necessity-letter",
                "/" + only(clinic, "Patient", course) + "/$treatment-summary")) {
            var answer = clinic.get(path);
            if (answer.status() == 200) {
                documents.add(answer.text());
            } else {
                answer.expect(422);
            }
        }
        return documents;
    }

    private static String only(Client clinic, String type, Course course) {
        var found = clinic.get("/" + type + "?identifier=" + DemoBundle.system(type) + "|" + course.key())
                .expect(200)
                .json();
        return type + "/" + found.at("/entry/0/resource/id").asText();
    }

    private static Resource parsed(String json) {
        return (Resource) InventedRecord.FHIR.newJsonParser().parseResource(json);
    }
}
