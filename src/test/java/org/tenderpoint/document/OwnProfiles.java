package org.tenderpoint.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which of our profiles a resource has to keep to, by its type and by the code that says what it is; resources rarely name
 * their profiles.
 */
final class OwnProfiles {

    private static final Path GUIDE = Path.of("profiles/fsh-generated/resources");
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Profile(String url, Set<String> codes) {}

    private final Map<String, List<Profile>> byType = new HashMap<>();
    private final Map<String, Set<String>> valueSets = new HashMap<>();

    private OwnProfiles() {
        guide("ValueSet-").forEach(set -> valueSets.put(set.path("url").asText(), codes(set)));
        guide("StructureDefinition-").stream()
                .filter(definition -> !definition.path("type").asText().equals("Extension"))
                .forEach(definition -> byType.computeIfAbsent(
                                definition.path("type").asText(), type -> new ArrayList<>())
                        .add(new Profile(definition.path("url").asText(), naming(definition))));
    }

    static OwnProfiles load() {
        return new OwnProfiles();
    }

    /** The canonical URLs of the profiles for a resource; none where it is about something else. */
    List<String> of(JsonNode resource) {
        if (isReferralInPart(resource)) {
            return List.of();
        }
        var candidates = byType.getOrDefault(resource.path("resourceType").asText(), List.of());
        var said = new HashSet<String>();
        for (var element : List.of("code", "type", "category")) {
            resource.path(element)
                    .findValues("coding")
                    .forEach(codings -> codings.forEach(coding -> said.add(key(coding))));
        }
        // Where two profiles of a type have no code to tell them apart, the resource itself names the one it means.
        var uncoded =
                candidates.stream().filter(profile -> profile.codes().isEmpty()).count();
        return candidates.stream()
                .filter(profile -> profile.codes().isEmpty()
                        ? uncoded == 1
                        : profile.codes().stream().anyMatch(said::contains))
                .map(Profile::url)
                .toList();
    }

    /** An insurer's view of a referral is silent about a reason that is in words only, and says that it is not the whole. */
    private static boolean isReferralInPart(JsonNode resource) {
        return resource.path("resourceType").asText().equals("ServiceRequest")
                && resource.path("meta").path("tag").findValuesAsText("code").contains("SUBSETTED");
    }

    /** The codes that a profile gives the element that says what a resource is. */
    private Set<String> naming(JsonNode definition) {
        var type = definition.path("type").asText();
        var codes = new HashSet<String>();
        for (var element : definition.path("differential").path("element")) {
            var path = element.path("path").asText();
            if (path.equals(type + ".code")
                    || path.equals(type + ".type")
                    || (path.equals(type + ".category") && element.path("min").asInt() > 0)) {
                element.path("patternCodeableConcept").path("coding").forEach(coding -> codes.add(key(coding)));
                codes.addAll(valueSets.getOrDefault(
                        element.path("binding").path("valueSet").asText(), Set.of()));
            } else if (path.equals(type + ".code.coding") && element.path("min").asInt() > 0) {
                var coding = element.path("patternCoding");
                if (coding.has("code")) {
                    codes.add(key(coding));
                }
            }
        }
        return codes;
    }

    private static Set<String> codes(JsonNode valueSet) {
        var codes = new HashSet<String>();
        for (var include : valueSet.path("compose").path("include")) {
            include.path("concept")
                    .forEach(concept -> codes.add(include.path("system").asText() + "|"
                            + concept.path("code").asText()));
        }
        return codes;
    }

    private static String key(JsonNode coding) {
        return coding.path("system").asText() + "|" + coding.path("code").asText();
    }

    private static List<JsonNode> guide(String prefix) {
        try (var files = Files.list(GUIDE)) {
            var read = new ArrayList<JsonNode>();
            for (var file : files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .toList()) {
                read.add(JSON.readTree(file.toFile()));
            }
            return read;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
