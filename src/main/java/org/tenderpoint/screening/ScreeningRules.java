package org.tenderpoint.screening;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The rules that ship with the server, read once from {@code screening-rules.json}.
 *
 * @param rules in the order in which they are reported
 * @param understood SNOMED CT codes that are known to mean no contraindication by themselves
 */
record ScreeningRules(List<ScreeningRule> rules, Set<String> understood) {

    ScreeningRules {
        rules = List.copyOf(rules);
        var known = new HashSet<>(understood);
        rules.forEach(rule -> rule.when().forEach(trigger -> known.addAll(trigger.snomed())));
        understood = Set.copyOf(known);
    }

    /**
     * Reads the rules.
     *
     * @param off ids of rules that the practice has switched off
     * @throws IllegalArgumentException for an id that no rule has
     */
    static ScreeningRules load(Set<String> off) {
        var mapper = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        try (var file = ScreeningRules.class.getResourceAsStream("screening-rules.json")) {
            var all = mapper.readValue(file, ScreeningRules.class);
            var unknown = new HashSet<>(off);
            all.rules.forEach(rule -> unknown.remove(rule.id()));
            if (!unknown.isEmpty()) {
                throw new IllegalArgumentException("tenderpoint.screening.off names no rule: " + unknown);
            }
            return new ScreeningRules(
                    all.rules.stream().filter(rule -> !off.contains(rule.id())).toList(), all.understood);
        } catch (IOException broken) {
            throw new UncheckedIOException("screening-rules.json cannot be read", broken);
        }
    }
}
