package org.tenderpoint.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tenderpoint.chart.RecordTypes;

/** The HTTP methods that a path of the FHIR API takes, whoever asks. */
final class AllowedMethods {

    private static final List<String> READ = List.of("GET", "HEAD");

    /** Who only looks at the headers does not begin a job. */
    private static final Pattern BEGINS_EXPORT = Pattern.compile("Group/.+/\\$export/?");

    private AllowedMethods() {}

    /**
     * The methods of a path.
     *
     * @param path below the FHIR base, without a query
     * @return empty for a path that is none of the FHIR RESTful API
     */
    static Optional<List<String>> of(String path) {
        var trimmed = path.startsWith("/") ? path.substring(1) : path;
        if (trimmed.isEmpty()) {
            return Optional.of(List.of("POST"));
        }
        var parts = trimmed.split("/", -1);
        if (trimmed.equals("metadata")) {
            return Optional.of(READ);
        }
        if (BEGINS_EXPORT.matcher(trimmed).matches()) {
            return Optional.of(List.of("GET", "POST"));
        }
        if (RecordTypes.find(parts[0]).isEmpty()) {
            return Optional.empty();
        }
        var isHistory = parts.length > 1 && parts[Math.min(parts.length, 3) - 1].equals("_history");
        if (isHistory) {
            return Optional.of(READ);
        }
        return switch (parts.length) {
            case 1 -> Optional.of(changes("GET", "HEAD", "POST"));
            case 2 ->
                parts[1].equals("_search")
                        ? Optional.of(List.of("GET", "HEAD", "POST"))
                        : parts[1].startsWith("$") ? Optional.empty() : Optional.of(changes("GET", "HEAD"));
            default -> Optional.empty();
        };
    }

    /** DELETE is on all lists: where a type is not deleted, the refusal says what to do instead. */
    private static List<String> changes(String... others) {
        var methods = new ArrayList<>(List.of(others));
        methods.add("PUT");
        methods.add("PATCH");
        methods.add("DELETE");
        return methods;
    }
}
