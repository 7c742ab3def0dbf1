package org.tenderpoint.profile;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One element of a profile, or one slice of it, as its differential constrains it. Built once and read from then on. */
final class ProfileNode {

    /**
     * An invariant.
     *
     * @param key such as {@code tp-pain-1}
     * @param human the sentence
     * @param expression FHIRPath
     */
    record Invariant(String key, String human, String expression) {}

    /** What tells slices apart: {@code value}, {@code pattern} or {@code type}, at a path. */
    record Discriminator(String type, String path) {}

    final String name;
    final Map<String, ProfileNode> children = new LinkedHashMap<>();
    final List<ProfileNode> slices = new ArrayList<>();
    final List<Discriminator> discriminators = new ArrayList<>();
    final List<Invariant> invariants = new ArrayList<>();
    final List<String> types = new ArrayList<>();
    final List<String> targets = new ArrayList<>();
    int min;
    int max = Integer.MAX_VALUE;

    @Nullable
    JsonNode pattern;

    @Nullable
    String typeProfile;

    @Nullable
    Set<String> codes;

    ProfileNode(String name) {
        this.name = name;
    }

    /**
     * Reads a profile's differential; elements stand in the order of a tree.
     *
     * @param typesOfProfiles resource types by the URLs of profiles that references may name
     */
    static ProfileNode of(JsonNode structure, Terms terms, Map<String, String> typesOfProfiles) {
        var root = new ProfileNode(structure.path("type").asText());
        for (var element : structure.at("/differential/element")) {
            var node = root;
            var steps = element.path("id").asText().split("\\.");
            for (int i = 1; i < steps.length; i++) {
                node = node.step(steps[i]);
            }
            node.read(element, terms, typesOfProfiles);
        }
        return root;
    }

    private ProfileNode step(String step) {
        var colon = step.indexOf(':');
        var child = children.computeIfAbsent(colon < 0 ? step : step.substring(0, colon), ProfileNode::new);
        if (colon < 0) {
            return child;
        }
        var slice = step.substring(colon + 1);
        return child.slices.stream()
                .filter(one -> one.name.equals(slice))
                .findFirst()
                .orElseGet(() -> {
                    var made = new ProfileNode(slice);
                    child.slices.add(made);
                    return made;
                });
    }

    private void read(JsonNode element, Terms terms, Map<String, String> typesOfProfiles) {
        min = element.path("min").asInt(0);
        var most = element.path("max").asText("*");
        max = most.equals("*") ? Integer.MAX_VALUE : Integer.parseInt(most);
        element.properties().forEach(property -> {
            if (property.getKey().startsWith("pattern") || property.getKey().startsWith("fixed")) {
                pattern = property.getValue();
            }
        });
        for (var type : element.path("type")) {
            types.add(type.path("code").asText());
            type.path("targetProfile")
                    .forEach(target ->
                            targets.add(typesOfProfiles.getOrDefault(target.asText(), last(target.asText()))));
            type.path("profile").forEach(profile -> typeProfile = profile.asText());
        }
        element.at("/slicing/discriminator")
                .forEach(one -> discriminators.add(new Discriminator(
                        one.path("type").asText(), one.path("path").asText())));
        if (element.at("/binding/strength").asText().equals("required")) {
            codes = terms.valueSet(element.at("/binding/valueSet").asText()).orElse(null);
        }
        for (var constraint : element.path("constraint")) {
            if (constraint.path("severity").asText().equals("error")) {
                invariants.add(new Invariant(
                        constraint.path("key").asText(),
                        constraint.path("human").asText(),
                        constraint.path("expression").asText()));
            }
        }
    }

    /** The pattern at a path of a slice, such as that of its code. */
    Optional<JsonNode> patternAt(String path) {
        if (path.equals("$this")) {
            return Optional.ofNullable(pattern);
        }
        ProfileNode node = this;
        for (var step : path.split("\\.")) {
            node = node.children.get(step);
            if (node == null) {
                return Optional.empty();
            }
        }
        return Optional.ofNullable(node.pattern);
    }

    private static String last(String url) {
        return url.substring(url.lastIndexOf('/') + 1);
    }
}
