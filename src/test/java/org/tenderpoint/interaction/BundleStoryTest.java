package org.tenderpoint.interaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;

/** Batches stand entry by entry; transactions as a whole. */
class BundleStoryTest {

    @EachDatabase
    void aFailingEntryOfABatchTouchesNoOther(Database database) {
        var desk = new Desk(database);
        var reference = desk.create(desk.observation(Desk.number(), "one")).reference();
        var number = Desk.number();

        var answer = desk.clinic
                .bundle(Desk.bundle(
                        "batch",
                        Desk.entry("POST", "Observation", desk.observation(number, "two")),
                        Desk.entry(
                                        "POST",
                                        "Observation",
                                        desk.observation(Desk.number(), "x").replace("final", "unheard-of"))
                                .replace("unheard-of", "final")
                                .replace(desk.patient, "Patient/" + Desk.number()),
                        "{\"resource\":{\"resourceType\":\"Patient\"}}",
                        Desk.entry("PATCH", reference, ""),
                        Desk.entry("DELETE", reference, ""),
                        Desk.entry("GET", reference, ""),
                        Desk.entry("GET", reference + "/_history/1", ""),
                        Desk.entry("GET", reference + "/_history", ""),
                        Desk.entry("GET", "Observation?" + Desk.condition(number), ""),
                        Desk.entry("GET", "Observation?colour=red", ""),
                        Desk.entry("GET", "Patient/" + Desk.number(), ""),
                        Desk.entry("GET", "metadata", "")))
                .expect(200);

        assertThat(Desk.statuses(answer)).containsExactly(201, 404, 400, 400, 403, 200, 200, 200, 200, 400, 404, 400);
        assertThat(answer.json().at("/entry/8/resource/total").asInt()).isEqualTo(1);
        assertThat(answer.json().at("/entry/7/resource/type").asText()).isEqualTo("history");
        assertThat(answer.json().at("/entry/1/response/outcome/resourceType").asText())
                .isEqualTo("OperationOutcome");
    }

    @EachDatabase
    void aBatchReadsConditionally(Database database) {
        var desk = new Desk(database);
        var reference = desk.create(desk.observation(Desk.number(), "one")).reference();
        var get = "{\"request\":{\"method\":\"GET\",\"url\":\"" + reference + "\",\"ifNoneMatch\":\"W/\\\"%s\\\"\"}}";

        var answer = desk.clinic.bundle(Desk.bundle("batch", get.formatted(1), get.formatted(2)));

        assertThat(Desk.statuses(answer.expect(200))).containsExactly(304, 200);
        assertThat(answer.json().at("/entry/0/resource").isMissingNode()).isTrue();
    }

    @EachDatabase
    void whatATransactionDeletesMakesRoomForWhatItCreates(Database database) {
        var desk = new Desk(database);
        var number = Desk.number();
        var conditional = "{\"resource\":" + desk.appointment(number)
                + ",\"request\":{\"method\":\"POST\",\"url\":\"Appointment\"," + "\"ifNoneExist\":\""
                + Desk.condition(number) + "\"}}";
        var first = desk.clinic.bundle(Desk.bundle("transaction", conditional)).expect(200);
        var old = first.json().at("/entry/0/response/location").asText().split("/_history")[0];

        var answer = desk.clinic.bundle(Desk.bundle("transaction", conditional, Desk.entry("DELETE", old, "")));

        assertThat(Desk.statuses(answer.expect(200))).containsExactly(201, 204);
        assertThat(answer.json().at("/entry/0/response/location").asText()).doesNotContain(old);
    }

    @EachDatabase
    void whatATransactionDeletesIsNoTarget(Database database) {
        var desk = new Desk(database);
        var reference = desk.create(desk.appointment(Desk.number())).reference();
        var encounter =
                """
                {"resourceType":"Encounter","status":"planned","class":{"code":"AMB"},"subject":{"reference":"%s"},\
                "appointment":[{"reference":"%s"}]}"""
                        .formatted(desk.patient, reference);

        var refused = desk.clinic
                .bundle(Desk.bundle(
                        "transaction", Desk.entry("POST", "Encounter", encounter), Desk.entry("DELETE", reference, "")))
                .expect(422);

        assertThat(Desk.expression(refused)).isEqualTo("Bundle.entry[0].resource.appointment[0]");
        desk.clinic.get("/" + reference).expect(200);
    }

    @EachDatabase
    void fullUrlsAreReplacedInReferencesAddressesAndNarratives(Database database) {
        var desk = new Desk(database);
        var observation = "{\"fullUrl\":\"urn:uuid:0b7c5a2e-5d0f-4b0a-9d0d-0000000000aa\",\"resource\":"
                + desk.observation(Desk.number(), "one")
                + ",\"request\":{\"method\":\"POST\",\"url\":\"Observation\"}}";
        var document =
                """
                {"fullUrl":"http://elsewhere.example/fhir/Communication/7","resource":{"resourceType":"Communication",\
                "status":"completed","subject":{"reference":"%s"},\
                "text":{"status":"generated","div":"<div xmlns=\\"http://www.w3.org/1999/xhtml\\">\
                <a href=\\"urn:uuid:0b7c5a2e-5d0f-4b0a-9d0d-0000000000aa\\">it</a></div>"},\
                "about":[{"reference":"urn:uuid:0b7c5a2e-5d0f-4b0a-9d0d-0000000000aa"}],\
                "payload":[{"contentAttachment":{"url":"urn:uuid:0b7c5a2e-5d0f-4b0a-9d0d-0000000000aa"}}]},\
                "request":{"method":"POST","url":"Communication"}}"""
                        .formatted(desk.patient);

        var answer = desk.clinic
                .send(
                        "POST",
                        "",
                        Desk.bundle("transaction", document, observation),
                        Map.of("Prefer", "return=representation"))
                .expect(200);
        var id = answer.json().at("/entry/1/response/location").asText().split("/_history")[0];
        var written = answer.json().at("/entry/0/resource");

        assertThat(written.at("/about/0/reference").asText()).isEqualTo(id);
        assertThat(written.at("/payload/0/contentAttachment/url").asText()).isEqualTo(id);
        assertThat(written.at("/text/div").asText()).contains("href=\"" + id + "\"");
    }

    @EachDatabase
    void oneResourceIsChangedOnceHoweverItIsNamed(Database database) {
        var desk = new Desk(database);
        var number = Desk.number();
        var reference = desk.create(desk.observation(number, "one")).reference();
        var byId = Desk.entry("PUT", reference, desk.observation(number, "two"));
        var byCondition = Desk.entry("PUT", "Observation?" + Desk.condition(number), desk.observation(number, "three"));

        var refused = desk.clinic
                .bundle(Desk.bundle("transaction", byId, byCondition))
                .expect(400);

        assertThat(Desk.code(refused)).isEqualTo("bundle-duplicate-target");
        assertThat(desk.clinic.get("/" + reference).text()).contains("\"one\"");
    }

    @EachDatabase
    void anEntryKeepsItsIfMatch(Database database) {
        var desk = new Desk(database);
        var number = Desk.number();
        var reference = desk.create(desk.observation(number, "one")).reference();
        var put = "{\"resource\":" + desk.observation(number, "two") + ",\"request\":{\"method\":\"PUT\",\"url\":\""
                + reference + "\",\"ifMatch\":\"W/\\\"%d\\\"\"}}";

        desk.clinic.bundle(Desk.bundle("transaction", put.formatted(4))).expect(412);
        assertThat(Desk.statuses(desk.clinic
                        .bundle(Desk.bundle("batch", put.formatted(4), put.formatted(1)))
                        .expect(200)))
                .containsExactly(412, 200);
    }

    @EachDatabase
    void aConditionalReferenceFindsWhatTheSameTransactionCreates(Database database) {
        var desk = new Desk(database);
        var number = Desk.number();
        var pointing = desk.observation(Desk.number(), "one")
                .replace(
                        "\"valueString\"",
                        "\"hasMember\":[{\"reference\":\"Observation?" + Desk.condition(number)
                                + "\"}],\"valueString\"");

        var answer = desk.clinic
                .bundle(Desk.bundle(
                        "transaction",
                        Desk.entry("POST", "Observation", pointing),
                        Desk.entry("POST", "Observation", desk.observation(number, "two"))))
                .expect(200);

        var created = answer.json().at("/entry/1/response/location").asText().split("/_history")[0];
        var written = answer.json().at("/entry/0/response/location").asText().split("/_history")[0];
        assertThat(desk.clinic
                        .get("/" + written)
                        .expect(200)
                        .json()
                        .at("/hasMember/0/reference")
                        .asText())
                .isEqualTo(created);
    }

    @EachDatabase
    void aConditionalReferenceGoesByWhatStandsAfterTheTransaction(Database database) {
        var desk = new Desk(database);
        var number = Desk.number();
        var standing = desk.create(desk.appointment(number)).reference();
        var encounter =
                """
                {"resourceType":"Encounter","status":"planned","class":{"code":"AMB"},"subject":{"reference":"%s"},\
                "appointment":[{"reference":"Appointment?%s"}]}"""
                        .formatted(desk.patient, Desk.condition(number));
        var visit = Desk.entry("POST", "Encounter", encounter);

        var twice = desk.clinic.bundle(
                Desk.bundle("transaction", visit, Desk.entry("POST", "Appointment", desk.appointment(number))));
        var gone = desk.clinic.bundle(Desk.bundle("transaction", visit, Desk.entry("DELETE", standing, "")));
        var changed = desk.clinic.bundle(
                Desk.bundle("transaction", visit, Desk.entry("PUT", standing, desk.appointment(Desk.number()))));

        assertThat(Desk.code(twice.expect(422))).isEqualTo("reference-ambiguous");
        assertThat(Desk.code(gone.expect(422))).isEqualTo("reference-not-found");
        assertThat(Desk.code(changed.expect(422))).isEqualTo("reference-not-found");
        desk.clinic.bundle(Desk.bundle("transaction", visit)).expect(200);
    }
}
