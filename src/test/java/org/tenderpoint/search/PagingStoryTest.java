package org.tenderpoint.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.tenderpoint.testing.Client;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;

/** In which order a search answers, and that its pages fit together. */
class PagingStoryTest {

    @EachDatabase
    void sortingGoesByOneKeyAfterTheOtherAndPutsWhatHasNoneLast(Database database) {
        var searched = SearchedRecord.on(Server.on(database));
        var ofPatient = "/Observation?patient={patient}&_sort=";

        assertThat(searched.found(ofPatient + "date")).containsExactly("pressure", "pain", "worse", "point", "panel");
        assertThat(searched.found(ofPatient + "-date")).containsExactly("panel", "point", "worse", "pain", "pressure");
        assertThat(searched.found(ofPatient + "code,-value-quantity,date"))
                .containsExactly("worse", "pain", "pressure", "panel", "point");
        assertThat(searched.found(ofPatient + "value-quantity,-date"))
                .containsExactly("pain", "worse", "panel", "point", "pressure");
        assertThat(searched.found(ofPatient + "-value-quantity,-date"))
                .containsExactly("worse", "pain", "panel", "point", "pressure");
        assertThat(searched.found(ofPatient + "-value-string,-date"))
                .containsExactly("panel", "point", "worse", "pain", "pressure");
    }

    @EachDatabase
    void everySortIsTheSameInPagesOfOneAsInOne(Database database) {
        var server = Server.on(database);
        var searched = SearchedRecord.on(server);

        for (var sort :
                List.of("date", "-date", "code,-value-quantity,date", "-value-string,_id", "-_lastUpdated", "_id")) {
            var search = searched.filled("/Observation?patient={patient}&_sort=" + sort);
            var whole = searched.names(searched.clinic().get(search).expect(200).json(), "match");

            assertThat(paged(server, searched, search + "&_count=1")).as(sort).isEqualTo(whole);
        }
    }

    @EachDatabase
    void pagesNeitherRepeatNorSkipWhileOthersWrite(Database database) {
        var server = Server.on(database);
        var searched = SearchedRecord.on(server);
        var clinic = searched.clinic();
        var written = new ArrayList<String>();
        for (int i = 0; i < 30; i++) {
            written.add(clinic.post("/Observation", observation(searched, i % 7))
                    .expect(201)
                    .reference());
        }
        var over = new AtomicBoolean();
        var others = CompletableFuture.runAsync(() -> {
            for (int i = 0; !over.get(); i++) {
                clinic.post("/Observation", observation(searched, i % 7)).expect(201);
            }
        });

        var seen = new ArrayList<String>();
        for (var sort : List.of("date", "-date", "value-quantity")) {
            var search = searched.filled("/Observation?patient={patient}&code=3141-9&_count=4&_sort=" + sort);
            var pages = paged(server, searched, search);
            assertThat(pages).as(sort).doesNotHaveDuplicates().containsAll(written);
            seen.addAll(pages);
        }
        over.set(true);
        others.join();

        assertThat(seen).hasSizeGreaterThan(90);
    }

    private static final Map<String, String> PATCH = Map.of("Content-Type", "application/json-patch+json");

    @EachDatabase
    void aPageLinkIsGoodForItsOwnOrderAlone(Database database) {
        var searched = SearchedRecord.on(Server.on(database));
        var clinic = searched.clinic();
        var search = searched.filled("/Observation?patient={patient}&_count=1&_sort=");
        var cursor = cursor(clinic.get(search + "value-string").expect(200));
        var pain = searched.filled("/Observation/{pain}");
        clinic.send("PATCH", pain, "[{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"amended\"}]", PATCH)
                .expect(200);
        var ofHistory = cursor(clinic.get(pain + "/_history?_count=1").expect(200));

        clinic.get(search + "value-string&_cursor=" + cursor).expect(200);
        for (var path : List.of(
                search + "value-quantity&_cursor=" + cursor,
                search + "-value-string&_cursor=" + cursor,
                search + "date&_cursor=" + ofHistory,
                pain + "/_history?_cursor=" + cursor,
                searched.filled("/Patient/{patient}/_history?_cursor=") + ofHistory)) {
            clinic.get(path).expect(404);
        }
    }

    private static String cursor(Client.Answer answer) {
        for (var link : answer.json().path("link")) {
            if (link.path("relation").asText().equals("next")) {
                return link.path("url").asText().replaceAll(".*_cursor=([^&]*).*", "$1");
            }
        }
        throw new AssertionError("no further page");
    }

    @EachDatabase
    void totalIsGivenWhereItIsAskedFor(Database database) {
        var searched = SearchedRecord.on(Server.on(database));
        var search = searched.filled("/Observation?patient={patient}&_count=2");

        assertThat(searched.clinic().get(search).json().has("total")).isFalse();
        assertThat(searched.clinic().get(search + "&_total=none").json().has("total"))
                .isFalse();
        assertThat(searched.clinic()
                        .get(search + "&_total=accurate")
                        .json()
                        .path("total")
                        .asInt())
                .isEqualTo(5);
        assertThat(searched.clinic()
                        .get(search + "&_total=estimate")
                        .json()
                        .path("total")
                        .asInt())
                .isEqualTo(5);
    }

    private static String observation(SearchedRecord searched, int day) {
        return searched.filled(
                """
                {"resourceType": "Observation", "status": "final",
                 "code": {"coding": [{"system": "http://loinc.org", "code": "3141-9"}]},
                 "subject": {"reference": "Patient/{patient}"}, "effectiveDateTime": "2026-06-0%d",
                 "encounter": {"reference": "Encounter/{visit}"},
                 "valueQuantity": {"value": %d, "unit": "kg", "system": "http://unitsofmeasure.org", "code": "kg"}}"""
                        .formatted(day + 1, day));
    }

    /** The names or references of all pages, one behind the other. */
    private static List<String> paged(Server server, SearchedRecord searched, String search) {
        var found = new ArrayList<String>();
        for (var next = search; !next.isEmpty(); ) {
            var page = searched.clinic().get(next).expect(200).json();
            found.addAll(searched.names(page, "match"));
            next = next(page).replace(server.url() + "/fhir", "");
        }
        return found;
    }

    private static String next(JsonNode page) {
        for (var link : page.path("link")) {
            if (link.path("relation").asText().equals("next")) {
                return link.path("url").asText();
            }
        }
        return "";
    }
}
