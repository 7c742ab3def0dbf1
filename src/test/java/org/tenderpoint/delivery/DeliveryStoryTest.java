package org.tenderpoint.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.tenderpoint.chart.Subscribers;
import org.tenderpoint.matrix.Bodies;
import org.tenderpoint.testing.AuditTable;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Receiver;
import org.tenderpoint.testing.Server;

/** Whoever has subscribed is told, at least once and in order, and only of what it may read at that moment. */
class DeliveryStoryTest {

    @EachDatabase
    void anEhrIsToldOfItsOwnReferralAndAnotherOfNothing(Database database) {
        var told = Told.in(Server.on(database));
        try (var receiver = new Receiver();
                var others = new Receiver()) {
            var id = told.subscribed("told-ehr", Told.TASKS, "", receiver);
            told.subscribed("told-other-ehr", Told.TASKS, "", others);
            assertThat(receiver.received().get(0).status("type")).isEqualTo("handshake");
            assertThat(receiver.received().get(0).status("status")).isEqualTo("requested");
            assertThat(told.status("told-ehr", id)).isEqualTo("active");

            var number = told.referred("told-ehr");
            told.round();

            assertThat(receiver.events()).hasSize(1);
            var event = receiver.events().get(0);
            assertThat(event.bundle().path("type").asText()).isEqualTo("history");
            assertThat(event.status("subscription")).endsWith("/fhir/Subscription/" + id);
            assertThat(event.status("topic")).isEqualTo(Told.TASKS);
            assertThat(event.status("status")).isEqualTo("active");
            assertThat(event.status("events-since-subscription-start")).isEqualTo("1");
            assertThat(event.event("event-number")).isEqualTo("1");
            assertThat(event.event("focus")).endsWith("/fhir/" + told.task(number));
            assertThat(event.bundle().path("entry")).hasSize(2);
            assertThat(event.bundle().at("/entry/1/resource").isMissingNode()).isTrue();
            assertThat(event.bundle().toString()).doesNotContain("Quist");
            assertThat(others.events()).isEmpty();

            accept(told, number);
            told.round();
            told.round();

            assertThat(receiver.events()).hasSize(2);
            assertThat(receiver.events().get(1).event("event-number")).isEqualTo("2");
            assertThat(others.events()).isEmpty();
            var status =
                    told.as("told-ehr").get("/Subscription/" + id + "/$status").expect(200);
            assertThat(new Receiver.Received(null, status.json()).status("events-since-subscription-start"))
                    .isEqualTo("2");
        }
    }

    @EachDatabase
    void aFilterNarrowsATopicAndEmptyContentNamesNothing(Database database) {
        var told = Told.in(Server.on(database));
        try (var receiver = new Receiver()) {
            told.approve("told-ehr", receiver.address());
            told.as("told-ehr")
                    .post(
                            "/Subscription",
                            Told.subscription(Told.TASKS, "Task?status=accepted", receiver.address(), "empty"))
                    .expect(201);
            told.round();
            var number = told.referred("told-ehr");
            told.round();
            assertThat(receiver.events()).isEmpty();

            accept(told, number);
            told.round();

            assertThat(receiver.events()).hasSize(1);
            assertThat(receiver.events().get(0).event("event-number")).isEqualTo("1");
            assertThat(receiver.events().get(0).bundle().toString())
                    .doesNotContain(told.task(number))
                    .doesNotContain("focus");
        }
    }

    @EachDatabase
    void whoWasDownIsToldOfEverythingInItsOrder(Database database) {
        var told = Told.in(Server.on(database));
        try (var receiver = new Receiver();
                var well = new Receiver()) {
            var id = told.subscribed("told-ehr", Told.TASKS, "", receiver);
            told.subscribed("told-ehr", Told.TASKS, "", well);
            receiver.answers(503);
            var first = told.referred("told-ehr");
            told.round();
            var second = told.referred("told-ehr");
            told.round();
            assertThat(receiver.events()).as("it is not tried again at once").hasSize(1);
            assertThat(well.events()).as("nobody else is held up").hasSize(2);
            assertThat(told.status("told-ehr", id)).isEqualTo("active");
            assertThat(told.admin("GET", "/deliveries").expect(200).text())
                    .contains(id)
                    .contains("answered-503")
                    .contains("\"waiting\":2");

            receiver.answers(204);
            told.waited(id);
            told.round();

            assertThat(receiver.events().stream()
                            .map(event -> event.event("event-number") + " "
                                    + event.event("focus").replaceFirst(".*/fhir/", "")))
                    .containsExactly("1 " + told.task(first), "1 " + told.task(first), "2 " + told.task(second));
            assertThat(told.admin("GET", "/deliveries").expect(200).text()).doesNotContain(id);
        }
    }

    @EachDatabase
    void whoIsGoneIsParkedAndToldWhenAnAdministratorSaysSo(Database database) {
        var told = Told.in(Server.on(database));
        try (var receiver = new Receiver()) {
            var id = told.subscribed("told-ehr", Told.TASKS, "", receiver);
            receiver.answers(410);
            var first = told.referred("told-ehr");
            told.round();
            assertThat(told.status("told-ehr", id)).isEqualTo("error");
            assertThat(told.as("told-ehr").get("/Subscription/" + id).text()).contains("answered-410");
            told.waited(id);
            told.round();
            assertThat(receiver.events())
                    .as("nothing is sent while it is parked")
                    .hasSize(1);
            var second = told.referred("told-ehr");
            told.round();
            told.admin("POST", "/deliveries/" + UUID.randomUUID() + "/resend").expect(400);
            told.admin("POST", "/deliveries/x/resend").expect(400);

            receiver.answers(200);
            told.admin("POST", "/deliveries/" + id + "/resend").expect(200);
            told.round();

            assertThat(told.status("told-ehr", id)).isEqualTo("active");
            assertThat(told.as("told-ehr").get("/Subscription/" + id).text()).doesNotContain("answered-410");
            assertThat(receiver.events().stream().skip(1).map(event -> event.event("focus")
                            .replaceFirst(".*/fhir/", "")))
                    .containsExactly(told.task(first), told.task(second));
            told.admin("POST", "/deliveries/" + id + "/resend").expect(400);
            org.tenderpoint.testing.Person.json(
                            "GET",
                            told.server().url() + "/admin/deliveries",
                            told.as("told-ehr").token(),
                            "")
                    .expect(403);
        }
    }

    @EachDatabase
    void aWithdrawnConsentEndsWhatIsStillToBeTold(Database database) {
        var told = Told.in(Server.on(database));
        try (var receiver = new Receiver()) {
            var id = told.subscribed("told-payer", Told.DOCUMENTS, "", receiver);
            var number = told.referred("told-ehr");
            var patient = "Patient/" + told.seed().id("P" + number);
            var consent = told.as("told-clinic")
                    .post("/Consent", Bodies.consent(patient, told.seed().id("told-payer"), "active"))
                    .expect(201)
                    .json()
                    .path("id")
                    .asText();
            var known = told.sentToPayer(number);
            told.round();
            assertThat(receiver.events()).hasSize(1);
            assertThat(receiver.events().get(0).event("focus")).endsWith(known);
            told.as("told-payer").get("/" + known).expect(200);
            receiver.answers(503);
            var another = told.referred("told-ehr");
            told.sentToPayer(another);
            told.round();
            assertThat(receiver.events()).hasSize(2);

            var other = "Patient/" + told.seed().id("P" + another);
            told.as("told-clinic")
                    .post("/Consent", Bodies.consent(other, told.seed().id("told-payer"), "inactive"))
                    .expect(201);
            told.as("told-clinic")
                    .put(
                            "/Consent/" + consent,
                            Bodies.withId(Bodies.consent(patient, told.seed().id("told-payer"), "inactive"), consent),
                            Map.of())
                    .expect(200);
            receiver.answers(200);
            told.waited(id);
            told.round();

            assertThat(receiver.events()).as("nothing more is told").hasSize(2);
            assertThat(told.admin("GET", "/deliveries").expect(200).text()).doesNotContain("\"waiting\":1");
            told.as("told-payer").get("/" + known).expect(404);
        }
    }

    @EachDatabase
    void aReferrerIsToldOfASummaryWhenItIsSigned(Database database) {
        var told = Told.in(Server.on(database));
        try (var receiver = new Receiver()) {
            told.subscribed("told-ehr", "https://tenderpoint.org/fhir/SubscriptionTopic/signed-summary", "", receiver);
            var patient = "Patient/" + told.seed().id("P" + told.referred("told-ehr"));
            var signed =
                    """
                    {"resourceType":"DocumentReference","meta":{"tag":[
                      {"system":"https://tenderpoint.org/fhir/CodeSystem/massage","code":"signed-summary"}]},
                     "status":"current","docStatus":"final","subject":{"reference":"%s"},
                     "content":[{"attachment":{"contentType":"text/plain","data":"c2lnbmVk"}}]}"""
                            .formatted(patient);
            var clinic = told.as("told-clinic");
            clinic.post("/DocumentReference", signed.replace("\"final\"", "\"preliminary\""))
                    .expect(201);
            clinic.post("/DocumentReference", signed.replace("signed-summary", "another"))
                    .expect(201);

            var file = clinic.post("/DocumentReference", signed).expect(201).json();
            told.round();

            assertThat(receiver.events()).hasSize(1);
            assertThat(receiver.events().get(0).event("focus"))
                    .endsWith("/DocumentReference/" + file.path("id").asText());
        }
    }

    @EachDatabase
    void everyAttemptLeavesOneEntryInTheAudit(Database database) {
        var told = Told.in(Server.on(database));
        try (var receiver = new Receiver()) {
            var id = told.subscribed("told-ehr", Told.TASKS, "", receiver);
            var number = told.referred("told-ehr");
            var audit = new AuditTable(told.server());

            receiver.answers(500);
            var failed = audit.leftBy(told::round);
            receiver.answers(200);
            told.waited(id);
            var sent = audit.leftBy(told::round);

            assertThat(failed).hasSize(1);
            assertThat(failed.get(0))
                    .containsEntry("interaction", "notification")
                    .containsEntry("outcome", "refused")
                    .containsEntry("ground", "answered-500");
            assertThat(sent).hasSize(1);
            assertThat(sent.get(0))
                    .containsEntry("interaction", "notification")
                    .containsEntry("outcome", "success")
                    .containsEntry("client_id", "told-ehr")
                    .containsEntry("fhir_id", told.seed().id("T" + number))
                    .containsEntry("ground", "Subscription/" + id);
            assertThat(sent.get(0).get("patient_pk")).isNotNull();
        }
    }

    @EachDatabase
    void whoHasLostItsTurnIsNotHeard(Database database) {
        var told = Told.in(Server.on(database));
        try (var receiver = new Receiver()) {
            var id = told.subscribed("told-ehr", Told.TASKS, "", receiver);
            receiver.answers(503);
            told.referred("told-ehr");
            told.round();
            var subscribers = told.server().bean(Subscribers.class);
            told.waited(id);
            var frozen = subscribers.take().orElseThrow();
            assertThat(subscribers.take()).as("one has it in hand").isEmpty();
            told.waited(id);
            var next = subscribers.take().orElseThrow();

            subscribers.park(frozen, "late", null);
            assertThat(subscribers.number(frozen, subscribers.first(frozen).orElseThrow()))
                    .as("the number it has already")
                    .contains(1L);
            assertThat(told.admin("GET", "/deliveries").expect(200).text()).doesNotContain("late");

            subscribers.release(next);
            receiver.answers(200);
            told.round();
            assertThat(receiver.events()).hasSize(2);
        }
    }

    @EachDatabase
    void anAddressThatIsApprovedNoMoreIsToldNothing(Database database) {
        var told = Told.in(Server.on(database));
        try (var receiver = new Receiver()) {
            var id = told.subscribed("told-ehr", Told.TASKS, "", receiver);
            var endpoint = told.as("admin")
                    .get("/Endpoint?status=active&organization=Organization/"
                            + told.seed().id("told-ehr") + "&_sort=-_lastUpdated&_count=1")
                    .expect(200)
                    .json()
                    .at("/entry/0/resource");
            told.as("admin")
                    .put(
                            "/Endpoint/" + endpoint.path("id").asText(),
                            endpoint.toString().replace("\"active\"", "\"off\""),
                            Map.of())
                    .expect(200);

            told.referred("told-ehr");
            told.round();

            assertThat(receiver.events()).isEmpty();
            assertThat(told.status("told-ehr", id)).isEqualTo("error");
        }
    }

    @EachDatabase
    void anOrganizationHasNoMoreThanFifty(Database database) {
        var told = Told.in(Server.on(database));
        try (var receiver = new Receiver()) {
            told.approve("told-ehr", receiver.address());
            var one = Told.subscription(Told.TASKS, "", receiver.address(), "id-only");
            IntStream.range(0, 50)
                    .forEach(i -> told.as("told-ehr").post("/Subscription", one).expect(201));

            var answer = told.as("told-ehr").post("/Subscription", one).expect(422);

            assertThat(answer.text()).contains("subscription-too-many");
            Told.in(told.server());
        }
    }

    private static void accept(Told told, String number) {
        told.as("told-clinic")
                .send(
                        "PATCH",
                        "/" + told.task(number),
                        "[{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"accepted\"}]",
                        Map.of("Content-Type", "application/json-patch+json"))
                .expect(200);
    }
}
