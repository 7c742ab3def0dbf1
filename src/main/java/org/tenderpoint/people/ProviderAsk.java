package org.tenderpoint.people;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import org.tenderpoint.guard.Outbound;

/** Asks the provider of the settings over HTTP. The settings are trusted; where its own document leads to is looked at. */
final class ProviderAsk {

    private static final Duration WHOLE = Duration.ofSeconds(6);
    private static final int LARGEST = 200_000;

    private final Outbound outbound = new Outbound(ProviderAsk::requireSafe, WHOLE, LARGEST);
    private final JsonMapper json = JsonMapper.builder().build();

    JsonNode get(String uri) throws IOException {
        return read(outbound.get(address(uri)));
    }

    /** A form, from a client with a secret (RFC 6749, section 2.3.1). */
    JsonNode post(String uri, String clientId, String secret, Map<String, String> fields) throws IOException {
        var proof = (coded(clientId) + ":" + coded(secret)).getBytes(StandardCharsets.UTF_8);
        var headers = Map.of(
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString(proof),
                "Content-Type",
                "application/x-www-form-urlencoded");
        return read(outbound.post(address(uri), headers, form(fields)));
    }

    static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + coded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String coded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static URI address(String uri) throws IOException {
        try {
            return URI.create(uri);
        } catch (IllegalArgumentException none) {
            throw new IOException("the provider names an address that is none", none);
        }
    }

    private static void requireSafe(URI address) throws IOException {
        if (!ProviderProperties.isSafe(address)) {
            throw new IOException("the provider names an address without TLS");
        }
    }

    private JsonNode read(String answer) throws IOException {
        try {
            return json.readTree(answer);
        } catch (JsonProcessingException unreadable) {
            // Without its words, which may be a token's.
            throw new IOException("the provider's answer is no JSON");
        }
    }
}
