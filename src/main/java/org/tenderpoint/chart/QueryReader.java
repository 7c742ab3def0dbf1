package org.tenderpoint.chart;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;

/**
 * Reads the parameters of a search URL. What it does not know is refused by name, or named in the answer where the client
 * asks for leniency; nothing is silently left out.
 */
public final class QueryReader {

    private static final Set<String> OF_EVERY_TYPE =
            Set.of("_id", "_lastUpdated", "_profile", "_tag", "_security", "_source");
    /** Answered by the server around the search. */
    private static final Set<String> PRESENTATION = Set.of("_format", "_pretty", "_summary", "_elements");

    /** Two of these would contradict each other. */
    private static final Set<String> ONCE = Set.of("_count", "_total", "_cursor", "_summary");

    private static final int MOST_VALUES = 100;
    private static final int MOST_CRITERIA = 30;
    private static final int MOST_HOPS = 2;
    private static final int MOST_SORT_KEYS = 5;
    private static final int MOST_INCLUDES = 10;

    /**
     * What a request says about its search outside its parameters.
     *
     * @param base the server's base URL, which references may carry; null where there is none
     * @param lenient true to leave unknown parameters out
     * @param compartment the patient in whose compartment is searched; null for everywhere
     */
    public record Asked(@Nullable String base, boolean lenient, @Nullable UUID compartment) {

        /** A search from inside: strict, and everywhere. */
        public static final Asked PLAINLY = new Asked(null, false, null);
    }

    private final RecordType<?> type;
    private final Asked asked;
    private final List<Query.Criterion> criteria = new ArrayList<>();
    private final List<Query.Sort> sort = new ArrayList<>();
    private final List<Query.Include> includes = new ArrayList<>();
    private final Set<String> ignored = new LinkedHashSet<>();
    private int count = Query.DEFAULT_PAGE;
    private boolean total;
    private @Nullable String cursor;

    private QueryReader(RecordType<?> type, Asked asked) {
        this.type = type;
        this.asked = asked;
    }

    /** Reads a strict search of all that the caller may see. */
    public static Query read(RecordType<?> type, Map<String, String[]> parameters) {
        return read(type, parameters, Asked.PLAINLY);
    }

    /**
     * @param type resource type
     * @param parameters the URL's and the body's parameters together
     * @throws Refused 400 that names the parameter
     */
    public static Query read(RecordType<?> type, Map<String, String[]> parameters, Asked asked) {
        var reader = new QueryReader(type, asked);
        if (asked.compartment() != null) {
            reader.criteria.add(new Query.InCompartment(asked.compartment()));
        }
        for (var parameter : parameters.entrySet()) {
            if (ONCE.contains(parameter.getKey()) && parameter.getValue().length > 1) {
                throw invalid("search-parameter-twice", parameter.getKey(), "This stands once in a search.");
            }
            for (var value : parameter.getValue()) {
                reader.take(parameter.getKey(), value);
            }
        }
        if (parameters.containsKey("_summary") && "count".equals(parameters.get("_summary")[0])) {
            reader.count = 0;
        }
        return reader.query();
    }

    /** A value as it stands in a search that means it to the letter. */
    public static String escaped(String value) {
        return value.replace("\\", "\\\\")
                .replace(",", "\\,")
                .replace("|", "\\|")
                .replace("$", "\\$");
    }

    /** True for the parameters that every type has. */
    public static boolean isOfEveryType(String param) {
        return OF_EVERY_TYPE.contains(param);
    }

    private void take(String name, String value) {
        if (value.indexOf('\0') >= 0) {
            throw invalid("search-value-invalid", name, "A search value may not hold control characters.");
        }
        switch (name) {
            case "_sort" -> Escapes.split(value, ',').forEach(key -> sort.add(sort(key)));
            case "_count" -> count = count(value);
            case "_include", "_include:iterate", "_revinclude", "_revinclude:iterate" ->
                includes.add(IncludeReader.read(type, name, value));
            case "_total" -> total = total(value);
            case "_cursor" -> cursor = value;
            default -> {
                if (!PRESENTATION.contains(name)) {
                    criterion(name, value);
                }
            }
        }
    }

    private void criterion(String name, String value) {
        var values = Escapes.split(value, ',');
        if (values.size() > MOST_VALUES) {
            throw tooCostly(
                    "Parameter " + Issue.echo(name) + ": a parameter takes at most " + MOST_VALUES + " values.");
        }
        if (values.stream().anyMatch(String::isBlank)) {
            throw invalid("search-value-invalid", name, "A search value is empty.");
        }
        try {
            criteria.add(criterion(type, name, values, 0));
        } catch (Unknown unknown) {
            if (!asked.lenient()) {
                throw unknown.refused();
            }
            ignored.add(name);
        }
    }

    /** A parameter that is not there, at whichever end of a chain. */
    private static final class Unknown extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String name;
        private final transient RecordType<?> type;

        Unknown(RecordType<?> type, String name) {
            super(name, null, false, false);
            this.type = type;
            this.name = name;
        }

        Refused refused() {
            return invalid("search-parameter-unknown", name, "Known for " + type.name() + ": " + known(type) + ".");
        }
    }

    private Query.Criterion criterion(RecordType<?> of, String name, List<String> values, int hops) {
        if (hops > MOST_HOPS) {
            throw invalid("search-chain-too-long", name, "Chains and _has take " + MOST_HOPS + " hops together.");
        }
        if (name.startsWith("_has:")) {
            return has(of, name, values, hops);
        }
        var dot = name.indexOf('.');
        var head = dot < 0 ? name : name.substring(0, dot);
        var colon = head.indexOf(':');
        var param = colon < 0 ? head : head.substring(0, colon);
        var modifier = colon < 0 ? "" : head.substring(colon + 1);
        if (!knows(of, param)) {
            throw new Unknown(of, param);
        }
        if (colon >= 0 && modifier.isEmpty()) {
            throw invalid("search-modifier-unknown", name, "A modifier follows the colon.");
        }
        if (dot >= 0) {
            return chain(of, param, modifier, name.substring(dot + 1), values, hops);
        }
        Modifiers.check(of, param, modifier);
        if (modifier.equals(Modifiers.MISSING) && !Set.of("true", "false").contains(String.join(",", values))) {
            throw invalid("search-value-invalid", name, ":missing is true or false.");
        }
        var isReference = reference(of, param).isPresent();
        return new Query.Match(
                param, modifier, isReference ? values.stream().map(this::local).toList() : values);
    }

    /** A reference as the chart keeps it, without this server's base. */
    private String local(String reference) {
        return asked.base() != null && reference.startsWith(asked.base() + "/")
                ? reference.substring(asked.base().length() + 1)
                : reference;
    }

    private Query.Criterion chain(
            RecordType<?> of, String param, String modifier, String rest, List<String> values, int hops) {
        var reference = reference(of, param)
                .orElseThrow(
                        () -> invalid("search-chain-unknown", param, "Only a reference leads to another resource."));
        if (!modifier.isEmpty() && !Modifiers.mayPointAt(reference, modifier)) {
            throw invalid(
                    "search-chain-unknown", param + ":" + modifier, "This reference does not point at that type.");
        }
        if (modifier.isEmpty() && reference.targets().isEmpty()) {
            throw invalid(
                    "search-chain-unknown",
                    param,
                    "This may point at anything; name the type, as in " + param + ":Procedure.code.");
        }
        var targets = modifier.isEmpty() ? reference.targets() : Set.of(modifier);
        var head = rest.split("[.:]", 2)[0];
        var found = targets.stream()
                .sorted()
                .map(RecordTypes::require)
                .filter(target ->
                        targets.size() == 1 || (head.equals("_has") ? mayHave(target, rest) : knows(target, head)))
                .map(target -> new Query.Hop(target, criterion(target, rest, values, hops + 1)))
                .toList();
        if (found.isEmpty()) {
            throw invalid("search-chain-unknown", param, "No type that this points at has that parameter.");
        }
        return new Query.Chain(param, found);
    }

    /** False for a type that {@code _has} cannot be asked of, which is no mistake where others can. */
    private static boolean mayHave(RecordType<?> of, String name) {
        var parts = name.split(":", 4);
        return parts.length == 4
                && RecordTypes.find(parts[1])
                        .flatMap(source -> reference(source, parts[2]))
                        .filter(param -> Modifiers.mayPointAt(param, of.name()))
                        .isPresent();
    }

    private Query.Criterion has(RecordType<?> of, String name, List<String> values, int hops) {
        var parts = name.split(":", 4);
        if (parts.length < 4 || parts[3].isEmpty()) {
            throw invalid("search-has-invalid", name, "The form is _has:Type:reference:parameter.");
        }
        var source = RecordTypes.find(parts[1])
                .orElseThrow(() -> invalid("search-has-invalid", name, "This server keeps no such resources."));
        var pointing = reference(source, parts[2]).filter(param -> Modifiers.mayPointAt(param, of.name()));
        if (pointing.isEmpty()) {
            throw invalid("search-has-invalid", name, source.name() + " has no such reference to " + of.name() + ".");
        }
        return new Query.Has(source, parts[2], criterion(source, parts[3], values, hops + 1));
    }

    private static boolean knows(RecordType<?> type, String param) {
        return OF_EVERY_TYPE.contains(param) || type.param(param).isPresent();
    }

    /** A parameter whose references lead to resources of this chart. */
    static Optional<SearchParam<?>> reference(RecordType<?> type, String param) {
        return type.param(param).filter(SearchParam::leadsToResources).map(p -> p);
    }

    private Query.Sort sort(String key) {
        var param = key.startsWith("-") ? key.substring(1) : key;
        var known = Set.of("_id", "_lastUpdated").contains(param)
                || type.param(param)
                        .filter(p -> p.kind() != SearchParamType.REFERENCE && p.kind() != SearchParamType.COMPOSITE)
                        .isPresent();
        if (!known) {
            throw invalid(
                    "sort-unknown",
                    "_sort",
                    "Sorting goes by _id, _lastUpdated or a declared parameter that is no reference or composite.");
        }
        return new Query.Sort(param, key.startsWith("-"));
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
            case "none" -> false;
            case "accurate", "estimate" -> true;
            default -> throw invalid("total-invalid", "_total", "_total is none, estimate or accurate.");
        };
    }

    private Query query() {
        if (criteria.size() > MOST_CRITERIA) {
            throw tooCostly("A search takes at most " + MOST_CRITERIA + " criteria.");
        }
        if (sort.size() > MOST_SORT_KEYS) {
            throw tooCostly("A search is sorted by at most " + MOST_SORT_KEYS + " keys.");
        }
        if (includes.size() > MOST_INCLUDES) {
            throw tooCostly("A search takes at most " + MOST_INCLUDES + " includes.");
        }
        return new Query(
                type,
                List.copyOf(criteria),
                List.copyOf(sort),
                count,
                List.copyOf(includes),
                total || count == 0,
                Optional.ofNullable(cursor),
                List.copyOf(ignored));
    }

    private static String known(RecordType<?> type) {
        return type.params().stream().map(SearchParam::name).sorted().collect(Collectors.joining(", "));
    }

    private static Refused tooCostly(String diagnostics) {
        return Refused.badRequest(new Issue(IssueType.TOOCOSTLY, "search-too-costly", null, diagnostics));
    }

    static Refused invalid(String code, String parameter, String diagnostics) {
        return Refused.badRequest(
                new Issue(IssueType.INVALID, code, null, "Parameter " + Issue.echo(parameter) + ": " + diagnostics));
    }
}
