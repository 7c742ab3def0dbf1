package org.tenderpoint.smart;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tenderpoint.testing.Client;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Person;
import org.tenderpoint.testing.Server;

/** People open apps: they sign in, pick, decide, and take back. */
class AppLaunchStoryTest {

    private static final String APP = "demo-app";
    private static final String BACK = "http://localhost:9753/";
    private static final String ALL = "openid fhirUser launch/patient offline_access patient/*.rs user/Observation.rs";

    @EachDatabase
    void aTherapistPicksAPatientAndTheAppIsToldWhich(Database database) throws Exception {
        var server = Server.on(database);
        var mina = new Person(server.url(), "mina");
        var request = mina.request(APP, BACK, "openid fhirUser launch/patient patient/*.rs");
        request.put("nonce", "the-nonce");
        var picker = mina.ask(request).expect(200);
        assertThat(picker.patients()).hasSizeGreaterThan(1);
        var patient = picker.patients().get(0);
        var other = picker.patients().get(1);

        var consent = mina.pick(picker, patient);
        var back = mina.allow(consent, consent.scopes()).expect(303);

        assertThat(back.location()).startsWith(BACK + "?code=");
        assertThat(back.parameter("state")).isEqualTo("the-state");
        assertThat(back.parameter("iss")).isEqualTo(server.url());
        var token = mina.redeem(APP, BACK, Objects.requireNonNull(back.parameter("code")), Person.VERIFIER)
                .expect(200)
                .json();
        assertThat(token.path("patient").asText()).isEqualTo(patient);
        assertThat(token.path("need_patient_banner").asBoolean()).isTrue();
        assertThat(token.path("smart_style_url").asText()).endsWith("/smart-style.json");
        assertThat(token.path("scope").asText()).contains("patient/*.rs").contains("launch/patient");
        assertThat(token.has("refresh_token")).as("nobody asked for one").isFalse();
        var id = SignedJWT.parse(token.path("id_token").asText());
        var keys = JWKSet.load(URI.create(server.url() + "/oauth2/jwks").toURL());
        assertThat(id.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.RS256);
        assertThat(id.verify(new RSASSAVerifier(
                        keys.getKeyByKeyId(id.getHeader().getKeyID()).toRSAKey())))
                .isTrue();
        assertThat(id.getJWTClaimsSet().getAudience()).containsExactly(APP);
        assertThat(id.getJWTClaimsSet().getStringClaim("nonce")).isEqualTo("the-nonce");
        assertThat(id.getJWTClaimsSet().getStringClaim("fhirUser")).startsWith(server.url() + "/fhir/Practitioner/");
        var access = token.path("access_token").asText();
        // What was granted for one patient opens no other.
        assertThat(found(mina, access, patient)).contains("\"fullUrl\"").contains("Patient/" + patient);
        assertThat(found(mina, access, other)).doesNotContain("\"fullUrl\"");
    }

    private static String found(Person person, String access, String patient) {
        return person.endpoint(
                        "/fhir/Patient/_search", Map.of("_id", patient), Map.of("Authorization", "Bearer " + access))
                .expect(200)
                .text();
    }

    @EachDatabase
    void aPatientOpensHerOwnRecordWithoutPicking(Database database) {
        var server = Server.on(database);
        var ana = new Person(server.url(), "ana");

        var consent = ana.ask(ana.request(APP, BACK, "openid fhirUser launch/patient patient/*.rs"))
                .expect(200);
        assertThat(consent.text()).contains("Patient: your record");
        var code = ana.allow(consent, consent.scopes()).expect(303).parameter("code");
        var token = ana.redeem(APP, BACK, Objects.requireNonNull(code), Person.VERIFIER)
                .expect(200)
                .json();

        var herself = server.as("demo-clinic")
                .get("/Patient?family=Rivera")
                .json()
                .at("/entry/0/resource/id")
                .asText();
        assertThat(token.path("patient").asText()).isEqualTo(herself);
        assertThat(token.path("fhirUser").asText()).endsWith("/fhir/Patient/" + herself);
    }

    @EachDatabase
    void whoActsForAPatientByLawOpensHisRecordAndNoOther(Database database) {
        var server = Server.on(database);
        var dora = new Person(server.url(), "dora");

        var code = dora.code(dora.request(APP, BACK, "openid fhirUser launch/patient patient/*.rs"), null);
        var token = dora.redeem(APP, BACK, code, Person.VERIFIER).expect(200).json();

        var clinic = server.as("demo-clinic");
        var bert = clinic.get("/Patient?family=Novak&given=Bert")
                .json()
                .at("/entry/0/resource/id")
                .asText();
        var ana = clinic.get("/Patient?family=Rivera")
                .json()
                .at("/entry/0/resource/id")
                .asText();
        assertThat(token.path("patient").asText()).isEqualTo(bert);
        assertThat(token.path("fhirUser").asText()).contains("/fhir/RelatedPerson/");
        var access = token.path("access_token").asText();
        assertThat(found(dora, access, bert)).contains("\"fullUrl\"");
        assertThat(found(dora, access, ana)).doesNotContain("\"fullUrl\"");
    }

    @EachDatabase
    void onlyWhatIsTickedIsGranted(Database database) {
        var server = Server.on(database);
        var ana = new Person(server.url(), "ana");
        var consent = ana.ask(ana.request(APP, BACK, ALL)).expect(200);
        assertThat(consent.scopes()).contains("openid", "offline_access", "patient/*.rs", "user/Observation.rs");

        var code = ana.allow(consent, List.of("patient/*.rs", "user/*.cruds", "system/*.cruds"))
                .expect(303)
                .parameter("code");
        var token = ana.redeem(APP, BACK, Objects.requireNonNull(code), Person.VERIFIER)
                .expect(200)
                .json();

        assertThat(token.path("scope").asText()).isEqualTo("patient/*.rs");
        assertThat(token.has("refresh_token")).isFalse();
        assertThat(token.has("id_token")).isFalse();
    }

    @EachDatabase
    void whoSaysNoSendsTheAppBackWithNothing(Database database) {
        var server = Server.on(database);
        var ana = new Person(server.url(), "ana");
        var consent = ana.ask(ana.request(APP, BACK, ALL)).expect(200);

        assertThat(ana.deny(consent).expect(303).parameter("error")).isEqualTo("access_denied");
        assertThat(ana.allow(consent, List.of()).expect(303).parameter("error")).isEqualTo("access_denied");
        assertThat(ana.allow(consent, List.of("user/*.cruds")).expect(303).parameter("error"))
                .isEqualTo("access_denied");
    }

    @EachDatabase
    void theAnswerGoesToARegisteredAddressToTheLetter(Database database) {
        var server = Server.on(database);
        var ana = new Person(server.url(), "ana");
        for (var trick : List.of(
                "http://localhost:9753",
                "http://localhost:9753/extra",
                "http://localhost:9753/?more=1",
                "http://localhost:9753/#fragment",
                "http://localhost:9754/",
                "http://LOCALHOST:9753/",
                "https://localhost:9753/",
                "http://127.0.0.1:9753/",
                "http://localhost:9753/x/..",
                "http://attacker@localhost:9753/",
                "http://localhost:9753.attacker.example.org/",
                "http://localhost:9753/%2e",
                "")) {
            var answer = ana.get("/oauth2/authorize?" + query(ana.request(APP, trick, ALL)));
            assertThat(answer.status()).as(trick).isEqualTo(400);
            assertThat(answer.location()).as(trick).isEmpty();
        }
        var twice = ana.get("/oauth2/authorize?" + query(ana.request(APP, BACK, ALL)) + "&redirect_uri="
                + "https%3A%2F%2Fattacker.example.org%2F");
        assertThat(twice.status()).isEqualTo(400);
        assertThat(ana.get("/oauth2/authorize?" + query(ana.request("nobody", BACK, ALL)))
                        .status())
                .isEqualTo(400);
        assertThat(ana.get("/oauth2/authorize?" + query(ana.request("demo-ehr", BACK, ALL)))
                        .status())
                .isEqualTo(400);
    }

    @EachDatabase
    void aRequestThatLacksSomethingGoesBackWithAnError(Database database) {
        var server = Server.on(database);
        var ana = new Person(server.url(), "ana");
        var wrong = new LinkedHashMap<String, Map<String, String>>();
        wrong.put("no challenge", Map.of("code_challenge", ""));
        wrong.put("short challenge", Map.of("code_challenge", "short"));
        wrong.put("plain", Map.of("code_challenge_method", "plain"));
        wrong.put("no method", Map.of("code_challenge_method", ""));
        wrong.put("other audience", Map.of("aud", "https://other.example.org/fhir"));
        wrong.put("no audience", Map.of("aud", ""));
        wrong.put("no state", Map.of("state", ""));
        wrong.put("token", Map.of("response_type", "token"));
        wrong.put("a scope of systems", Map.of("scope", "system/*.cruds"));
        wrong.put("unknown launch", Map.of("launch", "made-up"));
        wrong.put("without a person", Map.of("prompt", "none"));
        wrong.put("request object", Map.of("request", "e30.e30."));

        wrong.forEach((why, change) -> {
            var request = ana.request(APP, BACK, ALL);
            request.putAll(change);
            request.values().removeIf(String::isEmpty);
            var answer = ana.get("/oauth2/authorize?" + query(request)).expect(303);
            assertThat(answer.location()).as(why).startsWith(BACK + "?error=");
            assertThat(answer.parameter("code")).as(why).isNull();
        });
        var posted = ana.post(
                "/oauth2/authorize",
                ana.request(APP, BACK, ALL).entrySet().stream()
                        .flatMap(field -> List.of(field.getKey(), field.getValue()).stream())
                        .toList());
        assertThat(posted.expect(303).location()).startsWith(server.url() + "/oauth2/decide?request=");
    }

    @EachDatabase
    void aCodeCountsOnceWithItsVerifierForItsApp(Database database) {
        var server = Server.on(database);
        var ana = new Person(server.url(), "ana");
        var request = ana.request(APP, BACK, "patient/*.rs offline_access");

        var code = ana.code(request, null);
        var first = ana.redeem(APP, BACK, code, Person.VERIFIER).expect(200).json();
        var access = first.path("access_token").asText();
        assertThat(status(ana, access)).isEqualTo(200);
        var again = ana.redeem(APP, BACK, code, Person.VERIFIER).expect(400);
        assertThat(again.json().path("error").asText()).isEqualTo("invalid_grant");
        assertThat(status(ana, access))
                .as("a code that comes twice ends its tokens")
                .isEqualTo(401);
        refresh(ana, first.path("refresh_token").asText()).expect(400);

        ana.redeem(APP, BACK, ana.code(request, null), Person.VERIFIER + "x").expect(400);
        ana.redeem(APP, BACK, ana.code(request, null), Person.challenge(Person.VERIFIER))
                .expect(400);
        ana.redeem(APP, BACK, ana.code(request, null), "").expect(400);
        ana.redeem(APP, BACK + "x", ana.code(request, null), Person.VERIFIER).expect(400);
        ana.redeem("demo-ehr", BACK, ana.code(request, null), Person.VERIFIER).expect(401);
        ana.redeem(APP, BACK, "made-up", Person.VERIFIER).expect(400);
    }

    @EachDatabase
    void aRefreshTokenIsReplacedEachTimeAndOneThatComesAgainEndsTheGrant(Database database) {
        var server = Server.on(database);
        var ana = new Person(server.url(), "ana");
        var request = ana.request(APP, BACK, "openid launch/patient patient/*.rs offline_access");
        var first = ana.redeem(APP, BACK, ana.code(request, null), Person.VERIFIER)
                .expect(200)
                .json();

        var second =
                refresh(ana, first.path("refresh_token").asText()).expect(200).json();

        assertThat(second.path("refresh_token").asText())
                .isNotEqualTo(first.path("refresh_token").asText());
        assertThat(second.path("patient").asText())
                .isEqualTo(first.path("patient").asText());
        var more = ana.token(Map.of(
                "grant_type",
                "refresh_token",
                "client_id",
                APP,
                "refresh_token",
                second.path("refresh_token").asText(),
                "scope",
                "patient/*.cruds"));
        assertThat(more.expect(400).json().path("error").asText()).isEqualTo("invalid_scope");
        var less = ana.token(Map.of(
                        "grant_type",
                        "refresh_token",
                        "client_id",
                        APP,
                        "refresh_token",
                        second.path("refresh_token").asText(),
                        "scope",
                        "patient/Observation.rs"))
                .expect(200)
                .json();
        assertThat(less.path("scope").asText()).isEqualTo("patient/Observation.rs");
        assertThat(status(ana, second.path("access_token").asText())).isEqualTo(200);
        refresh(ana, first.path("refresh_token").asText()).expect(400);
        refresh(ana, less.path("refresh_token").asText()).expect(400);
        assertThat(status(ana, second.path("access_token").asText())).isEqualTo(401);
    }

    @EachDatabase
    void onlineAccessEndsWithTheSessionAndOfflineAccessDoesNot(Database database) {
        var server = Server.on(database);
        var ana = new Person(server.url(), "ana");
        var online = ana.redeem(
                        APP,
                        BACK,
                        ana.code(ana.request(APP, BACK, "patient/*.rs online_access"), null),
                        Person.VERIFIER)
                .expect(200)
                .json();
        var offline = ana.redeem(
                        APP,
                        BACK,
                        ana.code(ana.request(APP, BACK, "patient/*.rs offline_access"), null),
                        Person.VERIFIER)
                .expect(200)
                .json();
        var next =
                refresh(ana, online.path("refresh_token").asText()).expect(200).json();

        ana.post("/sign-out", List.of()).expect(200);

        var ended = refresh(ana, next.path("refresh_token").asText()).expect(400);
        assertThat(ended.json().path("error").asText()).isEqualTo("invalid_grant");
        assertThat(status(ana, next.path("access_token").asText()))
                .as("the grant has ended")
                .isEqualTo(401);
        refresh(ana, offline.path("refresh_token").asText()).expect(200);
    }

    @EachDatabase
    void aRefreshTokenNamesItsPublicAppByItself(Database database) {
        var server = Server.on(database);
        var ana = new Person(server.url(), "ana");
        var request = ana.request(APP, BACK, "patient/*.rs offline_access");
        var first = ana.redeem(APP, BACK, ana.code(request, null), Person.VERIFIER)
                .expect(200)
                .json();
        var bare = Map.of(
                "grant_type",
                "refresh_token",
                "refresh_token",
                first.path("refresh_token").asText());

        var second = ana.token(bare).expect(200).json();

        assertThat(second.path("patient").asText()).isNotEmpty();
        assertThat(ana.token(bare).expect(400).json().path("error").asText()).isEqualTo("invalid_grant");
        assertThat(status(ana, second.path("access_token").asText()))
                .as("one that comes again ends the grant")
                .isEqualTo(401);
        ana.token(Map.of("grant_type", "refresh_token", "refresh_token", "made-up"))
                .expect(400);
        ana.token(Map.of("grant_type", "refresh_token")).expect(401);
    }

    @EachDatabase
    void aRefreshTokenDoesNotStandForTheSecretOfAnAppThatHasOne(Database database) {
        var server = Server.on(database);
        var id = "keeps-a-secret-" + UUID.randomUUID();
        var secret = Person.json(
                        "POST",
                        server.url() + "/admin/clients",
                        server.as("demo-admin").token(),
                        "{\"client_id\":\"" + id + "\",\"redirect_uris\":[\"" + BACK + "\"],"
                                + "\"scope\":\"patient/*.rs offline_access\","
                                + "\"token_endpoint_auth_method\":\"client_secret_basic\"}")
                .expect(200)
                .json()
                .path("client_secret")
                .asText();
        var ana = new Person(server.url(), "ana");
        var code = ana.code(ana.request(id, BACK, "patient/*.rs offline_access"), null);
        var basic = Map.of(
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.US_ASCII)));
        var redeemed = ana.endpoint(
                "/oauth2/token",
                Map.of(
                        "grant_type",
                        "authorization_code",
                        "redirect_uri",
                        BACK,
                        "code",
                        code,
                        "code_verifier",
                        Person.VERIFIER),
                basic);
        var refresh = Map.of(
                "grant_type",
                "refresh_token",
                "refresh_token",
                redeemed.expect(200).json().path("refresh_token").asText());

        ana.token(refresh).expect(401);

        ana.endpoint("/oauth2/token", refresh, basic).expect(200);
    }

    @EachDatabase
    void anEhrLaunchIsForItsPersonItsAppAndOnce(Database database) {
        var server = Server.on(database);
        var clinic = server.as("demo-clinic");
        var mina = new Person(server.url(), "mina");
        var june = new Person(server.url(), "june");
        var practitioner = clinic.get("/Practitioner?identifier=http://hl7.org/fhir/sid/us-npi|9999901058")
                .json()
                .at("/entry/0/resource/id")
                .asText();
        var patient = clinic.get("/Patient?family=Rivera")
                .json()
                .at("/entry/0/resource/id")
                .asText();
        var scope = "openid fhirUser launch patient/*.rs";

        var launch = launch(server, clinic, practitioner, patient, 201);
        var stolen = june.request(APP, BACK, scope);
        stolen.put("launch", launch);
        var page = june.ask(stolen);
        assertThat(page.parameter("error")).isEqualTo("access_denied");
        var request = mina.request(APP, BACK, scope);
        request.put("launch", launch);
        var consent = mina.ask(request).expect(200);
        assertThat(consent.text()).contains("Patient: Ana Rivera");
        var code = mina.allow(consent, consent.scopes()).expect(303).parameter("code");
        var token = mina.redeem(APP, BACK, Objects.requireNonNull(code), Person.VERIFIER)
                .expect(200)
                .json();
        assertThat(token.path("patient").asText()).isEqualTo(patient);
        assertThat(token.path("need_patient_banner").asBoolean()).isFalse();
        assertThat(mina.allow(consent, consent.scopes()).expect(303).parameter("error"))
                .as("a handle is used once")
                .isEqualTo("invalid_request");

        launch(server, clinic, practitioner, UUID.randomUUID().toString(), 404);
        launch(server, server.as("demo-other-clinic"), practitioner, patient, 404);
        launch(server, server.as("demo-insurer"), practitioner, patient, 403);
    }

    @EachDatabase
    void whatTravelsThroughTheBrowserCannotBeChanged(Database database) {
        var server = Server.on(database);
        var mina = new Person(server.url(), "mina");
        var picker =
                mina.ask(mina.request(APP, BACK, "launch/patient patient/*.rs")).expect(200);
        var foreign = server.as("demo-other-clinic")
                .get("/Patient?family=Park")
                .json()
                .at("/entry/0/resource/id")
                .asText();
        var fields = mina.hidden(picker);
        var forged = new ArrayList<>(fields);
        forged.addAll(List.of("patient", foreign));

        assertThat(mina.post("/oauth2/decide", forged).status()).isEqualTo(404);
        assertThat(mina.get("/oauth2/decide?request=AAAA" + fields.get(1)).status())
                .isEqualTo(400);
        var consent = mina.pick(picker, picker.patients().get(0));
        var allowed = mina.hidden(consent);
        allowed.addAll(List.of("allow", "yes", "scope", "patient/*.rs"));
        assertThat(mina.postFrom("https://attacker.example.org", "/oauth2/decide", allowed)
                        .status())
                .isEqualTo(403);
        var withoutToken = allowed.subList(0, 2);
        assertThat(mina.post("/oauth2/decide", withoutToken).status()).isEqualTo(403);
        // Another person gets nothing of what the first one picked.
        var ana = new Person(server.url(), "ana");
        ana.signIn("");
        var seen = ana.get("/oauth2/decide?request=" + allowed.get(1)).expect(200);
        assertThat(seen.text()).contains("Patient: your record");
    }

    @EachDatabase
    void sheTakesAnAppsAccessBackOnHerPage(Database database) {
        var server = Server.on(database);
        var ana = new Person(server.url(), "ana");
        var token = ana.redeem(
                        APP,
                        BACK,
                        ana.code(ana.request(APP, BACK, "patient/*.rs offline_access"), null),
                        Person.VERIFIER)
                .expect(200)
                .json();
        var page = ana.get("/account").expect(200);
        assertThat(page.text()).contains("Demonstration app");
        var grants = Pattern.compile("name=\"grant\" value=\"([^\"]*)\"")
                .matcher(page.text())
                .results()
                .map(match -> match.group(1))
                .toList();

        var form = ana.hidden(page);
        grants.forEach(grant -> {
            var fields = new ArrayList<>(form);
            fields.addAll(List.of("grant", grant));
            ana.post("/account", fields).expect(303);
        });

        assertThat(status(ana, token.path("access_token").asText())).isEqualTo(401);
        refresh(ana, token.path("refresh_token").asText()).expect(400);
        assertThat(ana.get("/account").text()).contains("No app has access");
        ana.post("/sign-out", form);
        assertThat(ana.get("/account").status()).isEqualTo(303);
    }

    @EachDatabase
    void tokensAreIntrospectedByTheirOwnerAndRevoked(Database database) {
        var server = Server.on(database);
        var ana = new Person(server.url(), "ana");
        var token = ana.redeem(
                        APP,
                        BACK,
                        ana.code(ana.request(APP, BACK, "openid fhirUser patient/*.rs offline_access"), null),
                        Person.VERIFIER)
                .expect(200)
                .json();
        var access = token.path("access_token").asText();
        var bearer = Map.of("Authorization", "Bearer " + access);

        var told = ana.endpoint("/oauth2/introspect", Map.of("token", access), bearer)
                .expect(200)
                .json();

        assertThat(told.path("active").asBoolean()).isTrue();
        assertThat(told.path("client_id").asText()).isEqualTo(APP);
        assertThat(told.path("scope").asText()).contains("patient/*.rs");
        assertThat(told.path("patient").asText()).isNotEmpty();
        assertThat(told.path("fhirUser").asText()).startsWith(server.url() + "/fhir/Patient/");
        assertThat(told.path("iss").asText()).isEqualTo(server.url());
        var other = Map.of("Authorization", "Bearer " + server.as("demo-ehr").token());
        assertThat(ana.endpoint("/oauth2/introspect", Map.of("token", access), other)
                        .text())
                .isEqualTo("{\"active\":false}");
        assertThat(ana.endpoint("/oauth2/introspect", Map.of("token", access), Map.of())
                        .status())
                .isEqualTo(401);
        assertThat(Person.json("GET", server.url() + "/oauth2/userinfo", access, "")
                        .expect(200)
                        .json()
                        .path("fhirUser")
                        .asText())
                .startsWith(server.url() + "/fhir/Patient/");

        ana.endpoint("/oauth2/revoke", Map.of("token", access, "client_id", APP), Map.of())
                .expect(200);
        assertThat(status(ana, access)).isEqualTo(401);
        var next =
                refresh(ana, token.path("refresh_token").asText()).expect(200).json();
        ana.endpoint(
                        "/oauth2/revoke",
                        Map.of("token", next.path("refresh_token").asText(), "client_id", APP),
                        Map.of())
                .expect(200);
        assertThat(status(ana, next.path("access_token").asText())).isEqualTo(401);
        refresh(ana, next.path("refresh_token").asText()).expect(400);
    }

    @EachDatabase
    void browsersOfRegisteredAppsMayAskAndOthersMayNot(Database database) {
        var server = Server.on(database);
        var ours = preflight(server, "http://localhost:9753");
        var others = preflight(server, "https://attacker.example.org");

        assertThat(ours.headers().firstValue("Access-Control-Allow-Origin")).hasValue("http://localhost:9753");
        assertThat(ours.headers().allValues("Access-Control-Expose-Headers").toString())
                .contains("Retry-After", "X-Progress");
        assertThat(ours.headers().firstValue("Access-Control-Allow-Credentials"))
                .isEmpty();
        assertThat(others.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(others.status()).isEqualTo(403);
    }

    private static Client.Answer preflight(Server server, String origin) {
        return server.anonymous()
                .send(
                        "OPTIONS",
                        "/Patient",
                        null,
                        Map.of(
                                "Origin", origin,
                                "Access-Control-Request-Method", "GET",
                                "Access-Control-Request-Headers", "authorization"));
    }

    @EachDatabase
    void aVisitOfAnotherPatientIsNoContextOfALaunch(Database database) {
        var server = Server.on(database);
        var clinic = server.as("demo-clinic");
        var visit = clinic.get("/Encounter?_count=1").expect(200).json().at("/entry/0/resource");
        var hers = visit.at("/subject/reference").asText().substring("Patient/".length());
        var others = clinic.get("/Patient?_count=20").expect(200).json().path("entry");
        var other = others.at("/0/resource/id").asText();
        if (other.equals(hers)) {
            other = others.at("/1/resource/id").asText();
        }
        var begun = "{\"client_id\":\"demo-app\",\"fhirUser\":\"Practitioner/p\",\"encounter\":\""
                + visit.path("id").asText() + "\",\"patient\":\"%s\"}";

        Person.json("POST", server.url() + "/launch-context", clinic.token(), begun.formatted(hers))
                .expect(201);
        Person.json("POST", server.url() + "/launch-context", clinic.token(), begun.formatted(other))
                .expect(400);
        assertThat(Person.json("POST", server.url() + "/launch-context", clinic.token(), begun.formatted("g-1-1-1-1"))
                        .expect(400)
                        .text())
                .contains("patient is the id");
    }

    private static String launch(Server server, Client ehr, String practitioner, String patient, int expected) {
        var answer = Person.json(
                "POST",
                server.url() + "/launch-context",
                ehr.token(),
                "{\"client_id\":\"demo-app\",\"fhirUser\":\"Practitioner/" + practitioner + "\",\"patient\":\""
                        + patient + "\",\"need_patient_banner\":false}");
        return answer.expect(expected).json().path("launch").asText();
    }

    private static Client.Answer refresh(Person person, String token) {
        return person.token(Map.of("grant_type", "refresh_token", "client_id", APP, "refresh_token", token));
    }

    private static int status(Person person, String access) {
        // 403 where the token counts and may not read this; what a role reads is told elsewhere.
        var status = person.endpoint("/fhir/Patient/_search", Map.of(), Map.of("Authorization", "Bearer " + access))
                .status();
        return status == 403 ? 200 : status;
    }

    private static String query(Map<String, String> request) {
        return request.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
