package org.tenderpoint.people;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;

/** Asks the provider of the settings over HTTP: without redirects, for seconds, for no more than a document. */
final class ProviderAsk {

    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration WHOLE = Duration.ofSeconds(6);
    private static final int LARGEST = 200_000;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private final JsonMapper json = JsonMapper.builder().build();

    JsonNode get(String uri) throws IOException {
        return send(request(uri).GET());
    }

    /** A form, from a client with a secret (RFC 6749, section 2.3.1). */
    JsonNode post(String uri, String clientId, String secret, Map<String, String> fields) throws IOException {
        var proof = (coded(clientId) + ":" + coded(secret)).getBytes(StandardCharsets.UTF_8);
        return send(request(uri)
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(proof))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form(fields))));
    }

    static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + coded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String coded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The settings are trusted; where the provider's own document leads to is looked at. */
    private static HttpRequest.Builder request(String uri) throws IOException {
        var address = address(uri);
        return HttpRequest.newBuilder(address).timeout(WHOLE).header("Accept", "application/json");
    }

    private static URI address(String uri) throws IOException {
        try {
            var address = URI.create(uri);
            if (ProviderProperties.isSafe(address)) {
                return address;
            }
            throw new IOException("the provider names an address without TLS");
        } catch (IllegalArgumentException none) {
            throw new IOException("the provider names an address that is none", none);
        }
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException {
        try {
            var answer = http.send(request.build(), BodyHandlers.ofInputStream());
            try (var body = answer.body()) {
                if (answer.statusCode() != HttpStatus.OK.value()) {
                    throw new IOException("the provider answered " + answer.statusCode());
                }
                return json.readTree(body.readNBytes(LARGEST));
            }
        } catch (JsonProcessingException unreadable) {
            // Without its words, which may be a token's.
            throw new IOException("the provider's answer is no JSON of at most " + LARGEST + " bytes");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped", stopped);
        }
    }
}
