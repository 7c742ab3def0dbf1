package org.tenderpoint.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.tenderpoint.testing.Client.Answer;

/**
 * A bulk export as a client carries it out.
 *
 * @param client who exports
 * @param job path of the job below {@code /fhir}
 */
public record Export(Client client, String job) {

    public static final Map<String, String> LATER = Map.of("Prefer", "respond-async");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PATIENCE_MILLIS = 60_000;
    private static final int BETWEEN_MILLIS = 50;

    /** Begins one. @param query with its question mark, or empty */
    public static Export begin(Client client, String organization, String query) {
        var answer = client.send("GET", "/Group/" + organization + "/$export" + query, null, LATER)
                .expect(202);
        return new Export(
                client, path(answer.headers().firstValue("Content-Location").orElseThrow()));
    }

    /** Asks until it is done. */
    public JsonNode manifest() {
        try {
            for (int waited = 0; waited < PATIENCE_MILLIS; waited += BETWEEN_MILLIS) {
                var answer = client.get(job);
                if (answer.status() != 202) {
                    return answer.expect(200).json();
                }
                assertThat(answer.headers().firstValue("X-Progress")).isPresent();
                assertThat(answer.headers().firstValueAsLong("Retry-After")).isPresent();
                Thread.sleep(BETWEEN_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new AssertionError("an export that does not end");
    }

    /** The path of a file, if the manifest names one of that type. @param list such as {@code output} */
    public static Optional<String> file(JsonNode manifest, String list, String type) {
        return StreamSupport.stream(manifest.path(list).spliterator(), false)
                .filter(file -> file.path("type").asText().equals(type))
                .map(file -> path(file.path("url").asText()))
                .findFirst();
    }

    /** The lines of a file of that type; none where there is no such file. */
    public List<JsonNode> lines(String type) {
        return file(manifest(), "output", type)
                .map(path -> lines(client.get(path).expect(200)))
                .orElse(List.of());
    }

    /** The lines of an answer, each of which is a resource. */
    public static List<JsonNode> lines(Answer answer) {
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/fhir+ndjson");
        assertThat(answer.text()).satisfiesAnyOf(text -> assertThat(text).isEmpty(), text -> assertThat(text)
                .endsWith("\n"));
        return answer.text().lines().map(Export::json).toList();
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException notJson) {
            throw new UncheckedIOException(notJson);
        }
    }

    private static String path(String url) {
        return url.substring(url.indexOf("/fhir/") + "/fhir".length());
    }
}
