package org.tenderpoint.careplan;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * Which of the body sites that are charted lie in which, read once from {@code body-map.json}: SNOMED CT itself is not here.
 *
 * @param parts body sites directly in a body site
 * @param sided body sites that have their side in them
 */
record BodyMap(Map<String, List<String>> parts, Map<String, Sided> sided) {

    /** A body site without its side, and the side. */
    record Sided(String site, String side) {}

    BodyMap {
        parts = Map.copyOf(parts);
        sided = Map.copyOf(sided);
    }

    static BodyMap load() {
        try (var file = BodyMap.class.getResourceAsStream("body-map.json")) {
            return JsonMapper.builder().build().readValue(file, BodyMap.class);
        } catch (IOException broken) {
            throw new UncheckedIOException("body-map.json cannot be read", broken);
        }
    }

    String withoutSide(String site) {
        var found = sided.get(site);
        return found == null ? site : found.site();
    }

    /** The side that a body site has in it; empty where it has none. */
    String sideOf(String site) {
        var found = sided.get(site);
        return found == null ? "" : found.side();
    }

    boolean isWithin(String part, String whole) {
        return part.equals(whole)
                || parts.getOrDefault(whole, List.of()).stream().anyMatch(inner -> isWithin(part, inner));
    }
}
