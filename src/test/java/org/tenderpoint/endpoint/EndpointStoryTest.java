package org.tenderpoint.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.tenderpoint.testing.Client;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Person;
import org.tenderpoint.testing.Server;
import org.tenderpoint.testing.TokenHolder;

/** A client says where it wants to be notified, and an administrator says whether. */
class EndpointStoryTest {

    private static final String ADDRESS = "https://93.184.215.14/notify";

    @EachDatabase
    void anEndpointIsNoMoreThanAWishUntilItIsApproved(Database database) {
        var server = Server.on(database);
        var client = server.as("demo-ehr");
        var own = organization(server, "north-family-medicine");
        var id = registered(client, endpoint(own, ADDRESS));

        assertThat(active(server, id)).as("before").isZero();
        assertThat(waiting(server)).contains(id);
        assertThat(admin(server, "POST", "/endpoints/" + id + "/approve")
                        .expect(200)
                        .json()
                        .path("status")
                        .asText())
                .isEqualTo("active");

        assertThat(active(server, id)).as("after").isOne();
        assertThat(waiting(server)).doesNotContain(id);
        admin(server, "POST", "/endpoints/" + id + "/approve").expect(400);
        admin(server, "POST", "/endpoints/" + id + "/refuse").expect(400);
        assertThat(audited(server, "Endpoint/" + id))
                .as("the registration, by whom; the approval, by whom")
                .contains("create demo-ehr", "update demo-admin");
        assertThat(audited(server, null)).as("the administrator's act").contains("110131 demo-admin");
    }

    @EachDatabase
    void aRefusedEndpointIsOff(Database database) {
        var server = Server.on(database);
        var client = server.as("demo-ehr");
        var id = registered(client, endpoint(organization(server, "north-family-medicine"), ADDRESS));

        admin(server, "POST", "/endpoints/" + id + "/refuse").expect(200);

        assertThat(client.get("/Endpoint/" + id)
                        .expect(200)
                        .json()
                        .path("status")
                        .asText())
                .isEqualTo("off");
        assertThat(waiting(server)).doesNotContain(id);
        admin(server, "POST", "/endpoints/" + id + "/approve").expect(400);
    }

    @EachDatabase
    void whatAClientMayNotSayIsRefusedAndNothingIsKept(Database database) {
        var server = Server.on(database);
        var client = server.as("demo-ehr");
        var own = organization(server, "north-family-medicine");
        var before = waiting(server);
        var good = endpoint(own, ADDRESS);

        issue(client, good.replace("\"test\"", "\"active\""), "endpoint-status");
        issue(client, good.replace("\"status\":\"test\",", ""), "endpoint-status");
        issue(client, endpoint(own, "http://ehr.example.org/"), "endpoint-address");
        issue(client, endpoint(own, "https://10.0.0.1/"), "endpoint-address");
        issue(client, endpoint(own, "https://localhost/"), "endpoint-address");
        issue(client, endpoint(own, "https://me:secret@ehr.example.org/"), "endpoint-address");
        issue(client, endpoint(own, "https://ehr.example.org/?key=secret"), "endpoint-address");
        issue(
                client,
                good.replace("\"address\"", "\"header\":[\"Authorization: Bearer x\"],\"address\""),
                "endpoint-header");
        issue(client, good.replaceAll("\"managingOrganization\":\\{[^}]*},", ""), "endpoint-organization");
        issue(
                client,
                good.replace(own + "\"", own + "\",\"identifier\":{\"value\":\"another\"}"),
                "endpoint-organization");
        client.post("/Endpoint", endpoint(organization(server, "north-massage-clinic"), ADDRESS))
                .expect(403);
        client.post("/Endpoint", endpoint("https://other.example.org/fhir/" + own, ADDRESS))
                .expect(403);
        assertThat(waiting(server)).isEqualTo(before);
    }

    @EachDatabase
    void whoRegisteredItCannotApproveItNorChangeIt(Database database) {
        var server = Server.on(database);
        var client = server.as("demo-ehr");
        var own = organization(server, "north-family-medicine");
        var id = registered(client, endpoint(own, ADDRESS));
        var approved = endpoint(own, ADDRESS)
                .replace("\"test\"", "\"active\"")
                .replace("\"resourceType\"", "\"id\":\"" + id + "\",\"resourceType\"");

        client.put("/Endpoint/" + id, approved, Map.of()).expect(403);
        client.send(
                        "PATCH",
                        "/Endpoint/" + id,
                        "[{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"active\"}]",
                        Map.of("Content-Type", "application/json-patch+json"))
                .expect(403);
        for (var other : new String[] {"demo-ehr", "demo-clinic", "demo-insurer"}) {
            var token = server.as(other).token();
            Person.json("POST", server.url() + "/admin/endpoints/" + id + "/approve", token, "")
                    .expect(403);
            Person.json("GET", server.url() + "/admin/endpoints", token, "").expect(403);
        }
        assertThat(active(server, id)).isZero();
    }

    @EachDatabase
    void aHostOfInsideIsNotApprovedWhoeverWroteIt(Database database) {
        var server = Server.on(database);
        var own = organization(server, "north-family-medicine");
        var id = registered(server.as("demo-admin"), endpoint(own, "https://localhost/notify"));

        assertThat(admin(server, "POST", "/endpoints/" + id + "/approve")
                        .expect(400)
                        .json()
                        .path("error")
                        .asText())
                .contains("inside");
        assertThat(active(server, id)).isZero();
        admin(server, "POST", "/endpoints/" + UUID.randomUUID() + "/approve").expect(400);
        admin(server, "POST", "/endpoints/x/approve").expect(400);
        admin(server, "POST", "/endpoints/" + id).expect(404);
        admin(server, "POST", "/endpoints/approve").expect(404);
        admin(server, "POST", "/endpoints/refuse").expect(404);
        admin(server, "DELETE", "/endpoints/" + id).expect(404);
    }

    private static String endpoint(String organization, String address) {
        return """
                {"resourceType":"Endpoint","status":"test","name":"Notifications",\
                "connectionType":{"system":"http://terminology.hl7.org/CodeSystem/endpoint-connection-type",\
                "code":"hl7-fhir-rest"},"managingOrganization":{"reference":"%s"},\
                "payloadType":[{"text":"Notifications"}],"address":"%s"}"""
                .formatted(organization, address);
    }

    private static String registered(Client client, String endpoint) {
        var answer = client.post("/Endpoint", endpoint).expect(201).json();
        assertThat(answer.path("status").asText()).isEqualTo("test");
        return answer.path("id").asText();
    }

    private static void issue(Client client, String endpoint, String code) {
        assertThat(client.post("/Endpoint", endpoint)
                        .expect(422)
                        .json()
                        .at("/issue/0/details/coding/0/code")
                        .asText())
                .isEqualTo(code);
    }

    private static String organization(Server server, String value) {
        var found = server.as("demo-ehr")
                .get("/Organization?identifier=https://tenderpoint.org/demo/organization%7C" + value)
                .expect(200)
                .json();
        return "Organization/" + found.at("/entry/0/resource/id").asText();
    }

    private static int active(Server server, String id) {
        return server.as("demo-insurer")
                .get("/Endpoint?status=active&_total=accurate&_id=" + id)
                .expect(200)
                .json()
                .path("total")
                .asInt();
    }

    private static java.util.List<String> waiting(Server server) {
        return StreamSupport.stream(
                        admin(server, "GET", "/endpoints").expect(200).json().spliterator(), false)
                .map(one -> one.path("endpoint").asText())
                .toList();
    }

    private static java.util.List<String> audited(Server server, String entity) {
        var officer =
                new TokenHolder(TokenHolder.APP, "Practitioner/officer", "PRIVACY_OFFICER", null, null, "user/*.cruds");
        var asked = entity == null ? "_count=100" : "entity=" + entity;
        return StreamSupport.stream(
                        server.as(officer)
                                .get("/AuditEvent?" + asked)
                                .expect(200)
                                .json()
                                .path("entry")
                                .spliterator(),
                        false)
                .map(entry -> entry.path("resource"))
                .map(event -> event.at("/subtype/0/code").asText() + " " + client(event))
                .toList();
    }

    private static String client(JsonNode event) {
        return event.findValuesAsText("value").stream()
                .filter(value -> value.startsWith("demo-"))
                .findFirst()
                .orElse("nobody");
    }

    private static Client.Answer admin(Server server, String method, String path) {
        return Person.json(
                method, server.url() + "/admin" + path, server.as("demo-admin").token(), "");
    }
}
