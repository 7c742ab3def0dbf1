package org.tenderpoint.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.commons.codec.binary.Base32;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;

/** A second step over HTTP, and what apps are told of how somebody signed in. */
class SecondStepStoryTest {

    private static final String BACK = "http://localhost:9753/";
    private static final Pattern KEY = Pattern.compile("<code>([A-Z2-7 ]+)</code>");

    @EachDatabase
    void appsAreToldOfASecondStepOnceSheHasSignedInWithIt(Database database) throws Exception {
        var server = Server.on(database);
        var login = "step-" + UUID.randomUUID();
        var person = new org.tenderpoint.testing.Person(server.url(), login);
        var password = register(server, login);
        person.post("/sign-in", List.of("login", login, "password", password)).expect(303);
        var change = person.hidden(person.get("/account/password"));
        change.addAll(List.of("password", password, "new", login + "-password"));
        person.post("/account/password", change).expect(303);

        var page = person.get("/account/second-step").expect(200);
        var key = KEY.matcher(page.text());
        assertThat(key.find()).isTrue();
        var secret = new Base32().decode(key.group(1).replace(" ", ""));
        var now = System.currentTimeMillis() / 30_000;
        var setUp = person.hidden(page);
        setUp.addAll(List.of("secret", sealed(page.text()), "code", Totp.code(secret, now)));
        var withWrongPassword = new java.util.ArrayList<>(setUp);
        withWrongPassword.addAll(List.of("password", "not hers"));
        person.post("/account/second-step", withWrongPassword).expect(400);
        setUp.addAll(List.of("password", login + "-password"));
        assertThat(person.post("/account/second-step", setUp).expect(200).text())
                .contains("The second step is set up");

        assertThat(amr(person))
                .as("the session began before there was a second step")
                .containsExactly("pwd");
        person.post("/sign-out", List.of());
        var half = person.signIn("").expect(303);
        assertThat(half.location()).contains("/sign-in/code");
        assertThat(person.get("/account").location()).as("half signed in").contains("/sign-in/code");
        person.post("/sign-in/code", List.of("code", Totp.code(secret, now))).expect(401);
        person.post("/sign-in/code", List.of("code", Totp.code(secret, now + 1)))
                .expect(303);
        assertThat(amr(person)).containsExactly("pwd", "otp", "mfa");
    }

    private static String register(Server server, String login) {
        return org.tenderpoint.testing.Person.json(
                        "POST",
                        server.url() + "/admin/people",
                        server.as("demo-admin").token(),
                        "{\"login\":\"" + login + "\",\"name\":\"Tomas Vesely\",\"role\":\"CLINIC\","
                                + "\"subject\":\"Practitioner/http://hl7.org/fhir/sid/us-npi|9999901066\","
                                + "\"organization\":\"https://tenderpoint.org/demo/organization|north-massage-clinic\"}")
                .expect(200)
                .json()
                .path("password")
                .asText();
    }

    private static String sealed(String page) {
        var field = Pattern.compile("name=\"secret\" value=\"([^\"]*)\"").matcher(page);
        assertThat(field.find()).isTrue();
        return field.group(1);
    }

    private static List<String> amr(org.tenderpoint.testing.Person person) throws Exception {
        var code = person.code(person.request("demo-app", BACK, "openid user/Observation.rs"), null);
        var token = person.redeem(
                        "demo-app", BACK, Objects.requireNonNull(code), org.tenderpoint.testing.Person.VERIFIER)
                .expect(200)
                .json();
        return SignedJWT.parse(token.path("id_token").asText())
                .getJWTClaimsSet()
                .getStringListClaim("amr");
    }
}
