package org.tenderpoint.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Our profiles, compiled from the same StructureDefinitions that the instance validator reads. */
final class Profiles {

    private final Map<String, ProfileNode> byUrl = new HashMap<>();
    private final Map<String, String> types = new HashMap<>();
    private final Terms terms;

    private Profiles(List<JsonNode> definitions) {
        this.terms = new Terms(definitions);
        for (var one : definitions) {
            if (one.path("resourceType").asText().equals("StructureDefinition")) {
                types.put(one.path("url").asText(), one.path("type").asText());
            }
        }
        for (var one : definitions) {
            if (one.path("resourceType").asText().equals("StructureDefinition")) {
                byUrl.put(one.path("url").asText(), ProfileNode.of(one, terms, types));
            }
        }
    }

    static Profiles load() {
        var json = new ObjectMapper();
        var definitions = new ArrayList<JsonNode>();
        try {
            for (var file : new PathMatchingResourcePatternResolver().getResources(Definitions.FILES)) {
                try (var stream = file.getInputStream()) {
                    definitions.add(json.readTree(stream));
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return new Profiles(definitions);
    }

    Terms terms() {
        return terms;
    }

    Optional<ProfileNode> find(String url) {
        return Optional.ofNullable(byUrl.get(url));
    }

    /** The type that a profile is about. */
    String type(String url) {
        return types.getOrDefault(url, "");
    }
}
