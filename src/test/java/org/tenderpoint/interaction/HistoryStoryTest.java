package org.tenderpoint.interaction;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tenderpoint.testing.Client;
import org.tenderpoint.testing.Client.Answer;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;

/** What stood when, newest first. */
class HistoryStoryTest {

    @EachDatabase
    void historyTellsEachVersionWithItsRequestAndAnswer(Database database) {
        var desk = new Desk(database);
        var reference = desk.create(desk.appointment(Desk.number())).reference();
        rewrite(desk, reference, 2);
        desk.clinic.delete("/" + reference).expect(204);

        var history = desk.clinic.get("/" + reference + "/_history").expect(200).json();

        assertThat(history.path("type").asText()).isEqualTo("history");
        assertThat(history.path("total").asInt()).isEqualTo(3);
        assertThat(texts(history, "/request/method")).containsExactly("DELETE", "PUT", "POST");
        assertThat(texts(history, "/request/url")).containsExactly(reference, reference, "Appointment");
        assertThat(texts(history, "/response/etag")).containsExactly("W/\"3\"", "W/\"2\"", "W/\"1\"");
        assertThat(texts(history, "/response/status")).containsExactly("204 No Content", "200 OK", "201 Created");
        assertThat(texts(history, "/response/lastModified")).doesNotContain("");
        assertThat(history.at("/entry/0/resource").isMissingNode()).isTrue();
        assertThat(history.at("/entry/2/resource/meta/versionId").asText()).isEqualTo("1");
    }

    @EachDatabase
    void deletedIsGoneAndItsVersionsStay(Database database) {
        var desk = new Desk(database);
        var reference = desk.create(desk.appointment(Desk.number())).reference();
        desk.clinic.delete("/" + reference).expect(204);

        desk.clinic.get("/" + reference).expect(410);
        desk.clinic.get("/" + reference + "/_history/1").expect(200);
        desk.clinic.get("/" + reference + "/_history/2").expect(410);
        desk.clinic.get("/" + reference + "/_history/3").expect(404);
        Desk.assertHeaders(desk.clinic.delete("/" + reference).expect(204), 2);
        desk.clinic
                .put(
                        "/" + reference,
                        desk.appointment("x").replaceFirst("\\{", "{\"id\":\"" + id(reference) + "\","),
                        Map.of())
                .expect(410);
        desk.server.as("demo-other-clinic").get("/" + reference).expect(404);
        desk.server.as("demo-other-clinic").get("/" + reference + "/_history").expect(404);
    }

    @EachDatabase
    void pagesLeadThroughAllVersionsWhileOthersWrite(Database database) {
        var desk = new Desk(database);
        var reference = desk.create(desk.appointment(Desk.number())).reference();
        for (int version = 2; version <= 5; version++) {
            rewrite(desk, reference, version);
        }

        var page = desk.clinic
                .get("/" + reference + "/_history?_count=2")
                .expect(200)
                .json();
        var versions = new ArrayList<String>(texts(page, "/resource/meta/versionId"));
        rewrite(desk, reference, 6);
        while (link(page, "next") != null) {
            page = desk.clinic.get(link(page, "next")).expect(200).json();
            versions.addAll(texts(page, "/resource/meta/versionId"));
        }

        assertThat(versions).containsExactly("5", "4", "3", "2", "1");
    }

    @EachDatabase
    void sinceAndAtNarrowTheHistory(Database database) throws InterruptedException {
        var desk = new Desk(database);
        var first = desk.create(desk.appointment(Desk.number()));
        var reference = first.reference();
        Thread.sleep(5);
        var second = rewrite(desk, reference, 2);
        Thread.sleep(5);
        var third = rewrite(desk, reference, 3);
        var path = "/" + reference + "/_history";

        assertThat(versions(desk.clinic, path + "?_since=" + time(second))).containsExactly("3", "2");
        assertThat(versions(desk.clinic, path + "?_since=2100-01-01T00:00:00Z")).isEmpty();
        assertThat(versions(desk.clinic, path + "?_at=" + time(second))).containsExactly("2");
        assertThat(versions(desk.clinic, path + "?_at=" + time(third))).containsExactly("3");
        assertThat(versions(desk.clinic, path + "?_at=" + time(first).substring(0, 4)))
                .hasSize(3);
        for (var bad : List.of(
                "_since=nope",
                "_at=nope",
                "_count=-1",
                "_count=0",
                "_count=x",
                "colour=red",
                "_since=2026-01-01&_at=2026-01-01")) {
            assertThat(desk.clinic.get(path + "?" + bad).status()).as(bad).isEqualTo(400);
        }
        desk.clinic.get(path + "?_cursor=AAAA").expect(404);
    }

    @EachDatabase
    void onlyAResourceHasAHistory(Database database) {
        var desk = new Desk(database);

        desk.clinic.get("/Appointment/_history").expect(403);
        desk.clinic.get("/_history").expect(403);
        var batch = desk.clinic.bundle(Desk.bundle("batch", Desk.entry("GET", "Appointment/_history", "")));

        assertThat(Desk.statuses(batch.expect(200))).containsExactly(403);
    }

    @EachDatabase
    void whatIsStillReferredToIsNotDeleted(Database database) {
        var desk = new Desk(database);
        var reference = desk.create(desk.appointment(Desk.number())).reference();
        var encounter = desk.create(
                        """
                {"resourceType":"Encounter","status":"planned","class":{"code":"AMB"},"subject":{"reference":"%s"},\
                "appointment":[{"reference":"%s"}]}"""
                                .formatted(desk.patient, reference))
                .reference();

        var refused = desk.clinic.delete("/" + reference).expect(409);

        assertThat(Desk.code(refused)).isEqualTo("still-referred-to");
        assertThat(refused.text()).contains(encounter);
        desk.clinic.get("/" + reference).expect(200);
    }

    @EachDatabase
    void clinicalRecordsAreMarkedAndNotDeleted(Database database) {
        var desk = new Desk(database);
        var reference = desk.create(desk.observation(Desk.number(), "one")).reference();

        var refused = desk.clinic.delete("/" + reference).expect(403);

        assertThat(refused.text()).contains("entered-in-error");
        desk.server.as("demo-other-clinic").delete("/" + reference).expect(404);
        desk.clinic.get("/" + reference).expect(200);
    }

    private static Answer rewrite(Desk desk, String reference, int version) {
        var body = desk.appointment("version " + version).replaceFirst("\\{", "{\"id\":\"" + id(reference) + "\",");
        var answer = desk.clinic.put("/" + reference, body, Map.of()).expect(200);
        Desk.assertHeaders(answer, version);
        return answer;
    }

    private static String id(String reference) {
        return reference.split("/", 2)[1];
    }

    private static String time(Answer answer) {
        return answer.json().at("/meta/lastUpdated").asText().replace("+", "%2B");
    }

    private static List<String> versions(Client client, String path) {
        return texts(client.get(path).expect(200).json(), "/resource/meta/versionId");
    }

    private static List<String> texts(JsonNode bundle, String pointer) {
        var texts = new ArrayList<String>();
        bundle.path("entry").forEach(entry -> texts.add(entry.at(pointer).asText()));
        return texts;
    }

    private static @org.jspecify.annotations.Nullable String link(JsonNode bundle, String relation) {
        for (var link : bundle.path("link")) {
            if (link.path("relation").asText().equals(relation)) {
                var url = link.path("url").asText();
                return url.substring(url.indexOf("/fhir/") + "/fhir".length());
            }
        }
        return null;
    }
}
