package org.tenderpoint.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;

/** Reads the parameters of a search URL. What it does not know is refused by name; nothing is silently left out. */
public final class QueryReader {

    private static final Set<String> SPECIAL = Set.of("_id", "_lastUpdated", "_profile", "_tag", "_security");
    /** Answered by the server around the search. */
    private static final Set<String> PRESENTATION = Set.of("_format", "_pretty", "_summary", "_elements");

    private static final Pattern SPLIT_OR = Pattern.compile("(?<!\\\\),");
    private static final int MOST_VALUES = 100;
    private static final int MOST_CRITERIA = 30;

    private QueryReader() {}

    /**
     * @param type resource type
     * @param parameters the URL's and the body's parameters together
     * @throws Refused 400 that names the parameter
     */
    public static Query read(RecordType<?> type, Map<String, String[]> parameters) {
        var criteria = new ArrayList<Query.Criterion>();
        var sort = new ArrayList<Query.Sort>();
        var includes = new ArrayList<Query.Include>();
        var revIncludes = new ArrayList<Query.Include>();
        var count = Query.DEFAULT_PAGE;
        var total = false;
        Optional<String> cursor = Optional.empty();
        for (var parameter : parameters.entrySet()) {
            for (var value : parameter.getValue()) {
                var name = parameter.getKey();
                if (value.indexOf('\0') >= 0) {
                    throw invalid("search-value-invalid", name, "A search value may not hold control characters.");
                }
                switch (name) {
                    case "_sort" -> sort.addAll(sort(type, value));
                    case "_count" -> count = count(value);
                    case "_include" -> includes.add(include(name, value));
                    case "_revinclude" -> revIncludes.add(include(name, value));
                    case "_total" -> total = total(value);
                    case "_cursor" -> cursor = Optional.of(value);
                    default -> {
                        if (!PRESENTATION.contains(name)) {
                            criteria.add(criterion(type, name, value));
                        }
                    }
                }
            }
        }
        if (parameters.containsKey("_summary") && "count".equals(parameters.get("_summary")[0])) {
            count = 0;
        }
        if (criteria.size() > MOST_CRITERIA) {
            throw Refused.badRequest(new Issue(
                    org.hl7.fhir.r4.model.OperationOutcome.IssueType.TOOCOSTLY,
                    "search-too-costly",
                    null,
                    "A search takes at most " + MOST_CRITERIA + " criteria."));
        }
        return new Query(type, criteria, sort, count, includes, revIncludes, total || count == 0, cursor);
    }

    private static Query.Criterion criterion(RecordType<?> type, String name, String value) {
        var dot = name.indexOf('.');
        var head = dot < 0 ? name : name.substring(0, dot);
        var chain = dot < 0 ? "" : name.substring(dot + 1);
        var colon = head.indexOf(':');
        var param = colon < 0 ? head : head.substring(0, colon);
        var modifier = colon < 0 ? "" : head.substring(colon + 1);
        if (!SPECIAL.contains(param) && type.param(param).isEmpty()) {
            throw invalid("search-parameter-unknown", name, "Known for " + type.name() + ": " + known(type) + ".");
        }
        if (chain.contains(".")) {
            throw invalid("search-chain-too-long", name, "A chain has one hop.");
        }
        var values = Arrays.asList(SPLIT_OR.split(value, -1));
        if (values.size() > MOST_VALUES) {
            throw invalid("search-too-costly", name, "A parameter takes at most " + MOST_VALUES + " values.");
        }
        if (values.stream().anyMatch(String::isBlank)) {
            throw invalid("search-value-invalid", name, "A search value is empty.");
        }
        return new Query.Criterion(param, modifier, chain, values);
    }

    private static List<Query.Sort> sort(RecordType<?> type, String value) {
        return Arrays.stream(value.split(",", -1))
                .map(key -> {
                    var param = key.startsWith("-") ? key.substring(1) : key;
                    var known = Set.of("_id", "_lastUpdated").contains(param)
                            || type.param(param)
                                    .filter(p -> p.kind() != SearchParamType.REFERENCE)
                                    .isPresent();
                    if (!known) {
                        throw invalid("sort-unknown", "_sort", "Sorting goes by a declared parameter, no reference.");
                    }
                    return new Query.Sort(param, key.startsWith("-"));
                })
                .toList();
    }

    private static int count(String value) {
        try {
            var count = Integer.parseInt(value);
            if (count >= 0) {
                return Math.min(count, Query.LARGEST_PAGE);
            }
        } catch (NumberFormatException notANumber) {
            // said below
        }
        throw invalid("count-invalid", "_count", "_count is a whole number from 0 to " + Query.LARGEST_PAGE + ".");
    }

    private static boolean total(String value) {
        return switch (value) {
            case "none", "estimate" -> false;
            case "accurate" -> true;
            default -> throw invalid("total-invalid", "_total", "_total is none, estimate or accurate.");
        };
    }

    private static Query.Include include(String name, String value) {
        var parts = value.split(":", -1);
        if (value.contains("*") || name.contains(":")) {
            throw Refused.forbidden("An include names its type and parameter; there is no wildcard.");
        }
        if (parts.length < 2 || parts.length > 3) {
            throw invalid("include-invalid", name, "An include has the form Type:parameter or Type:parameter:Target.");
        }
        var source = RecordTypes.find(parts[0]);
        var param = source.flatMap(type -> type.param(parts[1])).filter(p -> p.kind() == SearchParamType.REFERENCE);
        if (source.isEmpty() || param.isEmpty()) {
            throw invalid("include-invalid", name, "There is no such reference parameter.");
        }
        return new Query.Include(parts[0], parts[1], parts.length == 3 ? Optional.of(parts[2]) : Optional.empty());
    }

    private static String known(RecordType<?> type) {
        return type.params().stream().map(SearchParam::name).sorted().collect(Collectors.joining(", "));
    }

    static Refused invalid(String code, String parameter, String diagnostics) {
        return Refused.badRequest(new Issue(
                org.hl7.fhir.r4.model.OperationOutcome.IssueType.INVALID,
                code,
                null,
                "Parameter " + Issue.echo(parameter) + ": " + diagnostics));
    }
}
