package org.tenderpoint.profile;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Our code systems and value sets, expanded once. */
final class Terms {

    private final Map<String, Map<String, String>> systems = new HashMap<>();
    private final Map<String, Map<String, String>> parents = new HashMap<>();
    private final Map<String, Set<String>> valueSets = new HashMap<>();

    /** Of a display: the codes that it stands for, by system. */
    private final Map<String, Set<String>> displays = new HashMap<>();

    /** @param definitions as SUSHI compiled them */
    Terms(List<JsonNode> definitions) {
        ofType(definitions, "CodeSystem").forEach(system -> {
            var url = system.path("url").asText();
            var codes = new HashMap<String, String>();
            var above = new HashMap<String, String>();
            concepts(url, null, system.path("concept"), codes, above);
            systems.put(url, codes);
            parents.put(url, above);
        });
        ofType(definitions, "ValueSet").forEach(this::expand);
    }

    private static List<JsonNode> ofType(List<JsonNode> definitions, String type) {
        return definitions.stream()
                .filter(one -> one.path("resourceType").asText().equals(type))
                .toList();
    }

    private void concepts(
            String system,
            @Nullable String parent,
            JsonNode concepts,
            Map<String, String> codes,
            Map<String, String> above) {
        for (var concept : concepts) {
            var code = concept.path("code").asText();
            codes.put(code, concept.path("display").asText());
            displays.computeIfAbsent(key(system, concept.path("display").asText()), k -> new HashSet<>())
                    .add(code);
            if (parent != null) {
                above.put(code, parent);
            }
            concepts(system, code, concept.path("concept"), codes, above);
        }
    }

    private void expand(JsonNode valueSet) {
        var codes = new HashSet<String>();
        for (var include : valueSet.at("/compose/include")) {
            var system = include.path("system").asText();
            for (var concept : include.path("concept")) {
                codes.add(system + "|" + concept.path("code").asText());
                if (concept.hasNonNull("display")) {
                    displays.computeIfAbsent(key(system, concept.path("display").asText()), k -> new HashSet<>())
                            .add(concept.path("code").asText());
                }
            }
            if (include.path("concept").isEmpty()) {
                if (!systems.containsKey(system)) {
                    // A whole system that is not here: nobody can say what is in it.
                    return;
                }
                for (var code : systems.getOrDefault(system, Map.of()).keySet()) {
                    if (isIncluded(system, code, include.path("filter"))) {
                        codes.add(system + "|" + code);
                    }
                }
            }
        }
        valueSets.put(valueSet.path("url").asText(), Set.copyOf(codes));
    }

    private boolean isIncluded(String system, String code, JsonNode filters) {
        var above = parents.getOrDefault(system, Map.of());
        for (var filter : filters) {
            var isBelow = false;
            for (var one = above.get(code); one != null; one = above.get(one)) {
                isBelow |= one.equals(filter.path("value").asText());
            }
            if (!isBelow) {
                return false;
            }
        }
        return true;
    }

    /** The codes of a value set as {@code system|code}; empty where it is not known here or cannot be expanded. */
    Optional<Set<String>> valueSet(String url) {
        return Optional.ofNullable(valueSets.get(url));
    }

    boolean isOurs(String system) {
        return systems.containsKey(system);
    }

    boolean isCode(String system, String code) {
        return systems.getOrDefault(system, Map.of()).containsKey(code);
    }

    /** True if a display is that of another code of the system, as far as displays are known here. */
    boolean isOfAnother(String system, String code, String display) {
        var meant = displays.get(key(system, display));
        return meant != null && !meant.contains(code);
    }

    private static String key(String system, String display) {
        return system + "|" + display.toLowerCase(java.util.Locale.ROOT).strip();
    }
}
