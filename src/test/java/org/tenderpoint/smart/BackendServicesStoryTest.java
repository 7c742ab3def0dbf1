package org.tenderpoint.smart;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.tenderpoint.access.Role;
import org.tenderpoint.identity.Client;
import org.tenderpoint.identity.Clients;
import org.tenderpoint.testing.Client.Answer;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Person;
import org.tenderpoint.testing.Server;

/** A backend client with keys of its own gets a token by a signed assertion, and by nothing less. */
class BackendServicesStoryTest {

    private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private static RSAKey rsa;
    private static ECKey ec;
    private static RSAKey foreign;

    @BeforeAll
    static void freshKeys() throws Exception {
        rsa = new RSAKeyGenerator(2048)
                .keyID("rsa")
                .algorithm(JWSAlgorithm.RS384)
                .generate();
        ec = new ECKeyGenerator(Curve.P_384)
                .keyID("ec")
                .algorithm(JWSAlgorithm.ES384)
                .generate();
        foreign = new RSAKeyGenerator(2048).keyID("rsa").generate();
    }

    @EachDatabase
    void aFreshKeyPairGetsATokenThatReads(Database database) throws Exception {
        var server = Server.on(database);
        var id = registered(server, new JWKSet(List.of(rsa.toPublicJWK(), ec.toPublicJWK())).toString(), "");

        for (var assertion : List.of(signedByRsa(server, id, claims -> {}), signedByEc(server, id))) {
            var answer = ask(server, assertion).expect(200);

            assertThat(answer.json().path("scope").asText()).isEqualTo("system/*.rs");
            assertThat(answer.json().path("expires_in").asInt()).isBetween(1, 300);
            assertThat(answer.json().has("refresh_token")).isFalse();
            assertThat(answer.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
            var read = new Person(server.url(), "nobody")
                    .endpoint(
                            "/fhir/Organization/_search",
                            Map.of("_count", "1"),
                            Map.of(
                                    "Authorization",
                                    "Bearer "
                                            + answer.json().path("access_token").asText()));
            assertThat(read.status()).as(read.text()).isEqualTo(200);
        }
    }

    @EachDatabase
    void everyOtherAssertionIsRefused(Database database) throws Exception {
        var server = Server.on(database);
        var id = registered(server, new JWKSet(rsa.toPublicJWK()).toString(), "");
        var now = Instant.now();
        var header = new JWSHeader.Builder(JWSAlgorithm.RS384).keyID("rsa").type(JOSEObjectType.JWT);
        var good = claims(server, id);
        var replayed = signedByRsa(server, id, claims -> {});
        ask(server, replayed).expect(200);

        refused(server, "used before", replayed);
        refused(server, "expired", signedByRsa(server, id, c -> c.expirationTime(Date.from(now.minusSeconds(60)))));
        refused(server, "too long", signedByRsa(server, id, c -> c.expirationTime(Date.from(now.plusSeconds(600)))));
        refused(server, "no expiry", signedByRsa(server, id, c -> c.expirationTime(null)));
        refused(server, "not yet", signedByRsa(server, id, c -> c.notBeforeTime(Date.from(now.plusSeconds(120)))));
        refused(server, "other audience", signedByRsa(server, id, c -> c.audience("https://other.example.org/token")));
        refused(server, "issuer as audience", signedByRsa(server, id, c -> c.audience(server.url())));
        refused(server, "no audience", signedByRsa(server, id, c -> c.audience((String) null)));
        refused(server, "other issuer", signedByRsa(server, id, c -> c.issuer("demo-ehr")));
        refused(server, "no id", signedByRsa(server, id, c -> c.jwtID(null)));
        refused(server, "client without keys", signedByRsa(server, "demo-ehr", c -> {}));
        refused(server, "unknown client", signedByRsa(server, "nobody", c -> {}));
        refused(server, "foreign key", sign(header.build(), good, new RSASSASigner(foreign)));
        refused(
                server,
                "unknown key id",
                sign(new JWSHeader.Builder(header.build()).keyID("other").build(), good, new RSASSASigner(rsa)));
        refused(
                server,
                "no key id",
                sign(new JWSHeader.Builder(header.build()).keyID(null).build(), good, new RSASSASigner(rsa)));
        refused(
                server,
                "RS256",
                sign(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("rsa").build(), good, new RSASSASigner(rsa)));
        refused(
                server,
                "HS256 by the public key",
                sign(
                        new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("rsa").build(),
                        good,
                        new MACSigner(rsa.toRSAPublicKey().getEncoded())));
        refused(server, "none", new PlainJWT(good).serialize());
        refused(
                server,
                "a key of its own",
                sign(
                        new JWSHeader.Builder(header.build())
                                .jwk(foreign.toPublicJWK())
                                .build(),
                        good,
                        new RSASSASigner(foreign)));
        refused(
                server,
                "a key address of its own",
                sign(
                        new JWSHeader.Builder(header.build())
                                .jwkURL(URI.create("http://localhost:1/keys"))
                                .build(),
                        good,
                        new RSASSASigner(rsa)));
        ask(server, Map.of("grant_type", "client_credentials", "client_assertion_type", TYPE))
                .expect(400);
        var mixed = ask(
                server,
                Map.of(
                        "grant_type",
                        "client_credentials",
                        "client_assertion_type",
                        TYPE,
                        "client_id",
                        "demo-ehr",
                        "client_assertion",
                        signedByRsa(server, id, c -> {})));
        assertThat(mixed.status()).isEqualTo(401);
        // And the next good one is still good.
        ask(server, signedByRsa(server, id, c -> {})).expect(200);
    }

    @EachDatabase
    void ofAnAssertionThatComesTenTimesAtOnceOneCounts(Database database) throws Exception {
        var server = Server.on(database);
        var id = registered(server, new JWKSet(rsa.toPublicJWK()).toString(), "");
        var assertion = signedByRsa(server, id, claims -> {});
        var threads = Executors.newFixedThreadPool(10);

        try {
            Callable<Integer> asking = () -> ask(server, assertion).status();
            var statuses = threads.invokeAll(Collections.nCopies(10, asking)).stream()
                    .map(BackendServicesStoryTest::got)
                    .toList();

            assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 401);
        } finally {
            threads.shutdown();
        }
    }

    @EachDatabase
    void keysAreFetchedOnceInFiveMinutesAndAgainForANewKey(Database database) throws Exception {
        var server = Server.on(database);
        var fetches = new AtomicInteger();
        var published = new AtomicReference<>(new JWKSet(rsa.toPublicJWK()).toString());
        var keys = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        keys.createContext("/jwks", exchange -> {
            fetches.incrementAndGet();
            var body = published.get().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        keys.start();
        try {
            var id = registered(
                    server, "", "http://localhost:" + keys.getAddress().getPort() + "/jwks");

            ask(server, signedByRsa(server, id, claims -> {})).expect(200);
            ask(server, signedByRsa(server, id, claims -> {})).expect(200);
            ask(server, signedByEc(server, id)).expect(401);
            ask(server, signedByEc(server, id)).expect(401);

            assertThat(fetches).as("an unknown key is not fetched at every try").hasValue(1);
        } finally {
            keys.stop(0);
        }
    }

    @EachDatabase
    void aRevokedClientIsRefusedAtItsNextRequest(Database database) throws Exception {
        var server = Server.on(database);
        var id = registered(server, new JWKSet(rsa.toPublicJWK()).toString(), "");
        var token = ask(server, signedByRsa(server, id, claims -> {}))
                .expect(200)
                .json()
                .path("access_token")
                .asText();
        var admin = server.as("demo-admin").token();
        var person = new Person(server.url(), "nobody");
        var search = Map.of("Authorization", "Bearer " + token);
        assertThat(person.endpoint("/fhir/Organization/_search", Map.of(), search)
                        .status())
                .isEqualTo(200);

        var revoked = Person.json("DELETE", server.url() + "/admin/clients/" + id, admin, "");

        assertThat(revoked.status()).as(revoked.text()).isEqualTo(200);
        assertThat(person.endpoint("/fhir/Organization/_search", Map.of(), search)
                        .status())
                .isEqualTo(401);
        assertThat(ask(server, signedByRsa(server, id, claims -> {})).status()).isEqualTo(401);
    }

    private static String registered(Server server, String jwks, String jwksUri) {
        var id = "backend-" + UUID.randomUUID();
        var client = new Client(
                id,
                "",
                Role.EHR,
                "https://tenderpoint.org/demo/organization|north-family-medicine",
                List.of("system/*.rs"),
                "",
                jwks,
                jwksUri,
                List.of(),
                "",
                false);
        assertThat(server.bean(Clients.class).register(client, "test")).isTrue();
        return id;
    }

    private static void refused(Server server, String why, String assertion) {
        var answer = ask(server, assertion);
        assertThat(answer.status()).as(why).isEqualTo(401);
        assertThat(answer.text()).as(why).isEqualTo("{\"error\":\"invalid_client\"}");
    }

    private static Answer ask(Server server, String assertion) {
        return ask(
                server,
                Map.of(
                        "grant_type",
                        "client_credentials",
                        "scope",
                        "system/*.cruds",
                        "client_assertion_type",
                        TYPE,
                        "client_assertion",
                        assertion));
    }

    private static Answer ask(Server server, Map<String, String> form) {
        return new Person(server.url(), "nobody").token(form);
    }

    private static String signedByRsa(Server server, String id, Consumer<JWTClaimsSet.Builder> change)
            throws Exception {
        var claims = new JWTClaimsSet.Builder(claims(server, id));
        change.accept(claims);
        return sign(
                new JWSHeader.Builder(JWSAlgorithm.RS384)
                        .keyID("rsa")
                        .type(JOSEObjectType.JWT)
                        .build(),
                claims.build(),
                new RSASSASigner(rsa));
    }

    private static String signedByEc(Server server, String id) throws Exception {
        return sign(
                new JWSHeader.Builder(JWSAlgorithm.ES384).keyID("ec").build(), claims(server, id), new ECDSASigner(ec));
    }

    private static String sign(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) throws Exception {
        var jwt = new SignedJWT(header, claims);
        jwt.sign(signer);
        return jwt.serialize();
    }

    private static JWTClaimsSet claims(Server server, String id) {
        return new JWTClaimsSet.Builder()
                .issuer(id)
                .subject(id)
                .audience(server.url() + "/oauth2/token")
                .jwtID(UUID.randomUUID().toString())
                .expirationTime(Date.from(Instant.now().plusSeconds(240)))
                .build();
    }

    private static int got(Future<Integer> future) {
        try {
            return future.get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
