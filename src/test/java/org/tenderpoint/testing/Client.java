package org.tenderpoint.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A client of the FHIR API: plain HTTP, plain JSON. */
public final class Client {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** A busy machine may leave a server lying for a while. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final Duration TOKEN_USED_FOR = Duration.ofMinutes(4);

    private final HttpClient http;
    private final String server;
    private final @Nullable String id;
    private final @Nullable String secret;
    private @Nullable String token;
    private Instant tokenUntil = Instant.EPOCH;

    private Client(HttpClient http, String server, @Nullable String id, @Nullable String secret) {
        this.http = http;
        this.server = server;
        this.id = id;
        this.secret = secret;
    }

    /** A client registered with a secret. */
    public static Client withSecret(HttpClient http, String server, String id, String secret) {
        return new Client(http, server, id, secret);
    }

    /** Somebody who has a token already. */
    static Client withToken(HttpClient http, String server, String token) {
        var client = new Client(http, server, "", null);
        client.token = token;
        client.tokenUntil = Instant.MAX;
        return client;
    }

    static Client anonymous(HttpClient http, String server) {
        return new Client(http, server, null, null);
    }

    /**
     * An answer.
     *
     * @param status HTTP status
     * @param headers HTTP headers
     * @param text the body as it came
     */
    public record Answer(int status, HttpHeaders headers, String text) {

        /** The body as JSON; fails where it is none. */
        public JsonNode json() {
            try {
                return JSON.readTree(text);
            } catch (IOException notJson) {
                throw new AssertionError("not JSON: " + text, notJson);
            }
        }

        /** Fails unless the status is the one expected; shows the body then. */
        public Answer expect(int expected) {
            assertThat(status).as(text).isEqualTo(expected);
            return this;
        }

        /** The {@code Type/id} of a created resource. */
        public String reference() {
            var location = headers.firstValue("Location").orElseThrow();
            var parts = location.split("/_history/", -1)[0].split("/", -1);
            return parts[parts.length - 2] + "/" + parts[parts.length - 1];
        }
    }

    public Answer get(String path) {
        return send("GET", path, null, Map.of());
    }

    public Answer post(String path, String json) {
        return send("POST", path, json, Map.of());
    }

    public Answer put(String path, String json, Map<String, String> headers) {
        return send("PUT", path, json, headers);
    }

    public Answer delete(String path) {
        return send("DELETE", path, null, Map.of());
    }

    /** Posts a Bundle to the server's root. */
    public Answer bundle(String json) {
        return send("POST", "", json, Map.of());
    }

    /** Gets a path of the server that is not below {@code /fhir}. */
    public Answer getOutside(String path) {
        var request = HttpRequest.newBuilder(URI.create(server + path)).timeout(Duration.ofSeconds(60));
        if (id != null) {
            request.header("Authorization", "Bearer " + token());
        }
        return exchange(request.GET().build());
    }

    /** Sends anything; {@code path} is below {@code /fhir}, such as {@code /Patient/123}. */
    public Answer send(String method, String path, @Nullable String body, Map<String, String> headers) {
        return sendBytes(method, path, body == null ? null : body.getBytes(StandardCharsets.UTF_8), headers);
    }

    /** The same; a Content-Type of {@code none} is left out. */
    public Answer sendBytes(String method, String path, byte @Nullable [] body, Map<String, String> headers) {
        var request = HttpRequest.newBuilder(
                        URI.create(server + "/fhir" + path.replace("|", "%7C").replace(" ", "%20")))
                .timeout(PATIENCE);
        if (id != null) {
            request.header("Authorization", "Bearer " + token());
        }
        if (body != null && !headers.containsKey("Content-Type")) {
            request.header("Content-Type", "application/fhir+json");
        }
        headers.forEach((name, value) -> {
            if (!(name.equals("Content-Type") && value.equals("none"))) {
                request.header(name, value);
            }
        });
        request.method(
                method,
                body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(body));
        return exchange(request.build());
    }

    /** The bearer token this client uses now. */
    public synchronized String token() {
        if (token == null || Instant.now().isAfter(tokenUntil)) {
            token = requestToken(null).expect(200).json().path("access_token").asText();
            tokenUntil = Instant.now().plus(TOKEN_USED_FOR);
        }
        return token;
    }

    /** Has a token ready, so that the next request is the only one. */
    public void prepare() {
        if (id != null) {
            token();
        }
    }

    /** Asks for a token, with a scope or without. */
    public Answer requestToken(@Nullable String scope) {
        var form = "grant_type=client_credentials"
                + (scope == null ? "" : "&scope=" + URLEncoder.encode(scope, StandardCharsets.UTF_8));
        var basic = Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
        return exchange(HttpRequest.newBuilder(URI.create(server + "/oauth2/token"))
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build());
    }

    private Answer exchange(HttpRequest request) {
        try {
            var response = http.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
