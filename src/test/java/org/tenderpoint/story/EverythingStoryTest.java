package org.tenderpoint.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.tenderpoint.testing.Client;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;

/** A patient's record in one answer: what is in it for whom, cut by type and time, and page by page. */
class EverythingStoryTest {

    private static final String SCORE =
            """
            {"resourceType":"Observation","status":"%s","subject":{"reference":"%s"},
             "code":{"coding":[{"system":"http://loinc.org","code":"72514-3"}]},"effectiveDateTime":"%s",
             "valueQuantity":{"value":4,"system":"http://unitsofmeasure.org","code":"{score}"}}""";

    @EachDatabase
    void wholeRecordComesInOneBundleWithThePatientFirstAndEverybodyItNames(Database database) {
        var server = Server.on(database);
        var sent = treated(server);

        var answer = server.as("demo-clinic").get("/" + sent.patient() + "/$everything");

        var record = answer.expect(200).json();
        assertThat(record.at("/type").asText()).isEqualTo("searchset");
        assertThat(record.at("/link/0/url").asText()).endsWith("/fhir/" + sent.patient() + "/$everything");
        assertThat(found(record, "match").get(0)).isEqualTo(sent.patient());
        assertThat(found(record, "match"))
                .doesNotHaveDuplicates()
                .contains(sent.condition(), sent.coverage(), sent.referral(), sent.task())
                .anyMatch(reference -> reference.startsWith("Encounter/"))
                .anyMatch(reference -> reference.startsWith("Procedure/"));
        assertThat(found(record, "include"))
                .isNotEmpty()
                .doesNotHaveDuplicates()
                .allMatch(reference -> reference.matches("(Organization|Practitioner|PractitionerRole|Location)/.*"));
        assertThat(record.at("/entry/0/resource/meta/versionId").asText()).isEqualTo("1");
    }

    @EachDatabase
    void referrerGetsWhatIsReleasedAndItsRoleCoversAndNobodyElseLearnsThatThereIsAPatient(Database database) {
        var server = Server.on(database);
        var sent = treated(server);
        var clinic = server.as("demo-clinic");
        var draft = clinic.post("/Observation", SCORE.formatted("preliminary", sent.patient(), "2026-07-01"))
                .expect(201)
                .reference();
        var everything = "/" + sent.patient() + "/$everything";

        var forTheClinic = found(clinic.get(everything).expect(200).json(), "match");
        var forTheReferrer =
                found(server.as("demo-ehr").get(everything).expect(200).json(), "match");

        assertThat(forTheClinic).contains(draft, sent.coverage());
        assertThat(forTheReferrer).doesNotContain(draft, sent.coverage()).contains(sent.patient(), sent.referral());
        server.as("demo-insurer").get(everything).expect(403);
        server.anonymous().get(everything).expect(401);
        var foreign = server.as("demo-other-clinic").get(everything).expect(404);
        var missing = server.as("demo-other-clinic")
                .get("/Patient/00000000-0000-4000-8000-000000000000/$everything")
                .expect(404);
        assertThat(foreign.text()).isEqualTo(missing.text());
        server.as("demo-other-ehr").get(everything).expect(404);
    }

    @EachDatabase
    void pagesShowEveryRowOnceWhileOthersWriteAndOpenForNobodyElse(Database database) {
        var server = Server.on(database);
        var sent = treated(server);
        var clinic = server.as("demo-clinic");
        var whole = found(
                clinic.get("/" + sent.patient() + "/$everything").expect(200).json(), "match");

        var matches = new ArrayList<String>();
        var includes = new ArrayList<String>();
        var path = "/" + sent.patient() + "/$everything?_count=3";
        for (var pages = 0; !path.isEmpty(); pages++) {
            var page = clinic.get(path).expect(200).json();
            matches.addAll(found(page, "match"));
            includes.addAll(found(page, "include"));
            path = next(page);
            if (pages == 0) {
                assertThat(found(page, "match")).hasSize(3);
                server.as("demo-ehr").get(path).expect(404);
                clinic.get(path.replace(sent.patient(), "Patient/00000000-0000-4000-8000-000000000000"))
                        .expect(404);
                clinic.post("/Observation", SCORE.formatted("final", sent.patient(), "2026-07-02"))
                        .expect(201);
            }
        }

        assertThat(matches).doesNotHaveDuplicates().containsSubsequence(whole).hasSize(whole.size() + 1);
        assertThat(includes).doesNotHaveDuplicates().isNotEmpty();
        clinic.get("/" + sent.patient() + "/$everything?_cursor=invented").expect(404);
    }

    @EachDatabase
    void typeTimeOfChangeAndTimeOfCareCutTheRecord(Database database) {
        var server = Server.on(database);
        var sent = treated(server);
        var clinic = server.as("demo-clinic");
        var everything = "/" + sent.patient() + "/$everything";

        var visits = clinic.get(everything + "?_type=Encounter,Procedure&_type=Goal");
        assertThat(types(visits)).containsExactlyInAnyOrder("Encounter", "Procedure", "Goal");

        var june = clinic.get(everything + "?_type=Encounter&start=2026-06&end=2026-06");
        assertThat(june.expect(200).json().path("entry")).hasSize(1);
        assertThat(june.text()).contains("2026-06-08");
        assertThat(types(clinic.get(everything + "?start=2027"))).contains("Patient", "Coverage");
        assertThat(types(clinic.get(everything + "?start=2027"))).doesNotContain("Encounter", "Observation");

        var patient = clinic.get("/" + sent.patient()).json();
        clinic.put(
                        "/" + sent.patient(),
                        patient.toString().replaceFirst("\"gender\":\"[a-z]+\"", "\"gender\":\"unknown\""),
                        Map.of("If-Match", "W/\"1\""))
                .expect(200);
        var changed =
                clinic.get("/" + sent.patient()).json().at("/meta/lastUpdated").asText();
        var since = clinic.get(everything + "?_since=" + changed.replace("+", "%2B"));
        assertThat(found(since.expect(200).json(), "match")).containsExactly(sent.patient());
        assertThat(types(clinic.get(everything + "?_type=Subscription"))).isEmpty();
    }

    @EachDatabase
    void itIsAskedForByPostToAndComesAsXmlOrPretty(Database database) {
        var server = Server.on(database);
        var sent = treated(server);
        var clinic = server.as("demo-clinic");

        var posted = clinic.post(
                "/" + sent.patient() + "/$everything",
                """
                {"resourceType":"Parameters","parameter":[
                  {"name":"_type","valueCode":"Encounter"},{"name":"_count","valueInteger":1}]}""");
        assertThat(types(posted)).containsExactly("Encounter");
        var second = clinic.get(next(posted.json())).expect(200).json();
        assertThat(found(second, "match")).hasSize(1).doesNotContainAnyElementsOf(found(posted.json(), "match"));

        var xml = clinic.get("/" + sent.patient() + "/$everything?_format=xml").expect(200);
        assertThat(xml.text()).startsWith("<Bundle").contains("<Encounter");
    }

    @EachDatabase
    void parametersThatAreWrongAreNamed(Database database) {
        var server = Server.on(database);
        var sent = treated(server);
        var clinic = server.as("demo-clinic");
        var everything = "/" + sent.patient() + "/$everything";

        for (var wrong : List.of(
                "start=someday",
                "end=2026-13",
                "_since=2026-01-01",
                "_count=0",
                "_count=many",
                "_type=Unicorn",
                "_type=",
                "colour=red",
                "start=2026&start=2025")) {
            var name = wrong.substring(0, wrong.indexOf('='));
            var refused = clinic.get(everything + "?" + wrong).expect(400);
            assertThat(refused.json().at("/issue/0/diagnostics").asText())
                    .as(wrong)
                    .contains(name);
        }
        clinic.get(everything + "?start=2026-02&end=2026-01").expect(422);
        clinic.post(everything + "?_count=2", "{\"resourceType\":\"Parameters\"}")
                .expect(400);
        clinic.post(
                        everything,
                        "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"colour\",\"valueCode\":\"red\"}]}")
                .expect(400);
        clinic.post(everything, "{\"resourceType\":\"Patient\"}").expect(400);
    }

    @EachDatabase
    void twoStatementsReadIt(Database database) {
        var server = Server.on(database);
        var sent = treated(server);
        var clinic = server.as("demo-clinic");
        clinic.get("/" + sent.patient() + "/$everything").expect(200);

        var trips = server.roundTrips()
                .during(() -> clinic.get("/" + sent.patient() + "/$everything").expect(200));

        assertThat(trips).as("the record, and who it names").hasSize(2);
    }

    private static Walk.Sent treated(Server server) {
        var walk = new Walk(server);
        var sent = walk.refer();
        for (var file : List.of("plan.json", "first-visit.json", "last-visit.json")) {
            walk.record(sent, file).expect(200);
        }
        return sent;
    }

    private static List<String> found(JsonNode bundle, String mode) {
        return StreamSupport.stream(bundle.path("entry").spliterator(), false)
                .filter(entry -> entry.at("/search/mode").asText().equals(mode))
                .map(entry -> entry.at("/resource/resourceType").asText() + "/"
                        + entry.at("/resource/id").asText())
                .toList();
    }

    private static HashSet<String> types(Client.Answer answer) {
        var types = new HashSet<String>();
        answer.expect(200)
                .json()
                .path("entry")
                .forEach(entry -> types.add(entry.at("/resource/resourceType").asText()));
        return types;
    }

    /** The path of the next page below {@code /fhir}; empty on the last one. */
    private static String next(JsonNode bundle) {
        for (var link : bundle.path("link")) {
            if (link.path("relation").asText().equals("next")) {
                return link.path("url").asText().split("/fhir", 2)[1];
            }
        }
        return "";
    }
}
