package org.tenderpoint.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.tenderpoint.access.AccessRule;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Interaction;
import org.tenderpoint.access.Role;
import org.tenderpoint.chart.SearchParam.Source;
import org.tenderpoint.issue.Refused;

/**
 * Parts a search into its shape and its values, and refuses what cannot be searched: values that are none of their
 * parameter, and questions that the caller's role or scopes do not cover.
 */
final class ShapeReader {

    /** What an insurer may search by: a masked element must not be found out by searching for it. */
    private static final Set<String> PAYER_CRITERIA = Set.of(
            "_id", "_lastUpdated", "name", "family", "given", "birthdate", "patient", "beneficiary", "status", "payor");

    private static final Pattern REFERENCE = Pattern.compile(
            "(?:(?<type>[A-Z][A-Za-z]+)/)?(?<id>[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})(?:/_history/\\d+)?");

    private final Caller caller;
    private final Binds binds;
    private final ValueSets valueSets;

    /** @param binds takes the values */
    ShapeReader(Caller caller, Binds binds, ValueSets valueSets) {
        this.caller = caller;
        this.binds = binds;
        this.valueSets = valueSets;
    }

    /** @throws Refused 400 for a value that is none of its parameter; 403 for what the caller may not ask */
    Shape read(Query query) {
        query.sort().forEach(sort -> requirePayerMay(caller, query.type(), sort.param()));
        return new Shape(
                query.type(),
                query.criteria().stream()
                        .map(criterion -> part(query.type(), criterion))
                        .toList(),
                query.sort(),
                query.count());
    }

    /** @throws Refused 403 for an insurer who searches by what it does not see */
    static void requirePayerMay(Caller caller, RecordType<?> type, String param) {
        if (caller.is(Role.INSURER) && !type.isDirectory() && !PAYER_CRITERIA.contains(param)) {
            throw Refused.forbidden("Searching by this parameter is not covered by this client's role.");
        }
    }

    private Shape.Part part(RecordType<?> type, Query.Criterion criterion) {
        if (criterion instanceof Query.Match match) {
            requirePayerMay(caller, type, match.param());
            if (caller.is(Role.INSURER) && match.modifier().equals("contains")) {
                throw Refused.forbidden("Searching by parts of a name is not covered by this client's role.");
            }
            return new Shape.Match(match.param(), match.modifier(), forms(type, match));
        }
        if (criterion instanceof Query.Chain chain) {
            requirePayerMay(caller, type, chain.param());
            return chain(chain);
        }
        if (criterion instanceof Query.Has has) {
            requirePayerMay(caller, has.source(), has.param());
            AccessRule.require(caller, Interaction.SEARCH, has.source().name());
            return new Shape.Has(has.source(), has.param(), part(has.source(), has.criterion()));
        }
        var patient = ((Query.InCompartment) criterion).patient();
        return new Shape.InCompartment(Form.of("Patient", binds.add(patient)));
    }

    private Shape.Part chain(Query.Chain chain) {
        var hops = new ArrayList<Shape.Hop>();
        for (var hop : chain.hops()) {
            var target = hop.type().name();
            // Of many types those are followed that the caller may search; a single one has to be among them.
            if (chain.hops().size() == 1
                    || AccessRule.permitting(caller, Interaction.SEARCH, target).isPresent()) {
                AccessRule.require(caller, Interaction.SEARCH, target);
                hops.add(new Shape.Hop(hop.type(), part(hop.type(), hop.criterion())));
            }
        }
        return new Shape.Chain(chain.param(), List.copyOf(hops));
    }

    private List<Form> forms(RecordType<?> type, Query.Match match) {
        if (match.modifier().equals(Modifiers.MISSING)) {
            return List.of(Form.of(match.values().get(0)));
        }
        var declared = type.param(match.param());
        return declared.isPresent() ? ofDeclared(type, declared.get(), match) : ofEveryType(match);
    }

    private List<Form> ofEveryType(Query.Match match) {
        return switch (match.param()) {
            case "_id" -> List.of(ids(match));
            case "_lastUpdated" -> each(match, (param, value) -> DateValue.read(param, value, binds));
            case "_profile", "_source" -> uris(match);
            default -> tokens(match);
        };
    }

    private List<Form> ofDeclared(RecordType<?> type, SearchParam<?> param, Query.Match match) {
        return switch (param.kind()) {
            case TOKEN -> tokens(match);
            case REFERENCE ->
                match.modifier().equals("identifier")
                        ? each(match, (name, value) -> TokenValue.read(name, value, binds))
                        : param.source() == Source.CANONICAL
                                ? each(match, (name, value) -> UriValue.readCanonical(value, binds))
                                : references(param, match);
            case URI -> uris(match);
            case COMPOSITE -> each(match, (name, value) -> composite(type, param, value));
            default -> each(match, (name, value) -> single(param, match.modifier(), value));
        };
    }

    private static List<Form> each(Query.Match match, BiFunction<String, String, Form> reading) {
        return match.values().stream()
                .map(value -> reading.apply(match.param(), value))
                .toList();
    }

    private Form single(SearchParam<?> param, String modifier, String value) {
        return switch (param.kind()) {
            case TOKEN -> TokenValue.read(param.name(), value, binds);
            case DATE -> DateValue.read(param.name(), value, binds);
            case QUANTITY -> QuantityValue.read(param.name(), value, binds);
            case STRING -> StringValue.read(modifier, value, binds);
            default -> throw new IllegalStateException("no search for " + param.kind());
        };
    }

    private List<Form> tokens(Query.Match match) {
        return switch (match.modifier()) {
            case "in", "not-in" -> each(match, (param, url) -> valueSet(Escapes.undo(url)));
            case "of-type" -> each(match, (param, value) -> TokenValue.readOfType(param, value, binds));
            default -> each(match, (param, value) -> TokenValue.read(param, value, binds));
        };
    }

    /** A value set that comes with the server; there are few, so its codes stand in the text. */
    private Form valueSet(String url) {
        valueSets.require(url);
        return Form.of(url);
    }

    private List<Form> uris(Query.Match match) {
        return each(match, (param, value) -> UriValue.read(match.modifier(), value, binds));
    }

    private Form ids(Query.Match match) {
        return Form.of(
                "ids",
                match.values().stream()
                        .map(REFERENCE::matcher)
                        .filter(id -> id.matches() && id.group("type") == null)
                        .map(id -> binds.add(UUID.fromString(id.group("id"))))
                        .toArray(String[]::new));
    }

    private Form composite(RecordType<?> type, SearchParam<?> param, String value) {
        var first = type.param(param.members().get(0)).orElseThrow();
        var second = type.param(param.members().get(1)).orElseThrow();
        var parts = Escapes.split(value, '$');
        if (parts.size() != 2 || parts.stream().anyMatch(String::isBlank)) {
            throw QueryReader.invalid(
                    "search-value-invalid",
                    param.name(),
                    "The form is " + first.name() + "$" + second.name() + ", such as 72514-3$gt5.");
        }
        return new Form(
                SearchParamType.COMPOSITE.name(),
                List.of(),
                List.of(single(first, "", parts.get(0)), single(second, "", parts.get(1))));
    }

    /** One form for each type that a reference names; of kind "" where it names the id alone. */
    private List<Form> references(SearchParam<?> param, Query.Match match) {
        var ids = new TreeMap<String, List<String>>();
        for (var value : match.values()) {
            var reference = REFERENCE.matcher(Escapes.undo(value));
            // A reference to elsewhere or to what cannot be is no mistake; nothing here points at it.
            if (reference.matches()) {
                var target = reference.group("type") == null ? match.modifier() : reference.group("type");
                if ((target.isEmpty() || Modifiers.mayPointAt(param, target))
                        && (match.modifier().isEmpty() || match.modifier().equals(target))) {
                    ids.computeIfAbsent(target, t -> new ArrayList<>())
                            .add(binds.add(UUID.fromString(reference.group("id"))));
                }
            }
        }
        return ids.entrySet().stream()
                .map(wanted -> new Form(wanted.getKey(), List.copyOf(wanted.getValue()), List.of()))
                .toList();
    }
}
