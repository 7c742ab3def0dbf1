package org.tenderpoint.profile;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the codes that rules and summaries go by are called. Systems write a code's long name, its short one, or their own, so
 * a display contradicts its code only where it has no word in common with any name of it.
 */
final class Names {

    /** Words that stand in the names of anything. */
    private static final Set<String> EMPTY = Set.of(
            "and",
            "by",
            "for",
            "form",
            "in",
            "index",
            "item",
            "level",
            "mean",
            "measure",
            "measured",
            "number",
            "numeric",
            "of",
            "on",
            "panel",
            "patient",
            "per",
            "questionnaire",
            "rating",
            "reported",
            "result",
            "scale",
            "score",
            "short",
            "status",
            "test",
            "the",
            "to",
            "total",
            "value",
            "verbal",
            "with");

    private static final Pattern ABBREVIATION = Pattern.compile("[A-Z][A-Z0-9-]{0,6}");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

    /** Rate and rating are two things, interfere and interference are one. */
    private static final int STEM = 5;

    private final Map<String, Set<String>> words = new HashMap<>();

    private Names(Map<String, List<String>> names) {
        names.forEach((code, known) ->
                words.put(code, known.stream().flatMap(Names::words).collect(Collectors.toUnmodifiableSet())));
    }

    static Names load() {
        try (var file = Names.class.getResourceAsStream("codes/names.json")) {
            return new Names(new JsonMapper().readValue(file, new TypeReference<Map<String, List<String>>>() {}));
        } catch (IOException broken) {
            throw new UncheckedIOException("codes/names.json cannot be read", broken);
        }
    }

    /** True where a display says something of which no name of the code speaks; false where the code is not known here. */
    boolean contradict(String system, String code, String display) {
        var known = words.get(system + "|" + code);
        if (known == null || ABBREVIATION.matcher(display.strip()).matches()) {
            return false;
        }
        var said = words(display).toList();
        return !said.isEmpty() && said.stream().noneMatch(known::contains);
    }

    private static Stream<String> words(String text) {
        return BETWEEN_WORDS
                .splitAsStream(text.toLowerCase(Locale.ROOT))
                .filter(word -> !word.isEmpty() && !EMPTY.contains(word))
                .map(word -> word.length() > STEM ? word.substring(0, STEM) : word);
    }
}
