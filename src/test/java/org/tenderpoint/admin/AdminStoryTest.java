package org.tenderpoint.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.tenderpoint.testing.Client;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Person;
import org.tenderpoint.testing.Server;
import org.tenderpoint.testing.TokenHolder;

/** An administrator registers systems, apps and people, and ends them. */
class AdminStoryTest {

    @EachDatabase
    void aClientIsRegisteredWithASecretThatIsToldOnce(Database database) {
        var server = Server.on(database);
        var id = "client-" + UUID.randomUUID();
        var registration = "{\"client_id\":\"" + id + "\",\"role\":\"INSURER\",\"scope\":\"system/*.rs\","
                + "\"organization\":\"https://tenderpoint.org/demo/organization|evergreen-mutual\","
                + "\"token_endpoint_auth_method\":\"client_secret_basic\"}";

        var secret = admin(server, "POST", "/clients", registration)
                .expect(200)
                .json()
                .path("client_secret")
                .asText();

        var client = Client.withSecret(HttpClient.newHttpClient(), server.url(), id, secret);
        client.get("/Patient").expect(200);
        assertThat(admin(server, "GET", "/clients", "").expect(200).text())
                .contains(id)
                .doesNotContain("secret\"", "bcrypt");
        admin(server, "POST", "/clients", registration).expect(400);
        admin(server, "DELETE", "/clients/" + id, "").expect(200);
        client.get("/Patient").expect(401);
        admin(server, "POST", "/clients", registration).expect(400);
        admin(server, "DELETE", "/clients/demo-ehr", "").expect(400);
    }

    @EachDatabase
    void whatIsWrongWithARegistrationIsSaid(Database database) {
        var server = Server.on(database);
        for (var wrong : List.of(
                "{}",
                "not json",
                "{\"client_id\":\"x\",\"token_endpoint_auth_method\":\"none\",\"scope\":\"system/*.rs\",\"role\":\"EHR\"}",
                "{\"client_id\":\"x\",\"token_endpoint_auth_method\":\"none\",\"scope\":\"openid\","
                        + "\"redirect_uris\":[\"http://app.example.org/back\"]}",
                "{\"client_id\":\"x\",\"token_endpoint_auth_method\":\"none\",\"scope\":\"openid\","
                        + "\"redirect_uris\":[\"https://app.example.org/back#x\"]}",
                "{\"client_id\":\"x\",\"token_endpoint_auth_method\":\"none\",\"scope\":\"system/*.rs\","
                        + "\"redirect_uris\":[\"https://app.example.org/back\"]}")) {
            assertThat(admin(server, "POST", "/clients", wrong)
                            .expect(400)
                            .json()
                            .path("error")
                            .asText())
                    .as(wrong)
                    .isNotBlank();
        }
        admin(server, "GET", "/nothing", "").expect(404);
    }

    @EachDatabase
    void whateverStandsInContentTypeIsAnswered(Database database) throws Exception {
        var server = Server.on(database);
        for (var type : List.of("json", "application/", "/", "a b", "application/json; charset=", "text/plain")) {
            var request = HttpRequest.newBuilder(URI.create(server.url() + "/admin/clients"))
                    .header("Authorization", "Bearer " + server.as("demo-admin").token())
                    .header("Content-Type", type)
                    .POST(HttpRequest.BodyPublishers.ofString("{}"));

            var answer = HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).as(type).isEqualTo(400);
            assertThat(answer.body()).as(type).contains("the Content-Type is application/json");
        }
    }

    @EachDatabase
    void anAppThatWasGivenLessThanAllDoesNotActForAnAdministrator(Database database) {
        var server = Server.on(database);

        for (var scopes : List.of("openid", "openid user/Organization.cruds", "user/*.rs")) {
            for (var role : List.of("ADMINISTRATOR", "PRIVACY_OFFICER")) {
                var token = server.as(new TokenHolder(TokenHolder.APP, "Practitioner/a", role, null, null, scopes))
                        .token();
                Person.json("GET", server.url() + "/admin/clients", token, "").expect(403);
                Person.json("POST", server.url() + "/admin/people", token, "{}").expect(403);
            }
        }
        var whole = server.as(
                new TokenHolder(TokenHolder.APP, "Practitioner/a", "ADMINISTRATOR", null, null, "user/*.cruds"));
        Person.json("GET", server.url() + "/admin/clients", whole.token(), "").expect(200);
        assertThat(Person.json("POST", server.url() + "/admin/people", whole.token(), "{\"role\":\"FOO\"}")
                        .expect(400)
                        .text())
                .contains("role is one of")
                .doesNotContain("org.");
    }

    @EachDatabase
    void nobodyElseRegistersAnything(Database database) {
        var server = Server.on(database);

        for (var client : List.of("demo-ehr", "demo-clinic", "demo-insurer")) {
            Person.json(
                            "GET",
                            server.url() + "/admin/clients",
                            server.as(client).token(),
                            "")
                    .expect(403);
        }
        Person.json("GET", server.url() + "/admin/clients", "none", "").expect(401);
    }

    @EachDatabase
    void somebodyWithANewAccountChangesHerPasswordBeforeAnythingElse(Database database) {
        var server = Server.on(database);
        var login = "tomas-" + UUID.randomUUID();
        var registration = "{\"login\":\"" + login + "\",\"name\":\"Tomas Vesely\",\"role\":\"CLINIC\","
                + "\"subject\":\"Practitioner/http://hl7.org/fhir/sid/us-npi|9999901066\","
                + "\"organization\":\"https://tenderpoint.org/demo/organization|north-massage-clinic\"}";
        var first = admin(server, "POST", "/people", registration)
                .expect(200)
                .json()
                .path("password")
                .asText();
        var tomas = new Person(server.url(), login);

        tomas.post("/sign-in", List.of("login", login, "password", "wrong")).expect(401);
        tomas.post("/sign-in", List.of("login", login, "password", first)).expect(303);
        var request = tomas.request("demo-app", "http://localhost:9753/", "openid user/*.rs");
        assertThat(tomas.ask(request).text()).contains("Change the password");
        var form = tomas.hidden(tomas.get("/account/password").expect(200));
        form.addAll(List.of("password", first, "new", login + "-password"));
        tomas.post("/account/password", form).expect(303);
        assertThat(tomas.ask(request).expect(200).text()).contains("Demonstration app asks for access");

        var reset = admin(server, "POST", "/people/" + login + "/reset", "")
                .expect(200)
                .json();
        assertThat(tomas.get("/account").status()).as("she is signed out").isEqualTo(303);
        tomas.post("/sign-in", List.of("login", login, "password", login + "-password"))
                .expect(401);
        tomas.post(
                        "/sign-in",
                        List.of(
                                "login",
                                login,
                                "password",
                                reset.path("password").asText()))
                .expect(303);
        admin(server, "DELETE", "/people/" + login, "").expect(200);
        assertThat(tomas.get("/account").status()).isEqualTo(303);
        admin(server, "POST", "/people", registration).expect(400);
    }

    @EachDatabase
    void anAccountRestsAfterFiveWrongPasswords(Database database) {
        var server = Server.on(database);
        var login = "resting-" + UUID.randomUUID();
        var password = admin(
                        server,
                        "POST",
                        "/people",
                        "{\"login\":\"" + login + "\",\"name\":\"Rest\",\"role\":\"PRIVACY_OFFICER\"}")
                .expect(200)
                .json()
                .path("password")
                .asText();
        var person = new Person(server.url(), login);

        for (int i = 0; i < 5; i++) {
            person.post("/sign-in", List.of("login", login, "password", "wrong"))
                    .expect(401);
        }

        person.post("/sign-in", List.of("login", login, "password", password)).expect(401);
        admin(server, "POST", "/people/" + login + "/reset", "").expect(200);
    }

    @EachDatabase
    void aLockedAccountIsClosedUntilItIsUnlocked(Database database) {
        var server = Server.on(database);
        var login = "locked-" + UUID.randomUUID();
        var password = admin(
                        server,
                        "POST",
                        "/people",
                        "{\"login\":\"" + login + "\",\"name\":\"Lock\",\"role\":\"PRIVACY_OFFICER\"}")
                .expect(200)
                .json()
                .path("password")
                .asText();
        var person = new Person(server.url(), login);
        var form = List.of("login", login, "password", password);
        person.post("/sign-in", form).expect(303);
        assertThat(person.get("/account/password").status()).isEqualTo(200);

        admin(server, "POST", "/people/" + login + "/lock", "").expect(200);

        assertThat(person.get("/account/password").status())
                .as("she is signed out")
                .isEqualTo(303);
        person.post("/sign-in", form).expect(401);
        assertThat(admin(server, "GET", "/people/" + login, "")
                        .expect(200)
                        .json()
                        .path("locked")
                        .asBoolean())
                .isTrue();
        admin(server, "POST", "/people/" + login + "/lock", "").expect(400);
        var reset = admin(server, "POST", "/people/" + login + "/reset", "")
                .expect(200)
                .json();
        var again = List.of("login", login, "password", reset.path("password").asText());
        person.post("/sign-in", again).expect(401);

        admin(server, "POST", "/people/" + login + "/unlock", "").expect(200);

        person.post("/sign-in", again).expect(303);
        admin(server, "POST", "/people/" + login + "/unlock", "").expect(400);
        admin(server, "POST", "/people/mina/lock", "").expect(400);
        admin(server, "GET", "/people/nobody-" + login, "").expect(400);
        admin(server, "POST", "/people/" + login + "/praise", "").expect(404);
    }

    private static Client.Answer admin(Server server, String method, String path, String body) {
        return Person.json(
                method, server.url() + "/admin" + path, server.as("demo-admin").token(), body);
    }
}
