package org.tenderpoint.delivery;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.tenderpoint.matrix.Bodies;
import org.tenderpoint.matrix.Seed;
import org.tenderpoint.testing.Client;
import org.tenderpoint.testing.Person;
import org.tenderpoint.testing.Receiver;
import org.tenderpoint.testing.Server;

/** A clinic, two EHRs and a payer, who are told of what concerns them. */
record Told(Server server, Seed seed) {

    static final String TASKS = "http://hl7.org/fhir/us/sdoh-clinicalcare/SubscriptionTopic/Task";
    static final String DOCUMENTS = "https://tenderpoint.org/fhir/SubscriptionTopic/document";

    private static final String EXTENSION = "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/";

    /** Nobody else has subscribed to anything when a story begins. */
    static Told in(Server server) {
        var told = new Told(
                server, Seed.organizations(server, List.of("told-clinic", "told-ehr", "told-other-ehr", "told-payer")));
        for (var client : List.of("told-ehr", "told-other-ehr", "told-payer")) {
            told.as(client)
                    .get("/Subscription?_count=100")
                    .expect(200)
                    .json()
                    .path("entry")
                    .forEach(entry -> told.as(client)
                            .delete("/Subscription/" + entry.at("/resource/id").asText())
                            .expect(204));
        }
        told.round();
        return told;
    }

    Client as(String client) {
        return server.as(client);
    }

    /** All that there is to notice and to send, now. */
    void round() {
        server.bean(DeliveryWorker.class).round();
    }

    /** An address that an administrator has approved. */
    void approve(String organization, String address) {
        as("admin")
                .post(
                        "/Endpoint",
                        """
                        {"resourceType":"Endpoint","status":"active","name":"Notifications",
                         "connectionType":{"system":"http://terminology.hl7.org/CodeSystem/endpoint-connection-type",
                          "code":"hl7-fhir-rest"},"managingOrganization":{"reference":"Organization/%s"},
                         "payloadType":[{"text":"Notifications"}],"address":"%s"}"""
                                .formatted(seed.id(organization), address))
                .expect(201);
    }

    static String subscription(String topic, String filter, String address, String content) {
        return """
                {"resourceType":"Subscription","status":"requested","reason":"To follow what we have sent",
                 "criteria":"%s",%s
                 "channel":{"type":"rest-hook","endpoint":"%s","payload":"application/fhir+json",
                  "_payload":{"extension":[{"url":"%s","valueCode":"%s"}]},
                  "header":["Authorization: Bearer of-the-receiver"]}}"""
                .formatted(
                        topic,
                        filter.isEmpty()
                                ? ""
                                : "\"_criteria\":{\"extension\":[{\"url\":\"" + EXTENSION
                                        + "backport-filter-criteria\",\"valueString\":\"" + filter + "\"}]},",
                        address,
                        EXTENSION + "backport-payload-content",
                        content);
    }

    /** Subscribes and shakes hands. @return the id */
    String subscribed(String client, String topic, String filter, Receiver receiver) {
        approve(client, receiver.address());
        var id = as(client)
                .post("/Subscription", subscription(topic, filter, receiver.address(), "id-only"))
                .expect(201)
                .json()
                .path("id")
                .asText();
        round();
        return id;
    }

    String status(String client, String id) {
        return as(client)
                .get("/Subscription/" + id)
                .expect(200)
                .json()
                .path("status")
                .asText();
    }

    /** A referral for somebody new. @return its number, by which the seed knows P, SR, T */
    String referred(String ehr) {
        var number = UUID.randomUUID().toString();
        seed.referral(ehr, "told-clinic", "told-payer", number);
        return number;
    }

    String task(String number) {
        return "Task/" + seed.id("T" + number);
    }

    /** The clinic signs a document for the payer and sends it. @return its reference */
    String sentToPayer(String number) {
        var patient = "Patient/" + seed.id("P" + number);
        var clinic = as("told-clinic");
        var bundle = clinic.post(
                        "/Bundle",
                        """
                        {"resourceType":"Bundle","meta":{"security":[
                          {"system":"http://terminology.hl7.org/CodeSystem/v3-ActReason","code":"HPAYMT"}]},
                         "type":"document","timestamp":"2026-06-02T10:00:00Z",
                         "identifier":{"system":"urn:ietf:rfc:3986","value":"urn:uuid:%s"},
                         "entry":[{"fullUrl":"urn:uuid:00000000-0000-4000-8000-0000000000aa","resource":%s}]}"""
                                .formatted(number, Bodies.composition(patient, seed.id("told-clinic"))))
                .expect(201)
                .json()
                .path("id")
                .asText();
        clinic.post(
                        "/Communication",
                        Bodies.sent(patient, seed.id("told-payer"), "Bundle/" + bundle, Bodies.FOR_PAYMENT))
                .expect(201);
        return "Bundle/" + bundle;
    }

    Client.Answer admin(String method, String path) {
        return Person.json(method, server.url() + "/admin" + path, as("admin").token(), "");
    }

    /** Lets the time of the next attempt have come. */
    void waited(String subscription) {
        execute("update subscriber set next_attempt = timestamp '2026-01-01 00:00:00' where id = '" + subscription
                + "'");
    }

    void execute(String statement) {
        try (var connection = server.bean(DataSource.class).getConnection();
                var statements = connection.createStatement()) {
            statements.execute(statement);
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
