package org.tenderpoint.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.tenderpoint.testing.Client;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Receiver;
import org.tenderpoint.testing.Server;
import org.tenderpoint.testing.TokenHolder;

/** A system subscribes to what it may see, and nobody learns of it but its own organization. */
class SubscriptionStoryTest {

    @EachDatabase
    void aSystemSubscribesAndFindsAndDeletesItsOwn(Database database) {
        var told = Told.in(Server.on(database));
        var ehr = told.as("told-ehr");
        try (var receiver = new Receiver()) {
            told.approve("told-ehr", receiver.address());
            var created = ehr.post("/Subscription", Told.subscription(Told.TASKS, "", receiver.address(), "id-only"))
                    .expect(201)
                    .json();
            var one = "/Subscription/" + created.path("id").asText();

            assertThat(created.path("status").asText()).isEqualTo("requested");
            assertThat(ehr.get(one).expect(200).json().path("criteria").asText())
                    .isEqualTo(Told.TASKS);
            assertThat(total(ehr, "?status=requested&url=" + receiver.address()))
                    .isOne();
            assertThat(total(ehr, "?status=active")).isZero();
            var status = ehr.get(one + "/$status").expect(200).json();
            assertThat(status.path("type").asText()).isEqualTo("searchset");
            assertThat(new Receiver.Received(null, status).status("type")).isEqualTo("query-status");
            assertThat(new Receiver.Received(null, status).status("status")).isEqualTo("requested");
            ehr.put(one, created.toString().replace("requested", "active"), Map.of())
                    .expect(403);
            ehr.delete(one).expect(204);
            ehr.get(one).expect(410);
            ehr.get(one + "/$status").expect(410);
            assertThat(rows(told, "subscriber", "id", created.path("id").asText()))
                    .isZero();
        }
    }

    @EachDatabase
    void anothersSubscriptionIsNotThere(Database database) {
        var told = Told.in(Server.on(database));
        try (var receiver = new Receiver()) {
            var id = told.subscribed("told-ehr", Told.TASKS, "", receiver);
            var one = "/Subscription/" + id;
            var missing = "/Subscription/" + UUID.randomUUID();

            var patient = told.server().as(TokenHolder.patient(UUID.randomUUID().toString(), "patient/*.cruds"));
            for (var other :
                    List.of(told.as("told-other-ehr"), told.as("told-payer"), told.as("told-clinic"), patient)) {
                assertThat(other.get(one).expect(404).text().replace(id, ""))
                        .isEqualTo(other.get(missing).expect(404).text().replace(missing.substring(14), ""));
            }
            for (var other : List.of(told.as("told-other-ehr"), told.as("told-payer"), told.as("told-clinic"))) {
                assertThat(total(other, "?_id=" + id)).isZero();
                other.get(one + "/_history").expect(404);
                other.get(one + "/$status").expect(404);
                other.delete(one).expect(404);
            }
            patient.get(one + "/$status").expect(403);
            told.as("admin").get(one).expect(403);
            assertThat(told.status("told-ehr", id)).isEqualTo("active");
        }
    }

    @EachDatabase
    void whatIsWiderThanOnesRightsIsForbidden(Database database) {
        var told = Told.in(Server.on(database));
        try (var receiver = new Receiver()) {
            told.approve("told-ehr", receiver.address());
            told.approve("told-payer", receiver.address());
            var tasks = Told.subscription(Told.TASKS, "", receiver.address(), "id-only");

            told.as("told-ehr")
                    .post("/Subscription", tasks.replace(Told.TASKS, "Task?status=requested"))
                    .expect(403);
            told.as("told-ehr")
                    .post("/Subscription", tasks.replace(Told.TASKS, "Observation?"))
                    .expect(403);
            told.as("told-payer").post("/Subscription", tasks).expect(403);
            told.as("told-little").post("/Subscription", tasks).expect(403);
            var person = TokenHolder.practitioner(
                    "Practitioner/one", "CLINIC", told.seed().id("told-clinic"), "user/*.cruds");
            told.server().as(person).post("/Subscription", tasks).expect(403);
            assertThat(total(told.as("told-ehr"), "?")).isZero();
            told.as("told-ehr-ro").post("/Subscription", tasks).expect(201);
        }
    }

    @EachDatabase
    void whatIsNotOfferedIsRefused(Database database) {
        var told = Told.in(Server.on(database));
        try (var receiver = new Receiver()) {
            told.approve("told-ehr", receiver.address());
            var good = Told.subscription(Told.TASKS, "", receiver.address(), "id-only");

            refused(told, good.replace(Told.TASKS, "http://example.org/topic"), "subscription-topic");
            refused(told, good.replace("\"requested\"", "\"active\""), "subscription-status");
            refused(told, good.replace("rest-hook", "email"), "subscription-channel");
            refused(told, good.replace(receiver.address(), receiver.address() + "/x"), "subscription-endpoint");
            refused(told, good.replace("id-only", "full-resource"), "subscription-content");
            refused(told, good.replace("application/fhir+json", "application/fhir+xml"), "subscription-payload");
            refused(told, good.replace("Authorization: Bearer", "Content-Type: text/html"), "subscription-header");
            refused(told, good.replace("Bearer of-the", "Bearer\\r\\nX: y"), "subscription-header");
            refused(
                    told,
                    good.replace("\"reason\"", "\"end\":\"2026-01-01T00:00:00Z\",\"reason\""),
                    "subscription-end");
            refused(
                    told,
                    good.replace(
                            "\"type\":\"rest-hook\"",
                            "\"extension\":[{\"url\":\"http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/"
                                    + "backport-heartbeat-period\",\"valueUnsignedInt\":60}],\"type\":\"rest-hook\""),
                    "subscription-extension");
            for (var ours : List.of("Via: x", "Date: x", "Proxy-Authorization: x", "X-Forwarded-Host: x")) {
                refused(told, good.replace("Authorization: Bearer of-the-receiver", ours), "subscription-header");
            }
            refused(
                    told,
                    good.replace(
                            "\"reason\"",
                            "\"extension\":[{\"url\":\"http://a.example.org/x\",\"valueString\":\"y\"}],\"reason\""),
                    "subscription-extension");
            refused(
                    told,
                    good.replace(
                            "\"reason\"",
                            "\"modifierExtension\":[{\"url\":\"http://a.example.org/x\",\"valueString\":\"y\"}],\"reason\""),
                    "subscription-extension");
            for (var filter : List.of(
                    "Task?_lastUpdated=garbage",
                    "Task?_lastUpdated=2026-13-45",
                    "Task?status=accepted%0d%0aX",
                    "Task?status=" + "x".repeat(1000),
                    "Task?patient=Patient/1",
                    "Task?status",
                    "Task",
                    "Patient?status=x",
                    "Task?status:not-there=x")) {
                refused(
                        told,
                        Told.subscription(Told.TASKS, filter, receiver.address(), "empty"),
                        "subscription-filter");
            }
            assertThat(total(told.as("told-ehr"), "?")).isZero();
        }
    }

    @EachDatabase
    void headersAreSentAndShownToNobody(Database database) throws SQLException {
        var told = Told.in(Server.on(database));
        try (var receiver = new Receiver()) {
            var id = told.subscribed("told-ehr", Told.TASKS, "", receiver);

            assertThat(receiver.received()).hasSize(1);
            assertThat(receiver.received().get(0).headers().getFirst("Authorization"))
                    .isEqualTo("Bearer of-the-receiver");
            for (var path : List.of("", "/_history", "/_history/1", "/$status")) {
                assertThat(told.as("told-ehr")
                                .get("/Subscription/" + id + path)
                                .expect(200)
                                .text())
                        .doesNotContain("of-the-receiver");
            }
            try (var connection = told.server().bean(DataSource.class).getConnection();
                    var statement = connection.createStatement();
                    var row = statement.executeQuery("select headers from subscriber where id = '" + id + "'")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getString(1)).hasSizeGreaterThan(40).doesNotContain("of-the-receiver");
            }
        }
    }

    @EachDatabase
    void theCapabilityStatementListsTheTopics(Database database) {
        var rest = Server.on(database)
                .anonymous()
                .get("/metadata")
                .expect(200)
                .json()
                .at("/rest/0/resource");

        for (var resource : rest) {
            if (resource.path("type").asText().equals("Subscription")) {
                assertThat(resource.findValuesAsText("valueCanonical")).containsExactlyElementsOf(Topic.urls());
                assertThat(resource.path("supportedProfile").toString()).contains("backport-subscription");
                return;
            }
        }
        throw new AssertionError("no Subscription");
    }

    private static void refused(Told told, String subscription, String code) {
        var answer = told.as("told-ehr").post("/Subscription", subscription).expect(422);
        assertThat(answer.json().at("/issue/0/details/coding/0/code").asText())
                .as(answer.text())
                .isEqualTo(code);
    }

    private static int total(Client client, String query) {
        return client.get("/Subscription" + query + "&_total=accurate")
                .expect(200)
                .json()
                .path("total")
                .asInt();
    }

    private static int rows(Told told, String table, String column, String id) {
        try (var connection = told.server().bean(DataSource.class).getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "select count(*) from " + table + " where " + column + " = '" + id + "'")) {
            assertThat(row.next()).isTrue();
            return row.getInt(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
