package org.tenderpoint.story;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table of bad input, {@code bad-input/cases.json}, which {@code docs/bad-input.md} publishes.
 *
 * @param row number in the catalogue that the table began with; empty for later rows
 * @param what is wrong
 * @param by demonstration client
 * @param method HTTP method
 * @param path below {@code /fhir}; {@code {patient}}, {@code {referral}}, {@code {observation}} and {@code {id}} stand
 *     for resources that are there
 * @param body what is sent, with the same placeholders
 * @param visit the visit of the walk, with each pattern replaced, as the body
 * @param referral a new referral, likewise
 * @param again the referral that was sent already, likewise
 * @param repeat placeholder, text and how many times it stands there
 * @param as character set of the body's bytes, or {@code gzip}; UTF-8 where there is none
 * @param headers besides the usual; a Content-Type of {@code none} is left out
 * @param status HTTP status of the answer
 * @param code FHIR issue type of the answer
 * @param expression the element named in the answer, or its end
 */
record BadInput(
        String row,
        @com.fasterxml.jackson.annotation.JsonProperty("case") String what,
        String by,
        String method,
        String path,
        @Nullable String body,
        @Nullable List<List<String>> visit,
        @Nullable List<List<String>> referral,
        @Nullable List<List<String>> again,
        @Nullable List<List<Object>> repeat,
        @Nullable String as,
        @Nullable Map<String, String> headers,
        int status,
        String code,
        @Nullable String expression) {

    static List<BadInput> all() {
        try {
            return new ObjectMapper()
                    .readValue(
                            Files.readString(Path.of("src/test/resources/bad-input/cases.json")),
                            new TypeReference<List<BadInput>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The path with everything in its place. */
    String path(Map<String, String> there) {
        return filled(path, there);
    }

    /** The body with everything in its place, or null where none is sent. */
    @Nullable
    String body(Map<String, String> there) {
        if (visit != null) {
            return replaced(Objects.requireNonNull(there.get("visit.json")), visit);
        }
        if (referral != null) {
            return replaced(Objects.requireNonNull(there.get("referral.json")), referral);
        }
        if (again != null) {
            return replaced(Objects.requireNonNull(there.get("again.json")), again);
        }
        return body == null ? null : filled(body, there);
    }

    /** The body as it goes over the wire. */
    byte @Nullable [] bytes(Map<String, String> there) {
        var text = body(there);
        if (text == null) {
            return null;
        }
        if (!"gzip".equals(as)) {
            return text.getBytes(as == null ? StandardCharsets.UTF_8 : Charset.forName(as));
        }
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private String filled(String text, Map<String, String> there) {
        var filled = text;
        for (var one : there.entrySet()) {
            filled = filled.replace("{" + one.getKey() + "}", one.getValue());
        }
        for (var one : repeat == null ? List.<List<Object>>of() : repeat) {
            filled = filled.replace(one.get(0).toString(), one.get(1).toString().repeat((Integer) one.get(2)));
        }
        return filled;
    }

    private static String replaced(String text, List<List<String>> patterns) {
        var replaced = text;
        for (var pattern : patterns) {
            replaced = replaced.replaceAll(pattern.get(0), pattern.get(1));
        }
        return replaced;
    }

    /** The row as the docs show it. */
    String documented() {
        return "| %s | %s | `%s %s` | %d | %s | %s |"
                .formatted(
                        row,
                        what,
                        method,
                        path.isEmpty() ? "/" : path.replace("|", "\\|"),
                        status,
                        code,
                        expression == null ? "" : "`" + expression + "`");
    }
}
