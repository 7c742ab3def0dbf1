package org.tenderpoint.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.testing.Judge;

/**
 * Holds what the server says against R4 and against those of our profiles that it is about. Resources that differ in
 * nothing but ids and times are checked once, because a check costs two hundred times a parse.
 */
public final class SchemaCheck {

    /** Where the standalone validator finds what was checked here; kept nowhere unless a folder is named. */
    private static final @Nullable String KEPT_IN = System.getProperty("emitted.folder");

    private static final Pattern ONE_OF_A_KIND =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f-]{27}" + "|[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.]+(Z|[+-][0-9:]+))?");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final OwnProfiles OURS = OwnProfiles.load();
    private static final Map<String, List<String>> SEEN = new ConcurrentHashMap<>();

    private SchemaCheck() {}

    /** The errors in a resource, and in each resource of a Bundle. */
    public static List<String> errors(Resource document) {
        return errors(InventedRecord.FHIR.newJsonParser().encodeResourceToString(document));
    }

    /** The errors in a resource, and in each resource of a Bundle; codes that R4 does not define are not looked up. */
    public static List<String> errors(String json) {
        try {
            return errors((ObjectNode) JSON.readTree(json));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static List<String> errors(ObjectNode resource) {
        var errors = new ArrayList<>(once(resource, null));
        OURS.of(resource).forEach(profile -> errors.addAll(once(resource, profile)));
        for (var entry : resource.path("entry")) {
            if (entry.path("resource") instanceof ObjectNode inner) {
                OURS.of(inner).forEach(profile -> errors.addAll(once(inner, profile)));
            }
        }
        return errors;
    }

    private static List<String> once(JsonNode resource, @Nullable String profile) {
        var text = resource.toString();
        var shape = profile + " " + ONE_OF_A_KIND.matcher(text).replaceAll("*");
        return SEEN.computeIfAbsent(shape, unseen -> {
            keep(resource, profile, unseen, text);
            return Judge.errors(text, profile).stream()
                    .map(error -> (profile == null ? "" : profile + ": ") + error)
                    .toList();
        });
    }

    /** The profile to be kept to stands in the name, as {@code Type--profile--shape.json}. */
    private static void keep(JsonNode resource, @Nullable String profile, String shape, String text) {
        if (KEPT_IN == null) {
            return;
        }
        try {
            Files.createDirectories(Path.of(KEPT_IN));
            var name = String.join(
                    "--",
                    resource.path("resourceType").asText(),
                    profile == null ? "" : profile.substring(profile.lastIndexOf('/') + 1),
                    UUID.nameUUIDFromBytes(shape.getBytes(StandardCharsets.UTF_8))
                            .toString());
            Files.writeString(Path.of(KEPT_IN, name + ".json"), text);
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }
}
