package org.tenderpoint.smart;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.tenderpoint.identity.SigningKeys;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Person;
import org.tenderpoint.testing.Server;

/** Twenty-four tokens that do not count, and what each is answered by four operations: 401, or 403, and nothing else. */
class TokenSheetStoryTest {

    private static final Set<Integer> REFUSED = Set.of(401, 403);

    private record Operation(String method, String path, String body) {}

    private static final List<Operation> OPERATIONS = List.of(
            new Operation("GET", "/Patient/00000000-0000-4000-8000-000000000000", ""),
            new Operation("GET", "/Observation?status=final", ""),
            new Operation("POST", "/Patient", "{\"resourceType\":\"Patient\"}"),
            new Operation("GET", "/Patient/00000000-0000-4000-8000-000000000000/$everything", ""));

    @EachDatabase
    void noneOfTheTokensOpensAnything(Database database) throws Exception {
        var server = Server.on(database);
        var requests = requests(server);
        assertThat(requests).hasSize(24);

        for (var entry : requests.entrySet()) {
            for (var operation : OPERATIONS) {
                var request = HttpRequest.newBuilder(URI.create(server.url() + "/fhir" + operation.path()))
                        .header("Content-Type", "application/fhir+json")
                        .method(operation.method(), HttpRequest.BodyPublishers.ofString(operation.body()));
                var answer = HttpClient.newHttpClient()
                        .send(entry.getValue().apply(request).build(), BodyHandlers.ofString());
                assertThat(answer.statusCode())
                        .as("%s: %s %s %s", entry.getKey(), operation.method(), operation.path(), answer.body())
                        .isIn(REFUSED);
                assertThat(answer.body()).contains("OperationOutcome");
            }
        }
    }

    private static Map<String, UnaryOperator<HttpRequest.Builder>> requests(Server server) throws Exception {
        var keys = server.bean(SigningKeys.class);
        var ours = keys.signing();
        var foreign = new RSAKeyGenerator(2048).keyID(ours.getKeyID()).generate();
        var sheet = new LinkedHashMap<String, UnaryOperator<HttpRequest.Builder>>();
        var good = claims(server).build();
        var header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(new JOSEObjectType("at+jwt"))
                .keyID(ours.getKeyID())
                .build();
        // The sheet would prove nothing if the token that its cells are made of did not count.
        assertThat(Person.json(
                                "GET",
                                server.url() + "/fhir/Organization?_count=1",
                                sign(header, good, new RSASSASigner(ours)),
                                "")
                        .status())
                .isEqualTo(200);

        sheet.put("none", request -> request);
        put(
                sheet,
                "expired",
                sign(header, claims(server).expirationTime(in(-70)).build(), new RSASSASigner(ours)));
        put(
                sheet,
                "nbf in future",
                sign(header, claims(server).notBeforeTime(in(120)).build(), new RSASSASigner(ours)));
        put(
                sheet,
                "wrong iss",
                sign(header, claims(server).issuer("https://x.example").build(), new RSASSASigner(ours)));
        put(
                sheet,
                "wrong aud",
                sign(header, claims(server).audience(server.url()).build(), new RSASSASigner(ours)));
        put(sheet, "no aud", sign(header, claims(server).audience((String) null).build(), new RSASSASigner(ours)));
        put(sheet, "alg none", new PlainJWT(good).serialize());
        put(
                sheet,
                "HS256 by our public key",
                sign(
                        new JWSHeader.Builder(JWSAlgorithm.HS256)
                                .type(new JOSEObjectType("at+jwt"))
                                .keyID(ours.getKeyID())
                                .build(),
                        good,
                        new MACSigner(ours.toRSAPublicKey().getEncoded())));
        put(sheet, "foreign key", sign(header, good, new RSASSASigner(foreign)));
        put(
                sheet,
                "jwk in header",
                sign(
                        new JWSHeader.Builder(header).jwk(foreign.toPublicJWK()).build(),
                        good,
                        new RSASSASigner(foreign)));
        put(
                sheet,
                "jku to localhost",
                sign(
                        new JWSHeader.Builder(header)
                                .jwkURL(URI.create("http://localhost:1/jwks"))
                                .build(),
                        good,
                        new RSASSASigner(foreign)));
        put(
                sheet,
                "kid with a path",
                sign(new JWSHeader.Builder(header).keyID("../../key").build(), good, new RSASSASigner(ours)));
        var parts = sign(header, good, new RSASSASigner(ours)).split("\\.");
        put(sheet, "empty signature", parts[0] + "." + parts[1] + ".");
        put(
                sheet,
                "all-zero ECDSA signature",
                encoded("{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"" + ours.getKeyID() + "\"}") + "." + parts[1]
                        + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[64]));
        var ana = new Person(server.url(), "ana");
        var back = "http://localhost:9753/";
        var granted = ana.redeem(
                        "demo-app",
                        back,
                        ana.code(ana.request("demo-app", back, "openid patient/*.rs offline_access"), null),
                        Person.VERIFIER)
                .expect(200)
                .json();
        put(sheet, "id token", granted.path("id_token").asText());
        put(sheet, "refresh token", granted.path("refresh_token").asText());
        put(
                sheet,
                "of another server",
                sign(
                        header,
                        claims(server)
                                .issuer("https://b.example")
                                .audience("https://b.example/fhir")
                                .build(),
                        new RSASSASigner(foreign)));
        put(
                sheet,
                "scope as an array",
                sign(
                        header,
                        claims(server)
                                .claim("scope", List.of("system/Basic.rs"))
                                .build(),
                        new RSASSASigner(ours)));
        put(
                sheet,
                "scope missing",
                sign(header, claims(server).claim("scope", null).build(), new RSASSASigner(ours)));
        put(sheet, "duplicate claims", duplicated(header, ours));
        put(sheet, "as long as a header may be", sign(header, good, new RSASSASigner(ours)) + "A".repeat(28_000));
        var text = sign(header, good, new RSASSASigner(ours));
        sheet.put("in the query string", request -> {
            var uri = request.copy().build().uri().toString();
            return request.uri(URI.create(uri + (uri.contains("?") ? "&" : "?") + "access_token=" + text));
        });
        sheet.put("two headers", request -> request.header("Authorization", "Basic ZGVtby1laHI6eA==")
                .header("Authorization", "Bearer " + text));
        ana.endpoint(
                        "/oauth2/revoke",
                        Map.of("token", granted.path("refresh_token").asText(), "client_id", "demo-app"),
                        Map.of())
                .expect(200);
        put(sheet, "after sign-out of the app", granted.path("access_token").asText());
        return sheet;
    }

    private static String duplicated(JWSHeader header, RSAKey key) throws Exception {
        var claims = "{\"iss\":\"https://x.example\",\"iss\":\"https://x.example\",\"client_id\":\"demo-ehr\","
                + "\"client_id\":\"demo-clinic\",\"scope\":\"system/*.cruds\"}";
        var signed = encoded(header.toString()) + "." + encoded(claims);
        var signature = new RSASSASigner(key).sign(header, signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + signature;
    }

    private static void put(Map<String, UnaryOperator<HttpRequest.Builder>> sheet, String name, String token) {
        sheet.put(name, request -> request.header("Authorization", "Bearer " + token));
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String sign(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) throws Exception {
        var jwt = new SignedJWT(header, claims);
        jwt.sign(signer);
        return jwt.serialize();
    }

    private static JWTClaimsSet.Builder claims(Server server) {
        return new JWTClaimsSet.Builder()
                .issuer(server.url())
                .audience(server.url() + "/fhir")
                .subject("demo-clinic")
                .claim("client_id", "demo-clinic")
                .claim("scope", "system/*.cruds")
                .jwtID(UUID.randomUUID().toString())
                .issueTime(in(-5))
                .expirationTime(in(200));
    }

    private static Date in(int seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }
}
