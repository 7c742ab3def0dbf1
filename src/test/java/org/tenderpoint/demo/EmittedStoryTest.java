package org.tenderpoint.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.tenderpoint.document.SchemaCheck;
import org.tenderpoint.testing.Client;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;

/**
 * Whatever is said about the demonstration patients is valid FHIR and keeps to our own profiles: their records, what
 * screening adds, summaries, letters and forms.
 */
class EmittedStoryTest {

    @EachDatabase
    void summariesAndLettersOfEveryPatientAreValid(Database database) {
        var server = Server.on(database);

        var documents = Course.ALL.stream()
                .flatMap(course -> documents(server, course).stream())
                .toList();

        assertThat(documents).hasSizeGreaterThan(2 * Course.ALL.size());
        assertThat(documents)
                .allSatisfy(document -> assertThat(SchemaCheck.errors(document)).isEmpty());
    }

    @EachDatabase
    void recordOfEveryPatientIsValidWithWhatScreeningLeavesInIt(Database database) {
        var server = Server.on(database);
        var standing = new ArrayList<JsonNode>();
        for (var course : Course.ALL) {
            var clinic = server.as(DemoClient.of(course.clinic()).id());
            var patient = only(clinic, "Patient", course);
            standing.add(clinic.post("/" + patient + "/$screen", "{\"resourceType\":\"Parameters\"}")
                    .expect(200)
                    .json());
            for (var page = "/" + patient + "/$everything?_count=500"; !page.isEmpty(); ) {
                var found = clinic.get(page).expect(200).json();
                found.path("entry").forEach(entry -> standing.add(entry.path("resource")));
                page = next(found);
            }
        }

        assertThat(standing)
                .extracting(resource -> resource.path("resourceType").asText())
                .contains("DetectedIssue", "Flag", "Communication", "Task", "CarePlan", "Goal", "Procedure");
        assertThat(standing).allSatisfy(resource -> assertThat(SchemaCheck.errors(resource.toString()))
                .isEmpty());
    }

    @EachDatabase
    void formsAndWhatTheyAreFilledWithAreValid(Database database) {
        var server = Server.on(database);
        var clinic = server.as(DemoClient.of(Course.ALL.get(0).clinic()).id());
        var patient = only(clinic, "Patient", Course.ALL.get(0));
        var forms = clinic.get("/Questionnaire?url:below=https://tenderpoint.org/fhir/Questionnaire")
                .expect(200)
                .json()
                .path("entry");

        assertThat(forms).hasSize(6);
        for (var form : forms) {
            assertThat(SchemaCheck.errors(form.path("resource").toString())).isEmpty();
            var filled = clinic.post("/Questionnaire/$populate", subject(form, patient))
                    .expect(200);
            assertThat(SchemaCheck.errors(filled.text())).isEmpty();
        }
    }

    private static String subject(JsonNode form, String patient) {
        return """
                {"resourceType":"Parameters","parameter":[{"name":"canonical","valueUri":"%s"},
                  {"name":"subject","valueReference":{"reference":"%s"}}]}"""
                .formatted(form.at("/resource/url").asText(), patient);
    }

    private static String next(JsonNode page) {
        for (var link : page.path("link")) {
            if (link.path("relation").asText().equals("next")) {
                var url = link.path("url").asText();
                return url.substring(url.indexOf("/fhir") + "/fhir".length());
            }
        }
        return "";
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
}
