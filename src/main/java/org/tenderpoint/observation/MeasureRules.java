package org.tenderpoint.observation;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.jspecify.annotations.Nullable;

/** The measures this server can interpret, read once from {@code measure-rules.json}. */
public final class MeasureRules {

    private final List<MeasureRule> rules;
    private final Map<String, BigDecimal> answers;
    private final Set<String> deprecatedCodes;
    private final Map<String, MeasureRule> byCode = new HashMap<>();

    /** Beginnings of codes, the longest first, so that rom-cervical-* comes before rom-*. */
    private final List<Map.Entry<String, MeasureRule>> byBeginning;

    private MeasureRules(List<MeasureRule> rules, Map<String, BigDecimal> answers, Set<String> deprecatedCodes) {
        this.rules = List.copyOf(rules);
        this.answers = Map.copyOf(answers);
        this.deprecatedCodes = Set.copyOf(deprecatedCodes);
        for (var rule : rules) {
            for (var code : rule.codes()) {
                if (byCode.put(code, rule) != null) {
                    throw new IllegalStateException("two measures share the code " + code);
                }
            }
        }
        this.byBeginning = byCode.entrySet().stream()
                .filter(code -> code.getKey().endsWith("*"))
                .map(code -> Map.entry(code.getKey().substring(0, code.getKey().length() - 1), code.getValue()))
                .sorted(Comparator.comparing(beginning -> -beginning.getKey().length()))
                .toList();
    }

    /**
     * Reads the rules that ship with the server.
     *
     * @throws IllegalStateException if a row is incomplete or two rows share a code
     */
    public static MeasureRules load() {
        var mapper = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .build();
        try (var file = MeasureRules.class.getResourceAsStream("measure-rules.json")) {
            var root = mapper.readTree(file);
            var rules = new ArrayList<MeasureRule>();
            for (var row : rows(root)) {
                rules.add(mapper.treeToValue(row, MeasureRule.class));
            }
            return new MeasureRules(
                    rules,
                    root.get("answers").properties().stream()
                            .collect(Collectors.toMap(Map.Entry::getKey, answer -> answer.getValue()
                                    .decimalValue())),
                    StreamSupport.stream(root.get("deprecatedCodes").spliterator(), false)
                            .map(JsonNode::asText)
                            .collect(Collectors.toSet()));
        } catch (IOException broken) {
            throw new UncheckedIOException("measure-rules.json cannot be read", broken);
        }
    }

    /** Every rule with its variants, in the order in which reports list them. */
    public List<MeasureRule> all() {
        return rules;
    }

    /**
     * The rule with this id, in its usual variant.
     *
     * @throws IllegalArgumentException if there is no such rule
     */
    public MeasureRule rule(String id) {
        return rule(id, "");
    }

    /**
     * A variant of a rule, for example {@code PR-HIT6} for {@code chronic-tension-type-headache}.
     *
     * @throws IllegalArgumentException if there is no such rule
     */
    public MeasureRule rule(String id, String variant) {
        return rules.stream()
                .filter(rule -> rule.id().equals(id) && rule.variant().equals(variant))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no measure rule " + id + " " + variant));
    }

    /** The rule of the measure that a concept names; empty when it names none. */
    public Optional<MeasureRule> measureOf(CodeableConcept concept) {
        return match(concept).map(Match::rule);
    }

    /** The first coding of a concept that is the score of a measure. */
    Optional<Match> match(CodeableConcept concept) {
        return concept.getCoding().stream()
                .flatMap(coding -> match(coding).stream())
                .findFirst();
    }

    /** The number a coded answer stands for: the LOINC answers for 0 to 10. */
    Optional<BigDecimal> answer(CodeableConcept concept) {
        return concept.getCoding().stream()
                .flatMap(coding -> Optional.ofNullable(answers.get(key(coding))).stream())
                .findFirst();
    }

    boolean isDeprecated(Coding coding) {
        return deprecatedCodes.contains(key(coding));
    }

    static boolean names(CodeableConcept concept, String key) {
        return concept.getCoding().stream().anyMatch(coding -> key.equals(key(coding)));
    }

    /** True where a code is the score of a measure. */
    public boolean isMeasure(String system, String code) {
        return byKey(key(system, code)) != null;
    }

    private Optional<Match> match(Coding coding) {
        return Optional.ofNullable(byKey(key(coding))).map(rule -> new Match(rule, coding.getCode()));
    }

    private @Nullable MeasureRule byKey(String key) {
        var exact = byCode.get(key);
        if (exact != null) {
            return exact;
        }
        for (var beginning : byBeginning) {
            if (key.startsWith(beginning.getKey())) {
                return beginning.getValue();
            }
        }
        return null;
    }

    private static String key(Coding coding) {
        return key(coding.getSystem(), coding.getCode());
    }

    private static String key(@Nullable String system, @Nullable String code) {
        return system + "|" + code;
    }

    private static List<JsonNode> rows(JsonNode root) {
        var rows = new ArrayList<JsonNode>();
        for (var measure : root.get("measures")) {
            ObjectNode row = root.get("defaults").deepCopy();
            row.setAll((ObjectNode) measure);
            var variants = row.remove("variants");
            rows.add(row);
            if (variants != null) {
                for (var variant : variants.properties()) {
                    ObjectNode changed = row.deepCopy();
                    changed.setAll((ObjectNode) variant.getValue());
                    rows.add(changed.put("variant", variant.getKey()));
                }
            }
        }
        return rows;
    }

    /** A rule and the code by which an observation was recognised. */
    record Match(MeasureRule rule, String code) {}
}
