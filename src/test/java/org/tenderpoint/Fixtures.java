package org.tenderpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Resource;

/** FHIR JSON from the test resources, with the ids filled in that only a running server knows. */
public final class Fixtures {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([a-z-]+)}}");

    private Fixtures() {}

    /**
     * A fixture as text.
     *
     * @param path below {@code src/test/resources}, such as {@code referral/referral-bundle.json}
     * @param ids what stands for {@code {{name}}}, by name
     * @throws IllegalArgumentException if a placeholder stays empty
     */
    public static String read(String path, Map<String, String> ids) {
        return PLACEHOLDER
                .matcher(text(path))
                .replaceAll(match -> java.util.regex.Matcher.quoteReplacement(value(ids, match.group(1), path)));
    }

    /** A fixture as the resource that the server's parser makes of it. */
    public static <T extends Resource> T resource(Class<T> type, String path, Map<String, String> ids) {
        return FhirContext.forR4Cached().newJsonParser().parseResource(type, read(path, ids));
    }

    private static String value(Map<String, String> ids, String name, String path) {
        var value = ids.get(name);
        if (value == null) {
            throw new IllegalArgumentException("nothing given for " + name + " in " + path);
        }
        return value;
    }

    private static String text(String path) {
        try (var stream = Fixtures.class.getResourceAsStream("/" + path)) {
            return new String(
                    Objects.requireNonNull(stream, () -> "no fixture " + path).readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
