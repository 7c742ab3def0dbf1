package org.tenderpoint.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;

/** What comes along with the matches of a search. */
class IncludeStoryTest {

    @EachDatabase
    void includesComeOnceBesideTheMatches(Database database) {
        var searched = SearchedRecord.on(Server.on(database));
        var panel = "/Observation?_id={panel}";

        assertThat(searched.included(panel + "&_include=Observation:has-member"))
                .containsExactly("worse");
        assertThat(searched.included(panel + "&_include=Observation:has-member:QuestionnaireResponse"))
                .isEmpty();
        assertThat(searched.included(panel + "&_include=Observation:subject")).containsExactly("patient");
        assertThat(searched.included(panel + "&_include=Observation:patient:Patient&_include=Observation:encounter"))
                .containsExactlyInAnyOrder("patient", "visit");
        assertThat(searched.included("/Observation?_id={pain},{worse}&_include=Observation:encounter"))
                .containsExactly("visit");
    }

    @EachDatabase
    void whatPointsAtTheMatchesComesAlong(Database database) {
        var searched = SearchedRecord.on(Server.on(database));

        assertThat(searched.included("/Encounter?_id={visit}&_revinclude=Observation:encounter"))
                .containsExactlyInAnyOrder("pain", "worse", "pressure", "point", "panel");
        assertThat(searched.included("/Patient?_id={patient}&_revinclude=Encounter:patient"))
                .containsExactly("visit");
    }

    @EachDatabase
    void iterateStartsFromWhatIsIncluded(Database database) {
        var searched = SearchedRecord.on(Server.on(database));

        assertThat(searched.included("/Observation?_id={panel}&_include=Observation:encounter"
                        + "&_include:iterate=Encounter:subject"))
                .containsExactly("visit", "patient");
        assertThat(searched.included("/Patient?_id={patient}&_revinclude=Encounter:patient"
                        + "&_revinclude:iterate=Observation:encounter"))
                .hasSize(6);
    }

    @EachDatabase
    void iterationIsCutAndSaysSo(Database database) {
        var searched = SearchedRecord.on(Server.on(database));
        var chain = new ArrayList<String>();
        for (int i = 0; i < 6; i++) {
            chain.add(child(searched, i == 0 ? null : chain.get(i - 1)));
        }

        var answer = searched.clinic()
                .get("/Observation?_id=" + chain.get(5).split("/", -1)[1] + "&_include:iterate=Observation:has-member")
                .expect(200)
                .json();

        assertThat(searched.names(answer, "include"))
                .containsExactly(chain.get(4), chain.get(3), chain.get(2), chain.get(1));
        assertThat(answer.toString()).contains("search-includes-cut").contains("\"mode\":\"outcome\"");
    }

    @EachDatabase
    void nobodyIncludesWhatItMayNotSee(Database database) {
        var server = Server.on(database);
        var searched = SearchedRecord.on(server);
        var directory = "/Organization?identifier=https://tenderpoint.org/demo/organization|north-massage-clinic";

        var other = server.as("demo-other-clinic");
        // Of the records that it broke the glass of, if any, it sees the visits; this is none of them.
        assertThat(other.get(directory + "&_revinclude=Encounter:service-provider&_revinclude=Patient:organization")
                        .expect(200)
                        .text())
                .contains("north-massage-clinic")
                .doesNotContain(searched.patient());
        assertThat(other.get(searched.filled("/Observation?subject:Patient.identifier=P-{number}"))
                        .expect(200)
                        .json()
                        .has("entry"))
                .isFalse();
        assertThat(other.get(searched.filled("/Patient?_has:Observation:patient:_id={panel}"))
                        .expect(200)
                        .json()
                        .has("entry"))
                .isFalse();
        server.as("demo-insurer")
                .get("/Patient?_has:Observation:patient:code=85354-9")
                .expect(403);
        server.as("demo-insurer").get("/Patient?email=x@example.org").expect(403);
        server.as("demo-insurer")
                .get("/Coverage?_revinclude=ChargeItem:context")
                .expect(400);
        server.as("demo-insurer")
                .get("/Patient?_revinclude=Observation:patient")
                .expect(403);
        server.as("demo-ehr").get("/Patient?_revinclude=ChargeItem:patient").expect(403);
        server.as("demo-ehr")
                .get("/Provenance?_include=Provenance:target:Coverage")
                .expect(403);
    }

    private static String child(SearchedRecord searched, @org.jspecify.annotations.Nullable String parent) {
        return searched.clinic()
                .post(
                        "/Observation",
                        searched.filled(
                                """
                                {"resourceType": "Observation", "status": "final",
                                 "code": {"coding": [{"system": "http://loinc.org", "code": "3141-9"}]},
                                 "encounter": {"reference": "Encounter/{visit}"},
                                 "subject": {"reference": "Patient/{patient}"}, "effectiveDateTime": "2026-06-01"%s}"""
                                        .formatted(
                                                parent == null
                                                        ? ""
                                                        : ", \"hasMember\": [{\"reference\": \"" + parent + "\"}]")))
                .expect(201)
                .reference();
    }
}
