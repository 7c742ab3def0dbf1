package org.tenderpoint.server;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.tenderpoint.chart.Query;
import org.tenderpoint.chart.QueryReader;
import org.tenderpoint.chart.RecordTypes;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;

/**
 * The search by which a conditional interaction finds its resource.
 *
 * @param type resource type
 * @param query for two matches, of which one may be written
 * @param identifiers {@code system|value} where the condition is one identifier and nothing else: what a resource may be
 *     created under; empty otherwise
 */
record Condition(String type, Query query, List<String> identifiers) {

    private static final Set<String> PRESENTATION = Set.of("_format", "_pretty", "_summary", "_elements");
    private static final Set<String> RESULT = Set.of(
            "_sort",
            "_count",
            "_include",
            "_revinclude",
            "_total",
            "_cursor",
            "_contained",
            "_containedType",
            "_offset");

    /**
     * Reads a condition.
     *
     * @param url {@code Type?name=value&…}
     * @throws Refused 400 for parameters that are no criteria, or none at all
     */
    static Condition read(String type, String url) {
        var parameters = new LinkedHashMap<String, String[]>();
        for (var pair : url.substring(url.indexOf('?') + 1).split("&", -1)) {
            var equals = pair.indexOf('=');
            var name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            if (!PRESENTATION.contains(name)) {
                var value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
                parameters.merge(name, new String[] {value}, (some, more) -> Stream.of(some, more)
                        .flatMap(Stream::of)
                        .toArray(String[]::new));
            }
        }
        parameters.keySet().stream()
                .map(name -> name.split(":", 2)[0])
                .filter(RESULT::contains)
                .findFirst()
                .ifPresent(name -> {
                    throw unusable("A condition has search criteria only, and not " + Issue.echo(name) + ".");
                });
        if (parameters.keySet().stream().allMatch(String::isBlank)) {
            throw unusable("A condition has at least one search criterion: Type?identifier=system|value.");
        }
        var identifiers = identifiers(parameters);
        parameters.put("_count", new String[] {"2"});
        return new Condition(type, QueryReader.read(RecordTypes.require(type), parameters), identifiers);
    }

    private static List<String> identifiers(Map<String, String[]> parameters) {
        var values = parameters.get("identifier");
        if (values == null || parameters.size() != 1 || values.length != 1) {
            return List.of();
        }
        var value = values[0];
        return value.isBlank() || value.contains(",") || value.endsWith("|") || value.startsWith("|")
                ? List.of()
                : List.of(value);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw unusable("The condition has a percent sign without two hexadecimal digits behind it.");
        }
    }

    private static Refused unusable(String diagnostics) {
        return Refused.badRequest(Issue.value("condition-invalid", null, diagnostics));
    }
}
